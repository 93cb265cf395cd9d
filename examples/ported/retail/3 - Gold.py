# Databricks notebook source
# MAGIC %md
# MAGIC # Gold
# MAGIC One table for people who look at it, and a picture.

# COMMAND ----------

# MAGIC %run ./Includes/Classroom-Setup

# COMMAND ----------

# MAGIC %scala
# MAGIC import org.apache.spark.sql.functions._
# MAGIC
# MAGIC val rates = Seq(("EUR", 1.0), ("USD", 0.92), ("GBP", 1.17)).toDF("currency", "to_eur")
# MAGIC rates.createOrReplaceTempView("rates")
# MAGIC display(rates)

# COMMAND ----------

# MAGIC %sql
# MAGIC CREATE OR REPLACE TABLE gold_revenue AS
# MAGIC SELECT date_trunc('MONTH', o.ordered_on) AS month, c.country, p.category,
# MAGIC        round(sum(o.quantity * o.amount * r.to_eur), 2) AS revenue, count_if(c.is_gold) AS gold_orders
# MAGIC FROM silver_orders o
# MAGIC JOIN silver_customers c USING (customer_id)
# MAGIC JOIN bronze_products p USING (sku)
# MAGIC JOIN rates r USING (currency)
# MAGIC GROUP BY ALL;
# MAGIC SELECT * FROM gold_revenue ORDER BY month, country, category

# COMMAND ----------

revenue = _sqldf.toPandas()
ax = revenue.pivot_table(index="month", columns="country", values="revenue", aggfunc="sum").plot.bar(stacked=True, rot=0)
ax.set_ylabel("EUR")

# COMMAND ----------

displayHTML(f"<h3>{revenue.revenue.sum():,.2f} EUR in {len(revenue)} rows</h3>")

# COMMAND ----------

import json

dbutils.notebook.exit(json.dumps({"rows": len(revenue), "revenue": round(float(revenue.revenue.sum()), 2)}))
