package io.slipway.driver.cluster;

import java.io.IOException;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Ends as programs for spark-submit do, in every way that they do. */
public final class StoppingProgram {
    private StoppingProgram() {}

    public static void main(String[] args) throws IOException {
        SparkSession spark = SparkSession.builder().getOrCreate();
        SparkContext context = spark.sparkContext();
        spark.stop();
        spark.close();
        context.stop();
        context.stop(0);
        try (var java = new JavaSparkContext(context)) {
            java.stop();
        }
        System.out.println("counted " + spark.range(7).count());
        System.exit(0);
    }
}
