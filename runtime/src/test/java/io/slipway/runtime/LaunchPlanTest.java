package io.slipway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchPlanTest {
    @TempDir
    Path folder;

    private InstalledRuntime runtime;
    private Path driverJar;

    @BeforeEach
    void makeARuntime() throws IOException {
        runtime = FakeRuntime.in(folder, "spark-4.2", "25.0.2");
        driverJar = folder.resolve("driver.jar");
        Files.writeString(driverJar, "driver");
    }

    private LaunchPlan plan() {
        return new LaunchPlan(runtime, driverJar, "python3");
    }

    private ProcessPlan driver() {
        return driver(JavaOptions.NONE);
    }

    private ProcessPlan driver(JavaOptions options) {
        return plan().driver(4000, 2, "127.0.0.9", folder.resolve("local"), folder.resolve("driver.json"), options);
    }

    private ProcessPlan worker() {
        return plan().worker(1, "127.0.0.9", folder.resolve("local"), folder.resolve("worker.json"));
    }

    @Test
    void the_class_path_is_sorted_with_the_drivers_jar_last() {
        List<String> argv = driver().argv();

        assertThat(argv.get(0)).isEqualTo(runtime.javaHome().resolve("bin/java").toString());
        String jars = runtime.jars().toString();
        assertThat(argv.get(argv.indexOf("-cp") + 1))
                .isEqualTo(jars + "/a.jar:" + jars + "/slf4j-api-2.jar:" + jars + "/z.jar:" + driverJar);
        assertThat(argv)
                .endsWith(
                        "io.slipway.driver.DriverMain",
                        folder.resolve("driver.json").toString());
    }

    @Test
    void flags_follow_the_nodes_size_and_leave_the_incubator_module_out() {
        assertThat(driver().argv())
                .contains("-Xmx2400m", "-XX:ActiveProcessorCount=2", "--add-opens=java.base/java.nio=ALL-UNNAMED")
                .noneMatch(argument -> argument.contains("incubator"));
        assertThat(worker().argv()).contains("-Xmx256m", "-XX:ActiveProcessorCount=1", "-XX:TieredStopAtLevel=1");
    }

    @Test
    void options_of_the_user_come_behind_the_platforms_and_may_choose_the_collector() {
        List<String> argv =
                driver(new JavaOptions(List.of("-Da=b", "-XX:+UseParallelGC"))).argv();
        assertThat(argv.indexOf("-Da=b"))
                .isGreaterThan(argv.indexOf("-Xmx2400m"))
                .isLessThan(argv.indexOf("io.slipway.driver.DriverMain"));
        assertThat(argv).contains("-XX:+UseParallelGC").doesNotContain("-XX:+UseG1GC");
        assertThat(driver().argv()).contains("-XX:+UseG1GC");
    }

    @Test
    void a_process_without_memory_ends_and_says_so_where_its_last_words_are_looked_for() {
        String[] ends = {"-XX:+ExitOnOutOfMemoryError", "-XX:+DisplayVMOutputToStderr"};
        assertThat(driver().argv()).contains(ends);
        assertThat(worker().argv()).contains(ends);
        assertThat(plan().executorConf(1).get("spark.executor.extraJavaOptions"))
                .contains(ends);
    }

    @Test
    void workers_run_and_start_executors_with_the_java_that_drops_the_flag() {
        ProcessPlan worker = worker();

        assertThat(worker.argv().get(0)).startsWith(runtime.workerJavaHome().toString());
        assertThat(worker.env())
                .containsEntry("JAVA_HOME", runtime.workerJavaHome().toString());
        assertThat(driver().env()).containsEntry("JAVA_HOME", runtime.javaHome().toString());
    }

    @Test
    void the_environment_leads_spark_and_python_to_the_runtime() {
        assertThat(driver().env())
                .containsAllEntriesOf(Map.of(
                        "SPARK_HOME",
                        runtime.directory().toString(),
                        "PYTHONPATH",
                        runtime.site().toString(),
                        "PYSPARK_PYTHON",
                        "python3",
                        "SPARK_SCALA_VERSION",
                        "2.13",
                        "SPARK_LOCAL_IP",
                        "127.0.0.9",
                        "SPARK_LOCAL_DIRS",
                        folder.resolve("local").toString()));
    }

    @Test
    void caches_are_used_once_they_are_there_and_only_for_their_driver_jar() throws IOException {
        assertThat(driver().argv()).noneMatch(argument -> argument.startsWith("-XX:AOTCache="));
        for (Role role : Role.values()) {
            Path cache = plan().caches().file(role);
            Files.createDirectories(cache.getParent());
            Files.writeString(cache, "");
        }

        assertThat(driver().argv()).contains("-XX:AOTCache=" + plan().caches().file(Role.DRIVER));
        assertThat(worker().argv()).contains("-XX:AOTCache=" + plan().caches().file(Role.WORKER));
        assertThat(plan().executorConf(1).get("spark.executor.extraJavaOptions"))
                .endsWith(" -XX:AOTCache=" + plan().caches().file(Role.EXECUTOR));

        Files.writeString(driverJar, "another");
        assertThat(driver().argv()).noneMatch(argument -> argument.startsWith("-XX:AOTCache="));
    }

    @Test
    void java_17_gets_a_class_archive_instead() throws IOException {
        runtime = FakeRuntime.in(folder.resolve("lts"), "spark-4.0", "17.0.9");
        Path archive = plan().caches().file(Role.DRIVER);
        Files.createDirectories(archive.getParent());
        Files.writeString(archive, "");

        assertThat(archive.getFileName()).hasToString("driver.jsa");
        assertThat(driver().argv()).contains("-XX:SharedArchiveFile=" + archive);
    }

    @Test
    void executors_get_the_drivers_jar_from_their_worker() {
        assertThat(worker().env()).containsEntry("SPARK_DIST_CLASSPATH", driverJar.toString());
        assertThat(driver().env()).doesNotContainKey("SPARK_DIST_CLASSPATH");
    }
}
