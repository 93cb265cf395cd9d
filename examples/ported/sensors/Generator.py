# Databricks notebook source
# MAGIC %md
# MAGIC Writes files of readings: `files` of them, from number `first` on, with a column `humidity` if `humid` is set.

# COMMAND ----------

dbutils.widgets.text("target", "dbfs:/tmp/sensors/in")
dbutils.widgets.text("first", "0")
dbutils.widgets.text("files", "3")
dbutils.widgets.text("humid", "")

# COMMAND ----------

import json
from datetime import datetime, timedelta

target, first, files = getArgument("target"), int(getArgument("first")), int(getArgument("files"))
begin = datetime(2024, 5, 1, 12)
for number in range(first, first + files):
    lines = []
    for step in range(20):
        reading = {
            "sensor": f"s{step % 4}",
            "at": (begin + timedelta(minutes=number * 5, seconds=step * 15)).isoformat(),
            "celsius": round(20 + (step % 4) + number / 10, 2),
        }
        if getArgument("humid"):
            reading["humidity"] = 40 + step % 3
        lines.append(json.dumps(reading))
    dbutils.fs.put(f"{target}/readings-{number:04d}.json", "\n".join(lines), True)
