package io.slipway.driver;

import io.slipway.driver.output.Redaction;
import io.slipway.driver.output.ThreadOutput;
import io.slipway.driver.start.DriverConfig;
import io.slipway.driver.start.DriverFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.util.SignalUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code DriverMain <driver.json>}: the Spark driver of a cluster. The working directory is the process directory. */
public final class DriverMain {
    private static final int CANNOT_START = 3;

    private DriverMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        ThreadOutput.install();
        Path directory = Path.of("").toAbsolutePath();
        DriverProcess driver;
        try {
            if (args.length != 1) {
                throw new DriverFailure("INVALID_ARGUMENT", "usage: DriverMain <driver.json>");
            }
            DriverConfig config = DriverConfig.read(Path.of(args[0]));
            var redaction = new Redaction();
            config.secrets().forEach(redaction::learn);
            ThreadOutput.guard(redaction::log);
            driver = DriverProcess.start(config, directory, redaction);
        } catch (RuntimeException | LinkageError e) {
            fail(directory, e);
            return;
        }
        var terminated = new CountDownLatch(1);
        SignalUtils.register("TERM", () -> {
            terminated.countDown();
            return true;
        });
        StartFiles.ready(directory, driver.ready());
        driver.contexts().warm();
        terminated.await();
        driver.close();
        System.exit(0);
    }

    static void fail(Path directory, Throwable error) throws IOException {
        Logger log = LoggerFactory.getLogger(DriverMain.class);
        log.error("cannot start", error);
        StartFiles.failure(directory, DriverFailure.of(error));
        System.exit(CANNOT_START);
    }
}
