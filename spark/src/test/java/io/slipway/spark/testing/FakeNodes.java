package io.slipway.spark.testing;

import io.slipway.kit.testing.FakeClock;
import io.slipway.kit.testing.Seam;
import io.slipway.protocol.driver.DriverProtocol;
import io.slipway.spark.compute.Fleet;
import io.slipway.spark.compute.Node;
import io.slipway.spark.compute.NodeProvider;
import io.slipway.spark.compute.NodeResources;
import io.slipway.spark.compute.NodeType;
import io.slipway.spark.compute.ObservedProcess;
import io.slipway.spark.compute.WantedProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Machines, agents and Spark processes in memory. Agents behave as docs/protocols/agent.md says: they know what shall run only from
 * their polls, start a process of a name and generation once, and stop everything when their node is not known any more.
 */
public final class FakeNodes implements NodeProvider {
    private static final Duration IDLE_POLL = Duration.ofSeconds(20);
    private static final Duration SOON = Duration.ofMillis(50);

    /** What becomes of a process that starts; {@code failure} is the content of its failure.json. */
    public record Fate(Duration startTakes, Optional<String> failure) {
        public static Fate good(Duration startTakes) {
            return new Fate(startTakes, Optional.empty());
        }
    }

    /** Decides what becomes of processes. */
    @FunctionalInterface
    public interface Fates {
        Fate of(String nodeId, WantedProcess process);

        /** A machine that comes but whose agent never gets through to the server. */
        default boolean stillborn(String nodeId) {
            return false;
        }
    }

    private static final class Running {
        final WantedProcess wanted;
        final int port;
        ObservedProcess seen;

        Running(WantedProcess wanted, int port) {
            this.wanted = wanted;
            this.port = port;
            this.seen = process(
                    wanted, ObservedProcess.State.RUNNING, Optional.empty(), Optional.empty(), Optional.empty());
        }

        boolean alive() {
            return !seen.exited();
        }
    }

    private static final class Machine {
        final Node node;
        final String address;
        final Map<String, Running> processes = new TreeMap<>();
        boolean agent = true;
        long silentUntil;
        long nextPoll;

        Machine(Node node, String address) {
            this.node = node;
            this.address = address;
        }
    }

    private final FakeClock clock;
    private final Seam seam;
    private final Fates fates;
    private final FakeDrivers drivers;
    private int protocol = DriverProtocol.VERSION;
    private final Supplier<Optional<Fleet>> server;
    private final Map<String, Machine> machines = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();
    private int addresses;
    private int ports = 1000;

    /** Drivers that start from now on are of a version of the platform that speaks this protocol. */
    public void driversSpeak(int newProtocol) {
        protocol = newProtocol;
    }

    /** @param server where agents report; empty while the server is down */
    public FakeNodes(FakeClock clock, Seam seam, Fates fates, FakeDrivers drivers, Supplier<Optional<Fleet>> server) {
        this.clock = clock;
        this.seam = seam;
        this.fates = fates;
        this.drivers = drivers;
        this.server = server;
    }

    /** What never may be seen, for instance two live drivers of one cluster. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    @Override
    public Acquired acquire(Node node) {
        seam.at("before acquire");
        Machine machine = machines.computeIfAbsent(node.id(), id -> {
            Machine made = new Machine(node, "10.0." + (addresses / 250) + "." + (2 + addresses % 250));
            addresses++;
            made.silentUntil = fates.stillborn(id) ? Long.MAX_VALUE : 0;
            poll(made, SOON);
            return made;
        });
        startAgent(machine);
        seam.at("after acquire");
        return new Acquired(node.id(), machine.address);
    }

    @Override
    public void keep(Node node) {
        Machine machine = machines.get(node.id());
        if (machine != null) {
            startAgent(machine);
        }
    }

    private void startAgent(Machine machine) {
        if (!machine.agent) {
            machine.agent = true;
            poll(machine, SOON);
        }
    }

    @Override
    public void release(Node node) {
        seam.at("before release");
        end(node.id());
        seam.at("after release");
    }

    @Override
    public List<String> list() {
        return List.copyOf(machines.keySet());
    }

    @Override
    public void releaseUnknown(String nodeId) {
        end(nodeId);
    }

    private void end(String nodeId) {
        Machine machine = machines.remove(nodeId);
        if (machine != null) {
            machine.processes.values().forEach(process -> exit(machine, process, 137));
            clock.drop(machine);
        }
    }

    @Override
    public NodeResources resources(NodeType type) {
        return new NodeResources(2, 4096);
    }

    @Override
    public boolean ownAddresses() {
        return true;
    }

    // What happens to machines, by the hand of a test.

    /** The process ends by itself with this status. */
    public void kill(String nodeId, int status) {
        Machine machine = machines.get(nodeId);
        if (machine != null) {
            machine.processes.values().forEach(process -> exit(machine, process, status));
            poll(machine, SOON);
        }
    }

    /** The agent ends; its processes stay. */
    public void killAgent(String nodeId) {
        Optional.ofNullable(machines.get(nodeId)).ifPresent(machine -> machine.agent = false);
    }

    /** The agent cannot reach the server for a while. */
    public void silence(String nodeId, Duration duration) {
        Machine machine = machines.get(nodeId);
        if (machine != null) {
            machine.silentUntil = clock.millis() + duration.toMillis();
            poll(machine, duration.plus(SOON));
        }
    }

