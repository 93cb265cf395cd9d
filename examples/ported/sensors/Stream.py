# Databricks notebook source
# MAGIC %md
# MAGIC # From files to tables, without end

# COMMAND ----------

from pyspark.sql import functions as F

base = "dbfs:/tmp/sensors"
dbutils.fs.rm(base, True)
for table in ["readings", "by_window", "latest"]:
    spark.sql(f"DROP TABLE IF EXISTS main.default.sensor_{table}")

spark.conf.set(
    "spark.sql.streaming.stateStore.providerClass", "com.databricks.sql.streaming.state.RocksDBStateStoreProvider"
)
spark.conf.set("spark.sql.shuffle.partitions", "auto")

# COMMAND ----------

# MAGIC %run ./Generator $target="dbfs:/tmp/sensors/in" $first="0" $files="3"

# COMMAND ----------

def readings():
    return (
        spark.readStream.format("cloudFiles")
        .option("cloudFiles.format", "json")
        .option("cloudFiles.inferColumnTypes", "true")
        .option("cloudFiles.schemaLocation", f"{base}/schema")
        .option("cloudFiles.schemaHints", "at TIMESTAMP, celsius DOUBLE")
        .option("cloudFiles.schemaEvolutionMode", "addNewColumns")
        .load(f"{base}/in")
        .withColumn("file", F.col("_metadata.file_name"))
    )


def ingest():
    query = (
        readings().writeStream.option("checkpointLocation", f"{base}/checkpoints/readings")
        .option("mergeSchema", "true")
        .trigger(availableNow=True)
        .toTable("main.default.sensor_readings")
    )
    query.awaitTermination()
    return spark.table("main.default.sensor_readings").count()

# COMMAND ----------

loaded = ingest()
loaded_again = ingest()
print(f"{loaded} readings; {loaded_again} after a second look at the same files")

# COMMAND ----------

# MAGIC %run ./Generator $target="dbfs:/tmp/sensors/in" $first="3" $files="2" $humid="yes"

# COMMAND ----------

# A new column ends the stream once, after its name has been kept; the next start goes on with it.
try:
    ingest()
    evolved = "without a stop"
except Exception as e:
    evolved = "UNKNOWN_FIELD_EXCEPTION" if "UNKNOWN_FIELD_EXCEPTION" in str(e) else str(e)
total = ingest()
print(f"{total} readings, the new column came {evolved}")
display(spark.table("main.default.sensor_readings").limit(5))

# COMMAND ----------

windows = (
    spark.readStream.table("main.default.sensor_readings")
    .withWatermark("at", "10 minutes")
    .groupBy(F.window("at", "5 minutes"), "sensor")
    .agg(F.avg("celsius").alias("celsius"), F.count("*").alias("readings"))
)
(
    windows.select("window.start", "sensor", "celsius", "readings")
    .writeStream.outputMode("append")
    .option("checkpointLocation", f"{base}/checkpoints/windows")
    .trigger(availableNow=True)
    .toTable("main.default.sensor_by_window")
    .awaitTermination()
)
display(spark.table("main.default.sensor_by_window").orderBy("start", "sensor"))

# COMMAND ----------

from delta.tables import DeltaTable

DeltaTable.createIfNotExists(spark).tableName("main.default.sensor_latest").addColumn("sensor", "STRING").addColumn(
    "at", "TIMESTAMP"
).addColumn("celsius", "DOUBLE").execute()


def keep_latest(batch, number):
    latest = batch.groupBy("sensor").agg(F.max("at").alias("at"), F.max_by("celsius", "at").alias("celsius"))
    (
        DeltaTable.forName(batch.sparkSession, "main.default.sensor_latest").alias("t")
        .merge(latest.alias("s"), "t.sensor = s.sensor")
        .whenMatchedUpdateAll("s.at > t.at")
        .whenNotMatchedInsertAll()
        .execute()
    )


(
    spark.readStream.table("main.default.sensor_readings")
    .writeStream.foreachBatch(keep_latest)
    .option("checkpointLocation", f"{base}/checkpoints/latest")
    .trigger(availableNow=True)
    .start()
    .awaitTermination()
)

# COMMAND ----------

# MAGIC %sql
# MAGIC SELECT * FROM main.default.sensor_latest ORDER BY sensor;
# MAGIC SELECT sensor, count(humidity) AS humid FROM main.default.sensor_readings GROUP BY sensor ORDER BY sensor

# COMMAND ----------

import json

dbutils.notebook.exit(json.dumps({
    "first": loaded,
    "again": loaded_again,
    "total": total,
    "evolved": evolved,
    "windows": spark.table("main.default.sensor_by_window").count(),
    "latest": [row.celsius for row in spark.table("main.default.sensor_latest").orderBy("sensor").collect()],
}))
