package io.slipway.driver.kernel;

import io.slipway.driver.command.Command;
import io.slipway.driver.command.Scope;
import io.slipway.driver.output.FrameStream;
import io.slipway.driver.output.ThreadOutput;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.CommandStatus.Outcome;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Runs the main class of the context's jars inside this JVM, on the context's Spark session. */
public final class JarKernel implements Kernel {
    private final Scope scope;
    private final List<URL> jars;
    private final RunningThread running = new RunningThread();

    public JarKernel(Scope scope, List<URL> jars) {
        this.scope = scope;
        this.jars = jars;
    }

    @Override
    public Outcome run(Command command) throws InterruptedException {
        var jar = (CommandSpec.Jar) command.spec();
        var thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        running.begin();
        try (var out = new FrameStream(command.frames(), "stdout");
                var err = new FrameStream(command.frames(), "stderr");
                var redirect = ThreadOutput.redirect(out, err);
                var loader =
                        new ExitGuardLoader(jars.toArray(new URL[0]), getClass().getClassLoader())) {
            SparkSession.setActiveSession(scope.session());
            command.claim(scope.spark());
            thread.setContextClassLoader(loader);
            Method main = Class.forName(jar.mainClass(), true, loader).getMethod("main", String[].class);
            if (!Modifier.isStatic(main.getModifiers())) {
                throw new NoSuchMethodException(jar.mainClass() + " has no static main method");
            }
            main.invoke(null, (Object) jar.arguments().toArray(new String[0]));
            return Outcome.OK;
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof ExitGuardLoader.Exit exit && exit.status() == 0) {
                return Outcome.OK;
            }
            return ErrorFrames.write(command.frames(), cause);
        } catch (IOException | ReflectiveOperationException | LinkageError e) {
            return ErrorFrames.write(command.frames(), e);
        } finally {
            thread.setContextClassLoader(before);
            running.end();
        }
    }

    @Override
    public void interrupt() {
        running.interrupt();
    }

    @Override
    public void close() {}
}
