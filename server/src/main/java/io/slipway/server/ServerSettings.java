package io.slipway.server;

import io.slipway.kit.ConfigReader;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.store.DatabaseConfig;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/** The table of all settings, and how a {@link ServerConfig} is made of them. {@code docs/configuration.md} shows the same table. */
public final class ServerSettings {
    private static final int MOST_DAYS = 36_500;

    public static final String FILE = "slipway.properties";

    /** Where the state is decides which file is read, so it cannot stand in the file. */
    public static final ConfigReader.Key HOME =
            new ConfigReader.Key("home", "~/.slipway", "The folder of all state; not in the file.", false);

    private static final List<ConfigReader.Key> OTHERS = List.of(
            new ConfigReader.Key(
                    "database.url",
                    "",
                    "A PostgreSQL database (14 or newer) as a JDBC URL; empty: an embedded SQLite file.",
                    false),
            new ConfigReader.Key("database.user", "", "The PostgreSQL user.", false),
            new ConfigReader.Key("database.password", "", "The PostgreSQL password.", true),
            new ConfigReader.Key(
                    "domain",
                    "localhost",
                    "The domain below which each workspace has a host of its own, name.localhost; accounts.localhost is the"
                            + " account's. The domain itself is the first workspace, as any other address of the server is.",
                    false),
            new ConfigReader.Key(
                    "admin.user",
                    "admin@slipway.local",
                    "User name of the first admin, made at the first start.",
                    false),
            new ConfigReader.Key(
                    "python",
                    "",
                    "The CPython, 3.10 or newer, that runs kernels and UDFs; empty: the one that the launcher found.",
                    false),
            new ConfigReader.Key(
                    "training",
                    "true",
                    "true: while nobody needs the machine, caches are made by which clusters start faster, some minutes of computing"
                            + " once for each runtime and version; false: they are not.",
                    false),
            new ConfigReader.Key("kept.runs", "60", "Days that a run is kept after its end, with its output.", false),
            new ConfigReader.Key("kept.events", "30", "Days that events of clusters and runs are kept.", false),
            new ConfigReader.Key(
                    "kept.clusters",
                    "30",
                    "Days after which a terminated cluster that is not pinned is deleted for good, with its logs.",
                    false),
            new ConfigReader.Key(
                    "kept.commands",
                    "7",
                    "Days that a command of API 1.2 is kept after its end, with its output, and a context after its failure.",
                    false),
            new ConfigReader.Key(
                    "kept.revisions",
                    "500",
                    "Revisions of each notebook that are kept, the newest; those that were saved with a comment stay besides.",
                    false),
            new ConfigReader.Key(
                    "kept.audit",
                    "365",
                    "Days that the audit log is kept, files and rows, and with it who changed what.",
                    false));

    public static final List<ConfigReader.Key> KEYS = Stream.of(
                    ExposureSettings.KEYS, OTHERS, OidcSettings.KEYS, AwsSettings.KEYS, StorageSettings.KEYS)
            .flatMap(List::stream)
            .toList();

    /** Set by the launcher or by ourselves; no settings. */
    private static final Set<String> OTHER_VARIABLES = Set.of(
            "SLIPWAY_HOME",
            "SLIPWAY_NODE",
            "SLIPWAY_PROCESS",
            "SLIPWAY_DIST",
            "SLIPWAY_STORE_KEYS_URI",
            "SLIPWAY_STORE_KEYS_TOKEN",
            Leftovers.MARK);

    private static final ConfigReader READER = new ConfigReader(KEYS, OTHER_VARIABLES);

    private ServerSettings() {}

    /** {@code home} of the flags, else {@code SLIPWAY_HOME}, else {@code ~/.slipway}. */
    public static Path home(Map<String, String> environment, Map<String, String> flags) {
        String userHome = environment.getOrDefault("HOME", System.getProperty("user.home", ""));
        String home = flags.getOrDefault(
                HOME.name(),
                environment.getOrDefault(
                        "SLIPWAY_HOME", Path.of(userHome, ".slipway").toString()));
        return Path.of(home).toAbsolutePath().normalize();
    }

