package io.slipway.driver.sources;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import scala.Tuple3;
import scala.jdk.javaapi.CollectionConverters;

/** What this package adds to a session. */
public final class Sources {
    private Sources() {}

    public static void addTo(SparkSessionExtensions extensions) {
        extensions.injectResolutionRule(session -> new GuardRule());
        extensions.injectTableFunction(new Tuple3<>(
                new FunctionIdentifier("read_files"),
                new ExpressionInfo(ReadFiles.class.getName(), "read_files"),
                arguments -> ReadFiles.plan(SparkSession.active(), CollectionConverters.asJava(arguments))));
    }
}
