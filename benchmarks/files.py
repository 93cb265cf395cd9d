"""Files as code on a cluster sees them, against the same files on the local disk; and the first cell of a notebook.

The programs run in a cell on a warm cluster and print what they measured, so that no request is part of it.
"""

import time

FILES = 1000
# What a read of tables is: scans with columns left out, a filter, a sum by a key, a join.
ROWS = 6_000_000

SMALL_FILES = f"""
import os, shutil, statistics, tempfile, time
def fill(folder):
    os.makedirs(folder)
    for number in range({FILES}):
        with open(f"{{folder}}/{{number}}.txt", "w") as file:
            file.write("x" * 200)
def read(folder):
    began = time.perf_counter()
    for number in range({FILES}):
        with open(f"{{folder}}/{{number}}.txt") as file:
            file.read()
    return time.perf_counter() - began
local, shared = tempfile.mkdtemp() + "/files", "/Workspace/Shared/bench-files"
shutil.rmtree(shared, ignore_errors=True)
fill(local), fill(shared)
times = [(read(local), read(shared)) for _ in range(9)]
shutil.rmtree(shared), shutil.rmtree(local)
print(*(statistics.median(each) * 1000 for each in zip(*times)))
"""

IMPORTS = """
import importlib, os, shutil, statistics, sys, tempfile, time
def measured(folder, name):
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/{name}.py", "w") as file:
        file.write("import json\\n" + "".join(f"def f{n}(x):\\n    return x + {n}\\n" for n in range(200)))
    importlib.invalidate_caches()
    sys.path.insert(0, folder)
    began = time.perf_counter()
    importlib.import_module(name)
    took = time.perf_counter() - began
    sys.path.remove(folder)
    return took
local, shared = tempfile.mkdtemp(), "/Workspace/Shared/bench-modules"
stamp = str(time.time_ns())
times = [(measured(local, f"l{stamp}_{n}"), measured(shared, f"s{stamp}_{n}")) for n in range(9)]
shutil.rmtree(shared), shutil.rmtree(local)
print(*(statistics.median(each) * 1000 for each in zip(*times)))
"""

TABLES = f"""
import statistics, time
folder = f"/tmp/bench-{{time.time_ns()}}"
(spark.range(0, {ROWS}, 1, 4).selectExpr("id", "id % 1009 as part", "id % 25 as nation", "rand(7) * 1000 as price",
    "sha2(cast(id as string), 256) as comment").write.parquet(f"dbfs:{{folder}}/lines"))
spark.range(1009).selectExpr("id as part", "id % 40 as brand").write.parquet(f"dbfs:{{folder}}/parts")
def read(root):
    began = time.perf_counter()
    lines, parts = spark.read.parquet(f"{{root}}/lines"), spark.read.parquet(f"{{root}}/parts")
    lines.where("price < 900").groupBy("nation").sum("price").collect()
    lines.join(parts, "part").groupBy("brand").agg({{"comment": "max", "price": "avg"}}).collect()
    return time.perf_counter() - began
default, local = folder, f"file:/dbfs{{folder}}"
read(default), read(local)
times = [(read(local), read(default)) for _ in range(7)]
dbutils.fs.rm(f"dbfs:{{folder}}", True)
print(*(statistics.median(each) for each in zip(*times)))
"""


def files(platform, _plain):
    """Figures of one warm cluster with one node."""
    cluster, _ = platform.cluster(0)
    context = platform.context(cluster)

    def numbers(program):
        return [float(word) for word in platform.command(cluster, context, "python", program)["data"].split()]

    local, shared = numbers(SMALL_FILES)
    module, beside = numbers(IMPORTS)
    disk, dbfs = numbers(TABLES)
    firsts = []
    for _ in range(5):
        began = time.monotonic()
        fresh = platform.context(cluster)
        platform.command(cluster, fresh, "python", "1 + 1")
        firsts.append(time.monotonic() - began)
        platform.call("POST", "/api/1.2/contexts/destroy", {"clusterId": cluster, "contextId": fresh})
        # As far apart as people attach notebooks: a spare Python is made in between.
        time.sleep(5)
    platform.remove(cluster)
    return {
        "1,000 small files of the local disk, ms": local,
        "1,000 small files of the workspace, ms": shared,
        "ratio small files": shared / local,
        "import beside a notebook adds, ms": beside - module,
        "reads of tables, local disk, s": disk,
        "reads of tables, DBFS as default, s": dbfs,
        "ratio reads of tables": dbfs / disk,
        "first cell after attaching, s": sorted(firsts)[len(firsts) // 2],
    }
