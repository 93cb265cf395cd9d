-- How readers have arranged a cell's results: charts, the tab that is shown. A document of the web application's.
alter table notebook_cell add column views text not null default '{}';
