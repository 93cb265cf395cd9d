package io.slipway.driver.sources;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** How schemas of several files become one, and how a schema takes columns that were not there before. */
final class SchemaChanges {
    private static final List<DataType> NUMBERS = List.of(
            DataTypes.ByteType,
            DataTypes.ShortType,
            DataTypes.IntegerType,
            DataTypes.LongType,
            DataTypes.FloatType,
            DataTypes.DoubleType);

    private SchemaChanges() {}

    /** All columns of both; where their types differ, one that can hold the values of both. */
    static StructType merged(StructType left, StructType right) {
        List<StructField> fields = new ArrayList<>(Arrays.asList(left.fields()));
        for (StructField field : right.fields()) {
            Optional<StructField> known = named(left, field.name());
            if (known.isEmpty()) {
                fields.add(field);
            } else {
                StructField other = known.get();
                fields.set(
                        fields.indexOf(other),
                        other.copy(other.name(), merged(other.dataType(), field.dataType()), true, other.metadata()));
            }
        }
        return new StructType(fields.toArray(StructField[]::new));
    }

    private static DataType merged(DataType left, DataType right) {
        if (left.equals(right) || right instanceof NullType) {
            return left;
        }
        if (left instanceof NullType) {
            return right;
        }
        if (left instanceof StructType one && right instanceof StructType other) {
            return merged(one, other);
        }
        if (left instanceof ArrayType one && right instanceof ArrayType other) {
            return DataTypes.createArrayType(merged(one.elementType(), other.elementType()), true);
        }
        if (left instanceof NumericType && right instanceof NumericType) {
            int wider = Math.max(NUMBERS.indexOf(left), NUMBERS.indexOf(right));
            return NUMBERS.contains(left) && NUMBERS.contains(right) ? NUMBERS.get(wider) : DataTypes.DoubleType;
        }
        return DataTypes.StringType;
    }

    /** The known schema with the columns and fields that it has not; those that differ in small and capital letters only are not new. */
    static StructType extended(StructType known, StructType found) {
        List<StructField> fields = new ArrayList<>(Arrays.asList(known.fields()));
        for (StructField field : found.fields()) {
            Optional<StructField> same = named(known, field.name());
            if (same.isPresent()) {
                StructField old = same.get();
                fields.set(
                        fields.indexOf(old),
                        old.copy(
                                old.name(),
                                extended(old.dataType(), field.dataType()),
                                old.nullable(),
                                old.metadata()));
            } else if (fields.stream().noneMatch(old -> old.name().equalsIgnoreCase(field.name()))) {
                fields.add(field);
            }
        }
        return new StructType(fields.toArray(StructField[]::new));
    }

    private static DataType extended(DataType known, DataType found) {
        if (known instanceof StructType one && found instanceof StructType other) {
            return extended(one, other);
        }
        if (known instanceof ArrayType one && found instanceof ArrayType other) {
            return DataTypes.createArrayType(extended(one.elementType(), other.elementType()), one.containsNull());
        }
        return known;
    }

    /** The names of what an extended schema has more. */
    static List<String> added(StructType known, StructType extended) {
        var names = new ArrayList<String>();
        for (StructField field : extended.fields()) {
            Optional<StructField> old = named(known, field.name());
            if (old.isEmpty() || !old.get().dataType().equals(field.dataType())) {
                names.add(field.name());
            }
        }
        return names;
    }

    static Optional<StructField> named(StructType schema, String name) {
        return Arrays.stream(schema.fields())
                .filter(field -> field.name().equals(name))
                .findFirst();
    }
}
