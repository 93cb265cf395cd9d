package io.slipway.driver.sources;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.connector.read.streaming.ReadAllAvailable;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.SupportsTriggerAvailableNow;
import org.apache.spark.sql.execution.streaming.Offset;
import org.apache.spark.sql.execution.streaming.Source;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Option;

/** One stream of Auto Loader. Each file found is read once: which are found is kept in {@link FileLog}, which are read by Spark. */
final class CloudFilesSource implements Source, SupportsTriggerAvailableNow {
    private final CloudSchema kept;
    private final CloudOptions options;
    private final Columns columns;
    private final FileLog log;
    private Optional<List<FileEntry>> frozen = Optional.empty();

    CloudFilesSource(CloudSchema kept, Columns columns, String metadataPath) {
        this.kept = kept;
        this.options = kept.options();
        this.columns = columns;
        try {
            this.log = new FileLog(metadataPath, conf());
            if (log.last() < 0 && !options.includeExisting()) {
                log.add(options.listing(conf()).files(), true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Configuration conf() {
        return kept.session().sparkContext().hadoopConfiguration();
    }

    @Override
    public StructType schema() {
        return columns.all(options.rescued());
    }

    @Override
    public ReadLimit getDefaultReadLimit() {
        return ReadLimit.maxFiles((int) Math.min(Integer.MAX_VALUE, options.maxFiles()));
    }

    @Override
    public void prepareForTriggerAvailableNow() {
        frozen = Optional.of(found());
    }

    private List<FileEntry> found() {
        try {
            List<FileEntry> files = new ArrayList<>(options.listing(conf()).files());
            files.removeIf(file -> !log.isNew(file, options.allowOverwrites()));
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public org.apache.spark.sql.connector.read.streaming.@Nullable Offset latestOffset(
            org.apache.spark.sql.connector.read.streaming.@Nullable Offset start, ReadLimit limit) {
        List<FileEntry> files = frozen.orElseGet(this::found);
        List<FileEntry> taken = limit instanceof ReadAllAvailable ? files : files.subList(0, within(files));
        try {
            if (!taken.isEmpty()) {
                List<FileEntry> next = List.copyOf(taken);
                log.add(next, false);
                frozen = frozen.map(all -> all.subList(next.size(), all.size()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return log.last() < 0 ? null : new FileOffset(log.last());
    }

    /** How many of the files one batch takes: at least one, so that a large file does not stop the stream. */
    private int within(List<FileEntry> files) {
        long bytes = 0;
        int count = 0;
        while (count < files.size() && count < options.maxFiles()) {
            bytes += files.get(count).size();
            if (count > 0 && bytes > options.maxBytes().orElse(Long.MAX_VALUE)) {
                break;
            }
            count++;
        }
        return count;
    }

    @Override
    public Option<Offset> getOffset() {
        throw new UnsupportedOperationException("Spark asks for the latest offset within a limit");
    }

    @Override
    public Dataset<Row> getBatch(Option<Offset> start, Offset end) {
        long from = start.isDefined() ? FileOffset.number(start.get()) : -1;
        try {
            List<FileEntry> files = log.between(from, FileOffset.number(end));
            kept.check(columns, files);
            return new FileBatch(kept.session(), options, columns)
                    .of(files, options.listing(conf()).base());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void commit(Offset end) {
        try {
            log.done(FileOffset.number(end));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        frozen = Optional.empty();
    }

    /** Spark shows it as the description of the source in the progress of a query. */
    @Override
    public String toString() {
        return "CloudFilesSource[" + options.path() + "]";
    }
}
