package io.slipway.driver.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Splits a command line into words as a shell would for quotes and backslashes, and does nothing else a shell does. */
final class Words {
    private Words() {}

    static List<String> of(String line) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
                word.append(line.charAt(++i));
                inWord = true;
            } else if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                inWord = true;
            } else if (Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("a quote is not closed: " + line);
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }

    /** Words behind a command: arguments by their place, and switches. What would be left out is refused. */
    static final class Options {
        private final List<String> words;

        Options(List<String> words) {
            this.words = new ArrayList<>(words);
        }

        /** Whether the switch is there: {@code -r}, {@code --recurse}, {@code --recurse=true}, or the argument {@code true}. */
        boolean flag(int place, String shortName, String longName) {
            boolean set = words.removeAll(List.of(shortName, longName, longName + "=true"));
            words.remove(longName + "=false");
            if (words.size() == place + 1
                    && List.of("true", "false").contains(words.get(place).toLowerCase(Locale.ROOT))) {
                set |= words.remove(place).equalsIgnoreCase("true");
            }
            atMost(place);
            return set;
        }

        void atMost(int count) {
            if (words.size() > count) {
                throw new IllegalArgumentException("nobody knows what to do with " + words.get(count)
                        + "; a text with blanks has to stand in quotes");
            }
        }

        String of(int place, String name) {
            if (place >= words.size()) {
                throw new IllegalArgumentException("an argument is missing: " + name);
            }
            return words.get(place);
        }

        String or(int place, String other) {
            return place < words.size() ? words.get(place) : other;
        }

        int number(int place, int other) {
            String word = or(place, String.valueOf(other));
            try {
                return Integer.parseInt(word);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(word + " is not a number of bytes", e);
            }
        }
    }
}
