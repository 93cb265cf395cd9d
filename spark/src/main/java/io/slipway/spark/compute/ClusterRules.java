package io.slipway.spark.compute;

import io.slipway.kit.PlatformException;
import io.slipway.runtime.RuntimeLines;

/** What a specification must satisfy before anything is made of it (Clusters API 2.1, create and edit). */
final class ClusterRules {
    private static final int SHORTEST_AUTOTERMINATION = 10;
    private static final int LONGEST_AUTOTERMINATION = 10_000;
    private static final int MOST_WORKERS = 1_000;
    private static final int MOST_TAGS = 45;

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
        if (spec.customTags().size() > MOST_TAGS) {
            throw PlatformException.invalid("At most " + MOST_TAGS + " custom_tags are allowed.");
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
