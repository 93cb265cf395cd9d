package io.unitycatalog.slipway;

import org.apache.spark.sql.connector.catalog.CatalogV2Util;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** Spark's own conversions between its two forms of a schema. */
final class SparkColumns {
    private SparkColumns() {}

    static StructType struct(Column[] columns) {
        return CatalogV2Util.v2ColumnsToStructType(columns);
    }

    static StructType apply(StructType schema, TableChange... changes) {
        return CatalogV2Util.applySchemaChanges(
                schema,
                CollectionConverters.asScala(java.util.List.of(changes)).toSeq(),
                scala.Option.empty(),
                "ALTER TABLE");
    }
}
