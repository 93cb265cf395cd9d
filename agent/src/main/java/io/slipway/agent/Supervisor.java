package io.slipway.agent;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonWriter;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Keeps the node's processes as the server wants them. One thread calls {@link #watch}; the others say what is wanted and take
 * snapshots. Until the server has spoken for the first time nothing is stopped.
 */
final class Supervisor {
    private static final long BUSY_MILLIS = 50;
    private static final long QUIET_MILLIS = 500;

    private final String nodeId;
    private final NodePaths paths;
    private final Path records;
    private final Launcher launcher;
    private final String machineBoot;
    private final LongSupplier clock;
    private final AgentLog log;

    private final Map<String, Child> children = new LinkedHashMap<>();
    private Optional<Map<String, WantedProcess>> wanted = Optional.empty();
    private long wantedVersion;
    private long revision;
    private String lastObserved = "";

    Supervisor(
            String nodeId,
            NodePaths paths,
            Path records,
            Launcher launcher,
            String machineBoot,
            LongSupplier clock,
            AgentLog log) {
        this.nodeId = nodeId;
        this.paths = paths;
        this.records = records;
        this.launcher = launcher;
        this.machineBoot = machineBoot;
        this.clock = clock;
        this.log = log;
    }

    /** Takes up what an earlier agent started. */
    synchronized void adopt() throws IOException {
        Files.createDirectories(records);
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(records)) {
            for (Path folder : folders) {
                ProcessRecord record = new ProcessRecord(folder);
                Optional<WantedProcess> process = record.remembered();
                if (process.isPresent()) {
                    adopt(process.get(), record);
                } else {
                    record.delete(); // the agent died before it had launched anything
                }
            }
        }
    }

    private void adopt(WantedProcess process, ProcessRecord record) throws IOException {
        try {
            boolean sameBoot = record.isOf(machineBoot);
            children.put(process.name(), Child.adopted(nodeId, process, record, paths, sameBoot, clock.getAsLong()));
            log.say("took up " + process.mark());
        } catch (Refused e) {
            log.say("cannot take up " + process.mark() + ": " + e.getMessage());
        }
    }

    synchronized void want(long version, List<WantedProcess> processes) {
        Map<String, WantedProcess> byName = new LinkedHashMap<>();
        processes.forEach(process -> byName.put(process.name(), process));
        wanted = Optional.of(byName);
        wantedVersion = version;
        step();
        notifyAll();
    }

    /** Looks at everything again and again until the thread is interrupted. */
    synchronized void watch() throws InterruptedException {
        while (true) {
            step();
            wait(children.values().stream().anyMatch(Child::busy) ? BUSY_MILLIS : QUIET_MILLIS);
        }
    }

    private void step() {
        long now = clock.getAsLong();
        for (Child child : List.copyOf(children.values())) {
            child.look(isWanted(child.process()), now);
        }
        wanted.ifPresent(processes -> {
            dropTheUnwanted(processes);
            processes.values().forEach(process -> startIfMissing(process, now));
        });
        noteChange();
    }

    private boolean isWanted(WantedProcess process) {
        return wanted.map(processes -> {
                    WantedProcess now = processes.get(process.name());
                    return now != null && now.generation() == process.generation();
                })
                .orElse(true);
    }

    private void dropTheUnwanted(Map<String, WantedProcess> processes) {
        children.values().removeIf(child -> {
            boolean drop = child.gone()
                    && child.acknowledged()
                    && !processes.containsKey(child.process().name());
            if (drop) {
                delete(child.record());
            }
            return drop;
        });
    }

    private void delete(ProcessRecord record) {
        try {
            record.delete();
        } catch (IOException e) {
            log.say("cannot remove " + record.folder() + ": " + e.getMessage());
        }
    }

    private void startIfMissing(WantedProcess process, long now) {
        Child old = children.get(process.name());
        if (old != null && (old.process().generation() == process.generation() || !old.gone())) {
            return;
        }
        ProcessRecord record = new ProcessRecord(records.resolve(process.name()));
        children.put(process.name(), launch(process, record, now));
    }

    private Child launch(WantedProcess process, ProcessRecord record, long now) {
        try {
            Process shell = launcher.start(process, record, machineBoot);
            log.say("started " + process.mark() + " below process " + shell.pid());
            CompletableFuture<Void> unused = shell.onExit().thenRun(this::wake);
            return Child.launched(nodeId, process, record, paths, shell.pid(), now);
        } catch (Refused e) {
            log.say("refused " + process.mark() + ": " + e.getMessage());
            return Child.refused(nodeId, process, record, paths, e.json(), now);
        } catch (IOException e) {
            log.say("cannot start " + process.mark() + ": " + e.getMessage());
            Refused why = new Refused("START_FAILED", "The process cannot be started: " + e.getMessage());
            return Child.refused(nodeId, process, record, paths, why.json(), now);
        }
    }

    private synchronized void wake() {
        notifyAll();
    }

    private void noteChange() {
        String observed = JsonWriter.string(observed());
        if (!observed.equals(lastObserved)) {
            lastObserved = observed;
            revision++;
            notifyAll();
        }
    }

    private JsonArray observed() {
        JsonArray observed = new JsonArray();
        children.values().forEach(child -> observed.add(child.observed()));
        return observed;
    }

    synchronized Snapshot snapshot() {
        step();
        List<Child> exited = children.values().stream().filter(Child::exited).toList();
        return new Snapshot(revision, wantedVersion, observed(), exited);
    }

    synchronized void acknowledge(Snapshot snapshot) {
        snapshot.exited().forEach(Child::acknowledge);
        notifyAll();
    }

    synchronized long revision() {
        return revision;
    }

    /** The running main process of this name. */
    synchronized Optional<ProcessRecord.Started> main(String name) {
        return Optional.ofNullable(children.get(name)).flatMap(Child::main);
    }

    /** Stops everything and waits until nothing is left. */
    synchronized void stopAll() throws InterruptedException {
        want(wantedVersion, List.of());
        while (!children.values().stream().allMatch(Child::gone)) {
            step();
            wait(BUSY_MILLIS);
        }
    }
}
