package io.slipway.driver.dbutils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code dbutils.secrets} against answers as the Secrets API 2.0 gives them. */
class SecretToolsTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> learned = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String answer = "{}";
    private HttpServer server;
    private SecretTools secrets;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        server.createContext("/api/2.0/secrets/", this::answer);
        server.start();
        secrets = new SecretTools("http://127.0.0.1:" + server.getAddress().getPort(), () -> "of ann", learned::add);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + exchange.getRequestURI());
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void a_value_is_read_as_the_user_and_learned_before_code_has_it() throws Exception {
        answer = "{\"key\":\"k\",\"value\":\"cMOkc3M=\"}";
        assertThat(secrets.get("a b", "k&y")).isEqualTo("päss");
        assertThat(secrets.getBytes("a", "k")).isEqualTo("päss".getBytes(StandardCharsets.UTF_8));
        assertThat(asked.get(0)).isEqualTo("Bearer of ann /api/2.0/secrets/get?scope=a+b&key=k%26y");
        assertThat(learned).containsExactly("päss", "päss");
    }

    @Test
    void scopes_and_keys_are_listed_with_their_names() throws Exception {
        answer = "{\"scopes\":[{\"name\":\"a\",\"backend_type\":\"DATABRICKS\"},{\"name\":\"b\"}]}";
        assertThat(secrets.listScopes().mkString(", ")).isEqualTo("SecretScope(a), SecretScope(b)");
        answer = "{\"secrets\":[{\"key\":\"k\",\"last_updated_timestamp\":1}]}";
        assertThat(secrets.list("a").head().key()).isEqualTo("k");
        answer = "{}";
        assertThat(secrets.keys("a")).isEmpty();
        assertThat(learned).isEmpty();
    }

    @Test
    void what_is_not_there_is_an_argument_that_cannot_be() {
        status = 404;
        answer = "{\"error_code\":\"RESOURCE_DOES_NOT_EXIST\","
                + "\"message\":\"Secret does not exist with scope: a and key: k\"}";
        assertThatThrownBy(() -> secrets.get("a", "k"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Secret does not exist with scope: a and key: k");
    }

    @Test
    void a_refusal_names_its_code_and_the_missing_permission() {
        status = 403;
        answer =
                "{\"error_code\":\"PERMISSION_DENIED\",\"message\":\"User ann does not have READ permission on scope a\"}";
        assertThatThrownBy(() -> secrets.list("a"))
                .isInstanceOf(IOException.class)
                .hasMessage("PERMISSION_DENIED: User ann does not have READ permission on scope a");
    }
}
