package io.slipway.driver.sources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.json.Json;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.execution.datasources.csv.CSVFileFormat;
import org.apache.spark.sql.execution.datasources.text.TextFileFormat;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import scala.Function1;
import scala.collection.AbstractIterator;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * Reads records of JSON and CSV one by one. All columns are always read, also where only some are asked for: which records are
 * bad must not depend on the query.
 */
final class GuardedReader extends AbstractFunction1<PartitionedFile, Iterator<InternalRow>> implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What is read of each record: the columns of the files, without those that say what was wrong. */
    private final StructType parsed;

    private final StructType required;
    private final scala.collection.immutable.Map<String, String> options;
    private final boolean csv;
    private final String timeZone;
    private final String corrupt;
    private final String rescued;
    private final @Nullable BadRecords bad;
    private final SerializableConfiguration conf;
    private final Function1<PartitionedFile, Iterator<InternalRow>> texts;

    private GuardedReader(
            FileFormat format,
            SparkSession session,
            StructType data,
            StructType required,
            Options options,
            SerializableConfiguration conf) {
        this.csv = format instanceof CSVFileFormat;
        this.required = required;
        this.options = Options.scala(options.written());
        this.timeZone = SQLConf.get().sessionLocalTimeZone();
        this.corrupt =
                options.get("columnNameOfCorruptRecord").orElse(SQLConf.get().columnNameOfCorruptRecord());
        this.rescued = options.get(Options.RESCUED_DATA_COLUMN).orElse("");
        this.bad = options.get(Options.BAD_RECORDS_PATH)
                .map(path -> BadRecords.below(path, conf))
                .orElse(null);
        this.conf = conf;
        var columns = new ArrayList<StructField>();
        for (StructField field : data.fields()) {
            if (!field.name().equals(rescued) && !field.name().equals(corrupt)) {
                columns.add(field);
            }
        }
        this.parsed = new StructType(columns.toArray(StructField[]::new));
        var value = new StructType().add("value", DataTypes.StringType);
        var text = new HashMap<String, String>();
        options.get("lineSep").ifPresent(separator -> text.put("lineSep", separator));
        encoding(options).ifPresent(name -> text.put("encoding", name));
        text.put("wholetext", String.valueOf(options.flag("multiLine", false)));
        this.texts = new TextFileFormat()
                .buildReader(
                        session,
                        value,
                        new StructType(),
                        value,
                        CollectionConverters.asScala(List.<org.apache.spark.sql.sources.Filter>of())
                                .toSeq(),
                        Options.scala(text),
                        conf.value());
    }

    static GuardedReader of(
            FileFormat format,
            SparkSession session,
            StructType data,
            StructType required,
            Options options,
            SerializableConfiguration conf) {
        return new GuardedReader(format, session, data, required, options, conf);
    }

    private static Optional<String> encoding(Options options) {
        return options.get("encoding").or(() -> options.get("charset"));
    }

    @Override
    public Iterator<InternalRow> apply(PartitionedFile file) {
        Options known = Options.of(options);
        Charset charset = Charset.forName(encoding(known).orElse("UTF-8"));
        Records records = csv
                ? new CsvRecords(parsed, known, options, timeZone, !rescued.isEmpty(), file, conf.value())
                : new JsonRecords(parsed, options, timeZone, corrupt, !rescued.isEmpty());
        Iterator<InternalRow> read = texts.apply(file);
        String path = file.toPath().toString();
        String mode = known.get("mode").orElse("PERMISSIVE").toUpperCase(Locale.ROOT);
        return new AbstractIterator<>() {
            private java.util.Iterator<Records.Entry> entries =
                    List.<Records.Entry>of().iterator();
            private Optional<InternalRow> next = Optional.empty();

            @Override
            public boolean hasNext() {
                while (next.isEmpty()) {
                    while (!entries.hasNext()) {
                        if (!read.hasNext()) {
                            return false;
                        }
                        byte[] bytes = read.next().getUTF8String(0).getBytes();
                        entries = records.of(new String(bytes, charset));
                    }
                    next = row(entries.next(), path, mode);
                }
                return true;
            }

            @Override
            public InternalRow next() {
                hasNext();
                InternalRow row = next.orElseThrow();
                next = Optional.empty();
                return row;
            }
        };
    }

    private Optional<InternalRow> row(Records.Entry entry, String path, String mode) {
        Optional<Throwable> broken = entry.broken();
        if (broken.isPresent()) {
            if (bad != null) {
                bad.record(path, entry.text(), broken.get());
                return Optional.empty();
            }
            if (mode.equals("DROPMALFORMED")) {
                return Optional.empty();
            }
            if (mode.equals("FAILFAST")) {
                throw new BrokenRecord(path, entry.text(), broken.get());
            }
        }
        var row = new GenericInternalRow(required.size());
        for (int i = 0; i < required.size(); i++) {
            StructField field = required.fields()[i];
            if (field.name().equals(rescued)) {
                row.update(i, rescued(entry, path));
            } else if (field.name().equals(corrupt)) {
                row.update(i, broken.isPresent() ? UTF8String.fromString(entry.text()) : null);
            } else {
                int from = parsed.fieldIndex(field.name());
                row.update(i, entry.row().isNullAt(from) ? null : entry.row().get(from, field.dataType()));
            }
        }
        return Optional.of(row);
    }

    /** A record that cannot be taken apart is rescued whole, unless the schema has a column for such. */
    private @Nullable UTF8String rescued(Records.Entry entry, String path) {
        ObjectNode rest = entry.rescued();
        if (entry.broken().isPresent() && !hasCorrupt()) {
            rest = Json.object().put(corrupt, entry.text());
        }
        if (rest.isEmpty()) {
            return null;
        }
        return UTF8String.fromString(rest.put("_file_path", path).toString());
    }

    private boolean hasCorrupt() {
        return List.of(required.fieldNames()).contains(corrupt);
    }
}
