package io.slipway.wire.databricks.compute;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.spark.compute.Cluster;
import io.slipway.spark.compute.ClusterSize;
import io.slipway.spark.compute.ClusterSpec;
import io.slipway.spark.compute.Clusters;
import io.slipway.spark.compute.Node;
import io.slipway.spark.compute.NodeType;
import io.slipway.spark.compute.NodeTypes;
import io.slipway.spark.compute.TerminationReason;
import io.slipway.store.Manifest;
import io.slipway.wire.WireJson;
import io.slipway.wire.databricks.ManifestJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows clusters, events and node types in the words of the Clusters API. */
final class ClusterJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final NodeTypes nodeTypes;

    ClusterJson(NodeTypes nodeTypes) {
        this.nodeTypes = nodeTypes;
    }

    /** What was asked, what came of it, and where it runs. */
    ObjectNode details(Clusters.Details found) {
        Cluster cluster = found.cluster();
        ObjectNode out = settings(cluster.spec(), found.manifest());
        out.put("cluster_id", cluster.id());
        out.put("creator_user_name", cluster.creator().name());
        out.put("cluster_source", cluster.source());
        out.put("state", cluster.state().name());
        out.put("state_message", cluster.stateMessage());
        out.put("start_time", cluster.startedAt());
        putTime(out, "last_restarted_time", cluster.restartedAt());
        putTime(out, "terminated_time", cluster.terminatedAt());
        out.put("last_state_loss_time", 0);
        out.put("jdbc_port", 10000);
        Map<String, String> tags = Map.of(
                "Vendor", "Databricks",
                "Creator", cluster.creator().name(),
                "ClusterName", cluster.spec().name(),
                "ClusterId", cluster.id());
        ObjectNode defaultTags = out.putObject("default_tags");
        tags.keySet().stream().sorted().forEach(tag -> defaultTags.put(tag, tags.get(tag)));
        cluster.termination().ifPresent(reason -> out.set("termination_reason", termination(reason)));
        out.put("spark_context_id", Math.abs((long) cluster.id().hashCode() * 31 + cluster.launch()));
        nodes(out, cluster, found.nodes());
        return out;
    }

    /** As {@code get} shows it: with the request under {@code spec}. */
    ObjectNode withSpec(Clusters.Details found) {
        ObjectNode out = details(found);
        out.set("spec", settings(found.cluster().spec(), found.manifest()));
        return out;
    }

    /** What was sent, with what is wanted now: a cluster may have got another name or size since. */
    private static ObjectNode settings(ClusterSpec spec, Manifest manifest) {
        ObjectNode out = ManifestJson.read(manifest);
        attributes(out, spec);
        out.remove(List.of("num_workers", "autoscale"));
        size(out, spec.size());
        if (!out.has("enable_elastic_disk")) {
            out.put("enable_elastic_disk", false);
        }
        return out;
    }

    /** What a cluster is apart from its size. */
    static ObjectNode attributes(ObjectNode out, ClusterSpec spec) {
        out.put("cluster_name", spec.name());
        out.put("spark_version", spec.sparkVersion());
        out.put("node_type_id", spec.nodeTypeId());
        out.put("driver_node_type_id", spec.driverNodeTypeId());
        out.put("autotermination_minutes", spec.autoterminationMinutes());
        putMap(out, "spark_conf", spec.sparkConf());
        putMap(out, "spark_env_vars", spec.sparkEnvVars());
        putMap(out, "custom_tags", spec.customTags());
        return out;
    }

    private static void putMap(ObjectNode out, String field, Map<String, String> values) {
        if (!values.isEmpty()) {
            out.set(field, WireJson.mapper().valueToTree(values));
        }
    }

    static ObjectNode size(ObjectNode out, ClusterSize size) {
        if (size instanceof ClusterSize.Autoscale auto) {
            out.putObject("autoscale").put("min_workers", auto.minWorkers()).put("max_workers", auto.maxWorkers());
        } else {
            out.put("num_workers", size.initialWorkers());
        }
        return out;
    }

    private void nodes(ObjectNode out, Cluster cluster, List<Node> nodes) {
        double cores = 0;
        long memory = 0;
        ArrayNode executors = JSON.arrayNode();
        for (Node node : nodes) {
            if (node.state() == Node.State.RELEASING) {
                continue;
            }
            Optional<NodeType> type = nodeTypes.find(node.nodeType());
            cores += type.map(NodeType::vcpus).orElse(0);
            memory += type.map(NodeType::memoryMb).orElse(0);
            ObjectNode each = JSON.objectNode()
                    .put("node_id", node.id())
                    .put("instance_id", node.instanceId().isEmpty() ? node.id() : node.instanceId())
                    .put("private_ip", node.address())
                    .put("host_private_ip", node.address())
                    .put("public_dns", "")
                    .put("start_timestamp", node.createdAt());
            each.putObject("node_aws_attributes").put("is_spot", false);
            if (node.role() == Node.Role.DRIVER) {
                out.set("driver", each);
            } else {
                executors.add(each);
            }
        }
        if (!executors.isEmpty()) {
            out.set("executors", executors);
        }
        if (cluster.state().up()) {
            out.put("cluster_cores", cores);
            out.put("cluster_memory_mb", memory);
        }
    }

    static ObjectNode termination(TerminationReason reason) {
        ObjectNode out = JSON.objectNode();
        out.put("code", reason.code());
        out.put("type", reason.type());
        ObjectNode parameters = out.putObject("parameters");
        reason.parameters().forEach(parameters::put);
        return out;
    }

    private static void putTime(ObjectNode out, String field, long millis) {
        if (millis > 0) {
            out.put(field, millis);
        }
    }

    static ObjectNode event(String clusterId, Clusters.Happened happened) {
        ObjectNode out = JSON.objectNode();
        out.put("cluster_id", clusterId);
        out.put("timestamp", happened.at());
        out.put("type", happened.event().type());
        EventType.valueOf(happened.event().type()).describe(out.putObject("details"), happened.event());
        return out;
    }

    /** Clusters API 2.1, list-node-types: nominal figures of the type. */
    static ObjectNode nodeType(NodeType type) {
        boolean graviton = type.arch().equals("arm64");
        ObjectNode out = JSON.objectNode();
        out.put("node_type_id", type.id());
        out.put("instance_type_id", type.id());
        out.put("description", type.id());
        out.put("memory_mb", type.memoryMb());
        out.put("num_cores", (double) type.vcpus());
        out.put("num_gpus", type.gpus());
        out.put("category", type.category());
        out.put("is_deprecated", !type.currentGeneration());
        out.put("is_hidden", false);
        out.put("is_graviton", graviton);
        out.put("is_encrypted_in_transit", type.encryptedInTransit());
        out.put("is_io_cache_enabled", type.nvme());
        out.put("support_ebs_volumes", true);
        out.put("support_cluster_tags", true);
        out.put("support_port_forwarding", false);
        out.put("photon_driver_capable", false);
        out.put("photon_worker_capable", false);
        ObjectNode instance = out.putObject("node_instance_type");
        instance.put("instance_type_id", type.id());
        instance.put("local_disks", type.localDisks());
        instance.put("local_disk_size_gb", type.localDiskGb());
        if (type.nvme()) {
            instance.put("local_nvme_disks", type.localDisks());
            instance.put("local_nvme_disk_size_gb", type.localDiskGb());
        }
        return out;
    }
}
