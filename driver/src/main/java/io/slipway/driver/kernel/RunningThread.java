package io.slipway.driver.kernel;

import org.jspecify.annotations.Nullable;

/** The thread that runs a command now. An interrupt that comes too late must not hit the next command. */
final class RunningThread {
    private @Nullable Thread thread;

    synchronized void begin() {
        thread = Thread.currentThread();
    }

    /** Also takes back an interrupt that the command did not notice. */
    synchronized void end() {
        thread = null;
        var unused = Thread.interrupted();
    }

    synchronized void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
