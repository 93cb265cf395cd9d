"""Lists over HTTP in a database that has grown: what eight clients wait for a page when they ask at once.

One row of each kind is made through the API and then copied by SQL, which no client could do in reasonable time.
"""

import base64
import functools
import http.client
import sqlite3
import time
import urllib.parse

from writes import asked, job, post

JOBS = 10_000
RUNS = 100_000
EVENTS = 100_000
TABLES = 10_000
NOTEBOOKS = 10_000


def get(connection, token, path):
    connection.request("GET", path, headers={"Authorization": "Bearer " + token})
    reply = connection.getresponse()
    text = reply.read()
    if reply.status != 200:
        raise RuntimeError(f"{path}: {reply.status} {text[:200]!r}")


def copies(database, table, count, changes, where):
    """Copies the rows of ``where`` ``count`` times; ``changes`` says what a column has in copy number n."""
    names = [row[1] for row in database.execute(f"pragma table_info({table})")]
    values = ", ".join(changes.get(name, name) for name in names)
    database.execute(
        f"with recursive copy(n) as (select 1 union all select n + 1 from copy where n < {count})"
        f" insert into {table} ({', '.join(names)}) select {values} from copy, {table} where {where}"
    )


def grow(port, token, home, cluster, other):
    connection = http.client.HTTPConnection("127.0.0.1", port)
    made = post(connection, token, "/api/2.1/jobs/create", job("original", cluster))["job_id"]
    run = post(connection, token, "/api/2.1/jobs/runs/submit", job("original", cluster))["run_id"]
    post(connection, token, "/api/2.0/workspace/mkdirs", {"path": "/Shared/many"})
    source = base64.b64encode(b"print(1)").decode()
    asked = {"path": "/Shared/many/original", "format": "SOURCE", "language": "PYTHON", "content": source}
    post(connection, token, "/api/2.0/workspace/import", asked)
    table = {"name": "original", "catalog_name": "main", "schema_name": "default", "table_type": "EXTERNAL",
             "data_source_format": "DELTA", "storage_location": "s3://none/original",
             "columns": [{"name": "id", "type_text": "bigint", "type_name": "LONG", "position": 0}]}
    post(connection, token, "/api/2.1/unity-catalog/tables", table)
    while True:
        connection.request("GET", f"/api/2.1/jobs/runs/get?run_id={run}", headers={"Authorization": "Bearer " + token})
        if b'"end_time":0' not in connection.getresponse().read():
            break
        time.sleep(0.1)
    connection.close()
    database = sqlite3.connect(home / "data" / "slipway.db", timeout=60)
    with database:
        copies(database, "job", JOBS, {"id": "id + n", "created_at": "created_at - n", "name": "name || n"}, f"id = {made}")
        changed = {"id": "id + n", "job_id": str(made), "started_at": "started_at - n", "idempotency_token": "null"}
        copies(database, "run", RUNS, changed, f"id = {run}")
        changed = {"seq": "(select max(seq) from event) + n", "at": "at - n"}
        copies(database, "event", EVENTS, changed, f"subject = '{cluster}' and kind = 'cluster.creating'")
        changed = {"id": "id || n", "name": "name || n", "storage_location": "storage_location || n"}
        copies(database, "uc_table", TABLES, changed, "name = 'original'")
        original = "path = '/Shared/many/original'"
        bodies = f"object_id in (select id from tree_object where {original})"
        changed = {"id": "id + n", "path": "path || n", "modified_at": "modified_at - n"}
        copies(database, "tree_object", NOTEBOOKS, changed, original)
        copies(database, "tree_content", NOTEBOOKS, {"object_id": "object_id + n"}, bodies)
        # Half of the jobs are somebody else's, too, and all groups of that somebody have other things.
        database.execute(
            "insert into granted select workspace_id, 'job', cast(id as text), ?, 'CAN_VIEW' from job where id % 2 = 0", (other,)
        )
        database.execute("insert into granted select 1001, 'cluster', ?, ?, 'CAN_ATTACH_TO'", (cluster, other))
    database.execute("analyze")
    database.close()
    return made


def somebody(port, token):
    """A service principal in ten groups, each in the one before it: its number and its token."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    scim = "/api/2.0/preview/scim/v2/"
    made = post(connection, token, scim + "ServicePrincipals", {"displayName": "somebody"})
    member = made["id"]
    for number in range(10):
        group = {"displayName": f"group {number}", "members": [{"value": member}]}
        member = post(connection, token, scim + "Groups", group)["id"]
    asked = {"application_id": made["applicationId"], "comment": "bench"}
    theirs = post(connection, token, "/api/2.0/token-management/on-behalf-of/tokens", asked)["token_value"]
    connection.close()
    return int(made["id"]), theirs


@functools.cache
def grown(port, token, home, cluster):
    """The job that there were copies made of, and the token of who was given some: made once, however many rounds there are."""
    other, theirs = somebody(port, token)
    return grow(port, token, home, cluster, other), theirs


def lists(port, token, home, cluster):
    made, theirs = grown(port, token, home, cluster)
    folder = urllib.parse.quote("/Shared/many")
    figures = {}
    for name, path, *body in (
        ("cluster, one of one", f"/api/2.1/clusters/get?cluster_id={cluster}"),
        ("20 of 10,000 jobs", "/api/2.1/jobs/list?limit=20"),
        ("20 of 100,000 runs", "/api/2.1/jobs/runs/list?limit=20"),
        ("runs of one job", f"/api/2.1/jobs/runs/list?limit=20&job_id={made}"),
        ("50 of 100,000 events", "/api/2.1/clusters/events", {"cluster_id": cluster}),
        ("50 of 10,000 tables", "/api/2.1/unity-catalog/tables?catalog_name=main&schema_name=default&max_results=50"),
        ("search", "/ui-api/search?q=riginal77"),
        ("10,000 notebooks of one folder", f"/api/2.0/workspace/list?path={folder}"),
    ):
        request = functools.partial(post, body=body[0]) if body else get
        _, half, most = asked(port, functools.partial(request, token=token, path=path))
        figures |= {f"{name}, 8 connections, p50, ms": half, f"{name}, p99, ms": most}
        if "table" not in name and "one job" not in name:
            _, half, most = asked(port, functools.partial(request, token=theirs, path=path))
            figures |= {f"{name}, by who was given some, p50, ms": half, f"{name}, by who was given some, p99, ms": most}
    return figures
