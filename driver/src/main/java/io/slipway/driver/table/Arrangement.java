package io.slipway.driver.table;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.contains;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.startswith;
import static org.apache.spark.sql.functions.to_json;

import io.slipway.protocol.driver.ResultRequest.Filter;
import io.slipway.protocol.driver.ResultRequest.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * A result as a reader wants to see it, over all its rows. Filters mean what they mean in the page, which applies them itself to results
 * that are shown whole (webapp/src/output/order.ts).
 */
public final class Arrangement {
    private final List<Filter> filters;
    private final List<Order> order;

    public Arrangement(List<Filter> filters, List<Order> order) {
        this.filters = filters;
        this.order = order;
    }

    /** Throws IllegalArgumentException for a column that is not there, or a test that nobody knows. */
    public Dataset<Row> of(Dataset<Row> data) {
        if (filters.isEmpty() && order.isEmpty()) {
            return data;
        }
        String[] names = data.schema().fieldNames();
        String[] places = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            places[i] = "c" + i;
        }
        // Names may come twice, and have anything in them.
        Dataset<Row> arranged = data.toDF(places);
        for (Filter filter : filters) {
            arranged =
                    arranged.filter(passes(arranged.col(place(filter.column(), places)), type(data, filter), filter));
        }
        List<Column> by = new ArrayList<>();
        for (Order each : order) {
            Column column = arranged.col(place(each.column(), places));
            DataType type = data.schema().fields()[each.column()].dataType();
            Column value = nested(type) ? text(column, type) : column;
            by.add(each.down() ? value.desc_nulls_last() : value.asc_nulls_last());
        }
        return (by.isEmpty() ? arranged : arranged.orderBy(by.toArray(Column[]::new))).toDF(names);
    }

    private static DataType type(Dataset<Row> data, Filter filter) {
        return data.schema().fields()[filter.column()].dataType();
    }

    private static String place(int column, String[] places) {
        if (column < 0 || column >= places.length) {
            throw new IllegalArgumentException("there is no column " + column);
        }
        return places[column];
    }

    private static Column passes(Column column, DataType type, Filter filter) {
        Column there = column.isNotNull();
        Column test = switch (filter.test()) {
            case "empty" -> column.isNull();
            case "present" -> there;
            case "contains", "=", "<", ">" ->
                filter.value().isEmpty() ? there : there.and(compared(column, type, filter));
            default -> throw new IllegalArgumentException("nobody knows the test " + filter.test());
        };
        return coalesce(test, lit(false));
    }

    private static Column compared(Column column, DataType type, Filter filter) {
        String wanted = filter.value();
        if (filter.test().equals("contains")) {
            return contains(lower(text(column, type)), lit(wanted.toLowerCase(Locale.ROOT)));
        }
        if (dated(type) && filter.test().equals("=")) {
            // A day finds all its moments.
            return startswith(text(column, type), lit(wanted.replace('T', ' ')));
        }
        if (type instanceof NumericType) {
            String as = type instanceof DoubleType || type instanceof FloatType ? "double" : "decimal(38,10)";
            return by(filter.test(), column, lit(wanted.strip()).try_cast(as));
        }
        if (dated(type)) {
            return by(filter.test(), column.cast("timestamp"), lit(wanted).try_cast("timestamp"));
        }
        if (type instanceof BooleanType) {
            return by(filter.test(), column, lit(wanted.equalsIgnoreCase("true")));
        }
        return by(filter.test(), lower(text(column, type)), lit(wanted.toLowerCase(Locale.ROOT)));
    }

    private static Column by(String test, Column column, Column wanted) {
        return switch (test) {
            case "<" -> column.lt(wanted);
            case ">" -> column.gt(wanted);
            default -> column.equalTo(wanted);
        };
    }

    private static boolean dated(DataType type) {
        return type instanceof DateType || type instanceof TimestampType || type instanceof TimestampNTZType;
    }

    private static boolean nested(DataType type) {
        return type instanceof ArrayType || type instanceof MapType || type instanceof StructType;
    }

    private static Column text(Column column, DataType type) {
        return nested(type) ? to_json(column) : column.cast("string");
    }
}
