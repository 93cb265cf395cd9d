-- With which token a browser's session, or the code for one, began: it ends with that token. Null: with none.
alter table browser_session add column token_id text references token (id);
alter table sign_in_code add column token_id text references token (id);
