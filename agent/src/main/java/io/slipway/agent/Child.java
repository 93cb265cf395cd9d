package io.slipway.agent;

import com.grack.nanojson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One generation of one process, from its start or adoption until nothing of it is left. {@link #look} compares what is recorded and what
 * lives, and takes the next step; it never waits. Not thread-safe: the {@link Supervisor} guards it.
 */
final class Child {
    /** How long a launching shell may take to write its record after the main process is gone, or before it is there. */
    private static final long RECORD_MILLIS = 3_000;

    private static final int STDERR_TAIL = 8 * 1024;

    private enum State {
        /** Launched; the launching shell has not recorded a process id yet. */
        STARTING,
        /** The main process lives. */
        RUNNING,
        /** The main process has ended; others may be left of it. */
        EXITED
    }

    private final String nodeId;
    private final WantedProcess process;
    private final ProcessRecord record;
    private final Path stderr;
    private final WatchedFile ready;
    private final WatchedFile failure;
    private final long shell;
    private final long launchedAt;

    private State state = State.STARTING;
    private Optional<ProcessRecord.Started> started = Optional.empty();
    private OptionalLong missingSince = OptionalLong.empty();
    private OptionalLong stopAskedAt = OptionalLong.empty();
    private OptionalInt exitCode = OptionalInt.empty();
    private long endedAt;
    private String stderrTail = "";
    private Optional<JsonObject> refusal = Optional.empty();
    private boolean seenAlive;
    private boolean gone;
    private boolean acknowledged;

    private Child(String nodeId, WantedProcess process, ProcessRecord record, NodePaths paths, long shell, long now)
            throws Refused, IOException {
        this.nodeId = nodeId;
        this.process = process;
        this.record = record;
        Path directory = paths.resolve(process.directory());
        this.stderr = paths.resolve(process.stderr());
        this.ready = new WatchedFile(directory.resolve("ready.json"));
        this.failure = new WatchedFile(directory.resolve("failure.json"));
        this.shell = shell;
        this.launchedAt = now;
    }

    /** A process that this agent has just launched. */
    static Child launched(
            String nodeId, WantedProcess process, ProcessRecord record, NodePaths paths, long shell, long now)
            throws Refused, IOException {
        return new Child(nodeId, process, record, paths, shell, now);
    }

    /** A process that an earlier agent launched. */
    static Child adopted(
            String nodeId, WantedProcess process, ProcessRecord record, NodePaths paths, boolean sameBoot, long now)
            throws Refused, IOException {
        Child child = new Child(nodeId, process, record, paths, 0, now);
        if (!sameBoot) {
            child.end(record.exit(), now);
            child.gone = true;
        }
        return child;
    }

    /** A process that could not be started. */
    static Child refused(
            String nodeId, WantedProcess process, ProcessRecord record, NodePaths paths, JsonObject why, long now) {
        try {
            WantedProcess harmless = new WantedProcess(
                    process.name(),
                    process.generation(),
                    process.argv(),
                    process.env(),
                    ".",
                    process.files(),
                    ".",
                    ".",
                    0,
                    Optional.empty());
            Child child = new Child(nodeId, harmless, record, paths, 0, now);
            child.refusal = Optional.of(why);
            child.state = State.EXITED;
            child.endedAt = now;
            child.gone = true;
            return child;
        } catch (Refused | IOException e) {
            throw new IllegalStateException("the node directory itself is always allowed", e);
        }
    }

    WantedProcess process() {
        return process;
    }

    ProcessRecord record() {
        return record;
    }

    Optional<ProcessRecord.Started> main() {
        return state == State.RUNNING ? started : Optional.empty();
    }

    boolean exited() {
        return state == State.EXITED;
    }

    /** Whether nothing of it is left. */
    boolean gone() {
        return gone;
    }

    /** The server has heard that it exited. */
    void acknowledge() {
        acknowledged = true;
    }

    boolean acknowledged() {
        return acknowledged;
    }

    /** Whether something is expected to happen soon. */
    boolean busy() {
        return !gone
                && (state != State.RUNNING
                        || stopAskedAt.isPresent()
                        || ready.content().isEmpty());
    }

    /** One look, one step. */
    void look(boolean wanted, long now) {
        if (!wanted && stopAskedAt.isEmpty() && !gone) {
            stopAskedAt = OptionalLong.of(now);
            members().forEach(Sweep::terminate);
        }
        switch (state) {
            case STARTING -> lookForStart(now);
            case RUNNING -> lookForEnd(now);
            case EXITED -> {}
        }
        if (!gone && (state == State.EXITED || stopAskedAt.isPresent())) {
            sweep(now);
        }
    }

    private void lookForStart(long now) {
        started = record.started();
        if (started.isPresent()) {
            state = State.RUNNING;
            lookForEnd(now);
        } else if (record.exit().isPresent()) {
            end(record.exit(), now);
        } else if (now - launchedAt > RECORD_MILLIS && members().isEmpty()) {
            end(Optional.empty(), now);
        }
    }

    private void lookForEnd(long now) {
        Optional<ProcessRecord.Exit> exit = record.exit();
        if (exit.isPresent()) {
            end(exit, now);
        } else if (started.filter(ProcessRecord.Started::alive).isPresent()) {
            seenAlive = true;
        } else {
            // The main process is gone. Its shell writes the status in a moment, if the shell itself was not killed.
            if (missingSince.isEmpty()) {
                missingSince = OptionalLong.of(now);
            }
            if (now - missingSince.getAsLong() > RECORD_MILLIS || shellIsGone()) {
                end(record.exit(), now);
            }
        }
    }

    private boolean shellIsGone() {
        return ProcessTable.find(shellId()).isEmpty();
    }

    private long shellId() {
        return started.map(ProcessRecord.Started::parent).orElse(shell);
    }

    private void end(Optional<ProcessRecord.Exit> exit, long now) {
        state = State.EXITED;
        exitCode = exit.map(e -> OptionalInt.of(e.status())).orElse(OptionalInt.empty());
        endedAt = exit.map(ProcessRecord.Exit::atMillis).orElse(now);
        stderrTail = tail();
    }

    private String tail() {
        try {
            return FileTail.read(stderr, OptionalLong.empty(), STDERR_TAIL).text();
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * Kills what is left when the main process has ended or the grace is over. The launching shell comes last, so that it can write the
     * exit status.
     */
    private void sweep(long now) {
        boolean graceOver = stopAskedAt.isEmpty() || now - stopAskedAt.getAsLong() >= process.graceMillis();
        Set<Long> members = members();
        if (graceOver) {
            boolean shellToo = exited()
                    || stopAskedAt.isEmpty()
                    || now - stopAskedAt.getAsLong() >= process.graceMillis() + RECORD_MILLIS;
            for (long member : members) {
                if (shellToo || member != shellId()) {
                    Sweep.kill(member);
                }
            }
        }
        gone = exited() && members.isEmpty();
    }

    private Set<Long> members() {
        Set<Long> roots = new HashSet<>();
        if (started.isPresent() && started.get().alive()) {
            seenAlive = true;
            roots.add(started.get().pid());
        }
        // The session's number may be another's by now if this agent never saw the process alive.
        long session = seenAlive ? started.map(ProcessRecord.Started::session).orElse(0L) : 0;
        if (session == ownSession()) {
            session = 0; // no setsid on this system: the session is the agent's own
        }
        return Sweep.members(Marks.ofProcess(nodeId, process.mark()), session, roots);
    }

    private static long ownSession() {
        return ProcessTable.find(ProcessHandle.current().pid())
                .map(ProcessTable.Entry::session)
                .orElse(0L);
    }

    /** One element of {@code observed}. */
    JsonObject observed() {
        JsonObject json = new JsonObject();
        json.put("name", process.name());
        json.put("generation", process.generation());
        json.put("state", state.name().toLowerCase(Locale.ROOT));
        started.ifPresent(main -> {
            json.put("pid", main.pid());
            json.put("startedAt", main.atMillis());
        });
        if (refusal.isPresent()) {
            json.put("failure", refusal.get());
        } else {
            ready.content().ifPresent(content -> json.put("ready", content));
            failure.content().ifPresent(content -> json.put("failure", content));
        }
        if (state == State.EXITED) {
            exitCode.ifPresent(code -> json.put("exitCode", code));
            json.put("endedAt", endedAt);
            json.put("stderrTail", stderrTail);
        }
        return json;
    }
}
