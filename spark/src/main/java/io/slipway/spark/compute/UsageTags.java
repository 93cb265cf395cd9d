package io.slipway.spark.compute;

import io.slipway.store.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Settings of Spark by which code on a cluster reads what cluster it is on. They are facts: nobody sets them. */
final class UsageTags {
    private static final String PREFIX = "spark.databricks.clusterUsageTags.";

    private UsageTags() {}

    static Map<String, String> of(Cluster cluster) {
        ClusterSpec spec = cluster.spec();
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(PREFIX + "clusterId", cluster.id());
        tags.put(PREFIX + "clusterName", spec.name());
        tags.put(
                PREFIX + "clusterOwnerOrgId", String.valueOf(cluster.workspace().number()));
        tags.put(PREFIX + "sparkVersion", spec.sparkVersion());
        tags.put(PREFIX + "clusterNodeType", spec.nodeTypeId());
        tags.put(PREFIX + "driverNodeType", spec.driverNodeTypeId());
        tags.put(PREFIX + "clusterTargetWorkers", String.valueOf(spec.size().initialWorkers()));
        tags.put(PREFIX + "clusterScalingType", spec.autoscale().isPresent() ? "autoscaling" : "fixed_size");
        Map<String, String> all = new LinkedHashMap<>();
        all.put("ClusterId", cluster.id());
        all.put("ClusterName", spec.name());
        all.putAll(spec.customTags());
        List<Map<String, String>> listed = new ArrayList<>();
        all.forEach((key, value) -> listed.add(new TreeMap<>(Map.of("key", key, "value", value))));
        tags.put(PREFIX + "clusterAllTags", Json.write(listed));
        return tags;
    }
}
