package io.slipway.driver.sql;

import io.unitycatalog.slipway.CatalogSessions;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.CurrentUser;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.catalyst.trees.TreePattern$;
import scala.PartialFunction;
import scala.runtime.AbstractPartialFunction;

/** {@code current_user()} is the user of the session: Spark would name the operating system's. */
final class CurrentUserRule extends Rule<LogicalPlan> {
    @Override
    public LogicalPlan apply(LogicalPlan plan) {
        if (!plan.containsPattern(TreePattern$.MODULE$.CURRENT_LIKE())) {
            return plan;
        }
        String user = CatalogSessions.user(SparkSession.active());
        return user.isEmpty() ? plan : plan.transformAllExpressions(naming(user));
    }

    private static PartialFunction<Expression, Expression> naming(String user) {
        return new AbstractPartialFunction<>() {
            @Override
            public boolean isDefinedAt(Expression expression) {
                return expression instanceof CurrentUser;
            }

            @Override
            public Expression apply(Expression expression) {
                return Literal$.MODULE$.apply(user);
            }
        };
    }
}
