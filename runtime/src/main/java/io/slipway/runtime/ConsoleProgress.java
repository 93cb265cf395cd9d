package io.slipway.runtime;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Draws an installation for a person: on a terminal one line that is rewritten, with rate and time left; elsewhere a plain line for
 * every tenth of a step.
 */
public final class ConsoleProgress implements Progress {
    private static final int WIDTH = 30;
    private static final long REDRAW_NANOS = 100_000_000L;

    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private String sentence = "";
    private long startedAt;
    private long startedWith = -1;
    private long drawnAt;
    private long tenths = -1;
    private boolean lineOpen;

    public ConsoleProgress(PrintStream out, boolean terminal) {
        this(out, terminal, System::nanoTime);
    }

    ConsoleProgress(PrintStream out, boolean terminal, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
    }

    /** Whether standard error is a terminal; System.console() looks at the other two streams, and differently since Java 22. */
    public static boolean isTerminal() {
        try {
            return new ProcessBuilder("test", "-t", "2").inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public synchronized void step(String newSentence) {
        finish();
        sentence = newSentence;
        startedWith = -1;
        tenths = -1;
        drawnAt = nanoTime.getAsLong() - REDRAW_NANOS;
        out.println(newSentence + " ...");
    }

    @Override
    public synchronized void bytes(long done, long total) {
        if (total <= 0) {
            return;
        }
        long now = nanoTime.getAsLong();
        if (startedWith < 0) {
            startedWith = done;
            startedAt = now;
        }
        if (terminal) {
            if (now - drawnAt >= REDRAW_NANOS || done >= total) {
                drawnAt = now;
                out.print("\r" + bar(done, total, now) + "\u001b[K");
                out.flush();
                lineOpen = true;
            }
        } else if (done * 10 / total > tenths) {
            tenths = done * 10 / total;
            out.println(sentence + ": " + done * 100 / total + "% of " + megabytes(total) + " MB");
        }
    }

    /** Ends the bar's line. */
    public synchronized void finish() {
        if (lineOpen) {
            out.println();
            lineOpen = false;
        }
    }

    private String bar(long done, long total, long now) {
        long shown = Math.min(done, total);
        int filled = (int) (shown * WIDTH / total);
        double seconds = Math.max((now - startedAt) / 1e9, 0.001);
        double rate = Math.max(done - startedWith, 0) / seconds;
        String left = rate < 1 ? "--:--" : clock((long) ((total - shown) / rate));
        return String.format(
                Locale.ROOT,
                "[%s%s] %3d%%  %s / %s MB  %.1f MB/s  %s left",
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                shown * 100 / total,
                megabytes(done),
                megabytes(total),
                rate / 1e6,
                left);
    }

    private static String megabytes(long bytes) {
        return Long.toString(Math.round(bytes / 1e6));
    }

    private static String clock(long seconds) {
        return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }
}
