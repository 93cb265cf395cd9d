package io.unitycatalog.slipway;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.connector.catalog.CatalogV2Util;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.IdentityColumnSpec;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** Spark's own conversions between its two forms of a schema. */
final class SparkColumns {
    private SparkColumns() {}

    static StructType struct(Column[] columns) {
        return CatalogV2Util.v2ColumnsToStructType(columns);
    }

    /** Spark's own way back has other parameters in each version. */
    static Column[] columns(StructType schema) {
        return Arrays.stream(schema.fields())
                .map(field -> Column.create(
                        field.name(),
                        field.dataType(),
                        field.nullable(),
                        field.getComment().isDefined() ? field.getComment().get() : null,
                        field.metadata().json()))
                .toArray(Column[]::new);
    }

    /** As Delta keeps columns whose values it makes. Its catalog for Spark 4.0 loses what SQL says of them. */
    static StructType deltaStruct(Column[] columns) {
        StructType struct = struct(columns);
        var fields = new StructField[columns.length];
        for (int i = 0; i < columns.length; i++) {
            fields[i] = deltaField(struct.fields()[i], columns[i]);
        }
        return new StructType(fields);
    }

    private static StructField deltaField(StructField field, Column column) {
        IdentityColumnSpec identity = column.identityColumnSpec();
        if (column.generationExpression() == null && identity == null) {
            return field;
        }
        var notes = new MetadataBuilder().withMetadata(field.metadata());
        List.of("generationExpression", "identity.start", "identity.step", "identity.allowExplicitInsert")
                .forEach(notes::remove);
        if (identity == null) {
            notes.putString("delta.generationExpression", column.generationExpression());
        } else if (!column.dataType().equals(DataTypes.LongType)) {
            throw new CatalogFailure(
                    400,
                    "DELTA_IDENTITY_COLUMNS_UNSUPPORTED_DATA_TYPE",
                    "the identity column " + column.name() + " has to be BIGINT");
        } else {
            notes.putLong("delta.identity.start", identity.getStart())
                    .putLong("delta.identity.step", identity.getStep())
                    .putBoolean("delta.identity.allowExplicitInsert", identity.isAllowExplicitInsert());
        }
        return new StructField(field.name(), field.dataType(), field.nullable(), notes.build());
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
