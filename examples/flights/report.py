"""What the flights say: one table, main.flights.report, and the same as JSON on the last line of the output."""
import json

from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()

MEASURES = "count(*) AS flights, round(avg(delay_minutes), 1) AS mean_delay, round(100 * avg(int(late)), 1) AS late_percent"

spark.sql(f"""
CREATE OR REPLACE TABLE main.flights.report
COMMENT 'Delays by hour, airport, distance and weather; a section holds one of these'
AS
SELECT 'by hour of departure' AS section, format_string('%02d:00', hour(departure)) AS label, {MEASURES}
FROM main.flights.flights
WHERE hour(departure) BETWEEN 6 AND 22
GROUP BY hour(departure)
UNION ALL
SELECT 'by airport, busiest ten', concat(origin, ' ', first(origin_place)), {MEASURES}
FROM main.flights.flights
WHERE origin IN (SELECT origin FROM main.flights.flights GROUP BY origin ORDER BY count(*) DESC LIMIT 10)
GROUP BY origin
UNION ALL
SELECT
  'by distance',
  CASE WHEN distance_miles < 500 THEN '1: under 500 miles' WHEN distance_miles < 1000 THEN '2: 500 to 1000' ELSE '3: over 1000' END,
  {MEASURES}
FROM main.flights.flights
GROUP BY 2
UNION ALL
SELECT
  'by city and month, with its usual share of wet days',
  format_string('%s %d-2001 (%.0f%% wet)', city, usual.month, 100 * first(wet_days)),
  {MEASURES}
FROM main.flights.flights
JOIN main.flights.usual_weather AS usual
  ON usual.month = month(departure)
  AND usual.city = CASE WHEN origin = 'SEA' THEN 'Seattle' WHEN origin IN ('JFK', 'LGA', 'EWR') THEN 'New York' END
GROUP BY city, usual.month
""")

report = [row.asDict() for row in spark.table("main.flights.report").orderBy("section", "label").collect()]
names = [row.tableName for row in spark.sql("SHOW TABLES IN main.flights").collect() if not row.isTemporary]
counts = {name: spark.table(f"main.flights.{name}").count() for name in names}
print(json.dumps({"table": "main.flights.report", "rows": report, "tables": counts}))
