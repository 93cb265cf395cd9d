package io.unitycatalog.slipway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.Identifier;

/**
 * The user tokens of the sessions of this JVM. Spark makes catalog plugins itself and gives them nothing but configuration,
 * and configuration is shown to users (SET, the Spark UI): so it holds an unguessable key only and the token stays here.
 */
public final class CatalogSessions {
    /** Where a session's configuration has the key of its entry. */
    private static final String KEY = "spark.slipway.session";

    private static final String CATALOG = catalogClass();
    private static final Map<String, Entry> ENTRIES = new ConcurrentHashMap<>();

    private CatalogSessions() {}

    public static Entry open(String serverUrl, String token) {
        return open(serverUrl, token, Origin.NOWHERE);
    }

    public static Entry open(String serverUrl, String token, Origin origin) {
        var entry = new Entry(UUID.randomUUID().toString(), serverUrl, token, origin);
        ENTRIES.put(entry.key, entry);
        return entry;
    }

    /** Catalogs can have views since Spark 4.2; the class that says so cannot even be loaded before. */
    private static String catalogClass() {
        try {
            Class.forName("org.apache.spark.sql.connector.catalog.RelationCatalog");
            return "io.unitycatalog.slipway.SlipwayRelationCatalog";
        } catch (ClassNotFoundException older) {
            return "io.unitycatalog.slipway.SlipwayCatalog";
        }
    }

    static Entry find(String key) {
        Entry entry = ENTRIES.get(key);
        if (entry == null) {
            throw new IllegalStateException("this catalog belongs to a session that has ended");
        }
        return entry;
    }

    /** Who works in a session; nobody where it is not one of ours. */
    static Optional<Author> author(SparkSession session) {
        Entry entry = ENTRIES.get(session.conf().get(KEY, ""));
        return Optional.ofNullable(entry).map(Entry::author);
    }

    /** The user's name; empty where the session is not one of ours. */
    public static String user(SparkSession session) {
        return author(session).map(Author::user).orElse("");
    }

    /** Whether the session has catalogs of the platform. */
    public static boolean hasCatalogs(SparkSession session) {
        Entry entry = ENTRIES.get(session.conf().get(KEY, ""));
        return entry != null && !entry.serverUrl.isEmpty();
    }

    static Entry of(SparkSession session) {
        return find(session.conf().get(KEY, ""));
    }

    /** What the catalogs of a session call the table in a folder, as far as they were asked for it. */
    static List<KnownTable> known(SparkSession session, Path place) {
        var found = new ArrayList<KnownTable>();
        for (Entry entry : ENTRIES.values()) {
            KnownTable table = entry.tables.get(place);
            if (table != null && entry.key.equals(session.conf().get(KEY, ""))) {
                found.add(table);
            }
        }
        return found;
    }

    /**
     * Where the work of a session comes from.
     *
     * @param notebookPath empty where it is no notebook's
     * @param jobId zero where it is no job's
     */
    public record Origin(String user, String clusterId, String notebookPath, long jobId, long runId) {
        public static final Origin NOWHERE = new Origin("", "", "", 0, 0);
    }

    /** A table that a session has asked for. */
    record KnownTable(Metastore metastore, Identifier id) {}

    /** One session's way to the catalog. */
    public static final class Entry implements AutoCloseable {
        private final String key;
        private final String serverUrl;
        private final Author author;
        private final Map<Path, KnownTable> tables = new ConcurrentHashMap<>();
        private volatile String token;
        private JsonNode me;

        private Entry(String key, String serverUrl, String token, Origin origin) {
            this.key = key;
            this.author = new Author(this, origin);
            this.serverUrl = serverUrl;
            this.token = token;
        }

        public String key() {
            return key;
        }

        Author author() {
            return author;
        }

        String serverUrl() {
            return serverUrl;
        }

        public String token() {
            return token;
        }

        /** Makes the session find its user and the catalogs that there always are. */
        public void enter(SparkSession session) {
            session.conf().set(KEY, key);
            register(session, SessionCatalogs.HIVE);
            register(session, SessionCatalogs.SYSTEM);
        }

        /** Makes a catalog known to the session; a known one stays as it is. Only configuration: it is asked when it is used. */
        public void register(SparkSession session, String name) {
            String conf = "spark.sql.catalog." + name;
            if (!name.equals("spark_catalog") && session.conf().getOption(conf).isEmpty()) {
                session.conf().set(conf, CATALOG);
                session.conf().set(conf + ".session", key);
                // Delta would otherwise speak its own protocol to the catalog and ask for its address.
                session.conf().set(conf + ".deltaRestApi.enabled", "false");
            }
        }

        /** The catalog's calls that are about no single catalog. */
        CatalogRest rest() {
            return new CatalogRest(this, "");
        }

        /** Who the user is, asked once. */
        synchronized JsonNode me() {
            if (me == null) {
                me = rest().me();
            }
            return me;
        }

        void knows(Path place, KnownTable table) {
            tables.put(place, table);
        }

        public void renew(String newToken) {
            token = newToken;
        }

        @Override
        public void close() {
            ENTRIES.remove(key);
        }
    }
}
