"""Durable writes over HTTP: how many runs a server takes when several clients ask at once.

Their notebook does not exist, so that what is measured is the server and its database and not Spark.
"""

import functools
import http.client
import json
import statistics
import threading
import time

CONNECTIONS = 8
SECONDS = 6


def post(connection, token, path, body):
    connection.request("POST", path, json.dumps(body), {"Authorization": "Bearer " + token, "Content-Type": "application/json"})
    reply = connection.getresponse()
    text = reply.read()
    if reply.status not in (200, 201):
        raise RuntimeError(f"{path}: {reply.status} {text[:200]!r}")
    return json.loads(text)


def asked(port, request, connections=CONNECTIONS, seconds=SECONDS):
    """Requests a second, and the milliseconds that half of them and all but one of a hundred needed at most.

    ``request`` makes one on the connection that it is given, and raises what goes wrong.
    """
    waits = []
    faults = []
    began = time.monotonic()

    def client():
        connection = http.client.HTTPConnection("127.0.0.1", port)
        mine = []
        try:
            while time.monotonic() - began < seconds:
                sent = time.monotonic()
                request(connection)
                mine.append((time.monotonic() - sent) * 1000)
        except (OSError, RuntimeError) as fault:
            faults.append(fault)
        waits.extend(mine)
        connection.close()

    threads = [threading.Thread(target=client) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - began
    if faults:
        raise faults[0]
    waits.sort()
    return len(waits) / took, statistics.median(waits), waits[len(waits) * 99 // 100]


def job(name, cluster):
    return {
        "name": name,
        "run_name": name,
        "tasks": [{"task_key": "main", "existing_cluster_id": cluster, "notebook_task": {"notebook_path": "/Shared/none"}}],
    }


def writes(port, token, cluster):
    """Runs of one job, which are skipped while an earlier one is active, and one-time runs."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    made = post(connection, token, "/api/2.1/jobs/create", job("bench", cluster))["job_id"]
    connection.close()
    figures = {}
    for name, path, body in (
        ("run-now", "/api/2.1/jobs/run-now", {"job_id": made}),
        ("submit", "/api/2.1/jobs/runs/submit", job("bench", cluster)),
    ):
        rate, half, most = asked(port, functools.partial(post, token=token, path=path, body=body))
        figures |= {f"{name}, 8 connections, 1/s": rate, f"{name}, p50, ms": half, f"{name}, p99, ms": most}
    return figures
