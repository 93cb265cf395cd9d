# Databricks notebook source
# MAGIC %md
# MAGIC # The whole pipeline
# MAGIC Runs the notebooks beside this one, one after the other, with the same parameters.

# COMMAND ----------

dbutils.widgets.text("schema", "retail")

# COMMAND ----------

import json

schema = dbutils.widgets.get("schema")
results = {}
for notebook, parameters in [
    ("1 - Bronze", {"reset": "true"}),
    ("2 - Silver", {}),
    ("3 - Gold", {}),
    ("4 - Check", {}),
]:
    results[notebook] = dbutils.notebook.run(f"./{notebook}", 600, {"schema": schema, **parameters})
    print(f"{notebook}: {results[notebook]}")

# COMMAND ----------

dbutils.notebook.exit(json.dumps(results))
