package io.slipway.server.quickstart;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Shows steps with their times: on a terminal the step at work is one line that is rewritten, elsewhere only its end is told. */
final class Screen {
    private static final int NAME_WIDTH = 12;

    private final PrintStream out;
    private final boolean terminal;
    private final Map<String, Duration> times = new LinkedHashMap<>();
    private String shown = "";

    Screen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Something of the step at work; may be called as often as one likes. */
    void working(String step, String words, Duration since) {
        if (terminal) {
            String line = line(step, words, since);
            if (!line.equals(shown)) {
                out.print("\r" + line + "\u001b[K");
                out.flush();
                shown = line;
            }
        }
    }

    void done(String step, String words, Duration took) {
        clear();
        times.put(step, took);
        out.println(line(step, words, took));
    }

    /** Anything else. */
    void say(String words) {
        clear();
        out.println(words);
    }

    /** Times of all steps so far, in their order. */
    Map<String, Duration> times() {
        return Map.copyOf(times);
    }

    private void clear() {
        if (!shown.isEmpty()) {
            out.print("\r\u001b[K");
            shown = "";
        }
    }

    private static String line(String step, String words, Duration time) {
        String pad = " ".repeat(Math.max(1, NAME_WIDTH - step.length()));
        return "  " + step + pad + String.format(Locale.ROOT, "%7s", seconds(time)) + "  " + words;
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
