package io.slipway.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.server.Leftovers;
import io.slipway.server.ServerState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
    @TempDir
    Path folder;

    private Platform platform;

    @BeforeEach
    void make() throws IOException {
        platform = new Platform(folder);
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        platform.run("down");
    }

    @Test
    void up_starts_down_stops_and_nothing_is_left() throws Exception {
        assertThat(platform.status().path("state").asText()).isEqualTo("stopped");
        assertThat(platform.status().path("url").isNull()).isTrue();

        Platform.Said up = platform.up();
        assertThat(up.status()).as(up.err()).isZero();
        String url = "http://127.0.0.1:" + platform.port();
        assertThat(up.out()).contains("runs at " + url).contains(url + "/sign-in#code=");
        JsonNode status = platform.status();
        assertThat(status.path("state").asText()).isEqualTo("running");
        assertThat(status.path("url").asText()).isEqualTo(url);
        assertThat(ProcessHandle.of(status.path("pid").asLong())).isPresent();

        ClientProfile.Login login =
                new ClientProfile(platform.profileFile()).read().orElseThrow();
        assertThat(login.host()).isEqualTo(url);
        assertThat(new ApiClient(login.host(), login.token())
                        .get("/api/2.0/preview/scim/v2/Me")
                        .path("userName")
                        .asText())
                .isEqualTo("admin@slipway.local");

        Platform.Said down = platform.run("down");
        assertThat(down.status()).as(down.err()).isZero();
        assertThat(platform.processes()).isEmpty();
        assertThat(platform.status().path("state").asText()).isEqualTo("stopped");
        assertThat(platform.home().resolve("server.json")).doesNotExist();
    }

    @Test
    void up_twice_is_one_server() throws Exception {
        platform.up();
        long pid = platform.status().path("pid").asLong();
        Platform.Said again = platform.up();
        assertThat(again.status()).isZero();
        assertThat(again.out()).contains("runs already").contains("process " + pid);
        assertThat(platform.status().path("pid").asLong()).isEqualTo(pid);
    }

    @Test
    void several_up_at_once_start_one_server_and_all_succeed() throws Exception {
        ExecutorService terminals = Executors.newFixedThreadPool(3);
        try {
            List<Future<Platform.Said>> asked = terminals.invokeAll(List.of(
                    () -> platform.as("a").up(),
                    () -> platform.as("b").up(),
                    () -> platform.as("c").up()));
            for (Future<Platform.Said> said : asked) {
                assertThat(said.get().status()).as(said.get().err()).isZero();
            }
            assertThat(platform.status().path("state").asText()).isEqualTo("running");
        } finally {
            terminals.shutdownNow();
        }
    }

    @Test
    void a_server_that_hangs_is_told_within_seconds() throws Exception {
        platform.up();
        ProcessHandle hanging = server();
        Process stop = new ProcessBuilder("kill", "-STOP", String.valueOf(hanging.pid())).start();
        assertThat(stop.waitFor()).isZero();
        try {
            assertThat(platform.run("status").out()).contains("does not answer");
        } finally {
            assertThat(new ProcessBuilder("kill", "-CONT", String.valueOf(hanging.pid()))
                            .start()
                            .waitFor())
                    .isZero();
        }
    }

    @Test
    void the_lock_keeps_a_second_server_away() throws Exception {
        platform.up();
        Platform.Said second = platform.run("serve", "--port", "0", "--plain-port", "0");
        assertThat(second.status()).isEqualTo(1);
        assertThat(second.err()).contains("Another server works with " + platform.home());
        assertThat(platform.status().path("state").asText()).isEqualTo("running");
    }

    @Test
    void a_taken_port_is_said_in_one_sentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(platform.port(), 1, InetAddress.getLoopbackAddress())) {
            Platform.Said up = platform.up();
            assertThat(up.status()).isEqualTo(1);
            assertThat(up.err().lines().toList())
                    .singleElement()
                    .asString()
                    .contains("Port " + taken.getLocalPort() + " of 127.0.0.1 is taken");
            assertThat(platform.processes()).isEmpty();
        }
    }

    @Test
    void a_server_that_dies_while_starting_is_told_with_the_end_of_its_log() throws Exception {
        Files.createDirectories(platform.home().resolve("data"));
        Files.writeString(platform.home().resolve("data").resolve("slipway.db"), "this is no database".repeat(100));
        Platform.Said up = platform.up();
        assertThat(up.status()).isEqualTo(1);
        assertThat(up.err()).contains("The server ended with status 1").contains("not a database");
        assertThat(platform.processes()).isEmpty();
    }

    private ProcessHandle server() throws Exception {
        return ProcessHandle.of(platform.status().path("pid").asLong()).orElseThrow();
    }

    private static void kill(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Test
    void a_killed_servers_state_file_deceives_nobody() throws Exception {
        platform.up();
        ProcessHandle killed = server();
        kill(Supervisor.of(killed).orElseThrow());
        kill(killed);
        assertThat(platform.home().resolve("server.json")).exists();
        assertThat(platform.status().path("state").asText()).isEqualTo("stopped");
        assertThat(platform.up().status()).isZero();
        assertThat(platform.status().path("pid").asLong()).isNotEqualTo(killed.pid());
    }

    @Test
    void a_server_that_crashes_is_started_again_and_down_ends_it_for_good() throws Exception {
        platform.up();
        ProcessHandle first = server();
        ProcessHandle supervisor = Supervisor.of(first).orElseThrow();
        kill(first);
        assertThat(Patience.until(
                        Duration.ofSeconds(30),
                        Duration.ofMillis(50),
                        () -> ServerState.living(platform.home()).isPresent()))
                .isTrue();
        assertThat(server().pid()).isNotEqualTo(first.pid());
        assertThat(Supervisor.of(server())).hasValue(supervisor);
        assertThat(platform.run("down").status()).isZero();
        assertThat(platform.processes()).isEmpty();
    }

    @Test
    void a_server_that_is_told_to_end_is_not_started_again() throws Exception {
        platform.up();
        ProcessHandle server = server();
        ProcessHandle supervisor = Supervisor.of(server).orElseThrow();
        server.destroy();
        server.onExit().join();
        supervisor.onExit().get(30, TimeUnit.SECONDS);
        assertThat(platform.processes()).isEmpty();
    }

    @Test
    void a_supervisor_that_is_told_to_end_ends_its_server() throws Exception {
        platform.up();
        ProcessHandle server = server();
        Supervisor.of(server).orElseThrow().destroy();
        server.onExit().get(30, TimeUnit.SECONDS);
        assertThat(platform.status().path("state").asText()).isEqualTo("stopped");
    }

    @Test
    void a_server_without_its_supervisor_runs_on_and_is_ended_by_down() throws Exception {
        platform.up();
        ProcessHandle server = server();
        kill(Supervisor.of(server).orElseThrow());
        assertThat(platform.up().out()).contains("runs already").contains("process " + server.pid());
        assertThat(platform.run("down").status()).isZero();
        assertThat(platform.processes()).isEmpty();
    }

    @Test
    void down_ends_a_supervisor_whose_server_is_away_for_the_moment() throws Exception {
        platform.up();
        ProcessHandle server = server();
        ProcessHandle supervisor = Supervisor.of(server).orElseThrow();
        kill(server);
        assertThat(platform.run("down").status()).isZero();
        supervisor.onExit().get(30, TimeUnit.SECONDS);
        assertThat(platform.processes()).isEmpty();
    }

    @Test
    void a_dead_servers_children_and_nodes_are_swept_by_down() throws Exception {
        Files.createDirectories(platform.home().resolve("nodes").resolve("i-0123456789abcdef"));
        Process child = sleeper(Leftovers.MARK, platform.home().toString());
        Process onNode = sleeper("SLIPWAY_NODE", "i-0123456789abcdef");
        Process stranger = sleeper(Leftovers.MARK, "/another/home");
        try {
            Platform.Said kept = platform.run("down", "--keep-clusters");
            assertThat(kept.status()).isZero();
            assertThat(child.waitFor()).isNotZero();
            assertThat(onNode.isAlive()).isTrue();

            assertThat(platform.run("down").status()).isZero();
            assertThat(onNode.waitFor()).isNotZero();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
            onNode.destroyForcibly();
            child.destroyForcibly();
        }
    }

    private static Process sleeper(String variable, String value) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sleep", "600");
        builder.environment().put(variable, value);
        return builder.start();
    }

    @Test
    void doctor_tells_a_taken_port_and_fails_by_it() throws Exception {
        try (ServerSocket taken = new ServerSocket(platform.port(), 1, InetAddress.getLoopbackAddress())) {
            Platform.Said said = platform.run("doctor", "--port", String.valueOf(taken.getLocalPort()));
            assertThat(said.status()).isEqualTo(1);
            assertThat(said.out()).containsPattern("FAIL +server +stopped, and port " + taken.getLocalPort());
        }
        platform.up();
        Platform.Said healthy = platform.run("doctor", "--plain-port", "0");
        assertThat(healthy.status()).as(healthy.out()).isZero();
        assertThat(healthy.out()).contains("answers at").contains("port 80");
    }

    @Test
    void an_unknown_setting_stops_the_start() throws Exception {
        Files.createDirectories(platform.home());
        Files.writeString(platform.home().resolve("slipway.properties"), "prot = 1\n");
        Platform.Said up = platform.up();
        assertThat(up.status()).isEqualTo(1);
        assertThat(up.err()).contains("There is no setting prot. Did you mean port?");
    }
}
