package io.slipway.driver.kernel;

import io.slipway.driver.output.FrameStream;
import io.slipway.driver.output.Frames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** A process whose output is the command's output. */
final class ChildProcess {
    private volatile @Nullable Process process;

    /** Runs to the end and answers the exit status. */
    int run(ProcessBuilder builder, Frames frames) throws IOException, InterruptedException {
        builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
        Process child = builder.start();
        process = child;
        try {
            Thread out = copy(child.getInputStream(), new FrameStream(frames, "stdout"));
            Thread err = copy(child.getErrorStream(), new FrameStream(frames, "stderr"));
            int status = child.waitFor();
            // A background process may keep the pipes open for ever; what the command itself wrote is there by now.
            out.join(1_000);
            err.join(1_000);
            return status;
        } finally {
            process = null;
            kill(child);
        }
    }

    private static Thread copy(InputStream from, FrameStream to) {
        var thread = new Thread(
                () -> {
                    try (from;
                            to) {
                        from.transferTo(to);
                    } catch (IOException | UncheckedIOException ended) {
                        // The process was killed.
                    }
                },
                "command-output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    void interrupt() {
        Process child = process;
        if (child != null) {
            kill(child);
        }
    }

    private static void kill(Process child) {
        if (child.isAlive()) {
            child.descendants().forEach(ProcessHandle::destroy);
            child.destroy();
        }
    }
}
