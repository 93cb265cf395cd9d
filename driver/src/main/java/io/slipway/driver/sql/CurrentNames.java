package io.slipway.driver.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Names as they are meant in the current catalog and schema. */
final class CurrentNames {
    private static final String SPARKS_OWN = "spark_catalog";

    private CurrentNames() {}

    /** The same in SQL: Spark's list of tables looks into its own catalog first, whatever the current one is. */
    static String full(String name) {
        try {
            Seq<String> parts = ((org.apache.spark.sql.classic.SparkSession) SparkSession.active())
                    .sessionState()
                    .sqlParser()
                    .parseMultipartIdentifier(name);
            return CollectionConverters.asJava(full(parts)).stream()
                    .map(part -> "`" + part.replace("`", "``") + "`")
                    .collect(Collectors.joining("."));
        } catch (ParseException e) {
            return name;
        }
    }

    /** With catalog and schema; as it is where it is a path, a temporary view's or one of Spark's own catalog. */
    static Seq<String> full(Seq<String> parts) {
        SparkSession session = SparkSession.active();
        String catalog = session.catalog().currentCatalog();
        List<String> names = new ArrayList<>(CollectionConverters.asJava(parts));
        boolean path = names.get(names.size() - 1).contains("/");
        if (catalog.equals(SPARKS_OWN) || path || (names.size() == 1 && temporary(session, names.get(0)))) {
            return parts;
        }
        if (names.size() == 1) {
            names.add(0, session.catalog().currentDatabase());
        }
        names.add(0, catalog);
        return CollectionConverters.asScala(names).toSeq();
    }

    private static boolean temporary(SparkSession session, String name) {
        return ((org.apache.spark.sql.classic.SparkSession) session)
                .sessionState()
                .catalog()
                .getTempView(name)
                .isDefined();
    }
}
