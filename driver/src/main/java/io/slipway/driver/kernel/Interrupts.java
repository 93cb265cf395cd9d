package io.slipway.driver.kernel;

import io.slipway.driver.json.Json;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Interrupts of what a Jupyter kernel executes. One strikes some time after it was asked for, and may strike while the kernel answers;
 * this sees to it that it strikes its own command or none, and that the end of a struck command is noticed.
 */
final class Interrupts {
    private static final long PATIENCE_SECONDS = 5;

    private final JupyterConnection connection;
    private boolean executing;
    private boolean underWay;
    private String probe = "";

    /** What hands a command to the kernel. */
    interface Sending {
        void send() throws IOException;
    }

    Interrupts(JupyterConnection connection) {
        this.connection = connection;
    }

    /** Sends a command. Not before it is sent may it be struck: the kernel would answer the probe first, as if the command had ended. */
    synchronized void begin(Sending command) throws IOException {
        probe = "";
        command.send();
        executing = true;
    }

    synchronized void end() {
        executing = false;
    }

    /** Nothing between commands, or while another is under way. */
    synchronized void strike() throws IOException {
        if (!executing || underWay) {
            return;
        }
        underWay = true;
        // The kernel's control thread sends SIGINT to its own process.
        connection.control("interrupt_request");
        // Struck at a bad moment the kernel forgets to say that the command has ended. It has when what was asked later
        // is answered.
        probe = UUID.randomUUID().toString();
        connection.shell(probe, "kernel_info_request", Json.object());
    }

    /** Looks at whatever comes from the kernel; answers whether it says that the command, which was struck, has ended. */
    synchronized boolean ended(JupyterMessage message) {
        if (message.type().equals("interrupt_reply")) {
            underWay = false;
        }
        return !probe.isEmpty()
                && message.parentId().equals(probe)
                && message.type().equals("kernel_info_reply");
    }

    /** After a command: one that is under way would strike the next. */
    void await(BooleanSupplier alive) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (underWay() && alive.getAsBoolean() && System.nanoTime() < until) {
            JupyterMessage message = connection.inbox().poll(100, TimeUnit.MILLISECONDS);
            if (message != null) {
                boolean unused = ended(message);
            }
        }
        forget();
    }

    private synchronized boolean underWay() {
        return underWay;
    }

    private synchronized void forget() {
        underWay = false;
    }
}
