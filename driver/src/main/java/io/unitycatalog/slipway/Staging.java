package io.unitycatalog.slipway;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.StagedTable;
import org.apache.spark.sql.connector.catalog.StagingTableCatalog;
import org.apache.spark.sql.connector.expressions.Transform;

/**
 * Tables made or replaced together with their rows. A Delta table comes to be, or to be another, in one commit of its log; the
 * catalog is told after it. What stood there before stays readable until then and by time travel after it. Other formats have no
 * log: there the old table goes before the new one is written.
 */
@SuppressWarnings({"deprecation", "removal"}) // What every version since 4.0 calls in the end.
final class Staging {
    private final Metastore metastore;
    private final StagingTableCatalog delta;

    Staging(Metastore metastore, StagingTableCatalog delta) {
        this.metastore = metastore;
        this.delta = delta;
    }

    StagedTable create(Identifier id, Column[] columns, Transform[] partitions, Map<String, String> properties)
            throws TableAlreadyExistsException, NoSuchNamespaceException {
        Map<String, String> complete = placed(id, columns, properties);
        return isDelta(complete)
                ? new StagedDeltaTable(
                        delta.stageCreate(id, SparkColumns.deltaStruct(columns), partitions, complete),
                        () -> told(id, complete),
                        () -> givenUp(metastore, id, complete))
                : new StagedFileTable(metastore, id, columns, partitions, complete);
    }

    StagedTable replace(Identifier id, Column[] columns, Transform[] partitions, Map<String, String> properties)
            throws NoSuchTableException, NoSuchNamespaceException {
        JsonNode known = known(id);
        if (keepsItsLog(known, properties)) {
            Map<String, String> complete = inPlace(known, properties);
            return new StagedDeltaTable(
                    delta.stageReplace(id, SparkColumns.deltaStruct(columns), partitions, complete),
                    () -> tell(id),
                    () -> {});
        }
        metastore.dropWithFiles(id);
        return createAfresh(id, columns, partitions, properties);
    }

    StagedTable createOrReplace(Identifier id, Column[] columns, Transform[] partitions, Map<String, String> properties)
            throws NoSuchNamespaceException {
        try {
            JsonNode known = known(id);
            if (keepsItsLog(known, properties)) {
                Map<String, String> complete = inPlace(known, properties);
                return new StagedDeltaTable(
                        delta.stageCreateOrReplace(id, SparkColumns.deltaStruct(columns), partitions, complete),
                        () -> tell(id),
                        () -> {});
            }
            metastore.dropWithFiles(id);
        } catch (NoSuchTableException none) {
            // Then it is made.
        }
        return createAfresh(id, columns, partitions, properties);
    }

    /** The properties of a new table with all that Delta and the catalog have to know: its format and its place. */
    Map<String, String> placed(Identifier id, Column[] columns, Map<String, String> properties)
            throws TableAlreadyExistsException, NoSuchNamespaceException {
        var complete = new HashMap<>(properties);
        complete.putIfAbsent("provider", "delta");
        Formats.require(complete.get("provider"), columns);
        if (complete.containsKey("location")) {
            complete.put("external", "true");
        } else {
            complete.put("location", metastore.stagingLocation(id));
            complete.put("is_managed_location", "true");
        }
        return complete;
    }

    private StagedTable createAfresh(
            Identifier id, Column[] columns, Transform[] partitions, Map<String, String> properties)
            throws NoSuchNamespaceException {
        try {
            Map<String, String> complete = placed(id, columns, properties);
            return isDelta(complete)
                    ? new StagedDeltaTable(
                            delta.stageCreateOrReplace(id, SparkColumns.deltaStruct(columns), partitions, complete),
                            () -> told(id, complete),
                            () -> givenUp(metastore, id, complete))
                    : new StagedFileTable(metastore, id, columns, partitions, complete);
        } catch (TableAlreadyExistsException meanwhile) {
            throw new CatalogFailure(409, "TABLE_ALREADY_EXISTS", id + " was made by somebody else at the same time");
        }
    }

    /** What is to be replaced. Delta would ask for nobody's leave before it commits. */
    private JsonNode known(Identifier id) throws NoSuchTableException {
        JsonNode known = metastore.lookUp(id);
        if (Metastore.isView(known)) {
            throw new CatalogFailure(400, "TABLE_ALREADY_EXISTS", id + " is a view: a table cannot replace it");
        }
        metastore.requireManage(id);
        return known;
    }

    private static boolean keepsItsLog(JsonNode known, Map<String, String> properties) {
        return Metastore.isDelta(known) && isDelta(properties);
    }

    private static boolean isDelta(Map<String, String> properties) {
        return "delta".equalsIgnoreCase(properties.getOrDefault("provider", "delta"));
    }

    /**
     * Delta takes the kind of table from the existing one; called managed here, it leaves the catalog to us after the commit. The
     * place is named because Delta, left alone, asks the session's own catalog first, which may have a table of the same name.
     */
    private static Map<String, String> inPlace(JsonNode known, Map<String, String> properties) {
        String location = known.path("storage_location").asText();
        String asked = properties.get("location");
        if (asked != null && !qualified(asked).equals(qualified(location))) {
            throw new CatalogFailure(
                    400,
                    "INVALID_PARAMETER_VALUE",
                    "the table is in " + location + ": it cannot be replaced by one in " + asked + ", drop it first");
        }
        var complete = new HashMap<>(properties);
        complete.put("provider", "delta");
        complete.put("location", location);
        complete.put("is_managed_location", "true");
        complete.remove("external");
        return complete;
    }

    private static Path qualified(String location) {
        try {
            return Folders.qualified(location);
        } catch (IOException e) {
            throw new CatalogFailure(location + " cannot be reached: " + e.getMessage(), e);
        }
    }

    /** After a new table was committed: Delta hands it over itself, but without columns when the user chose its place. */
    void told(Identifier id, Map<String, String> properties) {
        if (isDelta(properties) && properties.containsKey("external")) {
            tell(id);
        }
    }

    /**
     * Deletes what a new table that came to nothing has left. A place that was handed out for it is its own; one of the user's
     * choice may have had files before.
     */
    static void givenUp(Metastore metastore, Identifier id, Map<String, String> properties) {
        if (!"true".equals(properties.get("is_managed_location"))) {
            return;
        }
        try {
            // The catalog may have taken it, and only its answer was lost.
            metastore.lookUp(id);
        } catch (NoSuchTableException none) {
            Folders.delete(properties.get("location"));
        }
    }

    private void tell(Identifier id) {
        try {
            metastore.describe(id, delta.loadTable(id));
        } catch (NoSuchTableException dropped) {
            throw new CatalogFailure(404, "TABLE_DOES_NOT_EXIST", id + " was dropped by somebody else meanwhile");
        }
    }
}
