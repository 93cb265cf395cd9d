package io.slipway.driver.sources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.univocity.parsers.csv.CsvParser;
import io.slipway.driver.json.Json;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.catalyst.csv.UnivocityParser;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Function1;

/**
 * Records of CSV. Where data is rescued, the header says which column a value belongs to; else its place does, as in Spark.
 * Values are read by Spark's own converters.
 */
final class CsvRecords implements Records {
    private final StructType schema;
    private final CSVOptions csv;
    private final Optional<String> comment;
    private final boolean multiLine;
    private final boolean rescue;
    private final boolean byName;
    private final CsvParser tokenizer;
    private final List<Function1<String, Object>> converters = new ArrayList<>();
    private List<String> names = List.of();
    /** Which column of the schema each value of a record belongs to; -1 = none. */
    private int[] places = new int[0];

    private boolean headerAhead;

    CsvRecords(
            StructType schema,
            Options options,
            scala.collection.immutable.Map<String, String> written,
            String timeZone,
            boolean rescue,
            PartitionedFile file,
            Configuration conf) {
        this.schema = schema;
        this.rescue = rescue;
        this.comment = options.get("comment");
        this.csv = new CSVOptions(written, false, timeZone);
        this.multiLine = options.flag("multiLine", false);
        this.byName = csv.headerFlag() && (rescue || options.flag(Options.BY_NAME, false));
        this.tokenizer = new CsvParser(csv.asParserSettings());
        var values = new UnivocityParser(schema, csv);
        for (StructField field : schema.fields()) {
            converters.add(values.makeConverter(field.name(), field.dataType(), true));
        }
        name(List.of(schema.fieldNames()));
        this.headerAhead = csv.headerFlag() && file.start() == 0;
        if (byName && !headerAhead) {
            try {
                name(header(tokenizer.parseLine(CsvHeader.of(file.toPath().toString(), options, conf))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void name(List<String> columns) {
        names = columns;
        List<String> fields = List.of(schema.fieldNames());
        places = columns.stream().mapToInt(fields::indexOf).toArray();
    }

    private boolean isNothing(String line) {
        return CsvHeader.isNothing(line, comment);
    }

    private static List<String> header(String @Nullable [] tokens) {
        var names = new ArrayList<String>();
        for (String token : tokens == null ? new String[0] : tokens) {
            names.add(token == null ? "_c" + names.size() : token);
        }
        return names;
    }

    @Override
    public Iterator<Entry> of(String text) {
        var entries = new ArrayList<Entry>();
        if (multiLine) {
            return ofWhole(CsvHeader.withoutMark(text));
        }
        if (!isNothing(text)) {
            if (headerAhead) {
                take(tokenizer.parseLine(CsvHeader.withoutMark(text)));
            } else {
                entries.add(entry(text, tokenizer.parseLine(text)));
            }
        }
        return entries.iterator();
    }

    private void take(String @Nullable [] header) {
        headerAhead = false;
        if (byName) {
            name(header(header));
        }
    }

    private Iterator<Entry> ofWhole(String text) {
        tokenizer.beginParsing(new StringReader(text));
        if (headerAhead) {
            take(tokenizer.parseNext());
        }
        return new Iterator<>() {
            private String @Nullable [] next = tokenizer.parseNext();

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public Entry next() {
                String content = tokenizer.getContext().currentParsedContent();
                Entry entry = entry(content == null ? "" : content.stripTrailing(), next);
                next = tokenizer.parseNext();
                return entry;
            }
        };
    }

    private Entry entry(String text, String @Nullable [] tokens) {
        var row = new GenericInternalRow(schema.size());
        ObjectNode rescued = Json.object();
        Optional<Throwable> broken = Optional.empty();
        String[] values = tokens == null ? new String[0] : tokens;
        if (!rescue && values.length != names.size()) {
            broken = Optional.of(new IllegalArgumentException(
                    "the record has " + values.length + " values for " + names.size() + " columns"));
        }
        for (int i = 0; i < values.length; i++) {
            String value = values[i];
            String name = i < names.size() ? names.get(i) : "_c" + i;
            int at = i < places.length ? places[i] : -1;
            if (value == null || value.equals(csv.nullValue())) {
                continue;
            }
            if (at < 0) {
                rescued.put(name, value);
                continue;
            }
            try {
                row.update(at, converters.get(at).apply(value));
            } catch (RuntimeException e) {
                rescued.put(name, value);
                broken = rescue || broken.isPresent() ? broken : Optional.of(e);
            }
        }
        return new Entry(text, row, rescued, broken);
    }
}
