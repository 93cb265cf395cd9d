package io.slipway.spark.compute;

import io.slipway.kit.PlatformException;
import io.slipway.runtime.JavaOptions;
import io.slipway.runtime.RuntimeLines;
import java.nio.charset.StandardCharsets;

/** What a specification must satisfy before anything is made of it (Clusters API 2.1, create and edit). */
final class ClusterRules {
    private static final int SHORTEST_AUTOTERMINATION = 10;
    private static final int LONGEST_AUTOTERMINATION = 10_000;
    private static final int MOST_WORKERS = 1_000;
    private static final int MOST_TAGS = 45;
    /** Linux takes no longer string for a program, with its name, {@code =} and a zero at its end (MAX_ARG_STRLEN, execve(2)). */
    private static final int LONGEST_VARIABLE = 128 * 1024;

    private final NodeTypes nodeTypes;
    private final RuntimeLines runtimes;

    ClusterRules(NodeTypes nodeTypes, RuntimeLines runtimes) {
        this.nodeTypes = nodeTypes;
        this.runtimes = runtimes;
    }

    /** Throws INVALID_PARAMETER_VALUE for the first rule that is broken. */
    void check(ClusterSpec spec) {
        size(spec);
        Autoscaler.idleBeforeShrinking(spec);
        runtimes.resolve(spec.sparkVersion());
        nodeTypes.get(spec.nodeTypeId());
        nodeTypes.get(spec.driverNodeTypeId());
        int minutes = spec.autoterminationMinutes();
        if (minutes != 0 && (minutes < SHORTEST_AUTOTERMINATION || minutes > LONGEST_AUTOTERMINATION)) {
            throw PlatformException.invalid("autotermination_minutes must be 0 (never) or between "
                    + SHORTEST_AUTOTERMINATION + " and " + LONGEST_AUTOTERMINATION + ", got " + minutes + ".");
        }
        JavaOptions unused = JavaOptions.of(spec.sparkConf());
        spec.sparkEnvVars().forEach(ClusterRules::variable);
        if (spec.customTags().size() > MOST_TAGS) {
            throw PlatformException.invalid("At most " + MOST_TAGS + " custom_tags are allowed.");
        }
    }

    /** A variable that no process can be given would be found out only when the cluster starts. */
    private static void variable(String name, String value) {
        if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
            throw PlatformException.invalid("spark_env_vars: \"" + name.replace("\0", "\\0")
                    + "\" cannot be the name of an environment variable.");
        }
        if (value.indexOf('\0') >= 0) {
            throw PlatformException.invalid("spark_env_vars: the value of " + name + " contains a NUL character.");
        }
        int bytes = (name + "=" + value).getBytes(StandardCharsets.UTF_8).length + 1;
        if (bytes > LONGEST_VARIABLE) {
            throw PlatformException.invalid("spark_env_vars: " + name + " is too long: with its name it has " + bytes
                    + " bytes, at most " + LONGEST_VARIABLE + " are allowed.");
        }
    }

    static void size(ClusterSpec spec) {
        if (spec.workers().isPresent() == spec.autoscale().isPresent()) {
            throw PlatformException.invalid("Exactly 1 of num_workers or autoscale must be specified.");
        }
        spec.workers().ifPresent(workers -> {
            if (workers < 0 || workers > MOST_WORKERS) {
                throw PlatformException.invalid(
                        "num_workers must be between 0 and " + MOST_WORKERS + ", got " + workers + ".");
            }
        });
        spec.autoscale().ifPresent(auto -> {
            if (auto.minWorkers() < 0 || auto.minWorkers() >= auto.maxWorkers() || auto.maxWorkers() > MOST_WORKERS) {
                throw PlatformException.invalid("autoscale.min_workers (" + auto.minWorkers()
                        + ") must be at least 0 and less than autoscale.max_workers (" + auto.maxWorkers()
                        + "), which must be at most " + MOST_WORKERS + ".");
            }
        });
    }
}
