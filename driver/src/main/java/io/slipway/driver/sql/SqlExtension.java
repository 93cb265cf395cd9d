package io.slipway.driver.sql;

import io.slipway.driver.sources.Sources;
import org.apache.spark.sql.SparkSessionExtensions;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/** What SQL of Databricks has and Spark's has not; named in {@code spark.sql.extensions} after Delta's, to be asked before it. */
public final class SqlExtension extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
    @Override
    public BoxedUnit apply(SparkSessionExtensions extensions) {
        extensions.injectParser((session, next) -> new DialectParser(next));
        PlatformFunctions.addTo(extensions);
        Sources.addTo(extensions);
        extensions.injectPostHocResolutionRule(session -> new CurrentUserRule());
        extensions.injectPostHocResolutionRule(session -> new InsertCounts());
        extensions.injectCheckRule(KeptPlaces::new);
        return BoxedUnit.UNIT;
    }
}
