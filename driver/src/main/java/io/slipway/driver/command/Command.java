package io.slipway.driver.command;

import io.slipway.driver.json.Json;
import io.slipway.driver.output.Frames;
import io.slipway.driver.output.Journal;
import io.slipway.driver.output.Redaction;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.CommandStatus;
import io.slipway.protocol.driver.CommandStatus.Outcome;
import io.slipway.protocol.driver.CommandStatus.State;
import io.slipway.protocol.driver.Mime;
import org.apache.spark.SparkContext;
import org.jspecify.annotations.Nullable;

/** One command of a context from its arrival to its end. Its Spark jobs carry {@link #tag} and are found and cancelled by it. */
public final class Command {
    /** So much time has code to end after it was interrupted. */
    private static final long STRIKE_MILLIS = 2000;

    private final String id;
    private final String tag;
    private final CommandSpec spec;
    private final Frames frames;
    private final Journal journal;
    private final String contextId;
    private final Runnable forget;
    private final ShownStreams streams = new ShownStreams();
    private State state = State.QUEUED;
    private boolean cancelRequested;
    private long struckAt;
    private long startedAt;
    private long endedAt;
    private @Nullable Outcome outcome;
    private @Nullable String exitValue;
    private @Nullable Inquiry inquiry;
    private int inquiries;

    /**
     * @param redaction what is hidden in the output
     * @param forget run when the server has stored how the command ended
     */
    public Command(
            String contextId, String id, CommandSpec spec, Journal journal, Redaction redaction, Runnable forget) {
        this.id = id;
        this.contextId = contextId;
        this.tag = "slipway:" + contextId + ":" + id;
        this.spec = spec;
        this.journal = journal;
        this.forget = forget;
        this.frames = new Frames((seq, frame, bytes) -> journal.output(contextId, id, seq, frame, bytes), redaction);
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

    public ShownStreams streams() {
        return streams;
    }

    /** Makes the calling thread's Spark jobs those of this command. */
    public void claim(SparkContext spark) {
        spark.setJobGroup(tag, Title.of(spec), false);
        spark.clearJobTags();
        spark.addJobTag(tag);
    }

    /** {@code dbutils.notebook.exit} was called. */
    public synchronized void exit(String value) {
        if (exitValue == null) {
            exitValue = value;
            frames.display(Mime.EXIT, Json.object().put("value", value));
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
    public synchronized boolean start() {
        if (state != State.QUEUED) {
            return false;
        }
        state = State.RUNNING;
        startedAt = System.currentTimeMillis();
        tell();
        return true;
    }

    /** Answers whether there is something running that must be interrupted. */
    public synchronized boolean requestCancel() {
        cancelRequested = true;
        streams.cancel();
        notifyAll();
        if (state == State.QUEUED) {
            end(State.CANCELLED);
            return false;
        }
        return state == State.RUNNING;
    }

    /**
     * Answers whether the kernel is to be interrupted now. A cancellation is repeated until the command has ended; an interrupt
     * that strikes while the kernel still tells of the one before is told a second time, as text in the output.
     */
    public synchronized boolean strike(long now) {
        if (now - struckAt < STRIKE_MILLIS) {
            return false;
        }
        struckAt = now;
        return true;
    }

    public synchronized void finish(Outcome result) {
        if (state.ended()) {
            return;
        }
        Outcome how = exitValue != null ? Outcome.EXIT : result;
        // Work that was done before the cancel arrived counts as done.
        boolean stopped = cancelRequested && how == Outcome.ERROR;
        outcome = stopped ? null : how;
        end(stopped ? State.CANCELLED : State.FINISHED);
    }

    /**
     * Asks whoever looks at the output for a text.
     *
     * @param hidden is not to be seen, as a password
     * @return null if the command is to end instead
     */
    public synchronized @Nullable String ask(String prompt, boolean hidden) throws InterruptedException {
        if (frames.full()) {
            throw new IllegalStateException("nobody can be asked: the output of this command was cut before its end");
        }
        // Another thread of the same code may ask already: one question at a time.
        while (inquiry != null && !cancelRequested && !state.ended()) {
            wait();
        }
        var asked = new Inquiry("question-" + id + "-" + ++inquiries, prompt, hidden);
        inquiry = asked;
        asked.show(frames, id);
        while (asked.answer() == null && !cancelRequested && !state.ended()) {
            wait();
        }
        closeInquiry();
        return asked.answer();
    }

    /** False if it does not ask anything. */
    public synchronized boolean answer(String text) {
        if (inquiry == null || inquiry.answer() != null) {
            return false;
        }
        inquiry.answer(text);
        notifyAll();
        return true;
    }

    private void closeInquiry() {
        if (inquiry != null) {
            inquiry.close(frames);
            inquiry = null;
            notifyAll();
        }
    }

    private void end(State how) {
        streams.leave();
        closeInquiry();
        frames.close();
        state = how;
        endedAt = System.currentTimeMillis();
        tell();
        notifyAll();
    }

    private void tell() {
        journal.command(status(), state.ended() ? forget : () -> {});
    }

    public synchronized CommandStatus status() {
        return new CommandStatus(contextId, id, state, outcome, startedAt, endedAt);
    }

    /** Returns when the command has ended. */
    public synchronized void await() throws InterruptedException {
        while (!state.ended()) {
            wait();
        }
    }
}
