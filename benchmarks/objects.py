"""Objects of S3: this platform against servers of others, one after the other, on the same disk.

curl is the client, with addresses that were signed before the clock runs, so that every server checks a signature and no client makes
one. Peers are programs that are there already: BENCH_S3PROXY is the jar of s3proxy with all it needs, BENCH_VERSITYGW the program of
versitygw. Neither waits for the disk before it answers, which this platform does.
"""

import configparser
import contextlib
import datetime
import hashlib
import hmac
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request

from ports import free_port

CONNECTIONS = 16
LARGE = 200 << 20
SMALL = 4096
SMALL_OBJECTS = 10_000
LISTED = 100_000
HUGE = 5_000_000_000
BUCKET = "bench"
REGION = "us-east-1"


class Store:
    """A server and the keys of somebody who may do everything."""

    def __init__(self, name, port, access, secret, pid):
        self.name = name
        self.port = port
        self.access = access
        self.secret = secret
        self.pid = pid

    def address(self, method, key="", **query):
        """Good for a day, by anybody (signature version 4 in the query)."""
        now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        scope = f"{now[:8]}/{REGION}/s3/aws4_request"
        host = f"127.0.0.1:{self.port}"
        path = urllib.parse.quote(f"/{BUCKET}/{key}" if key else f"/{BUCKET}")
        query = {
            "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
            "X-Amz-Credential": f"{self.access}/{scope}",
            "X-Amz-Date": now,
            "X-Amz-Expires": "86400",
            "X-Amz-SignedHeaders": "host",
            **query,
        }
        text = "&".join(f"{name}={urllib.parse.quote(value, safe='')}" for name, value in sorted(query.items()))
        request = f"{method}\n{path}\n{text}\nhost:{host}\n\nhost\nUNSIGNED-PAYLOAD"
        signed = f"AWS4-HMAC-SHA256\n{now}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
        key = ("AWS4" + self.secret).encode()
        for part in (*scope.split("/"), signed):
            key = hmac.digest(key, part.encode(), "sha256")
        return f"http://{host}{path}?{text}&X-Amz-Signature={key.hex()}"

    def ask(self, method, key="", data=None, **query):
        request = urllib.request.Request(self.address(method, key, **query), method=method, data=data)
        with urllib.request.urlopen(request) as reply:
            return reply.read()

    def resident(self):
        """Megabytes now, and the most since the last call."""
        status = pathlib.Path(f"/proc/{self.pid}/status").read_text()
        now, most = (int(re.search(rf"{name}:\s+(\d+)", status)[1]) / 1024 for name in ("VmRSS", "VmHWM"))
        pathlib.Path(f"/proc/{self.pid}/clear_refs").write_text("5")
        return now, most


def curl(folder, transfers, connections):
    """Seconds for all, and the milliseconds of each; a transfer is its address, and the file that it sends."""
    lines = []
    for address, sent in transfers:
        lines.append("next" if lines else "")
        lines += [f'url = "{address}"', 'output = "/dev/null"', "silent", "fail", "show-error"]
        lines += [f'upload-file = "{sent}"'] if sent else []
        lines.append('write-out = "%{time_total}\\n"')
    asked = folder / "transfers"
    asked.write_text("\n".join(lines))
    command = ["curl", "--noproxy", "*", "--parallel", "--parallel-max", str(connections), "-K", str(asked)]
    began = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    took = time.monotonic() - began
    if done.returncode != 0:
        raise RuntimeError(done.stderr[-500:])
    return took, sorted(float(line) * 1000 for line in done.stdout.split())


