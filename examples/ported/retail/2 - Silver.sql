-- Databricks notebook source
-- MAGIC %md
-- MAGIC # Silver
-- MAGIC Clean, typed, one row for each order.

-- COMMAND ----------

-- MAGIC %run "./Includes/Classroom-Setup"

-- COMMAND ----------

CREATE WIDGET TEXT least DEFAULT "1";

-- COMMAND ----------

-- MAGIC %python
-- MAGIC from cleaning import money, plain
-- MAGIC
-- MAGIC spark.udf.register("money", money, "amount double, currency string")
-- MAGIC spark.udf.register("plain", plain, "string")

-- COMMAND ----------

CREATE OR REPLACE TABLE silver_orders (
  row_id BIGINT GENERATED ALWAYS AS IDENTITY,
  order_id BIGINT NOT NULL,
  customer_id BIGINT,
  sku STRING,
  quantity INT,
  amount DOUBLE,
  currency STRING COMMENT 'ISO 4217',
  ordered_at TIMESTAMP,
  ordered_on DATE GENERATED ALWAYS AS (CAST(ordered_at AS DATE)),
  CONSTRAINT silver_orders_pk PRIMARY KEY (order_id)
) USING DELTA
COMMENT 'Orders that can be trusted'
TBLPROPERTIES (delta.enableChangeDataFeed = true);

ALTER TABLE silver_orders ADD CONSTRAINT some_of_it CHECK (quantity > 0);

-- COMMAND ----------

-- The last word about an order counts.
MERGE INTO silver_orders AS t
USING (
  SELECT CAST(order_id AS BIGINT) AS order_id, CAST(customer AS BIGINT) AS customer_id, sku, CAST(quantity AS INT) AS quantity,
         money(price).amount AS amount, money(price).currency AS currency, CAST(ordered_at AS TIMESTAMP) AS ordered_at,
         row_number() OVER (PARTITION BY order_id ORDER BY ordered_at DESC) AS from_the_last
  FROM bronze_orders
  WHERE quantity >= ${least} AND money(price).amount IS NOT NULL
) AS s
ON t.order_id = s.order_id AND s.from_the_last = 1
WHEN MATCHED THEN UPDATE SET quantity = s.quantity, ordered_at = s.ordered_at
WHEN NOT MATCHED AND s.from_the_last = 1 THEN INSERT (order_id, customer_id, sku, quantity, amount, currency, ordered_at)
  VALUES (s.order_id, s.customer_id, s.sku, s.quantity, s.amount, s.currency, s.ordered_at);

SELECT order_id, quantity, amount, currency, ordered_on FROM silver_orders ORDER BY order_id;

-- COMMAND ----------

CREATE OR REPLACE TABLE silver_customers AS
SELECT id AS customer_id, name, plain(name) AS compared_name, address.city, address.country, size(tags) AS tags,
       array_contains(tags, 'gold') AS is_gold
FROM bronze_customers;

-- COMMAND ----------

DESCRIBE HISTORY silver_orders;

-- COMMAND ----------

SELECT _change_type, count(*) AS changes FROM table_changes('silver_orders', 1) GROUP BY ALL;

-- COMMAND ----------

OPTIMIZE silver_orders ZORDER BY (customer_id);
ANALYZE TABLE silver_orders COMPUTE STATISTICS FOR ALL COLUMNS;
SHOW TABLES LIKE 'silver*';
