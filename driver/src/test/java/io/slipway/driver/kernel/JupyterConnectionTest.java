package io.slipway.driver.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.driver.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection, and the interrupts that go over it, with a kernel that does what it is told. */
class JupyterConnectionTest {
    private Path folder;
    private JupyterConnection connection;
    private String key;
    private FakeKernel shell;
    private FakeKernel iopub;
    private FakeKernel control;

    @BeforeEach
    void open() throws Exception {
        folder = PythonProcess.socketFolder();
        connection = new JupyterConnection(folder);
        JsonNode file = Json.parse(Files.readAllBytes(connection.writeConnectionFile()));
        key = file.path("key").asText();
        String socket = file.path("ip").asText() + "-";
        shell = new FakeKernel(Path.of(socket + file.path("shell_port").asInt()));
        iopub = new FakeKernel(Path.of(socket + file.path("iopub_port").asInt()));
        control = new FakeKernel(Path.of(socket + file.path("control_port").asInt()));
        var accepted = CompletableFuture.runAsync(() -> {
            try {
                iopub.accept();
                assertThat(iopub.receive()).as("subscribed").hasSize(1);
                shell.accept();
                control.accept();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        connection.open(() -> true);
        accepted.get(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws IOException {
        connection.close();
        for (FakeKernel each : List.of(shell, iopub, control)) {
            each.close();
        }
        PythonProcess.removeFolder(folder);
        assertThat(folder).doesNotExist();
    }

    private JupyterMessage next() throws InterruptedException {
        JupyterMessage message = connection.inbox().poll(30, TimeUnit.SECONDS);
        assertThat(message).isNotNull();
        return message;
    }

    private static String type(List<byte[]> request) throws IOException {
        return Json.parse(request.get(2)).path("msg_type").asText();
    }

    private static String id(List<byte[]> request) throws IOException {
        return Json.parse(request.get(2)).path("msg_id").asText();
    }

    @Test
    void what_any_socket_says_comes_out_of_one_queue() throws Exception {
        iopub.send(FakeKernel.message(key, "stream", "1", Json.object()));
        assertThat(next().type()).isEqualTo("stream");
        shell.send(FakeKernel.message(key, "execute_reply", "1", Json.object()));
        assertThat(next().type()).isEqualTo("execute_reply");
        control.send(FakeKernel.message(key, "interrupt_reply", "1", Json.object()));
        assertThat(next().type()).isEqualTo("interrupt_reply");
    }

    @Test
    void requests_go_to_the_socket_that_they_are_for() throws IOException {
        connection.shell("id-7", "execute_request", Json.object().put("code", "1"));
        List<byte[]> request = shell.receive();
        assertThat(id(request)).isEqualTo("id-7");
        assertThat(type(request)).isEqualTo("execute_request");
        connection.control("shutdown_request");
        assertThat(type(control.receive())).isEqualTo("shutdown_request");
    }

    @Test
    void the_end_of_the_kernel_is_the_last_thing_that_comes() throws Exception {
        iopub.send(FakeKernel.message(key, "stream", "1", Json.object()));
        assertThat(next().type()).isEqualTo("stream");
        iopub.hangUp();
        assertThat(next()).isEqualTo(JupyterConnection.CLOSED);
    }

    @Test
    void whoever_does_not_know_the_key_is_not_listened_to() throws Exception {
        iopub.send(FakeKernel.message("guessed", "stream", "1", Json.object()));
        assertThat(next()).isEqualTo(JupyterConnection.CLOSED);
    }

    @Test
    void a_kernel_that_ends_before_it_listens_is_not_waited_for() throws IOException {
        Path nobody = PythonProcess.socketFolder();
        try (var other = new JupyterConnection(nobody)) {
            assertThatThrownBy(() -> other.open(() -> false))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("ended before it was ready");
            other.control("interrupt_request");
        } finally {
            PythonProcess.removeFolder(nobody);
        }
    }

    @Test
    void the_folder_of_the_sockets_is_for_this_user_only() throws IOException {
        assertThat(java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    // ---- interrupts

    private JupyterMessage said(String type, String parent) {
        return new JupyterMessage(type, parent, Json.object(), Json.object());
    }

    @Test
    void an_interrupt_strikes_only_while_something_is_executed() throws Exception {
        var interrupts = new Interrupts(connection);
        interrupts.strike();
        interrupts.begin(() -> {});
        interrupts.end();
        interrupts.strike();
        interrupts.begin(() -> {});
        interrupts.strike();
        assertThat(type(control.receive())).isEqualTo("interrupt_request");
        assertThat(type(shell.receive())).isEqualTo("kernel_info_request");
        connection.control("marker");
        assertThat(type(control.receive())).as("one interrupt").isEqualTo("marker");
    }

    @Test
    void an_interrupt_does_not_overtake_the_command_that_is_being_sent() throws Exception {
        var interrupts = new Interrupts(connection);
        interrupts.begin(() -> {
            interrupts.strike();
            connection.shell("1", "execute_request", Json.object());
        });
        assertThat(type(shell.receive())).isEqualTo("execute_request");
        interrupts.strike();
        assertThat(type(shell.receive())).isEqualTo("kernel_info_request");
    }

    @Test
    void a_second_one_waits_until_the_kernel_has_answered_the_first() throws Exception {
        var interrupts = new Interrupts(connection);
        interrupts.begin(() -> {});
        interrupts.strike();
        interrupts.strike();
        assertThat(type(control.receive())).isEqualTo("interrupt_request");
        assertThat(interrupts.ended(said("interrupt_reply", "x"))).isFalse();
        interrupts.strike();
        assertThat(type(control.receive())).isEqualTo("interrupt_request");
        connection.control("marker");
        assertThat(type(control.receive())).isEqualTo("marker");
    }

    @Test
    void a_struck_command_has_ended_when_what_was_asked_after_it_is_answered() throws Exception {
        var interrupts = new Interrupts(connection);
        interrupts.begin(() -> {});
        assertThat(interrupts.ended(said("kernel_info_reply", ""))).isFalse();
        interrupts.strike();
        String probe = id(shell.receive());
        assertThat(interrupts.ended(said("kernel_info_reply", "another"))).isFalse();
        assertThat(interrupts.ended(said("status", probe))).isFalse();
        assertThat(interrupts.ended(said("kernel_info_reply", probe))).isTrue();
        interrupts.begin(() -> {});
        assertThat(interrupts.ended(said("kernel_info_reply", probe)))
                .as("an answer to the probe of the command before")
                .isFalse();
    }

    @Test
    void the_next_command_begins_when_no_interrupt_is_under_way() throws Exception {
        var interrupts = new Interrupts(connection);
        interrupts.await(() -> true);
        interrupts.begin(() -> {});
        interrupts.strike();
        interrupts.end();
        control.receive();
        control.send(FakeKernel.message(key, "interrupt_reply", "x", Json.object()));
        interrupts.await(() -> true);
        interrupts.begin(() -> {});
        interrupts.strike();
        assertThat(type(control.receive())).isEqualTo("interrupt_request");
        interrupts.await(() -> false);
        interrupts.begin(() -> {});
        interrupts.strike();
        assertThat(type(control.receive()))
                .as("nothing is under way in a dead kernel")
                .isEqualTo("interrupt_request");
    }
}
