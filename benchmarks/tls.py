"""Small requests by TLS and by plain HTTP, of one server in turn: what the encryption costs.

curl is the client, four of them with one connection each; both sides of the encryption are on this machine and count.
"""

import pathlib
import statistics
import subprocess
import time

from ports import free_port

ROOT = pathlib.Path(__file__).resolve().parent.parent
CLIENTS = 4
REQUESTS = 2500
TURNS = 5
PATH = "/api/2.0/preview/scim/v2/Me"


def throughput(url, token, *options):
    """Requests a second of all clients together."""
    command = ["curl", "-sS", "--noproxy", "*", "-o", "/dev/null", "-H", f"Authorization: Bearer {token}", "--fail", *options]
    began = time.monotonic()
    clients = [subprocess.Popen([*command, f"{url}{PATH}?number=[1-{REQUESTS}]"], stdout=subprocess.DEVNULL) for _ in range(CLIENTS)]
    for client in clients:
        if client.wait() != 0:
            raise RuntimeError(f"curl ended with {client.returncode} at {url}")
    return CLIENTS * REQUESTS / (time.monotonic() - began)


def tls(platform, _plain):
    platform.down()
    local = free_port()
    try:
        subprocess.run(
            [ROOT / "slipway", "up", "--tls", "--port", str(platform.port), "--local-port", str(local)],
            env=platform.env,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        authority = ["--cacert", str(platform.home / "tls" / "ca.pem")]
        ways = {
            "plain HTTP, requests/s": (f"http://127.0.0.1:{local}", "--http1.1"),
            "TLS, HTTP/1.1, requests/s": (f"https://127.0.0.1:{platform.port}", "--http1.1", *authority),
            "TLS, HTTP/2, requests/s": (f"https://127.0.0.1:{platform.port}", "--http2", *authority),
        }
        measured = {way: [] for way in ways}
        for turn in range(TURNS + 1):
            for way, (url, *options) in ways.items():
                value = throughput(url, platform.token, *options)
                if turn > 0:  # the first warms the server up
                    measured[way].append(value)
    finally:
        platform.down()
        platform.up()
    plain = measured["plain HTTP, requests/s"]
    ratios = {
        f"ratio {way.split(', r')[0]} / plain HTTP": statistics.median(a / b for a, b in zip(values, plain))
        for way, values in measured.items()
        if values is not plain
    }
    return {way: statistics.median(values) for way, values in measured.items()} | ratios
