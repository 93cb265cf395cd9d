"""A large directory: how long its import by SCIM takes, and what a permission through many groups costs.

A thousand groups, each in another, hold ten thousand users. Somebody at the bottom may see a cluster by the group at the top.
"""

import concurrent.futures
import functools
import http.client
import json
import time

from lists import get
from writes import asked, post

USERS = 10_000
GROUPS = 1_000
# Groups that are in one: so the tree has about seven levels.
WIDTH = 3
CONNECTIONS = 8
SCIM = "/api/2.0/preview/scim/v2/"


def create(port, token, domain, numbers):
    connection = http.client.HTTPConnection("127.0.0.1", port)
    made = []
    for number in numbers:
        user = {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": f"user{number}@{domain}"}
        made.append(post(connection, token, SCIM + "Users", user)["id"])
    connection.close()
    return made


def imported(port, token, domain):
    """The ids of the users, and the seconds that it took to make them."""
    began = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(CONNECTIONS) as pool:
        parts = pool.map(functools.partial(create, port, token, domain), [range(part, USERS, CONNECTIONS) for part in range(CONNECTIONS)])
        users = [each for part in parts for each in part]
    return users, time.monotonic() - began


def grouped(port, token, domain, users):
    """Ids of the groups, the highest last: made from the bottom, each with its users and the groups that are in it."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    ids = {}
    for number in reversed(range(GROUPS)):
        members = [ids[below] for below in range(WIDTH * number + 1, WIDTH * number + WIDTH + 1) if below in ids]
        members += users[number * USERS // GROUPS : (number + 1) * USERS // GROUPS]
        group = {"displayName": f"{domain} {number}", "members": [{"value": each} for each in members]}
        ids[number] = post(connection, token, SCIM + "Groups", group)["id"]
    connection.close()
    return ids


def acts_after(port, token, theirs, group, member, path):
    """Milliseconds from the answer that somebody is out of a group until they are refused."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    other = http.client.HTTPConnection("127.0.0.1", port)
    body = {"Operations": [{"op": "remove", "path": f'members[value eq "{member}"]'}]}
    connection.request("PATCH", f"{SCIM}Groups/{group}", json.dumps(body), {"Authorization": "Bearer " + token})
    connection.getresponse().read()
    began = time.monotonic()
    while True:
        other.request("GET", path, headers={"Authorization": "Bearer " + theirs})
        reply = other.getresponse()
        reply.read()
        if reply.status == 403:
            return (time.monotonic() - began) * 1000


def directory(platform, _plain):
    port, token = platform.port, platform.token
    cluster = platform.call(
        "POST",
        "/api/2.1/clusters/create",
        {"cluster_name": "guarded", "spark_version": "18.2.x-scala2.13", "node_type_id": "m5.large", "num_workers": 0},
    )["cluster_id"]
    # Of names that no earlier round has made.
    domain = f"{time.time_ns()}.example.com"
    users, seconds = imported(port, token, domain)
    groups = grouped(port, token, domain, users)
    lowest = GROUPS - 1
    program = platform.call("POST", SCIM + "ServicePrincipals", {"displayName": "lowest"})
    patch = {"Operations": [{"op": "add", "path": "members", "value": [{"value": program["id"]}]}]}
    change = http.client.HTTPConnection("127.0.0.1", port)
    change.request("PATCH", f"{SCIM}Groups/{groups[lowest]}", json.dumps(patch), {"Authorization": "Bearer " + token})
    change.getresponse().read()
    theirs = platform.call(
        "POST", "/api/2.0/token-management/on-behalf-of/tokens", {"application_id": program["applicationId"], "comment": "bench"}
    )["token_value"]
    grant = {"access_control_list": [{"group_name": f"{domain} 0", "permission_level": "CAN_ATTACH_TO"}]}
    change.request("PATCH", f"/api/2.0/permissions/clusters/{cluster}", json.dumps(grant), {"Authorization": "Bearer " + token})
    change.getresponse().read()
    path = f"/api/2.1/clusters/get?cluster_id={cluster}"
    waits = {}
    for who, shown in (("admin", token), ("through groups", theirs)):
        _, half, most = asked(port, functools.partial(get, token=shown, path=path), connections=1)
        waits[who] = half
    figures = {
        "import of 10,000 users, s": seconds,
        "clusters/get, admin, p50, ms": waits["admin"],
        "clusters/get, through 1,000 groups, p50, ms": waits["through groups"],
        "the check through groups, more than admin, ms": waits["through groups"] - waits["admin"],
        "out of the group until refused, ms": acts_after(port, token, theirs, groups[lowest], program["id"], path),
    }
    platform.call("POST", "/api/2.1/clusters/permanent-delete", {"cluster_id": cluster})
    return figures
