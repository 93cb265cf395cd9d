package io.slipway.driver.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.Json;
import io.slipway.driver.kernel.Outcome;
import io.slipway.driver.watch.SparkJobs;
import org.apache.spark.SparkContext;
import org.jspecify.annotations.Nullable;

/** One command of a context from its arrival to its end. Its Spark jobs carry {@link #tag} and are found and cancelled by it. */
public final class Command {
    /** Where a command is on its way. */
    public enum State {
        /** Waits for its turn. */
        QUEUED(false),
        /** Its code runs. */
        RUNNING(false),
        /** It ended by itself, well or not. */
        FINISHED(true),
        /** It was cancelled before or while it ran. */
        CANCELLED(true);

        private final boolean terminal;

        State(boolean terminal) {
            this.terminal = terminal;
        }

        public boolean terminal() {
            return terminal;
        }
    }

    /** So much time has code to end after it was interrupted. */
    private static final long STRIKE_MILLIS = 2000;

    private final String id;
    private final String tag;
    private final CommandSpec spec;
    private final Frames frames = new Frames();
    private State state = State.QUEUED;
    private boolean cancelRequested;
    private long struckAt;
    private long startedAt;
    private long endedAt;
    private @Nullable Outcome outcome;
    private @Nullable String exitValue;

    Command(String contextId, String id, CommandSpec spec) {
        this.id = id;
        this.tag = "slipway:" + contextId + ":" + id;
        this.spec = spec;
    }

    public String id() {
        return id;
    }

    /** Unique on this driver; marks the Spark jobs of this command. */
    public String tag() {
        return tag;
    }

    public CommandSpec spec() {
        return spec;
    }

    public Frames frames() {
        return frames;
    }

    /** Makes the calling thread's Spark jobs those of this command. */
    public void claim(SparkContext spark) {
        spark.setJobGroup(tag, spec.title(), false);
        spark.clearJobTags();
        spark.addJobTag(tag);
    }

    /** {@code dbutils.notebook.exit} was called. */
    public synchronized void exit(String value) {
        if (exitValue == null) {
            exitValue = value;
            frames.display(Frames.EXIT, Json.object().put("value", value));
        }
    }

    public synchronized boolean exited() {
        return exitValue != null;
    }

    public synchronized State state() {
        return state;
    }

    public synchronized boolean cancelRequested() {
        return cancelRequested;
    }

    /** False if the command was cancelled while it waited. */
    synchronized boolean start() {
        if (state != State.QUEUED) {
            return false;
        }
        state = State.RUNNING;
        startedAt = System.currentTimeMillis();
        return true;
    }

    /** Answers whether there is something running that must be interrupted. */
    synchronized boolean requestCancel() {
        cancelRequested = true;
        if (state == State.QUEUED) {
            state = State.CANCELLED;
            endedAt = System.currentTimeMillis();
            frames.close();
            return false;
        }
        return state == State.RUNNING;
    }

    /**
     * Answers whether the kernel is to be interrupted now. A cancellation is repeated until the command has ended; an interrupt
     * that strikes while the kernel still tells of the one before is told a second time, as text in the output.
     */
    synchronized boolean strike(long now) {
        if (now - struckAt < STRIKE_MILLIS) {
            return false;
        }
        struckAt = now;
        return true;
    }

    synchronized void finish(Outcome result) {
        if (state.terminal()) {
            return;
        }
        outcome = exitValue != null ? Outcome.EXIT : result;
        // Work that was done before the cancel arrived counts as done.
        state = cancelRequested && outcome == Outcome.ERROR ? State.CANCELLED : State.FINISHED;
        endedAt = System.currentTimeMillis();
        frames.close();
    }

    /** The answer of {@code GET …/commands/{id}}. */
    ObjectNode view(long since, SparkJobs jobs) {
        ObjectNode view = Json.object().put("id", id);
        synchronized (this) {
            view.put("state", state.name().toLowerCase(java.util.Locale.ROOT));
            if (startedAt > 0) {
                view.put("startedAt", startedAt);
            }
            if (endedAt > 0) {
                view.put("endedAt", endedAt);
            }
            if (outcome != null) {
                view.put("outcome", outcome.name().toLowerCase(java.util.Locale.ROOT));
            }
        }
        var list = frames.after(since);
        var array = view.putArray("frames");
        list.forEach(array::add);
        view.put("next", Math.max(since, 0) + list.size());
        view.set("progress", jobs.progress(tag));
        return view;
    }
}
