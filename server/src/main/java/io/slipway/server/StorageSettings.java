package io.slipway.server;

import io.slipway.kit.ConfigReader;
import io.slipway.kit.PlatformException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the platform keeps on buckets instead of on the disk.
 *
 * @param dbfs below which the DBFS of each workspace is
 * @param catalog below which managed tables are
 * @param elsewhere the S3 that has the buckets; empty: this platform's own
 */
public record StorageSettings(Optional<Place> dbfs, Optional<Place> catalog, Optional<Elsewhere> elsewhere) {
    public static final StorageSettings NONE =
            new StorageSettings(Optional.empty(), Optional.empty(), Optional.empty());

    static final List<ConfigReader.Key> KEYS = List.of(
            new ConfigReader.Key(
                    "dbfs.storage",
                    "",
                    "Where the files of DBFS are, as s3://bucket/prefix, with a folder for each workspace; empty: on the disk."
                            + " Files that were there before are not taken along.",
                    false),
            new ConfigReader.Key(
                    "catalog.storage",
                    "",
                    "Where new managed tables are, as s3://bucket/prefix; empty: on the disk. Those that are there already stay"
                            + " where they are.",
                    false),
            new ConfigReader.Key(
                    "storage.endpoint",
                    "",
                    "The S3 that has the buckets of dbfs.storage and catalog.storage, as https://s3.eu-west-1.amazonaws.com;"
                            + " empty: this platform's own, in its first account, which makes a bucket that is not there.",
                    false),
            new ConfigReader.Key("storage.region", "us-east-1", "The region of storage.endpoint.", false),
            new ConfigReader.Key("storage.access.key", "", "The access key for storage.endpoint.", false),
            new ConfigReader.Key("storage.secret.key", "", "Its secret.", true),
            new ConfigReader.Key(
                    "storage.role",
                    "",
                    "A role that the access key may assume, for clusters: each gets a session of it that reaches its workspace's"
                            + " files and managed tables only. Empty: clusters get the access key itself, with all that it"
                            + " may do.",
                    false));

    private static final List<String> ONLY_ELSEWHERE =
            List.of("storage.endpoint", "storage.access.key", "storage.secret.key", "storage.role");

    /**
     * A folder of a bucket.
     *
     * @param prefix with a slash at its end, or empty
     */
    public record Place(String bucket, String prefix) {
        private static final String FORM = "s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((/[A-Za-z0-9._-]+)*)/?";

        static Place of(String name, String written) {
            if (!written.matches(FORM) || Stream.of(written.split("/")).anyMatch(step -> step.matches("[.]+"))) {
                throw PlatformException.invalid(
                        name + " must be written as s3://bucket/prefix, the prefix of letters, digits, dots, hyphens,"
                                + " underscores and slashes; not " + written + ".");
            }
            String prefix = written.replaceFirst(FORM, "$2").replaceFirst("^/", "");
            return new Place(written.replaceFirst(FORM, "$1"), prefix.isEmpty() ? "" : prefix + "/");
        }

        /** @param folder without slashes around it */
        Place below(String folder) {
            return new Place(bucket, prefix + folder + "/");
        }

        /** Without a slash at its end. */
        @Override
        public String toString() {
            String whole = "s3://" + bucket + "/" + prefix;
            return whole.substring(0, whole.length() - 1);
        }
    }

    /**
     * Another S3 than this platform's own.
     *
     * @param role that clusters get sessions of
     */
    public record Elsewhere(URI endpoint, String region, String accessKey, String secretKey, Optional<String> role) {
        @Override
        public String toString() {
            return "Elsewhere[" + endpoint + ", " + accessKey + "]";
        }
    }

    boolean any() {
        return dbfs.isPresent() || catalog.isPresent();
    }

    static StorageSettings read(ConfigReader.Values values) {
        Optional<Place> dbfs = place(values, "dbfs.storage");
        Optional<Place> catalog = place(values, "catalog.storage");
        Optional<String> first = ONLY_ELSEWHERE.stream()
                .filter(each -> !values.text(each).isEmpty())
                .findFirst();
        if (first.isPresent() && dbfs.isEmpty() && catalog.isEmpty()) {
            throw PlatformException.invalid(
                    first.get() + " is set, but nothing is kept there: set dbfs.storage or catalog.storage too.");
        }
        if (dbfs.isPresent() && catalog.isPresent()) {
            requireApart(dbfs.get(), catalog.get());
        }
        return new StorageSettings(dbfs, catalog, first.map(set -> elsewhere(values, set)));
    }

    private static Optional<Place> place(ConfigReader.Values values, String name) {
        return Optional.of(values.text(name)).filter(text -> !text.isEmpty()).map(text -> Place.of(name, text));
    }

    /** A cluster reaches all managed tables, and the DBFS of its own workspace only. */
    private static void requireApart(Place dbfs, Place catalog) {
        String folders = dbfs.prefix() + "dbfs";
        if (dbfs.bucket().equals(catalog.bucket())
                && (folders.startsWith(catalog.prefix()) || catalog.prefix().startsWith(folders))) {
            throw PlatformException.invalid("catalog.storage, " + catalog + ", and dbfs.storage, " + dbfs
                    + ", overlap: give each a prefix of its own.");
        }
    }

    private static Elsewhere elsewhere(ConfigReader.Values values, String set) {
        for (String each : ONLY_ELSEWHERE) {
            if (!each.equals("storage.role") && values.text(each).isEmpty()) {
                throw PlatformException.invalid(
                        set + " is set, but not " + each + ": another S3 than this platform's own"
                                + " needs storage.endpoint, storage.access.key and storage.secret.key.");
            }
        }
        String endpoint = values.text("storage.endpoint");
        if (!endpoint.matches("https?://[^/?#@]+/?")) {
            throw PlatformException.invalid(
                    "storage.endpoint must be written as https://s3.eu-west-1.amazonaws.com, not " + endpoint + ".");
        }
        return new Elsewhere(
                URI.create(endpoint.replaceFirst("/$", "")),
                values.text("storage.region"),
                values.text("storage.access.key"),
                values.text("storage.secret.key"),
                Optional.of(values.text("storage.role")).filter(role -> !role.isEmpty()));
    }
}
