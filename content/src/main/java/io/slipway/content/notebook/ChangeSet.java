package io.slipway.content.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.slipway.kit.PlatformException;
import java.util.ArrayList;
import java.util.List;

/**
 * One change of a text in CodeMirror's form: a JSON array in which {@code n} keeps n characters and {@code [del, "line", …]} deletes
 * {@code del} and puts in the lines, joined by newlines. Positions count UTF-16 units, as Java strings do.
 */
public record ChangeSet(List<Part> parts) {
    /** Keeps {@code length} characters, or deletes them and puts in {@code inserted}. */
    public record Part(int length, boolean keep, String inserted) {}

    public ChangeSet {
        parts = List.copyOf(parts);
    }

    /** Reads what a client sent. */
    public static ChangeSet of(JsonNode json) {
        if (!json.isArray()) {
            throw invalid("it is not an array");
        }
        List<Part> parts = new ArrayList<>();
        for (JsonNode each : json) {
            if (each.isArray() && !each.isEmpty()) {
                parts.add(new Part(length(each.get(0)), false, inserted(each)));
            } else {
                parts.add(new Part(length(each), true, ""));
            }
        }
        return new ChangeSet(parts);
    }

    private static int length(JsonNode node) {
        if (!node.isInt() || node.intValue() < 0) {
            throw invalid("a length is not a number from 0 on");
        }
        return node.intValue();
    }

    private static String inserted(JsonNode part) {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i < part.size(); i++) {
            String line = part.get(i).asText();
            if (!part.get(i).isTextual() || line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
                throw invalid("a line is not text without line breaks");
            }
            lines.add(line);
        }
        return String.join("\n", lines);
    }

    private static PlatformException invalid(String why) {
        return PlatformException.invalid("This is not a change of the cell's text: " + why + ".");
    }

    /** The least that makes {@code after} of {@code before} in one place, without cutting a surrogate pair in two. */
    public static ChangeSet between(String before, String after) {
        int start = 0;
        int shorter = Math.min(before.length(), after.length());
        while (start < shorter && before.charAt(start) == after.charAt(start)) {
            start++;
        }
        if (start > 0 && Character.isHighSurrogate(before.charAt(start - 1))) {
            start--;
        }
        int end = 0;
        while (end < shorter - start
                && before.charAt(before.length() - 1 - end) == after.charAt(after.length() - 1 - end)) {
            end++;
        }
        if (end > 0 && Character.isLowSurrogate(before.charAt(before.length() - end))) {
            end--;
        }
        List<Part> parts = new ArrayList<>();
        if (start > 0) {
            parts.add(new Part(start, true, ""));
        }
        String inserted = after.substring(start, after.length() - end);
        int deleted = before.length() - start - end;
        if (deleted > 0 || !inserted.isEmpty()) {
            parts.add(new Part(deleted, false, inserted));
        }
        if (end > 0) {
            parts.add(new Part(end, true, ""));
        }
        return new ChangeSet(parts);
    }

    /** Throws INVALID_PARAMETER_VALUE if this is not a change of a text of that length, or leaves half a character behind. */
    public String apply(String text) {
        long covered = parts.stream().mapToLong(Part::length).sum();
        if (covered != text.length()) {
            throw invalid("it speaks of " + covered + " characters, the cell has " + text.length());
        }
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        for (Part part : parts) {
            if (part.keep()) {
                out.append(text, at, at + part.length());
            } else {
                out.append(part.inserted());
            }
            at += part.length();
        }
        String changed = out.toString();
        if (!storable(changed)) {
            throw invalid("it leaves half a surrogate pair or a NUL, which cannot be stored");
        }
        return changed;
    }

    /** Databases keep neither half a surrogate pair nor NUL. */
    private static boolean storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    /** {@code text} with what cannot be stored replaced: for texts that come out of files. */
    static String stored(String text) {
        if (storable(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
            out.appendCodePoint(half || point == 0 ? 0xfffd : point);
        });
        return out.toString();
    }

    public JsonNode json() {
        ArrayNode out = JsonNodeFactory.instance.arrayNode();
        for (Part part : parts) {
            if (part.keep()) {
                out.add(part.length());
            } else {
                ArrayNode change = out.addArray().add(part.length());
                if (!part.inserted().isEmpty()) {
                    for (String line : part.inserted().split("\n", -1)) {
                        change.add(line);
                    }
                }
            }
        }
        return out;
    }

    /** Changes nothing. */
    public boolean empty() {
        return parts.stream().allMatch(Part::keep);
    }
}
