package io.slipway.spark.compute;

import io.slipway.identity.Principal;
import io.slipway.kit.Elapsed;
import io.slipway.kit.Outcome;
import io.slipway.kit.PrincipalId;
import io.slipway.protocol.driver.DriverProtocol;
import io.slipway.protocol.driver.DriverStatus;
import io.slipway.spark.driver.DriverClient;
import io.slipway.spark.driver.DriverEndpoint;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import io.slipway.store.Tx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Steps of a cluster that is up: notice deaths, replace lost workers, grow and shrink, stop when nobody uses it. */
final class Watching {
    /** Drivers and agents tell what changes; this is for what only time brings. */
    private static final Duration PERIOD = Duration.ofSeconds(30);

    private static final Duration WHILE_TASKS_WAIT = Duration.ofSeconds(2);
    private static final Duration WHILE_RESIZING = Duration.ofMillis(300);
    private static final Duration SILENCE_BEFORE_LOST = Duration.ofMinutes(5);
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(60);
    private static final Duration FAILURE_WINDOW = Duration.ofSeconds(60);

    /** Spark relaunches executors for ever; this many in a minute without one that lives is a cluster that cannot work. */
    private static final int HOPELESS_EXECUTORS = 8;

    private final Database database;
    private final Facts facts;
    private final NodeTypes nodeTypes;
    private final NodeProvider provider;
    private final Drivers drivers;
    private final DriverClient client;
    private final DriverStatuses statuses;
    private final Launching launching;
    private final ClusterStore clusters = new ClusterStore();
    private final NodeStore nodes = new NodeStore();

    private final Elapsed<String> silence;

    /** How long tasks have been waiting, and how long a node drains. Losing it only delays a decision. */
    private final Elapsed<String> backlog;

    private final Elapsed<String> draining;

    /** @param silence how long nothing was heard of a node; nobody can be heard while the server is away, so it counts from its return */
    Watching(
            Base base,
            NodeTypes nodeTypes,
            NodeProvider provider,
            Drivers drivers,
            DriverClient client,
            DriverStatuses statuses,
            Launching launching,
            Elapsed<String> silence) {
        this.database = base.database();
        this.facts = base.facts();
        this.nodeTypes = nodeTypes;
        this.provider = provider;
        this.drivers = drivers;
        this.client = client;
        this.statuses = statuses;
        this.launching = launching;
        this.silence = silence;
        this.backlog = new Elapsed<>(base.clock());
        this.draining = new Elapsed<>(base.clock());
    }

    Outcome step(Cluster cluster, List<Node> nodesOfCluster) {
        Optional<TerminationReason> death = driverDeath(cluster, nodesOfCluster);
        if (death.isPresent()) {
            return terminate(cluster, death.get());
        }
        Optional<Integer> foreign = drivers.foreignProtocol(cluster, nodesOfCluster);
        if (foreign.isPresent()) {
            return terminate(
                    cluster,
                    TerminationReason.fault(
                            "DRIVER_UNREACHABLE",
                            "The driver was started by another version of the platform (it speaks protocol "
                                    + foreign.get() + ", not " + DriverProtocol.VERSION
                                    + "); start the cluster again."));
        }
        nodesOfCluster.forEach(provider::keep);
        Optional<DriverEndpoint> endpoint = drivers.endpoint(cluster, nodesOfCluster);
        Optional<DriverStatus> heard = statuses.of(cluster.id(), cluster.launch());
        if (endpoint.isEmpty() || heard.isEmpty()) {
            // Too busy to answer, or just dead: its agent will tell which.
            return Outcome.again(PERIOD);
        }
        DriverStatus status = heard.get();
        if (status.stopped()) {
            return terminate(
                    cluster,
                    TerminationReason.fault(
                            "SPARK_ERROR", "Code that ran on the cluster has stopped Spark; start the cluster again."));
        }
        Optional<TerminationReason> hopeless = hopelessExecutors(status);
        if (hopeless.isPresent()) {
            return terminate(cluster, hopeless.get());
        }
        if (idleTooLong(cluster, status)) {
            return terminate(
                    cluster, TerminationReason.inactivity(cluster.spec().autoterminationMinutes()));
        }
        if (cluster.spec().size().singleNode() && cluster.state() == ClusterState.RUNNING) {
            return Outcome.again(untilIdle(cluster, status));
        }
        return workers(cluster, nodesOfCluster, endpoint.get(), status);
    }

