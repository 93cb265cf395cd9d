"""The figures of the web application in a real browser: what people wait for, beside what would be there without the platform.

The browser's part is in *.mjs, one script a measurement; each prints what it saw as JSON.
"""

import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
WEBAPP = HERE.parent.parent / "webapp"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")

FIRST_VISIT = "10,000 rows on screen, first visit, s"
LATER_VISIT = "10,000 rows on screen, later visit, s"
LONG_TASKS = "200 cells, typing: tasks over 50 ms"
WORST_TASK = "200 cells, typing: worst of them, ms"
TRIVIAL_CELL = "trivial cell, key to screen, p50, ms"
GROWN = "50 open notebooks: resident, MB"
RESIDENT = "50 open notebooks: resident after GC, MB"
SLOW_LATER = "1,000 jobs, slow line: first row, later visit, s"
HEAP = "50 open notebooks: heap after GC, MB"
AIMS = {
    FIRST_VISIT: "<= 2",
    LATER_VISIT: "<= 2",
    LONG_TASKS: "0",
    WORST_TASK: "0",
    TRIVIAL_CELL: "<= 150",
    GROWN: "< 100",
    RESIDENT: "< 100",
    HEAP: "< 100",
    SLOW_LATER: "<= 3",
}


def programs():
    """Node and the browser; ends with what to install where one is missing."""
    node = shutil.which("node")
    if not node:
        sys.exit("Node is missing. Install it, 20.19 or newer, with npm: https://nodejs.org/en/download")
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if not chromium:
        sys.exit(
            "Chromium is missing. Install it (Debian: apt-get install chromium; Fedora: dnf install chromium;"
            " macOS: brew install --cask chromium), or name a Chrome in CHROMIUM."
        )
    if not (WEBAPP / "node_modules" / "playwright-core").is_dir() or not (WEBAPP / "target" / "bundled").is_file():
        sys.exit("The web application was left out of the build. It needs Node 20.19 or newer with npm, and a network at the first time.")
    return node, chromium


class Browser:
    """A browser before a platform with one cluster of a single node."""

    def __init__(self, platform, programs):
        self.node, chromium = programs
        platform.cluster(0)
        server = json.loads((platform.home / "server.json").read_text())
        self.env = dict(
            os.environ,
            CHROMIUM=chromium,
            SLIPWAY_URL=f"http://127.0.0.1:{platform.port}",
            SLIPWAY_TOKEN=platform.token,
            SLIPWAY_PID=str(server["pid"]),
        )

    def measure(self, name):
        return answer([self.node, str(HERE / f"{name}.mjs")], self.env)


def kernel(plain, name):
    """The same sent to a kernel without a platform."""
    return answer([plain.python, str(HERE / "kernel.py"), name], plain.env)


def answer(command, env):
    done = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise RuntimeError(" ".join(command) + " failed")
    return json.loads(done.stdout.splitlines()[-1])


def page(browser, _plain):
    seen = browser.measure("page")
    return {
        FIRST_VISIT: seen["first"] / 1000,
        LATER_VISIT: seen["later"] / 1000,
        "the same table as bare HTML, s": seen["bare"] / 1000,
        "ratio first visit / bare HTML": seen["first"] / seen["bare"],
    }


def typing(browser, _plain):
    seen = browser.measure("typing")
    ours, bare = seen["ours"], seen["bare"]
    return {
        LONG_TASKS: len(ours["tasks"]),
        WORST_TASK: max(ours["tasks"], default=0),
        "200 cells, typing: key to paint, worst, ms": ours["worst"],
        "bare text field, typing: tasks over 50 ms": len(bare["tasks"]),
        "bare text field: key to paint, worst, ms": bare["worst"],
    }


def cell(browser, plain):
    ours, bare = browser.measure("cell"), kernel(plain, "cell")
    half, bare_half = statistics.median(ours), statistics.median(bare)
    return {
        TRIVIAL_CELL: half,
        "trivial cell, key to screen, p95, ms": statistics.quantiles(ours, n=20)[-1],
        "bare kernel, request to output, p50, ms": bare_half,
        "bare kernel, request to output, p95, ms": statistics.quantiles(bare, n=20)[-1],
        "ratio trivial cell / bare kernel": half / bare_half,
        "added by platform and page, p50, ms": half - bare_half,
    }


def sockets(browser, _plain):
    seen = browser.measure("sockets")
    return {GROWN: seen["grown"], RESIDENT: seen["resident"], HEAP: seen["heap"]}


def flood(browser, plain):
    ours, bare = browser.measure("flood"), kernel(plain, "flood")[0]
    return {
        "a million lines: longest wait of the page, ms": ours["wait"],
        "a million lines: key to last line, s": ours["last"] / 1000,
        "bare kernel: request to last line, s": bare / 1000,
        "ratio a million lines / bare kernel": ours["last"] / bare,
    }


def slow(browser, _plain):
    seen = browser.measure("slow")
    return {SLOW_LATER: seen["later"] / 1000, "1,000 jobs, slow line: first row, first visit, s": seen["first"] / 1000}


BENCHES = {"page": page, "typing": typing, "cell": cell, "sockets": sockets, "flood": flood, "slow": slow}
