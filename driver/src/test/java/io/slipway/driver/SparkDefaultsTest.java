package io.slipway.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.driver.start.DriverConfig;
import io.slipway.driver.start.DriverConfig.Mode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparkDefaultsTest {
    private static final String GUARD = "io.slipway.driver.start.PageGuard";

    private static Map<String, String> conf(Mode mode, int cores, Map<String, String> users) {
        return conf(mode, cores, users, Map.of());
    }

    private static Map<String, String> conf(
            Mode mode, int cores, Map<String, String> users, Map<String, String> environment) {
        return conf(mode, cores, users, environment, Optional.empty());
    }

    private static Map<String, String> conf(
            Mode mode,
            int cores,
            Map<String, String> users,
            Map<String, String> environment,
            Optional<DriverConfig.Storage> storage) {
        var config = new DriverConfig(
                "c-1",
                "the name",
                "10.0.0.1",
                "token",
                "spark-secret",
                "page-secret",
                "",
                "",
                mode,
                cores,
                2048,
                2,
                1024,
                3,
                7077,
                users,
                List.of("hunter2", "a|b.c"),
                "/py/bin/python",
                "/data/dbfs",
                storage,
                "/spark");
        return SparkDefaults.of(config, Path.of("/somewhere"), environment);
    }

    private static Map<String, String> local(Map<String, String> users) {
        return conf(Mode.LOCAL, 4, users);
    }

    @ParameterizedTest
    @CsvSource({
        "spark.sql.shuffle.partitions, 200",
        "spark.sql.sources.default, parquet",
        "spark.ui.showConsoleProgress, true",
        "spark.sql.execution.arrow.pyspark.enabled, false",
        "spark.sql.warehouse.dir, dbfs:/elsewhere",
        "spark.databricks.delta.snapshotPartitions, 1"
    })
    void the_users_settings_win_over_our_defaults(String key, String value) {
        assertThat(local(Map.of())).containsKey(key).doesNotContainEntry(key, value);
        assertThat(local(Map.of(key, value))).containsEntry(key, value);
    }

    @ParameterizedTest
    @CsvSource({
        "spark.master, local[64]",
        "spark.app.name, mine",
        "spark.driver.host, example.com",
        "spark.driver.bindAddress, 0.0.0.0",
        "spark.ui.port, 4040",
        "spark.authenticate, false",
        "spark.ui.killEnabled, true",
        "spark.sql.catalog.spark_catalog, org.example.Catalog",
        "spark.sql.catalogImplementation, hive",
        "spark.repl.class.outputDir, /tmp",
        "spark.hadoop.fs.dbfs.root, /",
        "spark.hadoop.fs.dbfs.impl, org.example.Files",
        "spark.hadoop.fs.dbfs.storage, s3a://mine/x",
        "spark.pyspark.python, /usr/bin/python",
        "spark.executorEnv.SPARK_HOME, /elsewhere"
    })
    void nobody_changes_the_plumbing(String key, String value) {
        assertThat(local(Map.of(key, value)).get(key))
                .isEqualTo(local(Map.of()).get(key))
                .isNotEqualTo(value);
    }

    @Test
    void the_platforms_bucket_has_a_scheme_of_its_own_and_nobody_changes_where_it_is() {
        var users = Map.of("spark.hadoop.fs.slipway-store.endpoint", "http://elsewhere");
        assertThat(local(users)).as("there is none").doesNotContainKeys("spark.hadoop.fs.slipway-store.impl");
        var storage = new DriverConfig.Storage("http://here:1", "eu-west-1", "slipway-store://bucket/x/dbfs");
        assertThat(conf(Mode.LOCAL, 2, users, Map.of(), Optional.of(storage)))
                .containsEntry("spark.hadoop.fs.slipway-store.endpoint", "http://here:1")
                .containsEntry("spark.hadoop.fs.slipway-store.region", "eu-west-1")
                .containsEntry("spark.hadoop.fs.slipway-store.impl", "io.slipway.driver.files.StoreFileSystem")
                .containsEntry("spark.delta.logStore.slipway-store.impl", "io.slipway.driver.files.S3LogStore")
                .containsEntry("spark.hadoop.fs.dbfs.storage", "slipway-store://bucket/x/dbfs")
                .containsEntry("spark.hadoop.fs.dbfs.root", "/data/dbfs");
        var catalogOnly = new DriverConfig.Storage("http://here:1", "eu-west-1", "");
        assertThat(conf(Mode.LOCAL, 2, Map.of(), Map.of(), Optional.of(catalogOnly)))
                .doesNotContainKey("spark.hadoop.fs.dbfs.storage")
                .containsKey("spark.hadoop.fs.slipway-store.impl");
    }

    @Test
    void ports_are_free_ones_whatever_the_user_says() {
        assertThat(local(Map.of("spark.driver.port", "1", "spark.blockManager.port", "2")))
                .doesNotContainKeys("spark.driver.port", "spark.blockManager.port");
    }

    @Test
    void the_secret_is_ours_however_the_user_writes_another() {
        Map<String, String> conf = local(Map.of(
                "spark.authenticate.secret",
                "mine",
                "spark.authenticate.secret.file",
                "/mine",
                "spark.authenticate.secret.driver.file",
                "/mine",
                "spark." + GUARD + ".param.secret",
                "mine"));
        assertThat(conf)
                .containsEntry("spark.authenticate.secret", "spark-secret")
                .containsEntry("spark." + GUARD + ".param.secret", "page-secret")
                .doesNotContainKeys("spark.authenticate.secret.file", "spark.authenticate.secret.driver.file");
        assertThat(conf).doesNotContainValue("mine").doesNotContainValue("/mine");
    }

    @Test
    void the_secrets_stay_hidden_when_the_user_chooses_what_is() {
        assertThat(local(Map.of())).as("Spark's own pattern hides them").doesNotContainKey("spark.redaction.regex");
        String regex = local(Map.of("spark.redaction.regex", "(?i)card")).get("spark.redaction.regex");
        for (String hidden :
                new String[] {"spark.authenticate.secret", "spark." + GUARD + ".param.secret", "my.CARD"}) {
            assertThat(Pattern.compile(regex).matcher(hidden).find()).as(hidden).isTrue();
        }
        assertThat(Pattern.compile(regex).matcher("spark.app.name").find()).isFalse();
    }

    @Test
    void settings_that_hold_a_secret_are_hidden_by_name_beside_what_is_hidden_anyway() {
        for (Map<String, String> users : List.of(
                Map.of("spark.my.key", "user:hunter2", "spark.other", "a-b-c"),
                Map.of("spark.my.key", "hunter2", "spark.other", "c", "spark.redaction.regex", "my[.]password"))) {
            Pattern regex = Pattern.compile(String.valueOf(local(users).get("spark.redaction.regex")));
            for (String hidden : List.of("spark.my.key", "spark.authenticate.secret", "my.password")) {
                assertThat(regex.matcher(hidden).find()).as(hidden).isTrue();
            }
            for (String shown : List.of("spark.my.keys", "spark.other", "spark.app.name")) {
                assertThat(regex.matcher(shown).find()).as(shown).isFalse();
            }
            assertThat(regex.pattern()).doesNotContain("hunter2");
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none, 'io.delta.sql.DeltaSparkSessionExtension,io.slipway.driver.sql.SqlExtension'",
                "org.example.Mine, 'io.delta.sql.DeltaSparkSessionExtension,io.slipway.driver.sql.SqlExtension,org.example.Mine'",
                "'io.delta.sql.DeltaSparkSessionExtension,x.Y', 'io.delta.sql.DeltaSparkSessionExtension,io.slipway.driver.sql.SqlExtension,x.Y'",
                "'io.delta.sql.DeltaSparkSessionExtension', 'io.delta.sql.DeltaSparkSessionExtension,io.slipway.driver.sql.SqlExtension'"
            })
    void delta_and_the_dialect_are_extensions_once_beside_those_of_the_user(String users, String expected) {
        Map<String, String> asked = users == null ? Map.of() : Map.of("spark.sql.extensions", users);
        assertThat(local(asked)).containsEntry("spark.sql.extensions", expected);
    }

    @Test
    void filters_of_the_user_come_behind_the_guard() {
        assertThat(local(Map.of("spark.ui.filters", "org.example.F")))
                .containsEntry("spark.ui.filters", GUARD + ",org.example.F");
    }

    @Test
    void small_clusters_get_few_tasks_and_the_largest_no_more_than_delta_bears() {
        assertThat(conf(Mode.LOCAL, 1, Map.of()))
                .containsEntry("spark.sql.shuffle.partitions", "2")
                .containsEntry("spark.databricks.delta.snapshotPartitions", "1")
                .containsEntry("spark.master", "local[1]");
        assertThat(conf(Mode.LOCAL, 96, Map.of()))
                .containsEntry("spark.sql.shuffle.partitions", "96")
                .containsEntry("spark.databricks.delta.snapshotPartitions", "50");
    }

    @Test
    void workers_give_executors_their_cores_and_most_of_their_memory() {
        Map<String, String> conf = conf(Mode.STANDALONE, 1, Map.of());
        assertThat(conf)
                .containsEntry("spark.master", "spark://10.0.0.1:7077")
                .containsEntry("spark.sql.shuffle.partitions", "6")
                .containsEntry("spark.executor.cores", "2")
                .containsEntry("spark.executor.memory", "819m")
                .containsEntry("spark.decommission.enabled", "true");
        assertThat(conf(Mode.STANDALONE, 1, Map.of("spark.executor.memory", "300m")))
                .containsEntry("spark.executor.memory", "300m");
        assertThat(local(Map.of())).doesNotContainKey("spark.executor.memory");
    }

    @Test
    void s3_is_where_the_environment_says_unless_the_user_says_otherwise() {
        Map<String, String> environment =
                Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:8585", "AWS_REGION", "eu-west-1");
        assertThat(conf(Mode.LOCAL, 4, Map.of(), environment))
                .containsEntry("spark.hadoop.fs.s3.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem")
                .containsEntry("spark.hadoop.fs.s3a.endpoint", "http://127.0.0.1:8585")
                .containsEntry("spark.hadoop.fs.s3a.endpoint.region", "eu-west-1")
                .containsEntry("spark.hadoop.fs.s3a.connection.ssl.enabled", "false")
                .containsEntry("spark.delta.logStore.s3.impl", "io.slipway.driver.files.S3LogStore");
        String key = "spark.hadoop.fs.s3a.endpoint";
        assertThat(conf(Mode.LOCAL, 4, Map.of(key, "https://s3.example.com"), environment))
                .containsEntry(key, "https://s3.example.com");
        assertThat(local(Map.of()))
                .doesNotContainKey(key)
                .containsEntry("spark.delta.logStore.s3a.impl", "io.slipway.driver.files.S3LogStore");
    }
}
