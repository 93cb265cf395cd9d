package io.slipway.driver;

import io.slipway.driver.files.DbfsFileSystem;
import io.slipway.driver.files.S3LogStore;
import io.slipway.driver.files.StoreSettings;
import io.slipway.driver.kernel.RuntimeVariables;
import io.slipway.driver.sql.SqlExtension;
import io.slipway.driver.start.DriverConfig;
import io.slipway.driver.start.DriverConfig.Mode;
import io.slipway.driver.start.PageGuard;
import io.slipway.driver.start.SparkAuthentication;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The Spark configuration of a driver. Three layers, the later wins: our defaults for clusters of a few cores (Spark's and
 * Delta's own are made for hundreds), the user's conf, and the plumbing that nobody may change.
 */
final class SparkDefaults {
    private static final String DELTA_EXTENSION = "io.delta.sql.DeltaSparkSessionExtension";
    /** After Delta's: the last one is asked first. */
    private static final String EXTENSIONS = DELTA_EXTENSION + "," + SqlExtension.class.getName();

    /** What Spark hides if nothing is said. */
    private static final String SPARKS_REDACTION = "(?i)secret|password|token|access[.]?key";

    /** Named, not loaded: most clusters have no need of S3A. */
    private static final String STORE = "io.slipway.driver.files.StoreFileSystem";

    private SparkDefaults() {}

    /** @param environment of this process */
    static Map<String, String> of(DriverConfig config, Path directory, Map<String, String> environment) {
        var conf = new LinkedHashMap<String, String>();
        defaults(config, conf);
        S3Settings.put(environment, conf);
        conf.putAll(config.sparkConf());
        plumbing(config, directory, conf);
        return conf;
    }

    private static void defaults(DriverConfig config, Map<String, String> conf) {
        String cores = String.valueOf(config.taskCores());
        conf.put("spark.sql.shuffle.partitions", String.valueOf(Math.max(2, config.taskCores())));
        conf.put("spark.databricks.delta.snapshotPartitions", String.valueOf(Math.min(50, config.taskCores())));
        // VACUUM lists and compares files in this many tasks (200 by default, most of them empty).
        conf.put("spark.sql.sources.parallelPartitionDiscovery.parallelism", cores);
        conf.put("spark.databricks.delta.vacuum.parallelDelete.parallelism", cores);
        // Tables are Delta unless said otherwise, as on Databricks.
        conf.put("spark.sql.sources.default", "delta");
        conf.put("spark.sql.legacy.createHiveTableByDefault", "false");
        // A path without a scheme is on DBFS.
        conf.put("spark.hadoop.fs.defaultFS", "dbfs:///");
        // Delta's parser loses the values of :name markers in the newer way of substitution (Spark 4.1 on).
        conf.put("spark.sql.legacy.parameterSubstitution.constantsOnly", "true");
        // SHOW and DESCRIBE have the columns that they have on Databricks: databaseName, database.
        conf.put("spark.sql.legacy.keepCommandOutputSchema", "true");
        conf.put("spark.ui.showConsoleProgress", "false");
        conf.put("spark.sql.execution.arrow.pyspark.enabled", "true");
        conf.put("spark.sql.execution.arrow.pyspark.fallback.enabled", "true");
        conf.put("spark.delta.logStore.file.impl", "io.slipway.driver.files.LinkLogStore");
        if (config.mode() == Mode.STANDALONE) {
            conf.put("spark.executor.cores", String.valueOf(config.workerCores()));
            // The worker process itself needs a little; executors get the rest of the node.
            conf.put("spark.executor.memory", Math.max(471, config.workerMemoryMb() * 8 / 10) + "m");
            conf.put("spark.decommission.enabled", "true");
            conf.put("spark.storage.decommission.enabled", "true");
            conf.put("spark.storage.decommission.shuffleBlocks.enabled", "true");
            conf.put("spark.storage.decommission.rddBlocks.enabled", "true");
        }
    }

    private static void plumbing(DriverConfig config, Path directory, Map<String, String> conf) {
        conf.put("spark.app.name", config.clusterName());
        conf.put(
                "spark.master",
                config.mode() == Mode.LOCAL
                        ? "local[" + config.cores() + "]"
                        : "spark://" + config.address() + ":" + config.masterPort());
        conf.put("spark.driver.host", config.address());
        conf.put("spark.driver.bindAddress", config.address());
        conf.put("spark.ui.port", "0");
        conf.keySet().removeIf(key -> key.startsWith(SparkAuthentication.SECRET));
        conf.putAll(SparkAuthentication.conf(config.sparkSecret()));
        conf.putAll(PageGuard.conf(config.pageSecret(), conf.get("spark.ui.filters")));
        // Whatever else the user wants hidden on Spark's pages, the secrets stay so.
        conf.computeIfPresent(
                "spark.redaction.regex", (key, users) -> "spark\\..*(authenticate|param)\\.secret|" + users);
        hideSecrets(config, conf);
        conf.remove("spark.driver.port");
        conf.remove("spark.blockManager.port");
        conf.merge("spark.sql.extensions", EXTENSIONS, (users, ours) -> beside(ours, users));
        conf.put("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
        conf.put("spark.sql.catalogImplementation", "in-memory");
        conf.putIfAbsent("spark.sql.warehouse.dir", "dbfs:/user/hive/warehouse");
        conf.put("spark.repl.class.outputDir", directory.resolve("repl-classes").toString());
        conf.put("spark.hadoop.fs.dbfs.impl", DbfsFileSystem.class.getName());
        conf.put(
                "spark.hadoop." + DbfsFileSystem.ROOT,
                Path.of(config.dbfsRoot()).toAbsolutePath().toString());
        storage(config, conf);
        conf.put("spark.delta.logStore.dbfs.impl", "io.slipway.driver.files.LinkLogStore");
        conf.put("spark.pyspark.python", config.python());
        conf.put("spark.pyspark.driver.python", config.python());
        conf.put("spark.executorEnv.SPARK_HOME", config.sparkHome());
        RuntimeVariables.ofTasks(config).forEach((name, value) -> conf.putIfAbsent("spark.executorEnv." + name, value));
        if (config.mode() == Mode.STANDALONE) {
            String pythonPath = System.getenv("PYTHONPATH");
            if (pythonPath != null) {
                conf.putIfAbsent("spark.executorEnv.PYTHONPATH", pythonPath);
            }
        }
    }

    /** What the platform keeps on a bucket. */
    private static void storage(DriverConfig config, Map<String, String> conf) {
        conf.remove("spark.hadoop." + DbfsFileSystem.STORAGE);
        config.dbfsBucket().ifPresent(folder -> conf.put("spark.hadoop." + DbfsFileSystem.STORAGE, folder));
        config.storage().ifPresent(storage -> {
            conf.put("spark.hadoop.fs." + StoreSettings.SCHEME + ".impl", STORE);
            conf.put("spark.hadoop." + StoreSettings.ENDPOINT, storage.endpoint());
            conf.put("spark.hadoop." + StoreSettings.REGION, storage.region());
            conf.put("spark.delta.logStore." + StoreSettings.SCHEME + ".impl", S3LogStore.class.getName());
        });
    }

    /** Spark's pages and logs of its settings show no value that was put in the place of a reference, whatever the setting's name. */
    private static void hideSecrets(DriverConfig config, Map<String, String> conf) {
        String names = conf.entrySet().stream()
                .filter(entry -> config.secrets().stream()
                        .anyMatch(value -> !value.isEmpty() && entry.getValue().contains(value)))
                .map(entry -> "^" + Pattern.quote(entry.getKey()) + "$")
                .collect(Collectors.joining("|"));
        if (!names.isEmpty()) {
            conf.merge("spark.redaction.regex", SPARKS_REDACTION + "|" + names, (users, ours) -> users + "|" + names);
        }
    }

    private static String beside(String ours, String users) {
        var all = new LinkedHashSet<>(List.of(ours.split(",")));
        all.addAll(List.of(users.split(",")));
        return String.join(",", all);
    }
}
