package io.slipway.driver.sql;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset$;

/** Runs what the parsers behind ours have made of a statement. */
final class Plans {
    private Plans() {}

    static List<Row> run(SparkSession session, LogicalPlan plan) {
        return Dataset$.MODULE$
                .ofRows((org.apache.spark.sql.classic.SparkSession) session, plan)
                .collectAsList();
    }
}
