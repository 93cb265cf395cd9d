package io.slipway.wire.aws.protocol;

import java.util.ArrayList;
import java.util.List;

/** Several values in one header, with commas between them; texts with commas are in quotation marks. */
final class HeaderList {
    private HeaderList() {}

    static List<String> split(String header) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        boolean wasQuoted = false;
        for (int i = 0; i < header.length(); i++) {
            char each = header.charAt(i);
            if (quoted && each == '\\' && i + 1 < header.length()) {
                value.append(header.charAt(++i));
            } else if (each == '"' && (quoted || value.toString().isBlank())) {
                quoted = !quoted;
                wasQuoted = true;
                if (quoted) {
                    value.setLength(0);
                }
            } else if (each == ',' && !quoted) {
                values.add(wasQuoted ? value.toString() : value.toString().strip());
                value.setLength(0);
                wasQuoted = false;
            } else if (!wasQuoted || quoted || !Character.isWhitespace(each)) {
                value.append(each);
            }
        }
        if (quoted) {
            throw Malformed.syntax("A quotation mark in a header has no end.");
        }
        values.add(wasQuoted ? value.toString() : value.toString().strip());
        return values;
    }

    /** Dates have a comma themselves. */
    static List<String> splitDates(String header) {
        List<String> parts = split(header);
        List<String> dates = new ArrayList<>();
        for (int i = 0; i < parts.size(); i += 2) {
            dates.add(i + 1 < parts.size() ? parts.get(i) + ", " + parts.get(i + 1) : parts.get(i));
        }
        return dates;
    }

    static String quoted(String value) {
        boolean needed = value.indexOf(',') >= 0 || value.indexOf('"') >= 0;
        return needed ? '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"' : value;
    }
}
