package io.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.identity.oidc.OidcRoom;
import io.slipway.identity.oidc.ProviderSettings;
import io.slipway.store.DatabaseConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerSettingsTest {
    private static final Path DIST = Path.of("/program");
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    @TempDir
    Path home;

    private ServerConfig read(Map<String, String> environment, Map<String, String> flags) {
        Map<String, String> withHome = new java.util.HashMap<>(flags);
        withHome.put("home", home.toString());
        return ServerSettings.read(environment, withHome, DIST, "/usr/bin/python3");
    }

    @Test
    void nothing_needs_to_be_set() {
        assertThat(read(Map.of(), Map.of()))
                .isEqualTo(new ServerConfig(
                        home,
                        DIST,
                        Exposure.local(8585, 80),
                        new DatabaseConfig.Sqlite(home.resolve("data/slipway.db")),
                        "localhost",
                        OidcRoom.Settings.NONE,
                        AwsSettings.USUALLY,
                        StorageSettings.NONE,
                        "admin@slipway.local",
                        "/usr/bin/python3",
                        true,
                        ServerConfig.Kept.USUALLY));
    }

    @Test
    void everything_can_be_set() throws IOException {
        Files.writeString(home.resolve("slipway.properties"), """
                port = 9000
                plainPort = 0
                database.url = jdbc:postgresql://db/slipway
                database.user = slipway
                database.password = hunter2
                domain = data.example.com
                aws.region = eu-west-1
                aws.session.seconds = 900
                aws.accounts = dev, prod
                dbfs.storage = s3://files/some/where/
                catalog.storage = s3://files/tables
                storage.endpoint = https://s3.example.com/
                storage.region = eu-west-1
                storage.access.key = AKIA1
                storage.secret.key = secret
                storage.role = arn:aws:iam::111122223333:role/clusters
                admin.user = root@example.com
                python = /opt/python
                training = false
                """);
        assertThat(read(Map.of(), Map.of()))
                .isEqualTo(new ServerConfig(
                        home,
                        DIST,
                        Exposure.local(9000, 0),
                        new DatabaseConfig.Postgres("jdbc:postgresql://db/slipway", "slipway", "hunter2"),
                        "data.example.com",
                        OidcRoom.Settings.NONE,
                        new AwsSettings("eu-west-1", Duration.ofMinutes(15), List.of("dev", "prod")),
                        new StorageSettings(
                                Optional.of(new StorageSettings.Place("files", "some/where/")),
                                Optional.of(new StorageSettings.Place("files", "tables/")),
                                Optional.of(new StorageSettings.Elsewhere(
                                        URI.create("https://s3.example.com"),
                                        "eu-west-1",
                                        "AKIA1",
                                        "secret",
                                        Optional.of("arn:aws:iam::111122223333:role/clusters")))),
                        "root@example.com",
                        "/opt/python",
                        false,
                        ServerConfig.Kept.USUALLY));
        assertThat(read(Map.of("SLIPWAY_PORT", "9001"), Map.of()).exposure().port())
                .isEqualTo(9001);
        assertThat(read(Map.of("SLIPWAY_PORT", "9001"), Map.of("port", "9002"))
                        .exposure()
                        .port())
                .isEqualTo(9002);
    }

    @Test
    void the_home_is_a_flag_else_a_variable_else_in_the_users_folder() {
        assertThat(ServerSettings.home(Map.of("HOME", "/u", "SLIPWAY_HOME", "/s"), Map.of("home", "/f")))
                .isEqualTo(Path.of("/f"));
        assertThat(ServerSettings.home(Map.of("HOME", "/u", "SLIPWAY_HOME", "/s"), Map.of()))
                .isEqualTo(Path.of("/s"));
        assertThat(ServerSettings.home(Map.of("HOME", "/u"), Map.of())).isEqualTo(Path.of("/u/.slipway"));
    }

    @Test
    void bad_settings_stop_the_start() throws IOException {
        assertThatThrownBy(() -> read(Map.of(), Map.of("plainPort", "79")))
                .hasMessage("plainPort must be 80 or 0, not 79.");
        assertThatThrownBy(() -> read(Map.of("SLIPWAY_DATABASE_URL", "jdbc:h2:x"), Map.of()))
                .hasMessage("database.url must begin with jdbc:postgresql:.");
        Files.writeString(home.resolve("slipway.properties"), "prot = 1\n");
        assertThatThrownBy(() -> read(Map.of(), Map.of())).hasMessage("There is no setting prot. Did you mean port?");
    }

    @Test
    void aws_is_in_a_region_and_gives_keys_for_hours_at_most() {
        refused("dbfs.storage must be written as s3://bucket/prefix", "dbfs.storage", "bucket/x");
        refused("dbfs.storage must be written as s3://bucket/prefix", "dbfs.storage", "s3://bucket/../x");
        refused("set dbfs.storage or catalog.storage too", "storage.endpoint", "https://s3.example.com");
        refused("aws.region must be written as us-east-1 is, not here", "aws.region", "here");
        refused("aws.session.seconds", "aws.session.seconds", "43201");
        refused("not Dev", "aws.accounts", "dev,Dev");
        refused("not main", "aws.accounts", "main");
    }

    private void refused(String why, String... flags) {
        Map<String, String> all = new java.util.HashMap<>();
        for (int i = 0; i < flags.length; i += 2) {
            all.put(flags[i], flags[i + 1]);
        }
        assertThatThrownBy(() -> read(Map.of(), all)).hasMessageContaining(why);
    }

    @Test
    void a_provider_is_named_with_all_that_it_takes() throws IOException {
        Path secret = Files.writeString(home.resolve("oidc.secret"), "s");
        String issuer = "https://login.example.com/realms/company";
        assertThat(read(Map.of(), Map.of("oidc.issuer", issuer, "oidc.client.id", "slipway"))
                        .oidc()
                        .provider())
                .contains(new ProviderSettings(
                        issuer,
                        "slipway",
                        Optional.empty(),
                        "login.example.com",
                        "openid profile email",
                        "email",
                        Optional.empty(),
                        Set.of(),
                        false));
        Files.writeString(home.resolve("slipway.properties"), """
                oidc.issuer = %s
                oidc.client.id = slipway
                oidc.client.secret.file = %s
                oidc.name = Example
                oidc.scopes = openid groups
                oidc.user = preferred_username
                oidc.groups = groups
                oidc.groups.admins = chiefs, more chiefs
                oidc.create = true
                """.formatted(issuer, secret));
        assertThat(read(Map.of(), Map.of()).oidc().provider())
                .contains(new ProviderSettings(
                        issuer,
                        "slipway",
                        Optional.of(secret),
                        "Example",
                        "openid groups",
                        "preferred_username",
                        Optional.of("groups"),
                        Set.of("chiefs", "more chiefs"),
                        true));
        refused("oidc.issuer must be an address that begins with https://", "oidc.issuer", "http://example.com");
        refused("oidc.issuer must have no query", "oidc.issuer", "https://example.com/?a=b");
        refused("oidc.client.id must be set", "oidc.client.id", "");
        refused("oidc.client.id is set, and oidc.issuer is not", "oidc.issuer", "");
        refused(
                "nowhere is not there",
                "oidc.client.secret.file",
                home.resolve("nowhere").toString());
        refused("must have openid", "oidc.scopes", "profile");
        refused("oidc.user must not be empty", "oidc.user", "");
        refused("Certificates cannot be read from", "oidc.authorities", secret.toString());
        refused("oidc.create must be true or false", "oidc.create", "yes");
    }

    @Test
    void a_server_for_others_speaks_tls() {
        refused("plain HTTP is never offered", "host", "0.0.0.0");
        refused("plain HTTP is never offered", "host", "::");
        refused("must be given together", "host", "0.0.0.0", "tls.certificate", "c.pem");
        refused("tls must be on or off", "tls", "true");
        refused("port and local.port must differ", "tls", "on", "port", "8586");
        refused("url must be like", "url", "slipway.example.com/here");
        refused("Invalid IP address or CIDR block: proxy", "trusted.proxies", "10.0.0.0/8, proxy");
        Exposure open = read(Map.of(), Map.of("host", "0.0.0.0", "tls", "on", "trusted.proxies", "10.0.0.0/8,::1"))
                .exposure();
        assertThat(open.url()).matches("https://[^/:]+:8585");
        assertThat(open.localUrl()).isEqualTo("http://127.0.0.1:8586");
        assertThat(open.trustedProxies()).hasSize(2);
        assertThat(open.withPorts(443, 8586).url()).matches("https://[^/:]+");
        assertThat(read(Map.of(), Map.of("url", "https://slipway.example.com/"))
                        .exposure()
                        .url())
                .isEqualTo("https://slipway.example.com");
        assertThat(read(Map.of(), Map.of("tls", "on")).exposure().url()).isEqualTo("https://127.0.0.1:8585");
        assertThat(read(Map.of(), Map.of("host", "127.0.0.2")).exposure().localUrl())
                .isEqualTo("http://127.0.0.2:8585");
    }

    @Test
    void a_server_that_is_started_again_has_the_same_exposure() {
        ServerConfig config = read(
                Map.of(),
                Map.of(
                        "host", "0.0.0.0",
                        "tls.certificate", "/c.pem",
                        "tls.key", "/k.pem",
                        "trusted.proxies", "10.0.0.0/8",
                        "rate.limit", "7",
                        "url", "https://slipway.example.com"));
        assertThat(read(Map.of(), ServerSettings.flags(config))).isEqualTo(config);
    }

    @Test
    void secrets_are_not_shown() {
        assertThat(read(
                                Map.of(
                                        "SLIPWAY_DATABASE_URL",
                                        "jdbc:postgresql://db/x",
                                        "SLIPWAY_DATABASE_PASSWORD",
                                        "hunter2"),
                                Map.of())
                        .toString())
                .doesNotContain("hunter2");
    }

    /** After a change of the table: {@code mvn test -pl server -Dslipway.docs.write=true}. */
    @Test
    void the_reference_page_is_of_the_same_table() throws IOException {
        if (Boolean.getBoolean("slipway.docs.write")) {
            Files.writeString(PAGE, ServerSettings.page());
        }
        assertThat(PAGE).hasContent(ServerSettings.page());
    }

    @Test
    void another_s3_is_set_as_a_whole_and_folders_of_a_bucket_are_apart() throws IOException {
        Path file = home.resolve("slipway.properties");
        Map<String, String> half = Map.of(
                "storage.endpoint = https://s3.example.com", "storage.access.key",
                "storage.role = r", "storage.endpoint",
                "storage.endpoint = https://s3.example.com\nstorage.access.key = a", "storage.secret.key");
        for (Map.Entry<String, String> each : half.entrySet()) {
            Files.writeString(file, "dbfs.storage = s3://files\n" + each.getKey());
            assertThatThrownBy(() -> read(Map.of(), Map.of())).hasMessageContaining("but not " + each.getValue());
        }
        for (String catalog : List.of("s3://files", "s3://files/dbfs", "s3://files/dbfs-2/x")) {
            Files.writeString(file, "dbfs.storage = s3://files\ncatalog.storage = " + catalog);
            assertThatThrownBy(() -> read(Map.of(), Map.of())).hasMessageContaining("overlap");
        }
        Files.writeString(file, "dbfs.storage = s3://files\ncatalog.storage = s3://files/managed");
        assertThat(read(Map.of(), Map.of()).storage().elsewhere()).isEmpty();
    }
}
