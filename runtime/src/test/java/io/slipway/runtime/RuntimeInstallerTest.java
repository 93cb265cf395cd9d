package io.slipway.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeInstallerTest {
    @TempDir
    Path folder;

    private FakeIndex index;
    private FakeLine fake;
    private Path home;

    @BeforeEach
    void offerALine() throws IOException {
        index = new FakeIndex();
        fake = new FakeLine(folder.resolve("scratch"), index);
        home = folder.resolve("home");
    }

    @AfterEach
    void closeIndex() {
        index.close();
    }

    private RuntimeInstaller installer() {
        return fake.installer(home, index);
    }

    private Path runtimes() {
        return home.resolve("runtimes");
    }

    @Test
    void puts_jars_python_and_java_into_one_folder() throws IOException {
        InstalledRuntime runtime = installer().install(fake.line(), Progress.none());

        assertThat(runtime.jars().resolve("spark-core.jar")).exists();
        assertThat(runtime.jars().resolve("delta-spark.jar")).hasContent("delta");
        assertThat(runtime.site().resolve("pyspark/__init__.py")).exists();
        assertThat(runtime.site().resolve(FakeLine.LONG_NAME)).hasContent("deep");
        assertThat(runtime.site().resolve("pyspark-9.9.9.dist-info/METADATA")).exists();
        assertThat(runtime.site().resolve("tool/__init__.py")).exists();
        assertThat(runtime.site().resolve("more.py")).hasContent("y = 2\n");
        assertThat(runtime.javaHome().resolve("release")).exists();
        assertThat(runtime.directory().resolve("conf")).isEmptyDirectory();
        assertThat(runtime.aot()).isEmptyDirectory();
        try (Stream<Path> top = Files.list(runtime.directory())) {
            assertThat(top.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "jars", "bin", "site", "java", "worker-java", "conf", "aot", "complete.json");
        }
        assertThat(installer().installed(fake.line())).contains(runtime);
    }

    @Test
    void a_runtime_has_one_path_however_links_lead_to_it() throws IOException {
        InstalledRuntime runtime = installer().install(fake.line(), Progress.none());
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.createSymbolicLink(other.resolve("runtimes"), runtimes());

        assertThat(fake.installer(other, index).installed(fake.line())).contains(runtime);
    }

    @Test
    void keeps_executable_bits_and_gives_none_to_other_files() {
        InstalledRuntime runtime = installer().install(fake.line(), Progress.none());

        assertThat(runtime.directory().resolve("bin/spark-class")).isExecutable();
        assertThat(runtime.javaHome().resolve("bin/java")).isExecutable();
        assertThat(runtime.site().resolve("tool/bin/run")).isExecutable();
        assertThat(Files.isExecutable(runtime.site().resolve("tool/__init__.py")))
                .isFalse();
    }

    @Test
    void the_workers_java_drops_the_module_that_is_not_there_and_nothing_else() throws Exception {
        InstalledRuntime runtime = installer().install(fake.line(), Progress.none());
        Process java = new ProcessBuilder(
                        runtime.workerJavaHome().resolve("bin/java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "-Xmx1g",
                        "--add-modules",
                        "jdk.incubator.vector",
                        "--add-modules",
                        "java.sql",
                        "with space 'and' quotes",
                        "",
                        "--add-modules")
                .start();
        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said.lines())
                .containsExactly(
                        "[-Xmx1g]",
                        "[--add-modules]",
                        "[java.sql]",
                        "[with space 'and' quotes]",
                        "[]",
                        "[--add-modules]");
    }

    @Test
    void reads_the_json_form_of_the_index_too() {
        index.answerInJson();

        assertThat(installer().install(fake.line(), Progress.none()).jars()).isNotEmptyDirectory();
    }

    @Test
    void asks_only_for_the_rest_after_a_cut_connection() {
        index.cutOnce(FakeLine.SDIST, 50_000);

        installer().install(fake.line(), Progress.none());

        assertThat(index.requests)
                .filteredOn(request -> request.file().equals(FakeLine.SDIST))
                .extracting(request -> request.range().orElse("all"))
                .containsExactly("all", "bytes=50000-");
    }

    @Test
    void refuses_content_with_another_hash_and_keeps_none_of_it() throws IOException {
        index.replace(FakeLine.WHEEL, "something else".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> installer().install(fake.line(), Progress.none()))
                .isInstanceOfSatisfying(PlatformException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                    assertThat(e.details()).containsEntry("reason", "NOT_AS_PINNED");
                    assertThat(e.message()).contains(FakeLine.WHEEL);
                });
        assertThat(installer().installed(fake.line())).isEmpty();
        String pinned = fake.line().lock().artefacts().get(1).sha256();
        assertThat(runtimes().resolve("blobs").resolve(pinned)).doesNotExist();
    }

    @Test
    void refuses_a_delta_jar_with_another_hash() throws IOException {
        Files.writeString(fake.jars.resolve("fake/delta-spark.jar"), "tampered");

        assertThatThrownBy(() -> installer().install(fake.line(), Progress.none()))
                .hasMessageContaining("delta-spark.jar has SHA-256");
        assertThat(installer().installed(fake.line())).isEmpty();
    }

    @Test
    void starts_again_when_a_partial_file_was_damaged() throws IOException {
        Artefact spark = fake.line().lock().artefacts().get(0);
        Path part = runtimes().resolve("blobs").resolve(spark.sha256() + ".part");
        Files.createDirectories(part.getParent());
        Files.write(part, new byte[1000]);

        assertThat(installer().install(fake.line(), Progress.none()).jars()).isNotEmptyDirectory();
        assertThat(index.requests)
                .filteredOn(request -> request.file().equals(FakeLine.SDIST))
                .extracting(request -> request.range().orElse("all"))
                .containsExactly("bytes=1000-", "all");
    }

    @Test
    void says_which_environments_there_are_when_this_one_is_missing() {
        byte[] other = new String(fake.lock, StandardCharsets.UTF_8)
                .replace(PythonTag.detect("python3").value(), "cp39-linux-x86_64")
                .getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> installer().install(RuntimeLine.parse(other), Progress.none()))
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FEATURE_DISABLED))
                .hasMessageContaining("cp39-linux-x86_64");
    }

    @Test
    void a_killed_installation_leaves_no_runtime_and_goes_on_where_it_was() throws Exception {
        CountDownLatch rest = index.holdAfterHalf(FakeLine.SDIST);
        Process victim = installProcess();
        Path part = runtimes()
                .resolve("blobs")
                .resolve(fake.line().lock().artefacts().get(0).sha256() + ".part");
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(part) && Files.size(part) > 10_000);
        victim.destroyForcibly().waitFor();
        rest.countDown();
        assertThat(installer().installed(fake.line())).isEmpty();
        long kept = Files.size(part);

        installer().install(fake.line(), Progress.none());

        assertThat(index.requests)
                .contains(new FakeIndex.Request(FakeLine.SDIST, java.util.Optional.of("bytes=" + kept + "-")));
    }

    @Test
    void a_folder_that_was_being_assembled_is_not_taken_for_a_runtime() throws IOException {
        InstalledRuntime runtime = installer().install(fake.line(), Progress.none());
        Path half = runtime.directory().resolveSibling("." + runtime.directory().getFileName() + ".assembling");
        Files.move(runtime.directory(), half);
        Files.writeString(half.resolve("jars/rubbish.jar"), "");
        Files.delete(half.resolve("complete.json"));

        assertThat(installer().installed(fake.line())).isEmpty();
        installer().install(fake.line(), Progress.none());
        assertThat(runtime.jars().resolve("rubbish.jar")).doesNotExist();
        assertThat(half).doesNotExist();
    }

    @Test
    void two_processes_install_once_between_them() throws Exception {
        CountDownLatch rest = index.holdAfterHalf(FakeLine.SDIST);
        Process first = installProcess();
        await().atMost(Duration.ofMinutes(1)).until(() -> index.requestsFor(FakeLine.SDIST) == 1);
        Process second = installProcess();
        rest.countDown();
        for (Process process : List.of(first, second)) {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
        }

        assertThat(index.requestsFor(FakeLine.SDIST)).isEqualTo(1);
        assertThat(installer().installed(fake.line())).isPresent();
    }

    @Test
    void two_threads_install_once_between_them() throws Exception {
        CountDownLatch rest = index.holdAfterHalf(FakeLine.SDIST);
        Thread first = new Thread(() -> installer().install(fake.line(), Progress.none()));
        first.start();
        await().atMost(Duration.ofMinutes(1)).until(() -> index.requestsFor(FakeLine.SDIST) == 1);
        CountDownLatch waiting = new CountDownLatch(1);
        Thread opener = new Thread(() -> {
            try {
                waiting.await();
                rest.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        opener.start();
        installer().install(fake.line(), new Progress() {
            @Override
            public void step(String sentence) {
                waiting.countDown(); // the only step of the second: it waits for the first
            }

            @Override
            public void bytes(long done, long total) {}
        });
        first.join();
        opener.join();

        assertThat(index.requestsFor(FakeLine.SDIST)).isEqualTo(1);
    }

    @Test
    void an_interrupted_installation_ends_soon_and_says_so() throws Exception {
        CountDownLatch rest = index.holdAfterHalf(FakeLine.SDIST);
        java.util.concurrent.atomic.AtomicReference<Throwable> failure =
                new java.util.concurrent.atomic.AtomicReference<>();
        Thread installing = new Thread(() -> installer().install(fake.line(), Progress.none()));
        installing.setUncaughtExceptionHandler((thread, e) -> failure.set(e));
        installing.start();
        await().atMost(Duration.ofMinutes(1)).until(() -> index.requestsFor(FakeLine.SDIST) == 1);

        installing.interrupt();
        installing.join(Duration.ofMinutes(1).toMillis());
        rest.countDown();

        assertThat(failure.get())
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    }

    private Process installProcess() throws IOException {
        Path lock = folder.resolve("fake.lock.json");
        Files.write(lock, fake.lock);
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        InstallFake.class.getName(),
                        home.toString(),
                        fake.jars.toString(),
                        lock.toString(),
                        index.url().toString())
                .inheritIO()
                .start();
    }

    @Test
    void what_no_line_needs_and_no_process_uses_is_pruned() throws Exception {
        InstalledRuntime runtime = installer().install(fake.line(), Progress.none());
        Path older = runtimes().resolve("fake-cp311-linux-x86_64-00000000");
        Path used = runtimes().resolve("fake-cp310-linux-x86_64-00000000");
        Path otherPython = runtimes()
                .resolve("fake-cp399-linux-x86_64-" + fake.line().lock().hash());
        for (Path folder : List.of(older, used, otherPython, runtimes().resolve(".fake.assembling"))) {
            Files.createDirectories(folder.resolve("jars"));
        }
        Path program = Files.copy(Path.of("/bin/sleep").toRealPath(), used.resolve("program"));
        Path blobs = runtimes().resolve("blobs");
        String pinned = fake.line().lock().artefacts().get(0).sha256();
        Files.writeString(blobs.resolve(pinned + ".part"), "");
        Files.writeString(blobs.resolve("0".repeat(64)), "");
        Files.writeString(blobs.resolve("1".repeat(64) + ".part"), "");
        Process user = new ProcessBuilder(program.toString(), "600").start();
        try {
            assertThat(installer().prune(List.of(fake.line())))
                    .containsExactly(
                            ".fake.assembling",
                            older.getFileName().toString(),
                            "0".repeat(64),
                            "1".repeat(64) + ".part");
        } finally {
            user.destroyForcibly();
        }
        assertThat(List.of(used, otherPython, blobs.resolve(pinned), blobs.resolve(pinned + ".part")))
                .allSatisfy(kept -> assertThat(kept).exists());
        assertThat(older).doesNotExist();
        assertThat(installer().installed(fake.line())).contains(runtime);
    }
}
