package io.unitycatalog.slipway;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private static final Map<String, Entry> ENTRIES = new ConcurrentHashMap<>();

    private CatalogSessions() {}

    public static Entry open(String serverUrl, String token) {
        var entry = new Entry(UUID.randomUUID().toString(), serverUrl, token);
        ENTRIES.put(entry.key, entry);
        return entry;
    }

    static Entry find(String key) {
        Entry entry = ENTRIES.get(key);
        if (entry == null) {
            throw new IllegalStateException("this catalog belongs to a session that has ended");
        }
        return entry;
    }

    /** What the catalogs of a session call the table in a folder, as far as they were asked for it. */
    static List<KnownTable> known(SparkSession session, Path place) {
        var found = new ArrayList<KnownTable>();
        for (Entry entry : ENTRIES.values()) {
            KnownTable table = entry.tables.get(place);
            if (table != null
                    && entry.key.equals(session.conf()
                            .get("spark.sql.catalog." + table.metastore().name() + ".session", ""))) {
                found.add(table);
            }
        }
        return found;
    }

    /** A table that a session has asked for. */
    record KnownTable(Metastore metastore, Identifier id) {}

    /** One session's way to the catalog. */
    public static final class Entry implements AutoCloseable {
        private final String key;
        private final String serverUrl;
        private final Map<Path, KnownTable> tables = new ConcurrentHashMap<>();
        private volatile String token;

        private Entry(String key, String serverUrl, String token) {
            this.key = key;
            this.serverUrl = serverUrl;
            this.token = token;
        }

        public String key() {
            return key;
        }

        String serverUrl() {
            return serverUrl;
        }

        public String token() {
            return token;
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
