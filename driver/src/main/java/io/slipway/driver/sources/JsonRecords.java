package io.slipway.driver.sources;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.json.Json;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.json.CreateJacksonParser$;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import org.apache.spark.sql.catalyst.json.JacksonParser;
import org.apache.spark.sql.catalyst.util.BadRecordException;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.jdk.javaapi.CollectionConverters;

/** Records of JSON, one in a text or several in an array; Spark's own parser makes the rows. */
final class JsonRecords implements Records {
    private final StructType schema;
    private final JacksonParser parser;
    private final ObjectMapper trees;
    private final boolean rescue;

    JsonRecords(
            StructType schema,
            scala.collection.immutable.Map<String, String> options,
            String timeZone,
            String corrupt,
            boolean rescue) {
        var known = new JSONOptions(options, timeZone, corrupt);
        this.schema = schema;
        this.rescue = rescue;
        this.parser = new JacksonParser(
                schema,
                known,
                true,
                CollectionConverters.asScala(List.<Filter>of()).toSeq());
        JsonFactory factory = known.buildJsonFactory();
        this.trees = new ObjectMapper(factory)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .setNodeFactory(new JsonNodeFactory(true));
    }

    @Override
    public Iterator<Entry> of(String given) {
        String text = given.startsWith("\uFEFF") ? given.substring(1) : given;
        if (text.isBlank()) {
            return List.<Entry>of().iterator();
        }
        return (rescue ? rescued(text) : strict(text)).iterator();
    }

    private List<Entry> strict(String text) {
        var entries = new ArrayList<Entry>();
        try {
            for (InternalRow row : parsed(text)) {
                entries.add(new Entry(text, row, Json.object(), Optional.empty()));
            }
        } catch (BadRecordException e) {
            return List.of(broken(text, e));
        }
        return entries;
    }

    /** Bad for the corrupt column too, but what was read of the record is kept, as Spark keeps it. */
    private Entry broken(String text, BadRecordException e) {
        InternalRow[] rows = e.partialResults().apply();
        InternalRow row = rows.length == 1 ? rows[0] : new GenericInternalRow(schema.size());
        return new Entry(text, row, Json.object(), Optional.of(e.cause()));
    }

    private List<Entry> rescued(String text) {
        JsonNode root;
        try {
            root = trees.readTree(text);
        } catch (JsonProcessingException e) {
            return List.of(Entry.broken(text, schema.size(), e));
        }
        if (!root.isArray()) {
            return List.of(rescued(text, root));
        }
        var entries = new ArrayList<Entry>();
        root.forEach(each -> entries.add(rescued(each.toString(), each)));
        return entries;
    }

    private Entry rescued(String text, JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            return Entry.broken(text, schema.size(), new IllegalArgumentException("the record is not an object"));
        }
        InternalRow row = new GenericInternalRow(schema.size());
        try {
            for (InternalRow each : parsed(text)) {
                row = each;
            }
        } catch (BadRecordException e) {
            InternalRow[] rows = e.partialResults().apply();
            row = rows.length == 1 ? rows[0] : row;
        }
        return new Entry(text, row, RescuedData.of(object, schema, row), Optional.empty());
    }

    /** Scala does not declare that its parser throws. */
    private Iterable<InternalRow> parsed(String text) throws BadRecordException {
        return CollectionConverters.asJava(parser.<String>parse(
                text,
                (factory, record) -> CreateJacksonParser$.MODULE$.string(factory, record),
                record -> UTF8String.fromString(record)));
    }
}
