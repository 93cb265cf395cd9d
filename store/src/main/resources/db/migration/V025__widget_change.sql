-- What runs when somebody gives a widget of the notebook another value.
alter table notebook_session add column on_widget_change text not null default 'CELLS';
