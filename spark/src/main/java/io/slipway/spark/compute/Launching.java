package io.slipway.spark.compute;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.kit.Clock;
import io.slipway.kit.Elapsed;
import io.slipway.kit.Ids;
import io.slipway.kit.Outcome;
import io.slipway.kit.PrincipalId;
import io.slipway.runtime.Resolution;
import io.slipway.runtime.RuntimeLines;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import io.slipway.store.Json;
import io.slipway.store.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Steps from PENDING or RESTARTING to RUNNING: decide, acquire, wait for Spark. */
final class Launching {
    private static final Duration LONGEST_START = Duration.ofMinutes(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    /** Spark's usual port, where every node has an address of its own. */
    private static final int MASTER_PORT = 7077;

    /** Clusters API 2.1, create: enough workers to call it running. */
    private static final double ENOUGH = 0.85;

    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final Ids ids;
    private final RuntimeLines runtimes;
    private final RuntimeInstalls installs;
    private final NodeTypes nodeTypes;
    private final NodeProvider provider;
    private final ProcessPlanner planner;
    private final Elapsed<String> starting;
    private final ClusterStore clusters = new ClusterStore();
    private final NodeStore nodes = new NodeStore();

    Launching(
            Base base,
            RuntimeLines runtimes,
            RuntimeInstalls installs,
            NodeTypes nodeTypes,
            NodeProvider provider,
            ProcessPlanner planner) {
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.starting = new Elapsed<>(base.clock());
        this.ids = base.ids();
        this.runtimes = runtimes;
        this.installs = installs;
        this.nodeTypes = nodeTypes;
        this.provider = provider;
        this.planner = planner;
    }

    Outcome step(Cluster cluster, List<Node> nodesOfCluster) {
        if (cluster.plan().isEmpty()) {
            return decide(cluster);
        }
        List<Node> fresh = nodesOfCluster.stream()
                .filter(node -> node.launch() == cluster.launch())
                .toList();
        for (Node node : fresh) {
            if (node.address().isEmpty()) {
                acquire(cluster, node);
            }
        }
        return await(cluster, fresh);
    }

    private Outcome decide(Cluster cluster) {
        Optional<TerminationReason> refusal = planner.refusal(cluster);
        if (refusal.isPresent()) {
            return fail(cluster, refusal.get());
        }
        Resolution resolution = runtimes.resolve(cluster.spec().sparkVersion());
        RuntimeInstalls.Status status = installs.ensure(resolution.line());
        if (status instanceof RuntimeInstalls.Status.Installing installing) {
            if (!installing.message().equals(cluster.stateMessage())) {
                database.change(tx -> clusters.message(tx, cluster.id(), installing.message()));
            }
            return Outcome.again(LOOK_AGAIN);
        }
        if (status instanceof RuntimeInstalls.Status.Failed failed) {
            return fail(cluster, TerminationReason.fault("SPARK_IMAGE_DOWNLOAD_FAILURE", failed.message()));
        }
        RuntimeInstalls.Status.Ready ready = (RuntimeInstalls.Status.Ready) status;
        boolean singleNode = cluster.spec().size().singleNode();
        int masterPort =
                singleNode ? 0 : provider.ownAddresses() ? MASTER_PORT : 20_000 + (int) (ids.number() % 30_000);
        String driverNode = nodeId();
        database.change(tx -> {
            clusters.decide(
                    tx,
                    cluster,
                    new Cluster.LaunchDecision(
                            resolution.line().id(),
                            ready.runtime().directory().toString(),
                            masterPort,
                            singleNode,
                            driverNode));
            addNode(tx, cluster, driverNode, Node.Role.DRIVER);
            for (int i = 0; i < cluster.targetWorkers(); i++) {
                addNode(tx, cluster, nodeId(), Node.Role.WORKER);
            }
            clusters.message(tx, cluster.id(), "Starting Spark");
            tell(tx, new ClusterFact.Starting(cluster.ref(), cluster.creator().name(), notes(cluster, resolution)));
        });
        return Outcome.again(Duration.ZERO);
    }

    private List<String> notes(Cluster cluster, Resolution resolution) {
        List<String> notes = new ArrayList<>();
        resolution.note().ifPresent(notes::add);
        NodeType type = nodeTypes.get(cluster.spec().nodeTypeId());
        NodeResources given = provider.resources(type);
        if (given.cores() != type.vcpus() || given.memoryMb() != type.memoryMb()) {
            notes.add("A node of type " + type.id() + " (" + type.vcpus() + " cores, " + type.memoryMb()
                    + " MB) runs with " + given.cores() + " cores and " + given.memoryMb()
                    + " MB: its size is scaled down to this machine.");
        }
        return notes;
    }

    String nodeId() {
        return "i-" + ids.secretHex(8);
    }

    void addNode(Tx tx, Cluster cluster, String nodeId, Node.Role role) {
        String type = role == Node.Role.DRIVER
                ? cluster.spec().driverNodeTypeId()
                : cluster.spec().nodeTypeId();
        nodes.insert(
                tx,
                new Node(
                        nodeId,
                        cluster.id(),
                        role,
                        type,
                        cluster.launch(),
                        Node.State.ACQUIRING,
                        "",
                        "",
                        clock.millis(),
                        0,
                        List.of()));
    }

    void acquire(Cluster cluster, Node node) {
        NodeProvider.Acquired acquired = provider.acquire(node);
        database.change(tx -> {
            nodes.acquired(tx, node.id(), acquired);
            tell(tx, new ClusterFact.Replanned(cluster.ref()));
        });
    }

    private Outcome await(Cluster cluster, List<Node> fresh) {
        for (Node node : fresh) {
            Optional<ObservedProcess> process = node.process(node.mainProcess(), cluster.launch());
            Optional<TerminationReason> failure = process.flatMap(p -> failure(node, p));
            if (failure.isPresent()) {
                return fail(cluster, failure.get());
            }
        }
        long ready = fresh.stream().filter(node -> ready(cluster, node)).count();
        boolean driverReady = fresh.stream().anyMatch(node -> node.role() == Node.Role.DRIVER && ready(cluster, node));
        if (driverReady && ready - 1 >= Math.ceil(ENOUGH * cluster.targetWorkers())) {
            database.change(tx -> {
                clusters.move(tx, cluster, ClusterState.RUNNING, "");
                tell(tx, new ClusterFact.Running(cluster.ref(), cluster.targetWorkers()));
                tell(tx, new ClusterFact.DriverHealthy(cluster.ref()));
                starting.forget(cluster.id() + " " + cluster.launch());
            });
            return Outcome.again(Duration.ZERO);
        }
        long since = Math.max(
                cluster.startedAt(),
                fresh.stream().mapToLong(Node::createdAt).max().orElse(0));
        if (starting.since(cluster.id() + " " + cluster.launch(), since).compareTo(LONGEST_START) > 0) {
            return fail(
                    cluster,
                    TerminationReason.cloudFailure(
                            "BOOTSTRAP_TIMEOUT",
                            "Spark did not start within " + LONGEST_START.toMinutes() + " minutes."));
        }
        fresh.forEach(provider::keep);
        return Outcome.again(LOOK_AGAIN);
    }

    static boolean ready(Cluster cluster, Node node) {
        return node.process(node.mainProcess(), cluster.launch())
                .filter(process -> !process.exited())
                .flatMap(ObservedProcess::ready)
                .isPresent();
    }

    private static Optional<TerminationReason> failure(Node node, ObservedProcess process) {
        if (process.failure().isPresent()) {
            JsonNode failure = Json.read(process.failure().get(), JsonNode.class);
            String code = failure.path("code").asText("SPARK_STARTUP_FAILURE");
            String message = failure.path("message").asText("Spark did not start.");
            TerminationReason reason = code.equals("INVALID_ARGUMENT")
                    ? TerminationReason.clientError(code, message)
                    : code.equals("START_FAILED") || code.equals("FORBIDDEN_PATH")
                            ? TerminationReason.fault("CONTAINER_LAUNCH_FAILURE", message)
                            : TerminationReason.fault("SPARK_STARTUP_FAILURE", message);
            return Optional.of(reason.withExcerpt(process.stderrTail()));
        }
        if (process.exited()) {
            String message = "The Spark " + node.mainProcess() + " process ended with status "
                    + process.exitCode().map(String::valueOf).orElse("unknown") + " while it was starting.";
            return Optional.of(
                    TerminationReason.fault("SPARK_STARTUP_FAILURE", message).withExcerpt(process.stderrTail()));
        }
        return Optional.empty();
    }

    private Outcome fail(Cluster cluster, TerminationReason reason) {
        database.change(tx -> {
            clusters.terminate(tx, cluster, reason);
            tell(tx, new ClusterFact.Terminating(cluster.ref(), reason, Optional.empty()));
        });
        return Outcome.again(Duration.ZERO);
    }

    private void tell(Tx tx, ClusterFact fact) {
        facts.tell(tx, PrincipalId.SYSTEM, fact);
    }
}
