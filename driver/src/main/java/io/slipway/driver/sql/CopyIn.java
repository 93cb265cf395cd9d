package io.slipway.driver.sql;

import io.unitycatalog.slipway.Commits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;

/** One run of COPY INTO. */
final class CopyIn {
    private final SparkSession session;
    private final CopyStatement statement;
    private final Configuration conf;

    CopyIn(SparkSession session, CopyStatement statement) {
        this.session = session;
        this.statement = statement;
        this.conf = session.sparkContext().hadoopConfiguration();
    }

    List<Row> run() {
        try {
            Row detail = session.sql("DESCRIBE DETAIL " + statement.table()).first();
            if (!"delta".equals(detail.getAs("format"))) {
                throw new SqlRefusal("COPY_INTO_NON_DELTA_TARGET", "COPY INTO loads into Delta tables only");
            }
            Path table = new Path(detail.<String>getAs("location"));
            String id = detail.getAs("id");
            var loaded = new LoadedFiles(table.getFileSystem(conf), table, id);
            Optional<LoadedFiles.Load> unfinished = loaded.unfinished();
            long rows = 0;
            if (unfinished.isPresent()) {
                rows += new CopyIn(session, unfinished.get().statement().into(statement.table()))
                        .load(loaded, table, id, unfinished.get());
            }
            List<String> files = found();
            if (!statement.copyOption("force")) {
                Set<String> known = loaded.known();
                files.removeIf(known::contains);
            }
            if (!files.isEmpty()) {
                rows += load(loaded, table, id, loaded.begin(files, statement));
            }
            return List.of(RowFactory.create(rows, rows, 0L));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private List<String> found() throws IOException {
        var source = new Path(statement.source());
        FileSystem system = source.getFileSystem(conf);
        var found = new ArrayList<String>();
        if (!statement.files().isEmpty()) {
            for (String file : statement.files()) {
                Path path = system.makeQualified(new Path(source, file));
                system.getFileStatus(path);
                found.add(path.toString());
            }
            return found;
        }
        Path wanted = statement.pattern().isEmpty() ? source : new Path(source, statement.pattern());
        FileStatus[] matching = system.globStatus(wanted);
        if (matching == null || (matching.length == 0 && statement.pattern().isEmpty())) {
            throw new SqlRefusal("PATH_NOT_FOUND", "there is nothing at " + statement.source());
        }
        for (FileStatus each : matching) {
            add(system, each, found);
        }
        found.sort(null);
        return found;
    }

    private static void add(FileSystem system, FileStatus each, List<String> found) throws IOException {
        String name = each.getPath().getName();
        if (each.isFile()) {
            found.add(each.getPath().toString());
            return;
        }
        for (FileStatus child : system.listStatus(each.getPath())) {
            name = child.getPath().getName();
            if (!name.startsWith(".") && !name.startsWith("_")) {
                add(system, child, found);
            }
        }
    }

    private long load(LoadedFiles loaded, Path table, String tableId, LoadedFiles.Load load) throws IOException {
        String application = "slipway.copy-into." + tableId;
        boolean ended = false;
        try {
            var infos = Commits.during(() -> append(
                    data(load.files()), Map.of("txnAppId", application, "txnVersion", String.valueOf(load.number()))));
            ended = true;
            loaded.end(load);
            return infos.stream()
                    .mapToLong(info ->
                            info.path("operationMetrics").path("numOutputRows").asLong())
                    .sum();
        } finally {
            if (!ended && !committed(table, application, load.number())) {
                loaded.drop(load);
            }
        }
    }

    private boolean committed(Path table, String application, long number) {
        var last = DeltaLog.forTableWithSnapshot(session, table)
                ._2()
                .transactions()
                .get(application);
        return last.isDefined() && ((Number) last.get()).longValue() >= number;
    }

    private Dataset<Row> data(List<String> files) {
        DataFrameReader reader = session.read().format(statement.format()).options(statement.formatOptions());
        Dataset<Row> data = reader.load(files.toArray(String[]::new));
        if (!statement.expressions().equals("*") || !statement.condition().isEmpty()) {
            String view = "slipway_copy_" + UUID.randomUUID().toString().replace("-", "");
            data.createOrReplaceTempView(view);
            try {
                data = session.sql("SELECT " + statement.expressions() + " FROM " + view
                        + (statement.condition().isEmpty() ? "" : " WHERE " + statement.condition()));
            } finally {
                session.catalog().dropTempView(view);
            }
        }
        if (!statement.columns().isEmpty()) {
            if (statement.columns().size() != data.columns().length) {
                throw new SqlRefusal(
                        "COPY_INTO_COLUMN_ARITY_MISMATCH",
                        "the files have " + data.columns().length + " columns, named are "
                                + statement.columns().size());
            }
            data = data.toDF(statement.columns().toArray(String[]::new));
        }
        return data;
    }

    private void append(Dataset<Row> data, Map<String, String> transaction) {
        var writer = data.write().format("delta").mode("append").options(transaction);
        if (statement.copyOption("mergeSchema")) {
            writer = writer.option("mergeSchema", "true");
        }
        if (statement.byPosition()) {
            writer.insertInto(statement.table());
        } else {
            writer.saveAsTable(statement.table());
        }
    }
}
