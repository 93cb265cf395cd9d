package io.unitycatalog.slipway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.CatalogPlugin;
import org.apache.spark.sql.internal.SessionState;

/** The catalogs of a session as its user sees them, and who the user is. */
public final class SessionCatalogs {
    /** The catalog that old notebooks name; the platform has it always. */
    public static final String HIVE = "hive_metastore";

    /** The catalog that holds nothing but what is known of all others. */
    static final String SYSTEM = "system";

    private static final String RUNTIME = "spark.databricks.clusterUsageTags.sparkVersion";

    private final SparkSession session;
    private final CatalogSessions.Entry entry;

    private SessionCatalogs(SparkSession session, CatalogSessions.Entry entry) {
        this.session = session;
        this.entry = entry;
    }

    public static SessionCatalogs of(SparkSession session) {
        return new SessionCatalogs(session, CatalogSessions.of(session));
    }

    /** Sorted by name. */
    public List<String> names() {
        var names = new ArrayList<String>();
        entry.rest()
                .catalogs()
                .forEach(catalog -> names.add(catalog.path("name").asText()));
        names.add(SYSTEM);
        return names.stream().distinct().sorted().toList();
    }

    /** Makes it the current catalog, with its default schema as the current one. */
    public void use(String name) {
        if (!own(name)) {
            entry.register(session, get(name).path("name").asText());
        }
        session.catalog()
                .setCurrentCatalog(own(name) ? name : get(name).path("name").asText());
    }

    private static boolean own(String name) {
        return name.equalsIgnoreCase("spark_catalog") || name.equalsIgnoreCase(SYSTEM);
    }

    private JsonNode get(String name) {
        try {
            return entry.rest().catalog(name);
        } catch (CatalogFailure e) {
            if (e.missing()) {
                throw new CatalogFailure(404, "NO_SUCH_CATALOG_EXCEPTION", "Catalog '" + name + "' was not found");
            }
            throw e;
        }
    }

    /** @param lenient whether one that is there already is left as it is */
    public void create(String name, String comment, String root, boolean lenient) {
        ObjectNode asked = CatalogRest.object().put("name", name);
        if (!comment.isEmpty()) {
            asked.put("comment", comment);
        }
        if (!root.isEmpty()) {
            asked.put("storage_root", root);
        }
        try {
            entry.rest().createCatalog(asked);
        } catch (CatalogFailure e) {
            if (!lenient || !e.exists()) {
                throw e;
            }
        }
        entry.register(session, get(name).path("name").asText());
    }

    /** @param lenient whether one that is not there is no mistake */
    public void drop(String name, boolean cascade, boolean lenient) {
        try {
            entry.rest().deleteCatalog(name, cascade);
        } catch (CatalogFailure e) {
            if (!lenient || !e.missing()) {
                throw e;
            }
        }
    }

    public void change(String name, Map<String, String> fields) {
        ObjectNode changes = CatalogRest.object();
        fields.forEach(changes::put);
        entry.rest().patchCatalog(name, changes);
    }

    /** What DESCRIBE CATALOG lists. */
    public Map<String, String> describe(String name, boolean extended) {
        var lines = new LinkedHashMap<String, String>();
        if (own(name)) {
            lines.put("Catalog Name", name);
            lines.put("Comment", "");
            lines.put("Owner", "");
            return lines;
        }
        JsonNode catalog = get(name);
        lines.put("Catalog Name", catalog.path("name").asText());
        lines.put("Comment", catalog.path("comment").asText(""));
        lines.put("Owner", catalog.path("owner").asText(""));
        if (extended) {
            lines.put("Catalog Type", catalog.path("catalog_type").asText("MANAGED_CATALOG"));
            lines.put("Created By", catalog.path("created_by").asText(""));
            lines.put("Created At", time(catalog.path("created_at")));
            lines.put("Updated By", catalog.path("updated_by").asText(""));
            lines.put("Updated At", time(catalog.path("updated_at")));
            lines.put("Storage Root", catalog.path("storage_root").asText(""));
        }
        return lines;
    }

    private static String time(JsonNode millis) {
        return millis.isNumber() ? Instant.ofEpochMilli(millis.asLong()).toString() : "";
    }

    /** A catalog as Spark has it. What holds them is a class in Spark 4.0 and an interface later: compiled code fits only one. */
    public static CatalogPlugin plugin(SparkSession session, String name) {
        SessionState state = ((org.apache.spark.sql.classic.SparkSession) session).sessionState();
        try {
            Object all = SessionState.class.getMethod("catalogManager").invoke(state);
            return (CatalogPlugin)
                    all.getClass().getMethod("catalog", String.class).invoke(all, name);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Spark version's catalogs are not known", e);
        }
    }

    /** Of the user. */
    public List<String> groups() {
        var groups = new ArrayList<String>();
        entry.me()
                .path("groups")
                .forEach(group -> groups.add(group.path("display").asText()));
        return groups;
    }

    public String metastore() {
        return entry.rest().metastore().path("global_metastore_id").asText();
    }

    /** For instance {@code 18.2.x-scala2.13}. */
    public static String runtimeVersion() {
        return SparkSession.active().conf().get(RUNTIME, SparkSession.active().version());
    }
}
