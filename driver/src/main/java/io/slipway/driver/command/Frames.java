package io.slipway.driver.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The output of one command: numbered Jupyter messages, at most 10 MB of them. Readers wait on it; {@link #close} wakes them
 * for good.
 */
public final class Frames {
    static final int LIMIT_BYTES = 10 * 1024 * 1024;

    /** What is smaller than this shall not be missing while there is room. */
    private static final int ROOM = 1024 * 1024;

    /** So many characters of the end of a text that was cut are told when the command ends. */
    static final int TAIL = 256 * 1024;

    /** Room for that end and for what is said of the cut: whoever keeps as much as a command gets all of it. */
    private static final int END = TAIL + 4 * 1024;

    public static final String EXIT = "application/vnd.slipway.exit+json";
    public static final String TABLE = "application/vnd.slipway.table+json";
    public static final String TASK_VALUE = "application/vnd.slipway.task-value+json";
    /** Says what is missing here, in {@code message}; as {@code text/plain} too. */
    public static final String CUT = "application/vnd.slipway.cut+json";

    public static final String WIDGET = "application/vnd.slipway.widget+json";

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<ObjectNode> frames = new ArrayList<>();
    private long bytes;
    private boolean cut;
    private boolean closed;
    private boolean sawError;
    private final StringBuilder tail = new StringBuilder();
    private long left;

    public void stream(String name, String text) {
        if (!text.isEmpty()) {
            add(Json.object().put("type", "stream").put("name", name).put("text", text));
        }
    }

    public void display(String mime, JsonNode value) {
        var data = Json.object();
        data.set(mime, value);
        rich("display_data", data, Json.object());
    }

    /** One that later updates can name. */
    public void display(JsonNode data, JsonNode metadata, String displayId) {
        ObjectNode frame = Json.object().put("type", "display_data");
        if (!displayId.isEmpty()) {
            frame.put("displayId", displayId);
        }
        frame.set("data", data);
        frame.set("metadata", metadata);
        add(frame);
    }

    public void result(JsonNode data, JsonNode metadata) {
        rich("execute_result", data, metadata);
    }

    public void update(String displayId, JsonNode data, JsonNode metadata) {
        ObjectNode frame = Json.object().put("type", "update_display_data").put("displayId", displayId);
        frame.set("data", data);
        frame.set("metadata", metadata);
        add(frame);
    }

    public void error(String ename, String evalue, List<String> traceback) {
        ObjectNode frame =
                Json.object().put("type", "error").put("ename", ename).put("evalue", evalue);
        var lines = frame.putArray("traceback");
        traceback.forEach(lines::add);
        lock.lock();
        try {
            sawError = true;
        } finally {
            lock.unlock();
        }
        add(frame);
    }

    private void rich(String type, JsonNode data, JsonNode metadata) {
        ObjectNode frame = Json.object().put("type", type);
        frame.set("data", data);
        frame.set("metadata", metadata);
        add(frame);
    }

    private void add(ObjectNode frame) {
        int size = Json.bytes(frame).length;
        String type = frame.path("type").asText();
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (type.equals("error")) {
                // It says how the command ended: it must get through even when the output was cut.
                tellTail();
            } else if (cut) {
                keepTail(frame.path("text").asText(""));
                return;
            } else if (bytes + size > LIMIT_BYTES - END) {
                leaveOut(frame, type, size);
                return;
            }
            bytes += size;
            append(frame);
        } finally {
            lock.unlock();
        }
    }

    /** A single thing that is too big leaves room for others; text and what comes when the room is used up do not. */
    private void leaveOut(ObjectNode frame, String type, int size) {
        if (type.equals("stream") || size < ROOM) {
            cut = true;
            keepTail(appendPart(frame, size));
            append(notice(
                    "Output was cut here: a command keeps at most 10 MB of output. Its end follows when the command has"
                            + " ended. To keep all of it, write it to a file."));
            return;
        }
        String kinds = String.join(", ", (Iterable<String>) frame.path("data")::fieldNames);
        ObjectNode notice = notice(String.format(
                Locale.ROOT,
                "An output of %.1f MB (%s) is left out: a command keeps at most 10 MB of output. Write it to a file, or"
                        + " show a part of it.",
                size / 1e6,
                kinds));
        bytes += Json.bytes(notice).length;
        append(notice);
    }

    private static ObjectNode notice(String message) {
        ObjectNode frame = Json.object().put("type", "display_data");
        ObjectNode data = frame.putObject("data");
        data.putObject(CUT).put("message", message);
        data.put("text/plain", message + "\n");
        frame.putObject("metadata");
        return frame;
    }

    /** Of a long text that does not fit any more, the beginning; returns the rest. */
    private String appendPart(ObjectNode frame, int size) {
        String text = frame.path("text").asText("");
        int room = (int) ((LIMIT_BYTES - END - bytes) * text.length() / size);
        if (room > 0 && Character.isHighSurrogate(text.charAt(room - 1))) {
            room--;
        }
        if ("stream".equals(frame.path("type").asText()) && room > 0) {
            append(frame.deepCopy().put("text", text.substring(0, room)));
            return text.substring(room);
        }
        return text;
    }

    private void keepTail(String text) {
        tail.append(text);
        if (tail.length() > 2 * TAIL) {
            shorten();
        }
    }

    private void shorten() {
        int gone = tail.length() - TAIL;
        if (gone > 0) {
            tail.delete(0, Character.isLowSurrogate(tail.charAt(gone)) ? gone + 1 : gone);
            left += gone;
        }
    }

    private void tellTail() {
        shorten();
        if (tail.length() > 0) {
            if (left > 0) {
                append(notice(String.format(Locale.ROOT, "%,d characters are left out here.", left)));
            }
            append(Json.object().put("type", "stream").put("name", "stdout").put("text", tail.toString()));
            tail.setLength(0);
            left = 0;
        }
    }

    private void append(ObjectNode frame) {
        frame.put("seq", frames.size() + 1L).put("at", System.currentTimeMillis());
        frames.add(frame);
        changed.signalAll();
    }

    public boolean sawError() {
        lock.lock();
        try {
            return sawError;
        } finally {
            lock.unlock();
        }
    }

    /** All stream text, for messages about work that has no reader of frames. */
    public String text() {
        var text = new StringBuilder();
        after(0).forEach(frame -> text.append(frame.path("text").asText("")));
        return text.toString();
    }

    /** No more frames will come; every waiting reader returns. */
    void close() {
        lock.lock();
        try {
            if (!closed) {
                tellTail();
            }
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is a frame after {@code since}, the command is over, or the time is. */
    void await(long since, long millis) throws InterruptedException {
        long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lockInterruptibly();
        try {
            while (!closed && frames.size() <= since && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    List<ObjectNode> after(long since) {
        lock.lock();
        try {
            int from = (int) Math.min(Math.max(0, since), frames.size());
            return List.copyOf(frames.subList(from, frames.size()));
        } finally {
            lock.unlock();
        }
    }
}
