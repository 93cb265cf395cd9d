package io.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A real agent, as a process of its own, against a fake server. */
class AgentTest {
    private static final String READY =
            "echo '{\"protocol\":1,\"port\":4711}' > ready.part; mv ready.part ready.json; ";

    /** Leaves its parents, its session, its files and its environment behind, as a daemon of user code may. */
    private static final String ESCAPE_AND_STAY = """
            import os
            name = os.environ["SLIPWAY_NODE"] + "-" + os.environ["SLIPWAY_PROCESS"].split("/")[0]
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    os.chdir("/")
                    os.closerange(0, 256)
                    os.execve("/bin/sleep", [name, "600"], {})
                os._exit(0)
            os.wait()
            import time
            open("ready.part", "w").write("{}")
            os.rename("ready.part", "ready.json")
            time.sleep(600)
            """;

    @TempDir
    Path node;

    private final String nodeId = "node-" + UUID.randomUUID();
    private final List<Process> agents = new ArrayList<>();
    private FakeServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = new FakeServer();
    }

    @AfterEach
    void sweep() throws Exception {
        for (Process agent : agents) {
            agent.destroyForcibly().waitFor();
        }
        Sweep.killNode(nodeId);
        server.close();
    }

    /** @param before what starts it */
    private Process startAgent(String... before) throws IOException {
        JsonObject config = new JsonObject();
        config.put("nodeId", nodeId);
        config.put("serverUrl", server.url().toString());
        config.put("bootstrapToken", FakeServer.BOOTSTRAP);
        config.put("directory", node.toString());
        Path file = node.resolve("agent.json");
        SafeFile.write(file, JsonWriter.string(config), 0600);
        List<String> command = new ArrayList<>(List.of(before));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx24m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AgentMain.class.getName(),
                file.toString()));
        Process agent = new ProcessBuilder(command).inheritIO().start();
        agents.add(agent);
        return agent;
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(20));
    }

    private JsonObject observed(String name, Predicate<JsonObject> condition) {
        return eventually().until(() -> server.observed(name), condition);
    }

    private static Predicate<JsonObject> state(String state) {
        return process -> state.equals(process.getString("state"));
    }

    private static boolean ready(JsonObject process) {
        return process.has("ready");
    }

    private Set<Long> living() {
        return Sweep.members(Marks.ofNode(nodeId), 0, Set.of());
    }

    @Test
    void a_wanted_process_is_started_and_its_ready_file_reported() throws Exception {
        startAgent();
        server.want(Wanted.shell("driver", 1, READY + "exec sleep 600"));

        JsonObject driver = observed("driver", AgentTest::ready);

        assertThat(driver.getString("state")).isEqualTo("running");
        assertThat(driver.getObject("ready").getInt("port")).isEqualTo(4711);
        assertThat(ProcessHandle.of(driver.getLong("pid"))).isPresent();
        assertThat(driver.getLong("startedAt")).isPositive();
    }

    @Test
    void exit_code_and_the_end_of_standard_error_are_reported() throws Exception {
        startAgent();
        server.want(Wanted.shell("job", 1, "echo it went wrong >&2; exit 3"));

        JsonObject job = observed("job", state("exited"));

        assertThat(job.getInt("exitCode")).isEqualTo(3);
        assertThat(job.getString("stderrTail")).isEqualTo("it went wrong\n");
        assertThat(job.getLong("endedAt")).isPositive();
    }

    @Test
    void a_java_program_runs_as_well() throws Exception {
        startAgent();
        server.want(Wanted.process(
                "java", 1, Path.of(System.getProperty("java.home"), "bin/java").toString(), "-version"));

        JsonObject java = observed("java", state("exited"));

        assertThat(java.getInt("exitCode")).isZero();
        assertThat(java.getString("stderrTail")).contains("version");
    }

    @Test
    void files_and_environment_are_there_before_the_process_starts() throws Exception {
        startAgent();
        JsonObject job =
                Wanted.shell("job", 1, "cat secret/token; echo \"$GREETING\"; echo \"${AGENT_SECRET:-nothing}\"");
        JsonObject file = new JsonObject(Map.of("path", "secret/token", "content", "s3cr3t\n", "mode", "400"));
        job.put("files", new JsonArray(List.of(file)));
        job.put("env", new JsonObject(Map.of("GREETING", "hello world")));
        server.want(job);

        observed("job", state("exited"));

        assertThat(node.resolve("job/out")).hasContent("s3cr3t\nhello world\nnothing");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(node.resolve("job/secret/token"))))
                .isEqualTo("r--------");
    }

    @Test
    void arguments_reach_the_program_unread_by_any_shell() throws Exception {
        startAgent();
        server.want(
                Wanted.process("echo", 1, "printf", "[%s]", "$(touch " + node.resolve("x") + ")", "a b", "'\"", ""));

        observed("echo", state("exited"));

        assertThat(node.resolve("echo/out")).hasContent("[$(touch " + node.resolve("x") + ")][a b]['\"][]");
        assertThat(node.resolve("x")).doesNotExist();
    }

    @Test
    void a_program_that_is_not_there_exits_with_127() throws Exception {
        startAgent();
        server.want(Wanted.process("job", 1, "no-such-program"));

        JsonObject job = observed("job", state("exited"));

        assertThat(job.getInt("exitCode")).isEqualTo(127);
        assertThat(job.getString("stderrTail")).contains("no-such-program");
    }

    @Test
    void processes_outlive_a_killed_agent_and_the_next_one_takes_them_up() throws Exception {
        Process first = startAgent();
        server.want(Wanted.shell("driver", 1, READY + "until [ -e stop ]; do sleep 0.05; done; exit 7"));
        long pid = observed("driver", AgentTest::ready).getLong("pid");
        first.destroyForcibly().waitFor();
        String firstBoot = server.bootId();
        assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive)).contains(true);

        startAgent();
        eventually().until(() -> !server.bootId().equals(firstBoot));
        JsonObject adopted = observed("driver", AgentTest::ready);
        assertThat(adopted.getLong("pid")).isEqualTo(pid);
        assertThat(adopted.getString("state")).isEqualTo("running");

        Files.createFile(node.resolve("driver/stop"));
        assertThat(observed("driver", state("exited")).getInt("exitCode")).isEqualTo(7);
        assertThat(server.registrations())
                .as("the second agent uses the stored key")
                .isEqualTo(1);
    }

    @Test
    void an_exit_while_no_agent_was_there_is_reported_by_the_next_one() throws Exception {
        Process first = startAgent();
        server.want(Wanted.shell("job", 1, READY + "until [ -e stop ]; do sleep 0.05; done; exit 9"));
        long pid = observed("job", AgentTest::ready).getLong("pid");
        first.destroyForcibly().waitFor();
        Files.createFile(node.resolve("job/stop"));
        eventually().until(() -> ProcessTable.find(pid).isEmpty());

        startAgent();

        assertThat(observed("job", state("exited")).getInt("exitCode")).isEqualTo(9);
    }

    @Test
    void a_killed_process_is_reported_and_takes_its_descendants_along() throws Exception {
        startAgent();
        server.want(Wanted.shell("driver", 1, "sleep 600 & setsid sleep 600 & " + READY + "wait"));
        long pid = observed("driver", AgentTest::ready).getLong("pid");

        Sweep.kill(pid);

        assertThat(observed("driver", state("exited")).getInt("exitCode")).isEqualTo(137);
        eventually().until(() -> living().isEmpty());
    }

    @Test
    void a_descendant_that_hides_its_environment_is_found_by_its_session() throws Exception {
        startAgent();
        server.want(Wanted.shell("driver", 1, "env -i sleep 600 & echo $! > hidden; " + READY + "wait"));
        long pid = observed("driver", AgentTest::ready).getLong("pid");
        long hidden =
                Long.parseLong(Files.readString(node.resolve("driver/hidden")).strip());

        Sweep.kill(pid);

        observed("driver", state("exited"));
        eventually().until(() -> ProcessTable.find(hidden).isEmpty());
    }

    @Test
    void a_process_that_escapes_parents_session_and_environment_ends_when_its_main_process_ends() throws Exception {
        startAgent();
        server.want(Wanted.python("driver", 1, ESCAPE_AND_STAY));
        JsonObject driver = observed("driver", AgentTest::ready);
        long escaped = escaped("driver");

        Sweep.kill(driver.getLong("pid"));

        observed("driver", state("exited"));
        eventually().until(() -> ProcessTable.find(escaped).isEmpty());
    }

    @Test
    void an_escaped_process_ends_when_its_process_is_no_longer_wanted_and_others_stay() throws Exception {
        startAgent();
        server.want(Wanted.python("driver", 1, ESCAPE_AND_STAY));
        observed("driver", AgentTest::ready);
        long ofDriver = escaped("driver");
        server.want(Wanted.python("worker", 1, ESCAPE_AND_STAY));
        observed("worker", AgentTest::ready);
        long ofWorker = escaped("worker");

        server.unwant("driver");

        observed("driver", JsonObject::isEmpty);
        assertThat(ProcessTable.find(ofDriver)).isEmpty();
        assertThat(ProcessTable.find(ofWorker)).isPresent();
    }

    @Test
    void an_escaped_process_is_found_by_the_next_agent_after_all_that_knew_it_was_killed() throws Exception {
        Process first = startAgent();
        server.want(Wanted.python("driver", 1, ESCAPE_AND_STAY));
        long pid = observed("driver", AgentTest::ready).getLong("pid");
        long escaped = escaped("driver");
        long shell = ProcessTable.find(pid).orElseThrow().parent();
        first.destroyForcibly().waitFor();
        Sweep.kill(shell);
        Sweep.kill(pid);
        eventually()
                .until(() -> ProcessTable.find(pid).isEmpty()
                        && ProcessTable.find(shell).isEmpty());
        assertThat(ProcessTable.find(escaped)).isPresent();

        startAgent();

        eventually().until(() -> ProcessTable.find(escaped).isEmpty());
    }

    @Test
    void killing_a_node_finds_an_escaped_process_of_which_all_that_knew_it_is_dead() throws Exception {
        Process agent = startAgent();
        server.want(Wanted.python("driver", 1, ESCAPE_AND_STAY));
        long pid = observed("driver", AgentTest::ready).getLong("pid");
        long escaped = escaped("driver");
        long shell = ProcessTable.find(pid).orElseThrow().parent();
        agent.destroyForcibly().waitFor();
        Sweep.kill(shell);
        Sweep.kill(pid);

        Sweep.killNode("node-" + UUID.randomUUID());
        assertThat(ProcessTable.find(escaped)).isPresent();
        Sweep.killNode(nodeId);
        assertThat(ProcessTable.find(escaped)).isEmpty();
    }

    /** The process that {@link #ESCAPE_AND_STAY} left behind, known by the name that it gave itself. */
    private long escaped(String process) {
        return eventually()
                .until(
                        () -> ProcessTable.all().stream()
                                .map(ProcessTable.Entry::pid)
                                .filter(pid -> isCalled(pid, nodeId + "-" + process))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static boolean isCalled(long pid, String name) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline")).startsWith(name + "\0");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void an_exited_process_is_started_again_only_by_a_new_generation() throws Exception {
        startAgent();
        server.want(Wanted.shell("job", 1, "echo run >> runs; exit 1"));
        observed("job", state("exited"));
        int before = server.syncs();
        server.want(Wanted.shell("other", 1, "exit 0"));
        observed("other", state("exited"));
        eventually().until(() -> server.syncs() > before);
        assertThat(node.resolve("job/runs")).hasContent("run");

        server.want(Wanted.shell("job", 2, "echo run >> runs; exit 0"));
        observed(
                "job",
                process -> process.getLong("generation") == 2 && state("exited").test(process));
        assertThat(node.resolve("job/runs")).hasContent("run\nrun");
    }

    @Test
    void a_new_generation_starts_after_the_old_one_is_gone() throws Exception {
        startAgent();
        String script =
                "mkdir alone || exit 99; trap 'rmdir alone; exit 0' TERM; " + READY + "while :; do sleep 0.05; done";
        server.want(Wanted.shell("driver", 1, script));
        long old = observed("driver", AgentTest::ready).getLong("pid");

        server.want(Wanted.shell("driver", 2, script));

        JsonObject renewed = observed("driver", process -> process.getLong("generation") == 2 && ready(process));
        assertThat(renewed.getLong("pid")).isNotEqualTo(old);
        assertThat(renewed.getString("state")).isEqualTo("running");
        assertThat(ProcessTable.find(old)).isEmpty();
    }

    @Test
    void a_stubborn_process_and_its_runaway_descendants_are_killed_after_the_grace() throws Exception {
        startAgent();
        JsonObject stubborn = Wanted.python("stubborn", 1, """
                import os, signal, subprocess, time
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                subprocess.Popen(["sleep", "600"], start_new_session=True)
                subprocess.Popen(["sh", "-c", "trap : TERM; while :; do sleep 1; done"])
                open("ready.part", "w").write("{}")
                os.rename("ready.part", "ready.json")
                while True:
                    time.sleep(1)
                """);
        stubborn.put("graceMillis", 300);
        server.want(stubborn);
        observed("stubborn", AgentTest::ready);

        server.unwant("stubborn");

        observed("stubborn", JsonObject::isEmpty);
        assertThat(living()).isEmpty();
    }

    @Test
    void a_process_that_is_no_longer_wanted_is_stopped_in_order() throws Exception {
        startAgent();
        server.want(Wanted.shell(
                "driver", 1, "trap 'echo bye > bye; exit 0' TERM; " + READY + "while :; do sleep 0.05; done"));
        observed("driver", AgentTest::ready);

        server.unwant("driver");

        observed("driver", JsonObject::isEmpty);
        assertThat(node.resolve("driver/bye")).hasContent("bye");
        assertThat(living()).isEmpty();
        assertThat(node.resolve("agent/processes")).isEmptyDirectory();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_signal_reaches_the_main_process_which_does_not_ignore_interrupts_although_the_agent_does() throws Exception {
        startAgent("sh", "-c", "trap '' INT QUIT; exec \"$@\"", "sh");
        server.want(Wanted.python("kernel", 1, """
                import os, time
                try:
                    open("ready.part", "w").write("{}")
                    os.rename("ready.part", "ready.json")
                    time.sleep(600)
                except KeyboardInterrupt:
                    raise SystemExit(42)
                """));
        observed("kernel", AgentTest::ready);

        server.ask(Wanted.request("s1", "signal", Map.of("name", "kernel", "signal", "INT")));

        assertThat(observed("kernel", state("exited")).getInt("exitCode")).isEqualTo(42);
        eventually().until(() -> server.answer("s1").has("id"));
        assertThat(server.answer("s1").has("error")).isFalse();
    }

    @Test
    void the_end_of_a_file_is_sent_on_request() throws Exception {
        startAgent();
        server.want(Wanted.shell("job", 1, "printf 0123456789"));
        observed("job", state("exited"));

        server.ask(Wanted.request("t1", "tail", Map.of("path", "job/out", "bytes", 4)));
        server.ask(Wanted.request("t2", "tail", Map.of("path", "job/out", "bytes", 3, "offset", 2)));

        JsonObject last = eventually().until(() -> server.answer("t1"), answer -> answer.has("content"));
        assertThat(content(last)).isEqualTo("6789");
        assertThat(last.getLong("offset")).isEqualTo(6);
        assertThat(last.getLong("size")).isEqualTo(10);
        JsonObject middle = eventually().until(() -> server.answer("t2"), answer -> answer.has("content"));
        assertThat(content(middle)).isEqualTo("234");
    }

    private static String content(JsonObject answer) {
        return new String(Base64.getDecoder().decode(answer.getString("content")), StandardCharsets.UTF_8);
    }

    @Test
    void paths_out_of_the_node_directory_are_refused() throws Exception {
        startAgent();
        Files.createSymbolicLink(node.resolve("link"), Path.of("/etc"));
        for (String path : List.of("/etc/passwd", "../../etc/passwd", "link/passwd", "agent/key", "nothing-here")) {
            server.ask(Wanted.request(path, "tail", Map.of("path", path)));
            JsonObject answer = eventually().until(() -> server.answer(path), json -> json.has("id"));
            assertThat(answer.getObject("error").getString("code"))
                    .as(path)
                    .isEqualTo(path.equals("nothing-here") ? "NOT_FOUND" : "FORBIDDEN_PATH");
        }
        JsonObject outside = Wanted.shell("job", 1, "exit 0");
        outside.put("stdout", "../outside");
        server.want(outside);

        JsonObject job = observed("job", state("exited"));
        assertThat(job.getObject("failure").getString("code")).isEqualTo("FORBIDDEN_PATH");
        assertThat(node.resolveSibling("outside")).doesNotExist();
    }

    @Test
    void processes_run_on_while_the_server_is_down_and_what_happened_is_told_afterwards() throws Exception {
        startAgent();
        server.want(Wanted.shell("driver", 1, READY + "until [ -e stop ]; do sleep 0.05; done; exit 5"));
        long pid = observed("driver", AgentTest::ready).getLong("pid");

        server.down();
        Files.createFile(node.resolve("driver/stop"));
        eventually().until(() -> ProcessTable.find(pid).isEmpty());
        server.up();

        assertThat(observed("driver", state("exited")).getInt("exitCode")).isEqualTo(5);
    }

    @Test
    void a_lost_answer_to_the_registration_locks_nobody_out() throws Exception {
        server.loseNextRegistration();
        startAgent();

        eventually().until(() -> server.syncs() > 0);

        assertThat(server.registrations()).isEqualTo(2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(node.resolve("agent/key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void a_released_node_stops_everything_and_ends_the_agent() throws Exception {
        Process agent = startAgent();
        server.want(Wanted.shell("driver", 1, "setsid sleep 600 & " + READY + "exec sleep 600"));
        observed("driver", AgentTest::ready);

        server.release();

        assertThat(agent.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(agent.exitValue()).isZero();
        assertThat(living()).isEmpty();
    }

    @Test
    void a_node_directory_has_one_agent() throws Exception {
        startAgent();
        eventually().until(() -> server.syncs() > 0);

        Process second = startAgent();

        assertThat(second.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(second.exitValue()).isEqualTo(4);
    }

    @Test
    void killing_a_node_leaves_nothing_of_it() throws Exception {
        Process agent = startAgent();
        server.want(Wanted.shell("driver", 1, "setsid sleep 600 & " + READY + "exec sleep 600"));
        observed("driver", AgentTest::ready);
        agent.destroyForcibly().waitFor();

        assertThat(Sweep.killNode(nodeId)).isGreaterThanOrEqualTo(3);
        assertThat(living()).isEmpty();
        assertThat(Sweep.killNode(nodeId)).isZero();
    }

    @Test
    void a_process_finds_the_keys_of_its_role_at_the_same_place_after_the_agent_was_killed() throws Exception {
        server.give("ASIA1", Instant.now(), Instant.now().plusSeconds(3600));
        Process first = startAgent();
        JsonObject asking = Wanted.python("asking", 1, """
                import json, os, time, urllib.request
                def key():
                    request = urllib.request.Request(os.environ["AWS_CONTAINER_CREDENTIALS_FULL_URI"])
                    request.add_header("Authorization", os.environ["AWS_CONTAINER_AUTHORIZATION_TOKEN"])
                    return json.load(urllib.request.urlopen(request))["AccessKeyId"]
                while True:
                    try:
                        found = key()
                    except OSError:
                        found = "nothing"
                    with open("ready.part", "w") as file:
                        json.dump({"key": found}, file)
                    os.rename("ready.part", "ready.json")
                    time.sleep(0.05)
                """);
        JsonObject place = new JsonObject();
        place.put("address", "127.0.0.1");
        place.put("region", "us-east-1");
        asking.put("credentials", place);
        server.want(asking);
        observed("asking", process -> found(process).equals("ASIA1"));

        first.destroyForcibly().waitFor();
        Path ready = node.resolve("asking").resolve("ready.json");
        eventually().until(() -> Files.readString(ready).contains("nothing"));
        startAgent();

        eventually().until(() -> Files.readString(ready).contains("ASIA1"));
    }

    private static String found(JsonObject process) {
        return process.getObject("ready", new JsonObject()).getString("key", "");
    }
}
