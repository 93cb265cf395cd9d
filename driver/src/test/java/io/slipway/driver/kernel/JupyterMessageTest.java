package io.slipway.driver.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.driver.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JupyterMessageTest {
    private static final String KEY = "the-key";

    @Test
    void a_request_is_signed_as_the_kernel_reckons() throws IOException {
        List<byte[]> parts = JupyterMessage.request(
                KEY, "session-1", "id-1", "execute_request", Json.object().put("code", "print('☃')"));
        assertThat(new String(parts.get(0), StandardCharsets.US_ASCII)).isEqualTo("<IDS|MSG>");
        assertThat(new String(parts.get(1), StandardCharsets.US_ASCII))
                .isEqualTo(FakeKernel.signature(KEY, parts.subList(2, 6)));
        JsonNode header = Json.parse(parts.get(2));
        assertThat(header.path("msg_id").asText()).isEqualTo("id-1");
        assertThat(header.path("session").asText()).isEqualTo("session-1");
        assertThat(header.path("msg_type").asText()).isEqualTo("execute_request");
        assertThat(header.path("version").asText()).isEqualTo("5.3");
        assertThat(Json.parse(parts.get(5)).path("code").asText()).isEqualTo("print('☃')");
    }

    @Test
    void an_answer_is_read_whatever_stands_before_and_behind_it() throws IOException {
        var parts = new ArrayList<>(
                FakeKernel.message(KEY, "stream", "id-1", Json.object().put("text", "grüße 🚀")));
        parts.add("a buffer".getBytes(StandardCharsets.US_ASCII));
        for (int identities = 0; identities < 3; identities++) {
            JupyterMessage message = JupyterMessage.read(KEY, parts);
            assertThat(message.type()).isEqualTo("stream");
            assertThat(message.parentId()).isEqualTo("id-1");
            assertThat(message.content().path("text").asText()).isEqualTo("grüße 🚀");
            assertThat(message.metadata().path("m").asInt()).isEqualTo(1);
            parts.add(0, new byte[] {0, 1, 2});
        }
    }

    @Test
    void a_message_of_the_kernels_own_has_no_parent() throws IOException {
        var parts = new ArrayList<>(FakeKernel.message(KEY, "status", "", Json.object()));
        parts.set(4, Json.bytes(Json.object()));
        parts.set(2, FakeKernel.signature(KEY, parts.subList(3, 7)).getBytes(StandardCharsets.US_ASCII));
        assertThat(JupyterMessage.read(KEY, parts).parentId()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6})
    void a_message_that_somebody_has_changed_is_not_believed(int part) {
        var parts = new ArrayList<>(FakeKernel.message(KEY, "stream", "id-1", Json.object()));
        parts.set(part, Json.bytes(Json.object().put("msg_type", "execute_reply")));
        assertThatThrownBy(() -> JupyterMessage.read(KEY, parts))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("wrong signature");
        assertThatThrownBy(() ->
                        JupyterMessage.read("another-key", FakeKernel.message(KEY, "stream", "id-1", Json.object())))
                .hasMessageContaining("wrong signature");
    }

    @Test
    void what_is_no_message_is_refused() {
        List<byte[]> whole = FakeKernel.message(KEY, "stream", "id-1", Json.object());
        for (int size = 0; size < whole.size(); size++) {
            List<byte[]> part = whole.subList(0, size);
            assertThatThrownBy(() -> JupyterMessage.read(KEY, part))
                    .isInstanceOf(IOException.class)
                    .hasMessage("not a Jupyter message");
        }
        var odd = new ArrayList<>(whole);
        odd.set(6, "not json".getBytes(StandardCharsets.US_ASCII));
        odd.set(2, FakeKernel.signature(KEY, odd.subList(3, 7)).getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> JupyterMessage.read(KEY, odd)).isInstanceOf(IOException.class);
    }
}
