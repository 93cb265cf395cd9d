package io.slipway.spark.compute;

import java.util.Map;
import java.util.Optional;

/**
 * What a cluster shall be: what the platform acts on.
 *
 * @param driverNodeTypeId as asked, or the same as {@code nodeTypeId}
 * @param autoterminationMinutes 0 = never
 * @param instanceProfile the ARN of that whose role the nodes have
 */
public record ClusterSpec(
        String name,
        String sparkVersion,
        String nodeTypeId,
        String driverNodeTypeId,
        Optional<Integer> workers,
        Optional<Autoscale> autoscale,
        Map<String, String> sparkConf,
        Map<String, String> sparkEnvVars,
        Map<String, String> customTags,
        int autoterminationMinutes,
        Optional<String> instanceProfile) {

    /** Both bounds included. */
    public record Autoscale(int minWorkers, int maxWorkers) {}

    /** Of nodes without a role. */
    public ClusterSpec(
            String name,
            String sparkVersion,
            String nodeTypeId,
            String driverNodeTypeId,
            Optional<Integer> workers,
            Optional<Autoscale> autoscale,
            Map<String, String> sparkConf,
            Map<String, String> sparkEnvVars,
            Map<String, String> customTags,
            int autoterminationMinutes) {
        this(
                name,
                sparkVersion,
                nodeTypeId,
                driverNodeTypeId,
                workers,
                autoscale,
                sparkConf,
                sparkEnvVars,
                customTags,
                autoterminationMinutes,
                Optional.empty());
    }

    public ClusterSpec {
        sparkConf = Map.copyOf(sparkConf);
        sparkEnvVars = Map.copyOf(sparkEnvVars);
        customTags = Map.copyOf(customTags);
    }

    /** The size as one of two kinds; a specification without both is a single node. */
    public ClusterSize size() {
        return autoscale
                .<ClusterSize>map(auto -> new ClusterSize.Autoscale(auto.minWorkers(), auto.maxWorkers()))
                .orElseGet(() -> new ClusterSize.Fixed(workers.orElse(0)));
    }

    public ClusterSpec resized(Optional<Integer> workers, Optional<Autoscale> autoscale) {
        return new ClusterSpec(
                name,
                sparkVersion,
                nodeTypeId,
                driverNodeTypeId,
                workers,
                autoscale,
                sparkConf,
                sparkEnvVars,
                customTags,
                autoterminationMinutes,
                instanceProfile);
    }

    /** The same under another name, and until somebody terminates it. */
    public ClusterSpec lasting(String name) {
        return new ClusterSpec(
                name,
                sparkVersion,
                nodeTypeId,
                driverNodeTypeId,
                workers,
                autoscale,
                sparkConf,
                sparkEnvVars,
                customTags,
                0,
                instanceProfile);
    }
}
