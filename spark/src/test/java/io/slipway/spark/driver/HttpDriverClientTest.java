package io.slipway.spark.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.protocol.driver.Completion;
import io.slipway.protocol.driver.ResultRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of answers that no good driver gives, and how requests look; the rest is {@link DriverClientContract}. */
@NullUnmarked
class HttpDriverClientTest {
    private final HttpDriverClient client = new HttpDriverClient();
    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private DriverEndpoint driver;
    private int status = 200;
    private String answer = "{}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::reply);
        server.start();
        driver = new DriverEndpoint("127.0.0.1", server.getAddress().getPort(), "the-token");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void reply(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        boolean known = "Bearer the-token".equals(exchange.getRequestHeaders().getFirst("Authorization"));
        exchange.sendResponseHeaders(known ? status : 401, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void refused(ErrorCode code, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    @Test
    void a_driver_on_another_machine_is_told_nothing_without_tls() {
        DriverEndpoint elsewhere = new DriverEndpoint("192.0.2.1", 4711, "the-token");
        refused(ErrorCode.INTERNAL, "without TLS", () -> client.status(elsewhere));
    }

    @ParameterizedTest
    @CsvSource({
        "404, NOT_FOUND, no such context",
        "400, INVALID_PARAMETER_VALUE, no such context",
        "409, INVALID_STATE, no such context",
        "500, INTERNAL, the driver answered 500: no such context",
        "401, INTERNAL, the driver answered 401: no such context",
    })
    void a_refusal_is_told_with_the_drivers_own_words(int given, ErrorCode code, String message) {
        status = given;
        answer = "{\"message\":\"no such context\"}";
        refused(code, message, () -> client.context(driver, "c"));
        refused(code, message, () -> client.result(driver, "c", "r", new ResultRequest("csv", "t")));
    }

    @Test
    void an_answer_that_is_no_document_of_the_protocol_is_a_fault_of_the_platform() {
        answer = "<html>";
        refused(ErrorCode.INTERNAL, "answers nonsense", () -> client.status(driver));
        status = 502;
        refused(ErrorCode.INTERNAL, "the driver answered 502: <html>", () -> client.status(driver));
    }

    @Test
    void a_driver_that_is_not_there_is_unavailable_and_its_token_is_not_told() {
        stop();
        assertThatThrownBy(() -> client.cancel(driver, "c", "x"))
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                .hasMessageContaining("127.0.0.1:" + driver.port())
                .hasMessageNotContaining("the-token");
    }

    @Test
    void names_that_users_chose_cannot_change_the_address() {
        status = 404;
        answer = "{}";
        assertThat(client.knowsResult(driver, "c", "../x?y=1&z")).isFalse();
        refused(ErrorCode.NOT_FOUND, "", () -> client.news(driver, "a&b=c d", Duration.ofMillis(20)));
        assertThat(asked.get(0)).isEqualTo("GET /v1/contexts/c/results/..%2Fx%3Fy%3D1%26z ");
        assertThat(asked.get(1)).isEqualTo("GET /v1/news?since=a%26b%3Dc+d&waitMillis=20 ");
    }

    @Test
    void a_result_is_known_not_known_or_not_answered_for() {
        assertThat(client.knowsResult(driver, "c", "r")).isTrue();
        status = 500;
        refused(ErrorCode.INTERNAL, "500", () -> client.knowsResult(driver, "c", "r"));
    }

    @Test
    void rows_come_as_they_are() throws IOException {
        answer = "a,b\n1,2\n";
        try (InputStream rows = client.result(driver, "c", "r", new ResultRequest("csv", "t"))) {
            assertThat(rows).hasContent("a,b\n1,2\n");
        }
        assertThat(asked.get(0)).startsWith("POST /v1/contexts/c/results/r {").contains("\"format\":\"csv\"");
    }

    @Test
    void what_could_stand_at_the_cursor_and_what_stands_there_are_read() {
        answer = "{\"matches\":[\"print\"],\"cursorStart\":0,\"cursorEnd\":2,\"later\":1}";
        assertThat(client.complete(driver, "c", "python", "pr", 2)).isEqualTo(new Completion(List.of("print"), 0, 2));
        answer = "{\"found\":false,\"data\":{}}";
        assertThat(client.inspect(driver, "c", "python", "pr", 2)).isEmpty();
        answer = "{\"found\":true,\"data\":{\"text/plain\":\"help\"}}";
        assertThat(client.inspect(driver, "c", "python", "pr", 2))
                .hasValueSatisfying(
                        data -> assertThat(data.path("text/plain").asText()).isEqualTo("help"));
    }
}
