# Databricks notebook source
# MAGIC %md
# MAGIC # Ingest
# MAGIC Brings the raw files into Delta tables as they are: nothing is dropped or corrected here, so that every later
# MAGIC step can be repeated from these tables alone.

# COMMAND ----------

dbutils.widgets.text("data", "dbfs:/examples/flights")
data = dbutils.widgets.get("data")

# COMMAND ----------

# MAGIC %sql
# MAGIC CREATE SCHEMA IF NOT EXISTS main.flights
# MAGIC COMMENT 'US domestic flights of early 2001, airports, and the weather of two cities'

# COMMAND ----------

from pyspark.sql import functions as F


def bronze(frame, file, table):
    """Writes all rows, and where they come from; a repeated run replaces them."""
    (
        frame.withColumn("source_file", F.lit(f"{data}/{file}"))
        .write.mode("overwrite")
        .option("overwriteSchema", "true")
        .saveAsTable(table)
    )


flights = spark.read.schema(
    "date STRING, delay INT, distance INT, origin STRING, destination STRING"
).json(f"{data}/flights-20k.json", multiLine=True)
airports = spark.read.csv(f"{data}/airports.csv", header=True, schema=(
    "iata STRING, name STRING, city STRING, state STRING, country STRING, latitude DOUBLE, longitude DOUBLE"
))
weather = spark.read.csv(f"{data}/weather.csv", header=True, schema=(
    "location STRING, date DATE, precipitation DOUBLE, temp_max DOUBLE, temp_min DOUBLE, wind DOUBLE, weather STRING"
))

bronze(flights, "flights-20k.json", "main.flights.raw_flights")
bronze(airports, "airports.csv", "main.flights.raw_airports")
bronze(weather, "weather.csv", "main.flights.raw_weather")

# COMMAND ----------

rows = {name: spark.table(f"main.flights.{name}").count() for name in ("raw_flights", "raw_airports", "raw_weather")}
dbutils.notebook.exit(", ".join(f"{count} rows in {name}" for name, count in rows.items()))