def figures_of(store, folder):
    store.ask("PUT")
    large, small = folder / "large", folder / "small"
    large.write_bytes(os.urandom(1 << 20) * (LARGE >> 20))
    small.write_bytes(os.urandom(SMALL))
    figures = {}
    put, get = [], []
    for number in range(3):
        put.append(LARGE / (1 << 20) / curl(folder, [(store.address("PUT", f"large-{number}"), large)], 1)[0])
        get.append(LARGE / (1 << 20) / curl(folder, [(store.address("GET", f"large-{number}"), None)], 1)[0])
    figures["put 200 MB, MB/s"] = statistics.median(put)
    figures["get 200 MB, MB/s"] = statistics.median(get)
    for method, sent in (("PUT", small), ("GET", None)):
        transfers = [(store.address(method, f"small/{number:05}"), sent) for number in range(SMALL_OBJECTS)]
        took, waits = curl(folder, transfers, CONNECTIONS)
        figures[f"{method.lower()} 4 KB, 16 connections, 1/s"] = SMALL_OBJECTS / took
        figures[f"{method.lower()} 4 KB, p50, ms"] = statistics.median(waits)
        figures[f"{method.lower()} 4 KB, p99, ms"] = waits[len(waits) * 99 // 100]
    return figures


def listed(store, folder):
    """All keys of a bucket, by pages."""
    nothing = folder / "nothing"
    nothing.write_bytes(b"")
    for start in range(0, LISTED - SMALL_OBJECTS, SMALL_OBJECTS):  # beside those that are there
        transfers = [(store.address("PUT", f"many/{start + number:07}"), nothing) for number in range(SMALL_OBJECTS)]
        curl(folder, transfers, CONNECTIONS)
    times = []
    connection = http.client.HTTPConnection("127.0.0.1", store.port)
    for _ in range(4):
        more, count, from_here = {}, 0, time.monotonic()
        while more is not None:
            connection.request("GET", store.address("GET", **{"list-type": "2", **more}))
            page = connection.getresponse().read().decode()
            count += page.count("<Key>")
            token = re.search("<NextContinuationToken>(.*?)</NextContinuationToken>", page)
            more = {"continuation-token": token[1]} if token else None
        times.append(time.monotonic() - from_here)
        if count < LISTED:
            raise RuntimeError(f"{count} keys were listed, and there are {LISTED}: {page[:300]}")
    connection.close()
    return {f"list of {LISTED:,} keys by pages of 1,000, s": statistics.median(times[1:])}


def large_upload(store, folder):
    """What a server's memory grows by while it takes five gigabytes."""
    source = folder / "huge"
    with source.open("wb") as file:
        file.truncate(HUGE)
    store.resident()
    before, _ = store.resident()
    curl(folder, [(store.address("PUT", "huge"), source)], 1)
    _, most = store.resident()
    store.ask("DELETE", "huge")
    return {"put of 5 GB: memory at most, above before, MB": most - before}


@contextlib.contextmanager
def peer(name, command):
    """A server of others, on a folder of its own."""
    port = free_port()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="peer"))
    data = folder / "data"
    data.mkdir()
    log = (folder / "log").open("w")
    process = subprocess.Popen(command(port, folder, data), stdout=log, stderr=log, start_new_session=True)
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 0.2).close()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"{name} did not start:\n" + (folder / "log").read_text()[-2000:]) from None
                time.sleep(0.05)
        yield Store(name, port, "bench", "benchbenchbench", process.pid)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def s3proxy(port, folder, data):
    settings = {
        "s3proxy.endpoint": f"http://127.0.0.1:{port}",
        "s3proxy.authorization": "aws-v4",
        "s3proxy.identity": "bench",
        "s3proxy.credential": "benchbenchbench",
        "jclouds.provider": "filesystem-nio2",
        "jclouds.filesystem.basedir": str(data),
    }
    (folder / "s3proxy.conf").write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
    java = str(pathlib.Path(os.environ["JAVA_HOME"]) / "bin" / "java")
    return [java, "-jar", os.environ["BENCH_S3PROXY"], "--properties", str(folder / "s3proxy.conf")]


def versitygw(port, folder, data):
    keys = ["--access", "bench", "--secret", "benchbenchbench", "--region", REGION]
    return [os.environ["BENCH_VERSITYGW"], "--port", f"127.0.0.1:{port}", *keys, "posix", str(data)]


def own(platform):
    keys = configparser.ConfigParser()
    keys.read(platform.home / ".aws" / "credentials")
    mine = keys["slipway"]
    pid = json.loads((platform.home / "server.json").read_text())["pid"]
    return Store("slipway", platform.port, mine["aws_access_key_id"], mine["aws_secret_access_key"], pid)


def objects(platform, _plain):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="objects"))
    store = own(platform)
    figures = {}
    try:
        for figure, value in figures_of(store, folder).items():
            figures[f"slipway, {figure}"] = value
        figures |= listed(store, folder) | large_upload(store, folder)
        for name, command, variable in (("s3proxy", s3proxy, "BENCH_S3PROXY"), ("versitygw", versitygw, "BENCH_VERSITYGW")):
            if variable in os.environ:
                with peer(name, command) as other:
                    for figure, value in figures_of(other, folder).items():
                        figures[f"{name}, {figure}"] = value
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        empty(store)
    return figures


def empty(store):
    """The next round begins with nothing."""
    while keys := re.findall("<Key>(.*?)</Key>", store.ask("GET", **{"list-type": "2"}).decode()):
        body = "<Delete><Quiet>true</Quiet>" + "".join(f"<Object><Key>{key}</Key></Object>" for key in keys) + "</Delete>"
        store.ask("POST", data=body.encode(), delete="")
    store.ask("DELETE")
