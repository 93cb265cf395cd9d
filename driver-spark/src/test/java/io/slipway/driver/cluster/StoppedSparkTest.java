package io.slipway.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark belongs to the cluster: who stops it is not obeyed, or everybody is told. */
class StoppedSparkTest {
    @TempDir
    Path scratch;

    @Test
    void programs_cannot_stop_spark_and_scala_code_that_does_is_told_what_it_did() throws IOException {
        Path jar = jar(StoppingProgram.class);
        try (var driver = new DriverHarness(scratch, config -> {}).awaitReady()) {
            driver.context(
                    "program",
                    body -> body.putArray("libraries")
                            .addObject()
                            .put("kind", "jar")
                            .put("value", jar.toString()));
            ObjectNode main = Json.object().put("kind", "jar").put("mainClass", StoppingProgram.class.getName());
            main.putArray("arguments");
            var program = driver.result("program", driver.submit("program", main));
            assertThat(program.text()).contains("counted 7").contains("stop() is ignored");
            assertThat(program.outcome()).isEqualTo("ok");
            assertThat(state(driver)).isEqualTo("running");

            driver.context("scala", body -> body.put("language", "scala"));
            var stopped = driver.run("scala", "scala", "println(1); spark.stop()");
            assertThat(stopped.outcome()).isEqualTo("error");
            assertThat(stopped.error().path("ename").asText()).isEqualTo("SparkStopped");
            assertThat(state(driver)).isEqualTo("stopped");
        }
    }

    private static String state(DriverHarness driver) {
        return driver.call("GET", "status", null).path("state").asText();
    }

    private Path jar(Class<?> program) throws IOException {
        Path jar = scratch.resolve("program.jar");
        String name = program.getName().replace('.', '/') + ".class";
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                InputStream in = program.getResourceAsStream("/" + name)) {
            assertThat(in).isNotNull();
            out.putNextEntry(new JarEntry(name));
            out.write(in.readAllBytes());
        }
        return jar;
    }
}
