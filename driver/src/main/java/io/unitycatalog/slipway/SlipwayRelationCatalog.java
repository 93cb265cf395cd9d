package io.unitycatalog.slipway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.analysis.NoSuchViewException;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.apache.spark.sql.catalyst.analysis.ViewAlreadyExistsException;
import org.apache.spark.sql.connector.catalog.CatalogV2Util;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.Relation;
import org.apache.spark.sql.connector.catalog.RelationCatalog;
import org.apache.spark.sql.connector.catalog.TableSummary;
import org.apache.spark.sql.connector.catalog.View;

/**
 * The catalog with views, for Spark versions that have views in catalogs (4.2 on); never loaded by older ones. What the REST
 * catalog has no field for (where the view was made, its settings) is kept in properties under {@code slipway.view.}.
 */
public final class SlipwayRelationCatalog extends SlipwayCatalog implements RelationCatalog {
    private static final String OURS = "slipway.view.";
    private static final String CONFIG = OURS + "config.";
    private static final String SEPARATOR = "\u0001";

    @Override
    public Relation loadRelation(Identifier id) throws NoSuchTableException {
        if (InformationSchema.has(id.namespace())) {
            return loadTable(id);
        }
        try {
            return loadView(id);
        } catch (NoSuchViewException noView) {
            return loadTable(id);
        }
    }

    @Override
    public TableSummary[] listRelationSummaries(String[] namespace) throws NoSuchNamespaceException {
        if (InformationSchema.has(namespace)) {
            return information(namespace);
        }
        return metastore().entries(namespace).stream()
                .map(known -> summary(namespace, known))
                .toArray(TableSummary[]::new);
    }

    private static TableSummary[] information(String[] namespace) {
        return Arrays.stream(InformationSchema.tables(namespace))
                .map(id -> TableSummary.of(id, "VIEW"))
                .toArray(TableSummary[]::new);
    }

    /** One call for all: the default would load every table. */
    @Override
    public TableSummary[] listTableSummaries(String[] namespace) throws NoSuchNamespaceException {
        if (InformationSchema.has(namespace)) {
            return information(namespace);
        }
        return metastore().entries(namespace).stream()
                .filter(known -> !Metastore.isView(known))
                .map(known -> summary(namespace, known))
                .toArray(TableSummary[]::new);
    }

    private static TableSummary summary(String[] namespace, JsonNode known) {
        return TableSummary.of(
                Identifier.of(namespace, known.path("name").asText()),
                known.path("table_type").asText("MANAGED"));
    }

    @Override
    public Identifier[] listViews(String[] namespace) throws NoSuchNamespaceException {
        return InformationSchema.has(namespace)
                ? new Identifier[0]
                : metastore().list(namespace, true);
    }

    @Override
    public View loadView(Identifier id) throws NoSuchViewException {
        return view(find(id));
    }

    @Override
    public boolean viewExists(Identifier id) {
        try {
            find(id);
            return true;
        } catch (NoSuchViewException missing) {
            return false;
        }
    }

    private JsonNode find(Identifier id) throws NoSuchViewException {
        if (InformationSchema.has(id.namespace())) {
            throw new NoSuchViewException(id);
        }
        try {
            JsonNode known = metastore().lookUp(id);
            if (Metastore.isView(known)) {
                return known;
            }
        } catch (NoSuchTableException missing) {
            // Said in words of views below.
        }
        throw new NoSuchViewException(id);
    }

    @Override
    public View createView(Identifier id, View view) throws ViewAlreadyExistsException, NoSuchNamespaceException {
        ObjectNode request = describe(view)
                .put("name", id.name())
                .put("catalog_name", name())
                .put("schema_name", id.namespace()[0])
                .put("table_type", "VIEW");
        try {
            return view(metastore().post(id, request));
        } catch (TableAlreadyExistsException e) {
            throw new ViewAlreadyExistsException(id);
        }
    }

    @Override
    public View replaceView(Identifier id, View view) throws NoSuchViewException {
        find(id);
        metastore().rest().patchTable(id.namespace()[0], id.name(), describe(view));
        return loadView(id);
    }

    @Override
    public boolean dropView(Identifier id) {
        if (!viewExists(id)) {
            return false;
        }
        metastore().rest().deleteTable(id.namespace()[0], id.name());
        return true;
    }

    @Override
    public void renameView(Identifier from, Identifier to) throws NoSuchViewException, ViewAlreadyExistsException {
        find(from);
        try {
            metastore().renameTable(from, to);
        } catch (NoSuchTableException e) {
            throw new NoSuchViewException(from);
        } catch (TableAlreadyExistsException e) {
            throw new ViewAlreadyExistsException(to);
        }
    }

    private static ObjectNode describe(View view) {
        ObjectNode request = CatalogRest.object().put("view_definition", view.queryText());
        request.set("columns", Columns.toWire(view.schema(), List.of()));
        ObjectNode properties = request.putObject("properties");
        view.properties().forEach((key, value) -> {
            if (key.equals("comment")) {
                request.put("comment", value);
            } else if (!key.equals("owner") && !key.equals("table_type")) {
                properties.put(key, value);
            }
        });
        if (view.currentCatalog() != null) {
            properties.put(OURS + "catalog", view.currentCatalog());
        }
        properties.put(OURS + "namespace", join(view.currentNamespace()));
        properties.put(OURS + "columns", join(view.queryColumnNames()));
        if (view.schemaMode() != null) {
            properties.put(OURS + "schemaMode", view.schemaMode());
        }
        view.sqlConfigs().forEach((key, value) -> properties.put(CONFIG + key, value));
        return request;
    }

    private static View view(JsonNode known) {
        Map<String, String> own = new HashMap<>();
        Map<String, String> configs = new HashMap<>();
        Map<String, String> users = new HashMap<>();
        V1Tables.properties(known).forEach((key, value) -> {
            if (key.startsWith(CONFIG)) {
                configs.put(key.substring(CONFIG.length()), value);
            } else if (key.startsWith(OURS)) {
                own.put(key.substring(OURS.length()), value);
            } else {
                users.put(key, value);
            }
        });
        var builder = new View.Builder();
        builder.withColumns(CatalogV2Util.structTypeToV2Columns(Columns.toSpark(known), false));
        builder.withProperties(users);
        if (known.hasNonNull("comment")) {
            builder.withComment(known.path("comment").asText());
        }
        return builder.withQueryText(known.path("view_definition").asText())
                .withCurrentCatalog(own.get("catalog"))
                .withCurrentNamespace(split(own.get("namespace")))
                .withQueryColumnNames(split(own.get("columns")))
                .withSchemaMode(own.get("schemaMode"))
                .withSqlConfigs(configs)
                .build();
    }

    private static String join(String[] parts) {
        return parts == null ? "" : String.join(SEPARATOR, parts);
    }

    private static String[] split(String joined) {
        return joined == null || joined.isEmpty() ? new String[0] : joined.split(SEPARATOR);
    }
}
