# Databricks notebook source
# MAGIC %md
# MAGIC ### Setup
# MAGIC Reads two widgets: `schema` is where the tables go, `reset` says whether to begin anew.

# COMMAND ----------

# MAGIC %run ./_common

# COMMAND ----------

dbutils.widgets.text("schema", "retail", "Schema")
dbutils.widgets.dropdown("reset", "false", ["true", "false"], "Begin anew")

schema = dbutils.widgets.get("schema")
paths = Paths(os.path.join(os.getcwd(), "data"))

if dbutils.widgets.get("reset") == "true":
    spark.sql(f"DROP SCHEMA IF EXISTS main.{schema} CASCADE")
    if path_exists(paths.working):
        dbutils.fs.rm(paths.working, True)

spark.sql("USE CATALOG main")
spark.sql(f"CREATE SCHEMA IF NOT EXISTS {schema} COMMENT 'Tables of the retail example'")
spark.sql(f"USE SCHEMA {schema}")
spark.conf.set("retail.source", paths.files)
print(f"{username} works in main.{schema}, files are in {paths.source}")
