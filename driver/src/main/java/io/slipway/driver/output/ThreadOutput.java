package io.slipway.driver.output;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * {@code System.out} and {@code System.err} that go to the command whose code prints. Threads made by that code inherit the
 * target. Must be installed before anything keeps a reference to the real streams (Scala's Console does).
 */
public final class ThreadOutput extends OutputStream {
    private static final ThreadOutput OUT = new ThreadOutput(System.out);
    private static final ThreadOutput ERR = new ThreadOutput(System.err);

    /** Two of them live as long as the process: the instances are static. */
    @SuppressWarnings("ThreadLocalUsage")
    private final InheritableThreadLocal<@Nullable OutputStream> target = new InheritableThreadLocal<>();

    private volatile OutputStream process;

    private ThreadOutput(PrintStream process) {
        this.process = process;
    }

    public static void install() {
        System.setOut(new PrintStream(OUT, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(ERR, true, StandardCharsets.UTF_8));
    }

    /** From here on what goes to the process's own streams, its logs among it, is written through {@code guard}. */
    public static void guard(UnaryOperator<OutputStream> guard) {
        OUT.process = guard.apply(OUT.process);
        ERR.process = guard.apply(ERR.process);
    }

    /** From here on the calling thread and its children print to these streams; close to undo. */
    public static Redirect redirect(OutputStream out, OutputStream err) {
        OUT.target.set(out);
        ERR.target.set(err);
        return () -> {
            OUT.target.remove();
            ERR.target.remove();
        };
    }

    /** A redirection that ends. */
    public interface Redirect extends AutoCloseable {
        @Override
        void close();
    }

    private OutputStream current() {
        OutputStream stream = target.get();
        return stream == null ? process : stream;
    }

    @Override
    public void write(int b) throws java.io.IOException {
        current().write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws java.io.IOException {
        current().write(bytes, offset, length);
    }

    @Override
    public void flush() throws java.io.IOException {
        current().flush();
    }
}
