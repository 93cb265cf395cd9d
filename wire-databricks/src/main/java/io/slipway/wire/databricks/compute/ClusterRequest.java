package io.slipway.wire.databricks.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kit.PlatformException;
import io.slipway.spark.compute.ClusterSpec;
import io.slipway.store.Described;
import io.slipway.store.Manifest;
import io.slipway.wire.Request;
import io.slipway.wire.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The specification of a cluster as clients send it (Clusters API 2.1, create and edit; the {@code new_cluster} of jobs). Fields
 * that are not listed are dropped, as the real service drops them.
 */
public record ClusterRequest(
        Optional<String> clusterName,
        Optional<String> sparkVersion,
        Optional<String> nodeTypeId,
        Optional<String> driverNodeTypeId,
        Optional<Integer> numWorkers,
        Optional<Autoscale> autoscale,
        Map<String, String> sparkConf,
        Map<String, String> sparkEnvVars,
        Map<String, String> customTags,
        Optional<Integer> autoterminationMinutes,
        Optional<AwsAttributes> awsAttributes,
        List<String> sshPublicKeys,
        List<JsonNode> initScripts,
        Optional<DockerImage> dockerImage,
        Optional<ObjectNode> clusterLogConf,
        Optional<Boolean> enableElasticDisk,
        Optional<Boolean> enableLocalDiskEncryption,
        Optional<String> instancePoolId,
        Optional<String> driverInstancePoolId,
        Optional<String> policyId,
        Optional<Boolean> applyPolicyDefaultValues,
        Optional<String> singleUserName,
        Optional<DataSecurityMode> dataSecurityMode,
        Optional<RuntimeEngine> runtimeEngine,
        Optional<WorkloadType> workloadType,
        Optional<Boolean> isSingleNode,
        Optional<Boolean> useMlRuntime,
        Optional<String> kind) {

    record Autoscale(Optional<Integer> minWorkers, Optional<Integer> maxWorkers) {}

    enum Availability {
        ON_DEMAND,
        SPOT,
        SPOT_WITH_FALLBACK
    }

    enum EbsVolumeType {
        GENERAL_PURPOSE_SSD,
        THROUGHPUT_OPTIMIZED_HDD
    }

    record AwsAttributes(
            Optional<Integer> firstOnDemand,
            Optional<Availability> availability,
            Optional<String> zoneId,
            Optional<String> instanceProfileArn,
            Optional<Integer> spotBidPricePercent,
            Optional<EbsVolumeType> ebsVolumeType,
            Optional<Integer> ebsVolumeCount,
            Optional<Integer> ebsVolumeSize,
            Optional<Integer> ebsVolumeIops,
            Optional<Integer> ebsVolumeThroughput) {}

    record DockerImage(Optional<String> url, Optional<ObjectNode> basicAuth) {}

    enum DataSecurityMode {
        NONE,
        SINGLE_USER,
        USER_ISOLATION,
        LEGACY_TABLE_ACL,
        LEGACY_PASSTHROUGH,
        LEGACY_SINGLE_USER,
        LEGACY_SINGLE_USER_STANDARD,
        DATA_SECURITY_MODE_AUTO,
        DATA_SECURITY_MODE_STANDARD,
        DATA_SECURITY_MODE_DEDICATED
    }

    record Clients(Optional<Boolean> notebooks, Optional<Boolean> jobs) {}

    record WorkloadType(Optional<Clients> clients) {}

    enum RuntimeEngine {
        NULL,
        STANDARD,
        PHOTON
    }

    private static final int MOST_KEYS = 10;

    /** Linux: MAX_ARG_STRLEN is 128 KiB. */
    private static final int LONGEST_VARIABLE = 130_000;

    private static final Set<String> KNOWN = Arrays.stream(ClusterRequest.class.getRecordComponents())
            .map(component -> new SnakeCaseStrategy().translate(component.getName()))
            .collect(Collectors.toUnmodifiableSet());

    /** Reads and checks what can be told from the document alone. */
    public static Described<ClusterSpec> read(ObjectNode tree) {
        ClusterRequest asked = Request.bind(tree, ClusterRequest.class);
        asked.refuseWhatIsNotThere();
        asked.checkEnvironment();
        String nodeType = Request.require(asked.nodeTypeId(), "node_type_id");
        ObjectNode document = WireJson.mapper().valueToTree(asked);
        // Empty lists and objects of the request are kept as well: clients compare what they sent with what they get.
        tree.properties().forEach(field -> {
            boolean emptyContainer =
                    field.getValue().isContainerNode() && field.getValue().isEmpty();
            if (emptyContainer && KNOWN.contains(field.getKey())) {
                document.set(field.getKey(), field.getValue());
            }
        });
        ClusterSpec spec = new ClusterSpec(
                asked.clusterName().orElse(""),
                Request.require(asked.sparkVersion(), "spark_version"),
                nodeType,
                asked.driverNodeTypeId().orElse(nodeType),
                asked.workers(),
                asked.autoscale()
                        .map(auto -> new ClusterSpec.Autoscale(
                                Request.require(auto.minWorkers(), "autoscale.min_workers"),
                                Request.require(auto.maxWorkers(), "autoscale.max_workers"))),
                asked.sparkConf(),
                asked.sparkEnvVars(),
                asked.customTags(),
                asked.autoterminationMinutes().orElse(0),
                asked.awsAttributes().flatMap(AwsAttributes::instanceProfileArn).filter(arn -> !arn.isEmpty()));
        return new Described<>(spec, Manifest.of(document.toString()));
    }

    private Optional<Integer> workers() {
        boolean single =
                isSingleNode.orElse(false) || "singleNode".equals(sparkConf.get("spark.databricks.cluster.profile"));
        return numWorkers.isEmpty() && autoscale.isEmpty() && single ? Optional.of(0) : numWorkers;
    }

    /** What no operating system can pass on to a process. */
    private void checkEnvironment() {
        sparkEnvVars.forEach((name, value) -> {
            if (name.isEmpty() || name.contains("=")) {
                throw PlatformException.invalid("'" + name + "' cannot be the name of a variable in spark_env_vars.");
            }
            if (name.length() + value.getBytes(StandardCharsets.UTF_8).length > LONGEST_VARIABLE) {
                throw PlatformException.invalid(
                        "The value of " + name + " in spark_env_vars is longer than " + LONGEST_VARIABLE + " bytes.");
            }
        });
    }

    /** A field that would change what runs, and that this edition cannot honour, is refused rather than ignored. */
    private void refuseWhatIsNotThere() {
        if (sshPublicKeys.size() > MOST_KEYS) {
            throw PlatformException.invalid("At most " + MOST_KEYS + " ssh_public_keys are allowed.");
        }
        // Clients that have none send an empty text.
        instancePoolId
                .filter(id -> !id.isEmpty())
                .or(() -> driverInstancePoolId.filter(id -> !id.isEmpty()))
                .ifPresent(pool -> {
                    throw PlatformException.invalid("Can't find an instance pool with id: " + pool + ".");
                });
        policyId.filter(id -> !id.isEmpty()).ifPresent(policy -> {
            throw PlatformException.invalid("Can't find a cluster policy with id: " + policy + ".");
        });
        if (!initScripts.isEmpty()) {
            throw PlatformException.invalid("init_scripts are not supported by this workspace yet.");
        }
        if (clusterLogConf.filter(conf -> !conf.isEmpty()).isPresent()) {
            throw PlatformException.invalid("cluster_log_conf is not supported by this workspace yet.");
        }
        if (dockerImage.flatMap(DockerImage::url).filter(url -> !url.isEmpty()).isPresent()) {
            throw PlatformException.invalid("Custom containers are not enabled for this workspace.");
        }
    }
}
