-- A token counts for one user and one kind of request.
update cluster set idempotency_token = (select id from app_user where user_name = creator) || ':cluster:' || idempotency_token
where idempotency_token is not null;
update run set idempotency_token = owner_id || ':' || case when job_id is null then 'submit' else 'job-' || job_id end
    || ':' || idempotency_token
where idempotency_token is not null;
