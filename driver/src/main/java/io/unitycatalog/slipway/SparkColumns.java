package io.unitycatalog.slipway;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.catalog.CatalogV2Util;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** Spark's own conversions between its two forms of a schema. */
final class SparkColumns {
    private SparkColumns() {}

    static StructType struct(Column[] columns) {
        return CatalogV2Util.v2ColumnsToStructType(columns);
    }

    /** The columns that a table is partitioned by. */
    static List<String> names(Transform[] partitions) {
        var names = new ArrayList<String>();
        for (Transform partition : partitions) {
            for (var reference : partition.references()) {
                names.add(String.join(".", reference.fieldNames()));
            }
        }
        return names;
    }

    static StructType apply(StructType schema, TableChange... changes) {
        return CatalogV2Util.applySchemaChanges(
                schema, CollectionConverters.asScala(List.of(changes)).toSeq(), scala.Option.empty(), "ALTER TABLE");
    }
}