    private Optional<TerminationReason> driverDeath(Cluster cluster, List<Node> nodesOfCluster) {
        Optional<Node> driver = nodesOfCluster.stream()
                .filter(node -> node.role() == Node.Role.DRIVER)
                .findFirst();
        if (driver.isEmpty()) {
            return Optional.of(TerminationReason.cloudFailure("CLOUD_PROVIDER_SHUTDOWN", "The driver node is gone."));
        }
        Optional<ObservedProcess> process = driver.get().process("driver", cluster.launch());
        if (process.filter(ObservedProcess::exited).isPresent()) {
            String message = "The Spark driver has stopped unexpectedly (status "
                    + process.get().exitCode().map(String::valueOf).orElse("unknown") + ").";
            return Optional.of(TerminationReason.fault("DRIVER_UNREACHABLE", message)
                    .withExcerpt(process.get().stderrTail()));
        }
        if (silent(driver.get())) {
            return Optional.of(TerminationReason.cloudFailure(
                    "COMMUNICATION_LOST",
                    "The driver node has not been heard of for " + SILENCE_BEFORE_LOST.toMinutes() + " minutes."));
        }
        return Optional.empty();
    }

    private Optional<TerminationReason> hopelessExecutors(DriverStatus status) {
        List<DriverStatus.ExecutorFailure> recent = status.executorFailures().stream()
                .filter(failure -> status.now() - failure.at() < FAILURE_WINDOW.toMillis())
                .toList();
        if (recent.size() < HOPELESS_EXECUTORS || !status.executors().isEmpty()) {
            return Optional.empty();
        }
        DriverStatus.ExecutorFailure last = recent.get(recent.size() - 1);
        return Optional.of(TerminationReason.fault(
                        "SPARK_ERROR",
                        recent.size() + " executors ended within a minute of their start, the last with status "
                                + Optional.ofNullable(last.exitCode())
                                        .map(String::valueOf)
                                        .orElse("unknown")
                                + ".")
                .withExcerpt(last.stderr()));
    }

    private boolean idleTooLong(Cluster cluster, DriverStatus status) {
        int minutes = cluster.spec().autoterminationMinutes();
        return minutes > 0
                && status.runningCommands() == 0
                && status.runningTasks() == 0
                && status.now() - Math.max(status.lastActivity(), cluster.startedAt())
                        > Duration.ofMinutes(minutes).toMillis();
    }

    /** The next look, earlier if the cluster will have been idle too long by then. */
    private static Duration untilIdle(Cluster cluster, DriverStatus status) {
        int minutes = cluster.spec().autoterminationMinutes();
        if (minutes == 0) {
            return PERIOD;
        }
        long idle = status.now() - Math.max(status.lastActivity(), cluster.startedAt());
        long left = Duration.ofMinutes(minutes).toMillis() - idle + 1;
        return left <= 0 || left > PERIOD.toMillis() ? PERIOD : Duration.ofMillis(left);
    }

    private Outcome workers(Cluster cluster, List<Node> nodesOfCluster, DriverEndpoint endpoint, DriverStatus status) {
        List<Node> workers = nodesOfCluster.stream()
                .filter(node -> node.role() == Node.Role.WORKER)
                .toList();
        List<Node> lost = workers.stream().filter(node -> lost(cluster, node)).toList();
        if (!lost.isEmpty()) {
            replace(cluster, lost);
            return Outcome.again(Duration.ZERO);
        }
        workers.stream().filter(node -> node.address().isEmpty()).forEach(node -> launching.acquire(cluster, node));
        drain(cluster, workers, status);
        List<Node> active = workers.stream().filter(Node::active).toList();
        int target = target(cluster, active.size(), status);
        if (target != cluster.targetWorkers()) {
            autoscale(cluster, target);
            return Outcome.again(Duration.ZERO);
        }
        if (active.size() < target) {
            database.change(tx -> {
                for (int i = active.size(); i < target; i++) {
                    launching.addNode(tx, cluster, launching.nodeId(), Node.Role.WORKER);
                }
            });
            return Outcome.again(Duration.ZERO);
        }
        if (active.size() > target) {
            shrink(active, active.size() - target, endpoint, status);
            return Outcome.again(Duration.ZERO);
        }
        boolean settled =
                workers.size() == active.size() && active.stream().allMatch(node -> Launching.ready(cluster, node));
        if (cluster.state() == ClusterState.RESIZING && settled) {
            database.change(tx -> {
                clusters.move(tx, cluster, ClusterState.RUNNING, "");
                tell(tx, new ClusterFact.UpsizeCompleted(cluster.ref(), active.size()));
            });
        }
        if (!settled) {
            return Outcome.again(WHILE_RESIZING);
        }
        return Outcome.again(status.pendingTasks() > 0 ? WHILE_TASKS_WAIT : untilIdle(cluster, status));
    }

