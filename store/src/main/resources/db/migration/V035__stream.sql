-- Output of commands is a stream. On SQLite it has been moved before, into the file of streams.
${stream_table}
drop table frame;
