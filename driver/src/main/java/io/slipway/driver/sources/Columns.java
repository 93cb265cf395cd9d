package io.slipway.driver.sources;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of files.
 *
 * @param data those in the files
 * @param partitions those that folders are named after
 */
record Columns(StructType data, StructType partitions) {
    /** All, with the one for what was rescued at the end. */
    StructType all(Optional<String> rescued) {
        List<StructField> fields = new ArrayList<>(Arrays.asList(data.fields()));
        fields.addAll(Arrays.asList(partitions.fields()));
        var all = new StructType(fields.toArray(StructField[]::new));
        return rescued.isPresent() && !List.of(all.fieldNames()).contains(rescued.get())
                ? all.add(rescued.get(), DataTypes.StringType)
                : all;
    }
}