    private boolean lost(Cluster cluster, Node node) {
        return node.process("worker", cluster.launch())
                        .filter(ObservedProcess::exited)
                        .isPresent()
                || silent(node);
    }

    private boolean silent(Node node) {
        return silence.since(node.id()).compareTo(SILENCE_BEFORE_LOST) > 0;
    }

    private void replace(Cluster cluster, List<Node> lost) {
        List<Node> unexpected = lost.stream()
                .filter(node -> node.state() != Node.State.DRAINING)
                .toList();
        database.change(tx -> {
            lost.forEach(node -> nodes.state(tx, node.id(), Node.State.RELEASING));
            tell(tx, new ClusterFact.Replanned(cluster.ref()));
            if (!unexpected.isEmpty()) {
                List<String> ids = unexpected.stream().map(Node::id).toList();
                tell(
                        tx,
                        new ClusterFact.NodesLost(
                                cluster.ref(),
                                ids,
                                ids.size() + " workers were lost and will be replaced: " + String.join(", ", ids)));
            }
        });
    }

    private int target(Cluster cluster, int active, DriverStatus status) {
        if (!(cluster.spec().size() instanceof ClusterSize.Autoscale bounds)
                || cluster.state() == ClusterState.RESIZING) {
            return cluster.targetWorkers();
        }
        long waiting = 0;
        if (status.pendingTasks() == 0) {
            backlog.forget(cluster.id());
        } else {
            waiting = backlog.since(cluster.id()).toMillis();
        }
        int cores =
                provider.resources(nodeTypes.get(cluster.spec().nodeTypeId())).cores();
        return Autoscaler.target(
                bounds, active, cores, status, waiting, Autoscaler.idleBeforeShrinking(cluster.spec()));
    }

    private void autoscale(Cluster cluster, int target) {
        backlog.forget(cluster.id());
        database.change(tx -> {
            clusters.target(tx, cluster.id(), target);
            tell(
                    tx,
                    new ClusterFact.Resizing(
                            cluster.ref(), cluster.targetWorkers(), target, "AUTOSCALE", Principal.SYSTEM.name()));
            clusters.move(tx, cluster, ClusterState.RESIZING, "Resizing to " + target + " workers");
        });
    }

    /** Youngest idle workers leave first: the older ones hold more cached data. */
    private void shrink(List<Node> active, int surplus, DriverEndpoint endpoint, DriverStatus status) {
        List<Node> leaving = active.stream()
                .sorted((a, b) -> {
                    boolean aBusy = busy(a, status);
                    boolean bBusy = busy(b, status);
                    return aBusy == bBusy ? Long.compare(b.createdAt(), a.createdAt()) : Boolean.compare(aBusy, bBusy);
                })
                .limit(surplus)
                .toList();
        for (Node node : leaving) {
            if (!node.address().isEmpty()) {
                client.decommission(endpoint, node.address());
            }
            database.change(tx -> nodes.state(tx, node.id(), Node.State.DRAINING));
        }
    }

    private static boolean busy(Node node, DriverStatus status) {
        return status.executors().stream()
                .anyMatch(executor -> executor.host().equals(node.address()) && executor.activeTasks() > 0);
    }

    /** A draining worker whose executor is gone, or has had its time, is released. */
    private void drain(Cluster cluster, List<Node> workers, DriverStatus status) {
        for (Node node : workers) {
            if (node.state() != Node.State.DRAINING) {
                continue;
            }
            boolean overdue = draining.since(node.id()).compareTo(LONGEST_DRAIN) > 0;
            boolean empty = status.executors().stream()
                    .noneMatch(executor -> executor.host().equals(node.address()));
            if (empty || overdue) {
                draining.forget(node.id());
                database.change(tx -> {
                    nodes.state(tx, node.id(), Node.State.RELEASING);
                    tell(tx, new ClusterFact.Replanned(cluster.ref()));
                });
            }
        }
    }

    private Outcome terminate(Cluster cluster, TerminationReason reason) {
        backlog.forget(cluster.id());
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
