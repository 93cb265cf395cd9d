package io.unitycatalog.slipway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the catalog the columns that a commit of Delta gives a table. No call of a catalog announces those that come with rows:
 * merged by an append, a MERGE or a stream, overwritten, restored.
 */
public final class CommittedSchemas {
    private static final Logger log = LoggerFactory.getLogger(CommittedSchemas.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private CommittedSchemas() {}

    /**
     * The commit is made: nothing here may fail it.
     *
     * @param table the folder of the table
     * @param action the action {@code metaData} of the commit, as it stands in the log
     */
    public static void tell(Path table, String action) {
        SparkSession.getActiveSession().foreach(session -> {
            for (CatalogSessions.KnownTable known : CatalogSessions.known(session, table)) {
                try {
                    JsonNode metadata = JSON.readTree(action).path("metaData");
                    var partitions = new ArrayList<String>();
                    metadata.path("partitionColumns").forEach(column -> partitions.add(column.asText()));
                    known.metastore().describeColumns(known.id(), schema(metadata), partitions);
                } catch (IOException | RuntimeException e) {
                    log.warn("the catalog does not know the new columns of {}", known.id(), e);
                }
            }
            return null;
        });
    }

    private static StructType schema(JsonNode metadata) throws IOException {
        JsonNode schema = JSON.readTree(metadata.path("schemaString").asText());
        // Delta's own notes, such as the names of columns in files, are of no interest outside of it.
        for (JsonNode notes : schema.findValues("metadata")) {
            if (notes instanceof ObjectNode object) {
                object.remove(names(object));
            }
        }
        return (StructType) DataType.fromJson(schema.toString());
    }

    private static List<String> names(ObjectNode notes) {
        var names = new ArrayList<String>();
        notes.fieldNames().forEachRemaining(name -> {
            if (name.startsWith("delta.")) {
                names.add(name);
            }
        });
        return names;
    }
}
