# Databricks notebook source
# MAGIC %md-sandbox
# MAGIC # Bronze
# MAGIC What came in, as it came in, with <b>when</b> and <b>from where</b>.

# COMMAND ----------

# MAGIC %pip install --quiet -r requirements.txt

# COMMAND ----------

# MAGIC %run ./Includes/Classroom-Setup

# COMMAND ----------

# MAGIC %fs ls file:/Workspace/Shared

# COMMAND ----------

from pyspark.sql import functions as F

orders = (
    spark.read.option("header", True).csv(f"{paths.files}/orders")
    .withColumn("source_file", F.element_at(F.split(F.input_file_name(), "/"), -1))
    .withColumn("loaded_at", F.current_timestamp())
)
orders.write.mode("overwrite").option("overwriteSchema", True).saveAsTable("bronze_orders")
display(orders.groupBy("source_file").count().orderBy("source_file"))

# COMMAND ----------

customers = spark.read.json(f"{paths.files}/customers.json")
customers.write.mode("overwrite").saveAsTable("bronze_customers")
customers.display()

# COMMAND ----------

# MAGIC %sql
# MAGIC -- Options of a file table are part of what it means: semicolons, quotes, a header.
# MAGIC CREATE OR REPLACE TEMP VIEW raw_products
# MAGIC USING csv
# MAGIC OPTIONS (path = "${retail.source}/products.csv", header = "true", sep = ";", escape = '"');
# MAGIC
# MAGIC CREATE OR REPLACE TABLE bronze_products AS SELECT * FROM raw_products;
# MAGIC SELECT * FROM bronze_products ORDER BY sku;

# COMMAND ----------

from tabulate import tabulate

print(tabulate(spark.table("bronze_products").toPandas(), headers="keys", tablefmt="github"))
dbutils.notebook.exit(str(spark.table("bronze_orders").count()))
