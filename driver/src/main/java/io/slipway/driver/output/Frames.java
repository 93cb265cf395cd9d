package io.slipway.driver.output;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.driver.json.Json;
import io.slipway.protocol.driver.DriverProtocol;
import io.slipway.protocol.driver.Frame;
import io.slipway.protocol.driver.Mime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The output of one command, cut where it gets too long: numbers its frames and hands them on, and keeps none. */
public final class Frames {
    static final int LIMIT_BYTES = DriverProtocol.OUTPUT_LIMIT_BYTES;

    /** What is smaller than this shall not be missing while there is room. */
    private static final int ROOM = 1024 * 1024;

    /** So many characters of the end of a text that was cut are told when the command ends. */
    static final int TAIL = 256 * 1024;

    /** Room for that end and for what is said of the cut: whoever keeps as much as a command gets all of it. */
    private static final int END = TAIL + 4 * 1024;

    /** Where frames go. */
    @FunctionalInterface
    public interface Sink {
        /** @param bytes that the frame has as JSON, about */
        void put(long seq, Frame frame, int bytes);
    }

    private final Sink sink;
    private final Redaction redaction;
    private final Map<String, HeldText> texts = new LinkedHashMap<>();
    private long count;
    private long bytes;
    private boolean cut;
    private boolean closed;
    private boolean sawError;
    private final StringBuilder tail = new StringBuilder();
    private long left;

    public Frames(Sink sink) {
        this(sink, new Redaction());
    }

    /** @param redaction what is hidden in all that is told */
    public Frames(Sink sink, Redaction redaction) {
        this.sink = sink;
        this.redaction = redaction;
    }

    public synchronized void stream(String name, String text) {
        String shown = texts.computeIfAbsent(name, unused -> redaction.pieces()).pass(text);
        if (!shown.isEmpty()) {
            add(new Frame.Stream(name, shown));
        }
    }

    /** What streams have held, since they are at their end. */
    private void release() {
        texts.forEach((name, text) -> {
            String rest = text.rest();
            if (!rest.isEmpty()) {
                add(new Frame.Stream(name, rest));
            }
        });
    }

    private Map<String, Object> hidden(JsonNode data) {
        return Json.fields(redaction.hide(data));
    }

    public void display(String mime, JsonNode value) {
        add(new Frame.DisplayData(Map.of(mime, redaction.hide(value)), Map.of(), null));
    }

    /** One that later updates can name, unless {@code displayId} is blank. */
    public void display(JsonNode data, JsonNode metadata, String displayId) {
        add(new Frame.DisplayData(hidden(data), hidden(metadata), displayId.isEmpty() ? null : displayId));
    }

    public void result(JsonNode data, JsonNode metadata) {
        add(new Frame.ExecuteResult(hidden(data), hidden(metadata)));
    }

    public void update(String displayId, JsonNode data, JsonNode metadata) {
        add(new Frame.UpdateDisplayData(hidden(data), hidden(metadata), displayId));
    }

    public synchronized void error(String ename, String evalue, List<String> traceback) {
        sawError = true;
        release();
        add(new Frame.Problem(redaction.hide(ename), redaction.hide(evalue), redaction.hide(traceback)));
    }

    private synchronized void add(Frame frame) {
        if (closed) {
            return;
        }
        if (frame instanceof Frame.Problem) {
            // It says how the command ended: it must get through even when the output was cut.
            tellTail();
        } else if (cut) {
            keepTail(frame instanceof Frame.Stream stream ? stream.text() : "");
            return;
        }
        int size = size(frame);
        if (!(frame instanceof Frame.Problem) && bytes + size > LIMIT_BYTES - END) {
            leaveOut(frame, size);
            return;
        }
        bytes += size;
        append(frame, size);
    }

    /** What cannot fit is not written down only to be measured. */
    private static int size(Frame frame) {
        return frame instanceof Frame.Stream stream && stream.text().length() > LIMIT_BYTES
                ? stream.text().length()
                : Json.bytes(frame).length;
    }

    /** A single thing that is too big leaves room for others; text and what comes when the room is used up do not. */
    private void leaveOut(Frame frame, int size) {
        if (frame instanceof Frame.Stream || size < ROOM) {
            cut = true;
            keepTail(frame instanceof Frame.Stream stream ? appendPart(stream) : "");
            notice("Output was cut here: a command keeps at most 10 MB of output. Its end follows when the command has"
                    + " ended. To keep all of it, write it to a file.");
            return;
        }
        bytes += notice(String.format(
                Locale.ROOT,
                "An output of %.1f MB (%s) is left out: a command keeps at most 10 MB of output. Write it to a file, or"
                        + " show a part of it.",
                size / 1e6,
                String.join(", ", data(frame).keySet())));
    }

    private static Map<String, Object> data(Frame frame) {
        if (frame instanceof Frame.DisplayData display) {
            return display.data();
        }
        if (frame instanceof Frame.ExecuteResult result) {
            return result.data();
        }
        return frame instanceof Frame.UpdateDisplayData update ? update.data() : Map.of();
    }

    private int notice(String message) {
        Frame notice = new Frame.DisplayData(
                Map.of(Mime.CUT, Map.of("message", message), Mime.TEXT, message + "\n"), Map.of(), null);
        int size = Json.bytes(notice).length;
        append(notice, size);
        return size;
    }

    /** Of a long text that does not fit any more, the beginning; returns the rest. */
    private String appendPart(Frame.Stream stream) {
        String text = stream.text();
        String head = text.substring(0, Math.min(text.length(), LIMIT_BYTES));
        int size = Json.bytes(new Frame.Stream(stream.name(), head)).length;
        int room = (int) Math.max(0, Math.min(head.length(), (LIMIT_BYTES - END - bytes) * head.length() / size));
        if (room > 0 && Character.isHighSurrogate(text.charAt(room - 1))) {
            room--;
        }
        if (room > 0) {
            append(new Frame.Stream(stream.name(), text.substring(0, room)), room);
        }
        return text.substring(room);
    }

    private void keepTail(String text) {
        int skipped = Math.max(0, text.length() - 2 * TAIL);
        if (skipped > 0) {
            left += tail.length() + skipped;
            tail.setLength(0);
        }
        tail.append(text, skipped, text.length());
        if (tail.length() > 2 * TAIL) {
            shorten();
        }
    }

    private void shorten() {
        int gone = tail.length() - TAIL;
        if (gone > 0) {
            gone += Character.isLowSurrogate(tail.charAt(gone)) ? 1 : 0;
            tail.delete(0, gone);
            left += gone;
        }
    }

    private void tellTail() {
        shorten();
        if (tail.length() > 0) {
            if (left > 0) {
                notice(String.format(Locale.ROOT, "%,d characters are left out here.", left));
            }
            append(new Frame.Stream("stdout", tail.toString()), tail.length());
            tail.setLength(0);
            tail.trimToSize();
            left = 0;
        }
    }

    private void append(Frame frame, int size) {
        sink.put(++count, frame, size);
    }

    /** So much came already that nothing more is shown before the end. */
    public synchronized boolean full() {
        return cut;
    }

    public synchronized boolean sawError() {
        return sawError;
    }

    /** No more frames will come. */
    public synchronized void close() {
        if (!closed) {
            release();
            tellTail();
        }
        closed = true;
    }
}
