package io.slipway.driver.sql;

import io.unitycatalog.slipway.CatalogSessions;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.PersistedView$;
import org.apache.spark.sql.catalyst.analysis.ResolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.ResolvedNamespace;
import org.apache.spark.sql.catalyst.plans.logical.CreateNamespace;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.V2CreateTablePlan;
import org.apache.spark.sql.execution.command.CreateDataSourceTableAsSelectCommand;
import org.apache.spark.sql.execution.command.CreateDataSourceTableCommand;
import org.apache.spark.sql.execution.command.CreateFunctionCommand;
import org.apache.spark.sql.execution.command.CreateViewCommand;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Nothing is made in {@code spark_catalog}: it is Spark's own, in memory, and forgets its tables when the cluster stops while
 * their files stay.
 */
final class KeptPlaces extends AbstractFunction1<LogicalPlan, BoxedUnit> {
    private static final String SPARKS_OWN = "spark_catalog";

    private final SparkSession session;

    KeptPlaces(SparkSession session) {
        this.session = session;
    }

    @Override
    public BoxedUnit apply(LogicalPlan plan) {
        if (isMadeInSparksOwn(plan) && CatalogSessions.hasCatalogs(session)) {
            throw new SqlRefusal(
                    "UNSUPPORTED_FEATURE",
                    "spark_catalog forgets what is made in it when the cluster stops; use hive_metastore or another catalog");
        }
        return BoxedUnit.UNIT;
    }

    private static boolean isMadeInSparksOwn(LogicalPlan plan) {
        if (plan instanceof V2CreateTablePlan table) {
            return table.name() instanceof ResolvedIdentifier id
                    && id.catalog().name().equals(SPARKS_OWN)
                    && !isPath(id);
        }
        return plan instanceof CreateDataSourceTableCommand
                || plan instanceof CreateDataSourceTableAsSelectCommand
                || (plan instanceof CreateNamespace schema
                        && schema.name() instanceof ResolvedNamespace id
                        && id.catalog().name().equals(SPARKS_OWN))
                || (plan instanceof CreateViewCommand view && view.viewType() == PersistedView$.MODULE$)
                || (plan instanceof CreateFunctionCommand function && !function.isTemp());
    }

    /** {@code delta.`/folder`} is of no catalog, but Spark resolves it in its own. */
    private static boolean isPath(ResolvedIdentifier id) {
        return id.identifier().name().contains("/");
    }
}
