package io.slipway.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotTrainerTest {
    private static final String WRITE = "echo cache > \"${output:-$executor}\"";
    private static final String COUNT = "echo $role >> \"$SPARK_HOME/runs\"\n";

    @TempDir
    Path folder;

    private Path driverJar;

    @BeforeEach
    void makeADriver() throws IOException {
        driverJar = folder.resolve("driver.jar");
        Files.writeString(driverJar, "driver");
    }

    private InstalledRuntime runtime(String script) throws IOException {
        return FakeRuntime.in(folder, "spark-4.2", "25.0.2", COUNT + script);
    }

    private LaunchPlan plan(InstalledRuntime runtime) {
        return new LaunchPlan(runtime, driverJar, "python3");
    }

    private static List<String> runs(InstalledRuntime runtime) throws IOException {
        return Files.readAllLines(runtime.directory().resolve("runs"));
    }

    private static List<String> files(LaunchPlan plan) throws IOException {
        try (Stream<Path> files = Files.list(plan.caches().directory())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void every_role_is_trained_once() throws IOException {
        InstalledRuntime runtime = runtime(WRITE);
        LaunchPlan plan = plan(runtime);

        new AotTrainer(runtime, plan).run();
        new AotTrainer(runtime, plan).run();

        assertThat(files(plan)).containsExactly("driver.aot", "executor.aot", "worker.aot");
        assertThat(runs(runtime)).containsExactlyInAnyOrder("driver", "cluster", "worker");
    }

    @Test
    void the_processes_of_a_trained_cluster_share_a_secret_that_is_on_no_command_line() throws IOException {
        InstalledRuntime runtime = runtime(
                "echo \"$_SPARK_AUTH_SECRET\" > \"$SPARK_HOME/$role.secret\"; echo \"$@\" > \"$SPARK_HOME/$role.argv\"; "
                        + WRITE);

        new AotTrainer(runtime, plan(runtime)).run();

        String secret =
                Files.readString(runtime.directory().resolve("cluster.secret")).strip();
        assertThat(secret).hasSize(64);
        assertThat(runtime.directory().resolve("worker.secret")).hasContent(secret);
        for (String role : List.of("cluster", "worker")) {
            assertThat(Files.readString(runtime.directory().resolve(role + ".argv")))
                    .doesNotContain(secret);
        }
    }

    @Test
    void a_failed_training_leaves_its_output_and_is_not_tried_again_for_the_same_jar() throws IOException {
        InstalledRuntime runtime = runtime("[ $role = driver ] && { echo broken; exit 1; }; " + WRITE);
        LaunchPlan plan = plan(runtime);

        new AotTrainer(runtime, plan).run();
        new AotTrainer(runtime, plan).run();

        assertThat(files(plan)).containsExactly("driver.failed", "executor.aot", "worker.aot");
        assertThat(plan.caches().directory().resolve("driver.failed")).hasContent("broken");
        assertThat(runs(runtime)).hasSize(3);

        Files.writeString(driverJar, "new driver");
        new AotTrainer(runtime, plan(runtime)).run();
        assertThat(runs(runtime)).hasSize(6);
    }

    @Test
    void a_jvm_that_ends_well_without_writing_a_cache_counts_as_failed() throws IOException {
        InstalledRuntime runtime = runtime("exit 0");
        LaunchPlan plan = plan(runtime);

        new AotTrainer(runtime, plan).run();

        assertThat(files(plan)).containsExactly("driver.failed", "executor.failed", "worker.failed");
    }

    @Test
    void an_interrupted_training_ends_its_processes_and_leaves_nothing() throws Exception {
        InstalledRuntime runtime =
                runtime("echo half > \"$output\"; sleep 600 & echo $! > \"$SPARK_HOME/child\"; wait");
        LaunchPlan plan = plan(runtime);
        Thread trainer = new AotTrainer(runtime, plan).start();
        Path child = runtime.directory().resolve("child");
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(child) && Files.size(child) > 0);
        long pid = Long.parseLong(Files.readString(child).strip());

        trainer.interrupt();
        trainer.join(Duration.ofMinutes(1).toMillis());

        assertThat(trainer.isAlive()).isFalse();
        assertThat(files(plan)).isEmpty();
        await().atMost(Duration.ofMinutes(1))
                .until(() ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void only_one_trainer_works_at_a_time() throws Exception {
        InstalledRuntime runtime = runtime("until [ -e \"$SPARK_HOME/go\" ]; do sleep 0.05; done; " + WRITE);
        LaunchPlan plan = plan(runtime);
        Thread first = new AotTrainer(runtime, plan).start();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> Files.exists(runtime.directory().resolve("runs")));

        new AotTrainer(runtime, plan).run(); // returns at once

        assertThat(runs(runtime)).containsExactly("driver");
        Files.createFile(runtime.directory().resolve("go"));
        first.join(Duration.ofMinutes(1).toMillis());
        assertThat(files(plan)).containsExactly("driver.aot", "executor.aot", "worker.aot");
    }
}
