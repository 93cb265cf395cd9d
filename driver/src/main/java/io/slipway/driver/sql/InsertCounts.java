package io.slipway.driver.sql;

import io.unitycatalog.slipway.Commits;
import java.util.List;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.V2WriteCommand;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.catalyst.trees.TreeNodeTag;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import org.apache.spark.sql.types.StructType;

/** INSERT into a Delta table tells how many rows it has written, as UPDATE, DELETE and MERGE do by themselves. */
final class InsertCounts extends Rule<LogicalPlan> {
    private static final StructType COUNTS =
            new StructType().add("num_affected_rows", "bigint").add("num_inserted_rows", "bigint");
    /** Shows the plan itself. */
    private static final Caller EXPLAIN =
            new Caller("org.apache.spark.sql.execution.command.ExplainCommand", "run", Integer.MAX_VALUE);

    private static final TreeNodeTag<Boolean> COUNTED = new TreeNodeTag<>("slipway.counted");

    @Override
    public LogicalPlan apply(LogicalPlan plan) {
        if (!(plan instanceof V2WriteCommand write)
                || plan.getTagValue(COUNTED).isDefined()
                || !plan.resolved()
                || !(write.table() instanceof DataSourceV2Relation target)
                || !target.table().getClass().getName().startsWith("org.apache.spark.sql.delta.")
                || EXPLAIN.asked()) {
            return plan;
        }
        plan.setTagValue(COUNTED, true);
        return new RowsCommand("INSERT", COUNTS, session -> {
            long rows = Commits.during(() -> Plans.run(session, plan)).stream()
                    .mapToLong(info ->
                            info.path("operationMetrics").path("numOutputRows").asLong())
                    .sum();
            return List.of(RowFactory.create(rows, rows));
        });
    }
}