    /**
     * Reads file, environment and flags.
     *
     * @param flags by name of the key
     * @param dist the built program
     * @param foundPython the interpreter that is used if none is set
     * @throws PlatformException INVALID_PARAMETER_VALUE, with a sentence that says which setting and why
     */
    public static ServerConfig read(
            Map<String, String> environment, Map<String, String> flags, Path dist, String foundPython) {
        Path home = home(environment, flags);
        Map<String, String> others = new HashMap<>(flags);
        others.remove(HOME.name());
        ConfigReader.Values values = READER.read(file(home.resolve(FILE)), environment, others);
        String python = values.text("python");
        return new ServerConfig(
                home,
                dist,
                ExposureSettings.read(values),
                database(home, values),
                domain(values),
                OidcSettings.read(values),
                AwsSettings.read(values),
                StorageSettings.read(values),
                required(values, "admin.user"),
                python.isEmpty() ? foundPython : python,
                values.truth("training"),
                new ServerConfig.Kept(
                        days(values, "kept.runs"),
                        days(values, "kept.events"),
                        days(values, "kept.clusters"),
                        days(values, "kept.commands"),
                        values.integer("kept.revisions", 1, Integer.MAX_VALUE),
                        days(values, "kept.audit")));
    }

    /** What a server has to be started with so that it has the exposure of {@code config}, by name of the key. */
    public static Map<String, String> flags(ServerConfig config) {
        return ExposureSettings.flags(config.exposure());
    }

    private static DatabaseConfig database(Path home, ConfigReader.Values values) {
        String url = values.text("database.url");
        if (url.isEmpty()) {
            return new DatabaseConfig.Sqlite(home.resolve("data").resolve("slipway.db"));
        }
        if (!url.startsWith("jdbc:postgresql:")) {
            throw PlatformException.invalid("database.url must begin with jdbc:postgresql:.");
        }
        return new DatabaseConfig.Postgres(url, values.text("database.user"), values.text("database.password"));
    }

    private static String domain(ConfigReader.Values values) {
        String domain = required(values, "domain").toLowerCase(Locale.ROOT);
        if (!domain.matches("[a-z0-9-]+([.][a-z0-9-]+)*") || domain.matches("[0-9.]+")) {
            throw PlatformException.invalid("domain must be the name of a domain, such as data.example.com.");
        }
        return domain;
    }

    private static Duration days(ConfigReader.Values values, String name) {
        return Duration.ofDays(values.integer(name, 1, MOST_DAYS));
    }

    private static String required(ConfigReader.Values values, String name) {
        if (values.text(name).isEmpty()) {
            throw PlatformException.invalid(name + " must not be empty.");
        }
        return values.text(name);
    }

    private static Map<String, String> file(Path file) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (Files.exists(file)) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new PlatformException(
                        ErrorCode.INVALID_PARAMETER_VALUE, file + " cannot be read: " + e.getMessage(), e);
            }
            properties.stringPropertyNames().stream()
                    .sorted()
                    .forEach(name -> settings.put(name, properties.getProperty(name, "")));
        }
        return settings;
    }

    /** The reference page. */
    public static String page() {
        StringBuilder page = new StringBuilder("""
                # Configuration

                Nothing needs to be set. What is set comes from, later places win: the file `slipway.properties` in the platform's
                folder, environment variables, flags of `./slipway up`. A name that does not exist stops the start and names the
                nearest one. This page is generated from the table that the server reads with.

                | setting | variable | usually | meaning |
                |---|---|---|---|
                """);
        row(page, HOME);
        KEYS.forEach(key -> row(page, key));
        return page.append("""

                Flags: `--home`, `--host`, `--port`, `--plain-port`, `--tls`, `--tls-certificate`, `--tls-key`, `--local-port`, `--url`. What
                shall hold at every start is better written into the file.

                With TLS, HTTP/1.1 and HTTP/2 are spoken by TLS 1.2 and 1.3 and nothing else on `host` and `port`. Agents, drivers and the commands
                of the launcher use `local.port`, which is on 127.0.0.1 like port 80. [Why it is so](decisions/013-exposure.md).

                Without storage.endpoint, nodes get keys for the buckets of dbfs.storage and catalog.storage that end after
                `aws.session.seconds` and reach the DBFS of their workspace and managed tables, nothing else. With it they get such keys by
                `storage.role`; without a role they get the access key itself, so give the platform one that may use these buckets only.
                [Why it is so](decisions/019-storage.md).

                Runtimes are downloaded on the way that pip would take: index, proxy and authorities of `PIP_INDEX_URL`, `PIP_PROXY` and `PIP_CERT`
                or of pip's configuration; else the proxy of `HTTPS_PROXY`, `HTTP_PROXY` or `ALL_PROXY` but for the hosts of `NO_PROXY`, and the
                authorities of `REQUESTS_CA_BUNDLE`, `CURL_CA_BUNDLE` or `SSL_CERT_FILE`, besides those that Java knows.
                """).toString();
    }

    private static void row(StringBuilder page, ConfigReader.Key key) {
        page.append("| `" + key.name() + "` | `" + key.variable() + "` | ")
                .append(key.standard().isEmpty() ? "" : "`" + key.standard() + "`")
                .append(" | " + key.meaning() + (key.secret() ? " Never shown." : "") + " |\n");
    }
}
