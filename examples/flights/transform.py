# Databricks notebook source
# MAGIC %md
# MAGIC # Transform
# MAGIC Clean tables out of the raw ones. Flights are merged by an id of their own, so that a repeated run, or a
# MAGIC later one with more flights, adds no flight twice.

# COMMAND ----------

# MAGIC %sql
# MAGIC CREATE OR REPLACE TABLE main.flights.airports
# MAGIC COMMENT 'One row per airport; the place is its city and state'
# MAGIC AS SELECT iata, name, concat_ws(', ', nullif(city, 'NA'), nullif(state, 'NA')) AS place, latitude, longitude
# MAGIC FROM main.flights.raw_airports
# MAGIC WHERE iata IS NOT NULL

# COMMAND ----------

# MAGIC %sql
# MAGIC CREATE TABLE IF NOT EXISTS main.flights.flights (
# MAGIC   flight_id STRING COMMENT 'A hash of time and route',
# MAGIC   departure TIMESTAMP,
# MAGIC   origin STRING,
# MAGIC   destination STRING,
# MAGIC   origin_place STRING,
# MAGIC   distance_miles INT,
# MAGIC   delay_minutes INT COMMENT 'Negative: early',
# MAGIC   late BOOLEAN COMMENT 'By 15 minutes or more, as the Bureau of Transportation Statistics counts'
# MAGIC ) COMMENT 'One row per flight'

# COMMAND ----------

from pyspark.sql import Window
from pyspark.sql import functions as F

# Two flights may leave at the same minute on the same route; their order by delay tells them apart.
twin = F.row_number().over(Window.partitionBy("date", "origin", "destination").orderBy("delay"))
airports = spark.table("main.flights.airports").select(F.col("iata").alias("origin"), F.col("place").alias("origin_place"))

clean = (
    spark.table("main.flights.raw_flights")
    .where("delay IS NOT NULL AND origin <> destination")
    .withColumn("flight_id", F.sha1(F.concat_ws("|", "date", "origin", "destination", twin)))
    .join(F.broadcast(airports), "origin")
    .select(
        "flight_id",
        F.to_timestamp("date", "yyyy/MM/dd HH:mm").alias("departure"),
        "origin",
        "destination",
        "origin_place",
        F.col("distance").alias("distance_miles"),
        F.col("delay").alias("delay_minutes"),
        (F.col("delay") >= 15).alias("late"),
    )
)
clean.createOrReplaceTempView("clean_flights")

# COMMAND ----------

# MAGIC %sql
# MAGIC MERGE INTO main.flights.flights AS known
# MAGIC USING clean_flights AS new ON known.flight_id = new.flight_id
# MAGIC WHEN MATCHED AND (known.delay_minutes <> new.delay_minutes OR known.origin_place <> new.origin_place) THEN UPDATE SET *
# MAGIC WHEN NOT MATCHED THEN INSERT *

# COMMAND ----------

# MAGIC %sql
# MAGIC CREATE OR REPLACE TABLE main.flights.usual_weather
# MAGIC COMMENT 'Share of wet days by city and month, 2012 to 2015'
# MAGIC AS SELECT location AS city, month(date) AS month, avg(CASE WHEN precipitation > 0 THEN 1 ELSE 0 END) AS wet_days
# MAGIC FROM main.flights.raw_weather
# MAGIC GROUP BY location, month(date)

# COMMAND ----------

dbutils.notebook.exit(f"{spark.table('main.flights.flights').count()} flights")
