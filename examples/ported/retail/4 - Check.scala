// Databricks notebook source
// MAGIC %md
// MAGIC # Checks, in Scala

// COMMAND ----------

dbutils.widgets.text("schema", "retail")
val schema = dbutils.widgets.get("schema")

// COMMAND ----------

case class Check(name: String, passed: Boolean)

val orders = spark.table(s"main.$schema.silver_orders")
val checks = Seq(
  Check("an order once", orders.count == orders.select("order_id").distinct.count),
  Check("known money", orders.filter($"currency".isNull).isEmpty),
  Check("nothing negative", orders.filter($"quantity" <= 0).isEmpty)
)
display(checks.toDF)
checks.filterNot(_.passed).foreach(check => throw new IllegalStateException(s"broken: ${check.name}"))

// COMMAND ----------

dbutils.notebook.exit(checks.map(_.name).mkString(", "))
