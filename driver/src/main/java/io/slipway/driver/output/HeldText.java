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
        if (known.isEmpty()) {
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
        List<Places> all =
                values.stream().map(value -> new Places(value, text, more)).toList();
        int from = 0;
        while (true) {
            Places next = all.get(0);
            Places begun = all.get(0);
            for (Places places : all) {
                places.lookFrom(from);
                next = places.whole < next.whole ? places : next;
                begun = places.begun < begun.begun ? places : begun;
            }
            boolean longer = begun.begun == next.whole && begun.value.length() > next.value.length();
            if (begun.begun < next.whole || longer) {
                shown.append(text, from, begun.begun);
                return begun.begun;
            }
            shown.append(text, from, next.whole);
            if (next.whole == text.length()) {
                return text.length();
            }
            shown.append(Redaction.MARK);
            from = next.whole + next.value.length();
        }
    }

    /** Where a value is in a text. A place is looked for once, however many other values are before it. */
    private static final class Places {
        private final String value;
        private final String text;
        private final boolean more;
        /** The next one; the end of the text if there is none. */
        private int whole = -1;
        /** The beginning of one at the end of the text. */
        private int begun = -1;

        Places(String value, String text, boolean more) {
            this.value = value;
            this.text = text;
            this.more = more;
        }

        void lookFrom(int from) {
            if (whole < from) {
                int found = text.indexOf(value, from);
                whole = found < 0 ? text.length() : found;
            }
            if (begun < from) {
                begun = more ? begin(value, text, from) : text.length();
            }
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
