package io.slipway.driver.output;

import java.util.List;
import java.util.function.Supplier;

/**
 * A text that comes in pieces, with the mark in the place of each value: what may be the beginning of one is held until more has come,
 * however long that takes, so that a value that is written letter by letter is hidden too.
 */
final class HeldText {
    private final Supplier<List<String>> values;
    private String held = "";

    /** @param values longest first, none empty */
    HeldText(Supplier<List<String>> values) {
        this.values = values;
    }

    /** As much as can be shown now. */
    String pass(String piece) {
        List<String> known = values.get();
        if (known.isEmpty() && held.isEmpty()) {
            return piece;
        }
        var shown = new StringBuilder();
        String text = held + piece;
        held = text.substring(hide(known, text, shown, true));
        return shown.toString();
    }

    /** What is held, when nothing more will come. */
    String rest() {
        String last = hide(values.get(), held);
        held = "";
        return last;
    }

    static String hide(List<String> values, String text) {
        if (values.isEmpty()) {
            return text;
        }
        var shown = new StringBuilder();
        hide(values, text, shown, false);
        return shown.toString();
    }

    /** Answers from where on the text may be the beginning of a value; its length if more will not come. */
    private static int hide(List<String> values, String text, StringBuilder shown, boolean more) {
        int from = 0;
        while (true) {
            int at = text.length();
            int length = 0;
            int begun = text.length();
            int begunLength = 0;
            for (String value : values) {
                int found = text.indexOf(value, from);
                if (found >= 0 && found < at) {
                    at = found;
                    length = value.length();
                }
                int start = more ? begin(value, text, from) : text.length();
                if (start < begun) {
                    begun = start;
                    begunLength = value.length();
                }
            }
            if (begun < at || (begun == at && begunLength > length)) {
                shown.append(text, from, begun);
                return begun;
            }
            shown.append(text, from, at);
            if (length == 0) {
                return text.length();
            }
            shown.append(Redaction.MARK);
            from = at + length;
        }
    }

    /** Where the end of the text begins that is a beginning of the value; the length of the text if none is. */
    private static int begin(String value, String text, int from) {
        int at = Math.max(from, text.length() - value.length() + 1);
        for (; at < text.length(); at++) {
            at = text.indexOf(value.charAt(0), at);
            if (at < 0) {
                return text.length();
            }
            if (text.regionMatches(at, value, 0, text.length() - at)) {
                return at;
            }
        }
        return text.length();
    }
}
