package io.slipway.driver.sql;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.StructType;

/** CREATE TABLE … DEEP CLONE, which CLONE alone means too: Delta's shallow clone, whose files are then copied. */
final class CloneStatement {
    private static final StructType COUNTS = new StructType()
            .add("source_table_size", "bigint")
            .add("source_num_of_files", "bigint")
            .add("num_removed_files", "bigint")
            .add("num_copied_files", "bigint")
            .add("removed_files_size", "bigint")
            .add("copied_files_size", "bigint");

    private CloneStatement() {}

    static Optional<LogicalPlan> plan(Reading read, ParserInterface next) throws ParseException {
        boolean made = read.skip("CREATE", "TABLE")
                || read.skip("CREATE", "OR", "REPLACE", "TABLE")
                || read.skip("REPLACE", "TABLE");
        if (!made) {
            return Optional.empty();
        }
        read.skip("IF", "NOT", "EXISTS");
        String table = read.qualified();
        int deep = read.position();
        read.skip("DEEP");
        if (!read.skip("CLONE")) {
            return Optional.empty();
        }
        String text = read.text();
        String shallow = text.substring(0, read.tokens().get(deep).start()) + "SHALLOW CLONE "
                + text.substring(read.tokens().get(read.position()).start());
        LogicalPlan plan = next.parsePlan(Rewriting.of(shallow));
        return Optional.of(new RowsCommand("DEEP CLONE", COUNTS, session -> {
            List<Row> rows = Plans.run(session, plan);
            String location = session.sql("DESCRIBE DETAIL " + table)
                    .select("location")
                    .first()
                    .getString(0);
            var copied = new CopiedFiles(session, location).copy();
            if (rows.isEmpty()) {
                return List.of(RowFactory.create(0L, 0L, 0L, 0L, 0L, 0L));
            }
            Row counts = rows.get(0);
            return List.of(RowFactory.create(
                    counts.get(0), counts.get(1), counts.get(2), copied.files(), counts.get(4), copied.bytes()));
        }));
    }
}
