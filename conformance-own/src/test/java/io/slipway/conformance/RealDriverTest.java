package io.slipway.conformance;

import static org.awaitility.Awaitility.await;

import io.slipway.protocol.driver.DriverReady;
import io.slipway.runtime.InstalledRuntime;
import io.slipway.runtime.JavaOptions;
import io.slipway.runtime.LaunchPlan;
import io.slipway.runtime.ProcessPlan;
import io.slipway.runtime.Progress;
import io.slipway.runtime.RuntimeInstaller;
import io.slipway.runtime.RuntimeLines;
import io.slipway.spark.driver.DriverClient;
import io.slipway.spark.driver.DriverClientContract;
import io.slipway.spark.driver.DriverEndpoint;
import io.slipway.spark.driver.DriverJson;
import io.slipway.spark.driver.HttpDriverClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the server expects of a driver is what a driver does. */
@ExtendWith(OneMoreCluster.class)
@NullUnmarked
class RealDriverTest extends DriverClientContract {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String PYTHON = "python3";
    private static final String ADDRESS = "127.0.0.1";

    @TempDir
    static Path directory;

    private static Process process;
    private static DriverReady ready;

    @BeforeAll
    static void start() throws IOException {
        Path home = Path.of(System.getProperty("slipway.runtime.home"));
        Path dist = Path.of(System.getProperty("slipway.dist")).toAbsolutePath().normalize();
        InstalledRuntime runtime = new RuntimeInstaller(home, dist.resolve("delta"), PYTHON)
                .install(RuntimeLines.bundled().newest(), Progress.none());
        Path config = directory.resolve("driver.json");
        Files.writeString(
                config,
                DriverJson.DOCUMENTS.write(Map.ofEntries(
                        Map.entry("clusterId", "contract"),
                        Map.entry("address", ADDRESS),
                        Map.entry("token", "token"),
                        Map.entry("sparkSecret", "secret"),
                        Map.entry("pageSecret", "another"),
                        Map.entry("mode", "local"),
                        Map.entry("cores", 2),
                        Map.entry("memoryMb", 2048),
                        Map.entry("python", PYTHON),
                        Map.entry("dbfsRoot", directory.resolve("dbfs").toString()),
                        Map.entry("sparkHome", runtime.directory().toString()))));
        ProcessPlan plan = new LaunchPlan(runtime, dist.resolve("driver.jar"), PYTHON)
                .driver(2048, 2, ADDRESS, directory.resolve("local"), config, JavaOptions.NONE);
        ProcessBuilder builder = new ProcessBuilder(plan.argv())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile());
        builder.environment().putAll(plan.env());
        process = builder.start();
        Path file = directory.resolve("ready.json");
        await().atMost(PATIENCE).until(() -> Files.exists(file) || !process.isAlive());
        ready = DriverJson.DOCUMENTS.read(Files.readString(file), DriverReady.class);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    @Override
    protected void passTime() {
        await().pollDelay(Duration.ofMillis(100)).until(() -> true);
    }

    @Override
    protected DriverClient client() {
        return new HttpDriverClient();
    }

    @Override
    protected DriverEndpoint driver() {
        return new DriverEndpoint(ADDRESS, ready.port(), "token");
    }
}
