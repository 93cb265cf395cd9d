package io.slipway.wire.ui;

import io.slipway.kit.PlatformException;
import io.slipway.runtime.RuntimeLines;
import io.slipway.spark.compute.ClusterLogs;
import io.slipway.spark.compute.ClusterMetrics;
import io.slipway.spark.compute.Clusters;
import io.slipway.spark.compute.Node;
import io.slipway.spark.compute.NodeLogs;
import io.slipway.spark.compute.NodeProvider;
import io.slipway.spark.compute.NodeResources;
import io.slipway.spark.compute.NodeTypes;
import io.slipway.spark.compute.SparkUi;
import io.slipway.wire.Request;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the page of a cluster shows beside the Clusters API: its machines, their logs, its Spark UI. */
public final class MachineRoutes {
    private static final int USUAL_BYTES = 64 << 10;

    private final Clusters clusters;
    private final NodeTypes nodeTypes;
    private final NodeProvider provider;
    private final RuntimeLines runtimes;
    private final ClusterLogs logs;
    private final ClusterMetrics metrics;
    private final SparkUi sparkUi;

    public MachineRoutes(
            Clusters clusters,
            NodeTypes nodeTypes,
            NodeProvider provider,
            RuntimeLines runtimes,
            ClusterLogs logs,
            ClusterMetrics metrics,
            SparkUi sparkUi) {
        this.clusters = clusters;
        this.nodeTypes = nodeTypes;
        this.provider = provider;
        this.runtimes = runtimes;
        this.logs = logs;
        this.metrics = metrics;
        this.sparkUi = sparkUi;
    }

    public void add(UiApi ui) {
        ui.family("/ui-api")
                .get("/node-types", request -> usable())
                .get("/runtimes", request -> new Runtimes(runtimes.unlisted()));
        ui.missingIsInvalid("/ui-api/clusters/{id}")
                .get("/nodes", this::nodes)
                .get("/logs", this::logs)
                .get("/metrics", this::metrics)
                .get("/spark-ui", this::sparkUi);
    }

    /**
     * @param cores and memoryMb: what Spark may use there
     * @param nominalCores of the node type
     */
    record Machine(
            String nodeId,
            String role,
            String nodeType,
            String state,
            String zone,
            boolean spot,
            String instanceId,
            String address,
            int cores,
            int memoryMb,
            int nominalCores,
            int nominalMemoryMb,
            long createdAt,
            long seenAt) {}

    record Machines(List<Machine> nodes) {}

    private Object nodes(Request request) {
        return new Machines(clusters.nodes(request.caller(), request.path("id")).stream()
                .map(this::machine)
                .toList());
    }

    private Machine machine(Node node) {
        var type = nodeTypes.find(node.nodeType());
        NodeResources usable = type.map(provider::resources).orElse(new NodeResources(0, 0));
        return new Machine(
                node.id(),
                node.role().name(),
                node.nodeType(),
                node.state().name(),
                "local",
                false,
                node.instanceId(),
                node.address(),
                usable.cores(),
                usable.memoryMb(),
                type.map(found -> found.vcpus()).orElse(0),
                type.map(found -> found.memoryMb()).orElse(0),
                node.createdAt(),
                node.seenAt());
    }

    record Runtimes(List<RuntimeLines.Unlisted> unlisted) {}

    /** What Spark may use on a node of a type. */
    record Usable(String nodeTypeId, int cores, int memoryMb) {}

    record UsableTypes(List<Usable> nodeTypes) {}

    /** A type promises what it has elsewhere; here nodes get what this provider gives. */
    private UsableTypes usable() {
        return new UsableTypes(nodeTypes.all().stream()
                .map(type -> {
                    NodeResources given = provider.resources(type);
                    return new Usable(type.id(), given.cores(), given.memoryMb());
                })
                .toList());
    }

    record MetricsRequest(Optional<Integer> minutes) {}

    /** @param memoryBytes and the others: of that node, in that span of time */
    record MetricsPoint(String nodeId, String role, long at, double cpuCores, long memoryBytes, long diskFreeBytes) {}

    record Metrics(long begins, long ends, List<MetricsPoint> points) {}

    private Object metrics(Request request) {
        int minutes = request.query(MetricsRequest.class).minutes().orElse(60);
        if (minutes < 1 || minutes > ClusterMetrics.KEPT.toMinutes()) {
            throw PlatformException.invalid("Metrics are kept for " + ClusterMetrics.KEPT.toDays() + " days.");
        }
        ClusterMetrics.Reading read = metrics.of(request.caller(), request.path("id"), Duration.ofMinutes(minutes));
        return new Metrics(
                read.begins(),
                read.ends(),
                read.points().stream()
                        .map(point -> new MetricsPoint(
                                point.nodeId(),
                                point.role().name(),
                                point.load().at(),
                                point.load().cpuCores(),
                                point.load().memoryBytes(),
                                point.load().diskFreeBytes()))
                        .toList());
    }

    record LogFile(String nodeId, String path, long size, long modifiedAt) {}

    record LogFiles(List<LogFile> files) {}

    /** @param next where to go on reading; {@code size} is that of the whole file */
    record LogText(String text, long offset, long next, long size) {}

    record LogRequest(Optional<String> node, Optional<String> file, Optional<Long> offset, Optional<Integer> limit) {}

    private Object logs(Request request) {
        LogRequest asked = request.query(LogRequest.class);
        String id = request.path("id");
        if (asked.node().isEmpty()) {
            return new LogFiles(logs.list(request.caller(), id).stream()
                    .map(file -> new LogFile(file.nodeId(), file.path(), file.size(), file.modifiedAt()))
                    .toList());
        }
        NodeLogs.Chunk chunk = logs.read(
                request.caller(),
                id,
                asked.node().get(),
                Request.require(asked.file(), "file"),
                asked.offset(),
                asked.limit().orElse(USUAL_BYTES));
        return new LogText(chunk.text(), chunk.offset(), chunk.next(), chunk.size());
    }

    private Object sparkUi(Request request) {
        String id = request.path("id");
        return Map.of("path", SparkUiProxy.path(id, sparkUi.ticket(request.caller(), id)));
    }
}
