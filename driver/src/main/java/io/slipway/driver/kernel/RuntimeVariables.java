package io.slipway.driver.kernel;

import io.slipway.driver.start.DriverConfig;
import io.slipway.driver.start.DriverConfig.Mode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Variables of the environment by which libraries and scripts find out that they run on the platform, and where. */
public final class RuntimeVariables {
    private static final String VERSION = "spark.databricks.clusterUsageTags.sparkVersion";

    private RuntimeVariables() {}

    static Map<String, String> of(DriverConfig config) {
        Map<String, String> variables = new LinkedHashMap<>();
        String version = config.sparkConf().getOrDefault(VERSION, "");
        variables.put("DATABRICKS_RUNTIME_VERSION", numbers(version));
        // The computer's owner may have one, which is nobody's here: clients would act as him.
        variables.put("DATABRICKS_CONFIG_FILE", "/dev/null");
        variables.put("DB_CLUSTER_ID", config.clusterId());
        variables.put("DB_CLUSTER_NAME", config.clusterName());
        variables.put("DB_DRIVER_IP", config.address());
        variables.put("DB_CONTAINER_IP", config.address());
        variables.put("DB_IS_DRIVER", "TRUE");
        variables.put("DB_IS_SINGLE_NODE", config.mode() == Mode.LOCAL ? "TRUE" : "FALSE");
        return variables;
    }

    /** Those of functions in tasks, which run beside the driver on a single node only. */
    public static Map<String, String> ofTasks(DriverConfig config) {
        Map<String, String> variables = of(config);
        if (config.mode() == Mode.STANDALONE) {
            variables.put("DB_IS_DRIVER", "FALSE");
            variables.remove("DB_CONTAINER_IP");
        }
        return variables;
    }

    /** {@code 18.2} of {@code 18.2.x-scala2.13}: libraries compare it as numbers. */
    static String numbers(String key) {
        var numbers = new StringBuilder();
        for (String part : key.split("[.-]")) {
            if (part.isEmpty() || !part.chars().allMatch(Character::isDigit)) {
                break;
            }
            numbers.append(numbers.length() == 0 ? "" : ".").append(part);
        }
        return numbers.length() == 0 ? org.apache.spark.package$.MODULE$.SPARK_VERSION() : numbers.toString();
    }
}