    /** The machine is gone without a word. */
    public void lose(String nodeId) {
        end(nodeId);
    }

    /** Something may have changed for the nodes of this cluster: their agents' polls are answered. */
    public void poke(String clusterId) {
        machines.values().stream()
                .filter(machine -> machine.node.clusterId().equals(clusterId))
                .forEach(machine -> poll(machine, SOON));
    }

    /** Live driver processes of a cluster. */
    public long liveDrivers(String clusterId) {
        return machines.values().stream()
                .filter(machine -> machine.node.clusterId().equals(clusterId))
                .flatMap(machine -> machine.processes.values().stream())
                .filter(process -> process.wanted.name().equals("driver") && process.alive())
                .count();
    }

    private void poll(Machine machine, Duration delay) {
        long at = clock.millis() + delay.toMillis();
        if (machine.nextPoll > clock.millis() && machine.nextPoll <= at) {
            return;
        }
        machine.nextPoll = at;
        clock.plan(machine, delay, () -> {
            if (machine.nextPoll == at) {
                sync(machine);
            }
        });
    }

    private void sync(Machine machine) {
        // Before the call: a server that dies while it answers must not end the agent.
        machine.nextPoll = 0;
        poll(machine, IDLE_POLL);
        Optional<Fleet> fleet = server.get();
        String nodeId = machine.node.id();
        if (!machine.agent || clock.millis() < machine.silentUntil || fleet.isEmpty()) {
            return;
        }
        if (!fleet.get().known(nodeId)) {
            machine.processes.values().forEach(process -> exit(machine, process, 143));
            machine.agent = false;
            return;
        }
        fleet.get()
                .observed(
                        nodeId,
                        machine.processes.values().stream()
                                .map(process -> process.seen)
                                .toList(),
                        Optional.empty());
        obey(machine, fleet.get().wanted(nodeId));
    }

    private void obey(Machine machine, List<WantedProcess> wanted) {
        List<Running> unwanted = machine.processes.values().stream()
                .filter(process -> wanted.stream()
                        .noneMatch(want -> want.name().equals(process.wanted.name())
                                && want.generation() == process.wanted.generation()))
                .toList();
        for (Running process : unwanted) {
            exit(machine, process, 143);
            machine.processes.remove(process.wanted.name());
        }
        for (WantedProcess want : wanted) {
            if (!machine.processes.containsKey(want.name())) {
                start(machine, want);
            }
        }
        if (!unwanted.isEmpty()) {
            poll(machine, SOON);
        }
    }

    private void start(Machine machine, WantedProcess want) {
        if (want.name().equals("driver") && liveDrivers(machine.node.clusterId()) > 0) {
            violations.add("a second driver of cluster " + machine.node.clusterId() + " was started");
        }
        Running process = new Running(want, ports++);
        machine.processes.put(want.name(), process);
        Fate fate = fates.of(machine.node.id(), want);
        clock.plan(machine, fate.startTakes(), () -> {
            if (process.alive()) {
                started(machine, process, fate);
                poll(machine, SOON);
            }
        });
    }

    private void started(Machine machine, Running process, Fate fate) {
        if (fate.failure().isPresent()) {
            process.seen = process(
                    process.wanted, ObservedProcess.State.EXITED, Optional.of(3), Optional.empty(), fate.failure());
            return;
        }
        boolean driver = process.wanted.name().equals("driver");
        if (driver) {
            drivers.open(process.port);
            machinesOf(machine.node.clusterId()).forEach(other -> executors(other, true));
        } else {
            driverPorts(machine.node.clusterId()).forEach(port -> drivers.executor(port, machine.address, true));
        }
        process.seen = process(
                process.wanted,
                ObservedProcess.State.RUNNING,
                Optional.empty(),
                Optional.of(
                        driver ? "{\"protocol\":" + protocol + ",\"port\":" + process.port + "}" : "{\"protocol\":1}"),
                Optional.empty());
    }

    private List<Machine> machinesOf(String clusterId) {
        return machines.values().stream()
                .filter(machine -> machine.node.clusterId().equals(clusterId))
                .toList();
    }

    private void executors(Machine machine, boolean there) {
        boolean worker = machine.processes.values().stream()
                .anyMatch(process -> process.wanted.name().equals("worker") && process.alive());
        if (worker) {
            driverPorts(machine.node.clusterId()).forEach(port -> drivers.executor(port, machine.address, there));
        }
    }

    private List<Integer> driverPorts(String clusterId) {
        return machinesOf(clusterId).stream()
                .flatMap(machine -> machine.processes.values().stream())
                .filter(process -> process.wanted.name().equals("driver") && process.alive())
                .map(process -> process.port)
                .toList();
    }

    private void exit(Machine machine, Running process, int status) {
        if (!process.alive()) {
            return;
        }
        executors(machine, false);
        drivers.close(process.port);
        process.seen = process(
                process.wanted, ObservedProcess.State.EXITED, Optional.of(status), Optional.empty(), Optional.empty());
    }

    private static ObservedProcess process(
            WantedProcess wanted,
            ObservedProcess.State state,
            Optional<Integer> exitCode,
            Optional<String> ready,
            Optional<String> failure) {
        return new ObservedProcess(wanted.name(), wanted.generation(), state, exitCode, ready, failure, "");
    }
}
