package io.slipway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import io.slipway.identity.testing.People;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of what a handler gives or throws, and of requests that reach no handler. */
@NullUnmarked
class AnswerTest {
    private static EngineServer server;

    record Told(String someName, Optional<String> none, List<String> list) {}

    @BeforeAll
    static void start() {
        server = new EngineServer(routes -> {
            Credentials ann = request -> People.ANN;
            Family family = new Family(PlainDialect.PLAIN, ann, caller -> Map.of("x-of", "us"), List.of("/a", "/b"));
            routes.ground(new Family(PlainDialect.PLAIN, ann, "/a/", "/b/"));
            routes.family(family)
                    .get("/record", request -> new Told("x", Optional.empty(), List.of()))
                    .get("/later", request -> later(() -> Map.of("later", true)))
                    .get("/later-not", request -> later(AnswerTest::missing))
                    .get("/missing", request -> missing())
                    .get("/wrapped", request -> {
                        throw new CompletionException(new CompletionException(
                                new PlatformException(ErrorCode.CONFLICT, "somebody else was faster")));
                    })
                    .get("/disk", request -> {
                        throw new IOException("/secret/place: no space left");
                    })
                    .get("/told", request -> {
                        throw new PlatformException(ErrorCode.INTERNAL, "The disk of the database is full.");
                    })
                    .get(
                            "/own",
                            request -> com.linecorp.armeria.common.HttpResponse.of(
                                    HttpStatus.ACCEPTED, MediaType.PLAIN_TEXT_UTF_8, "mine"))
                    .get("/no-json", request -> new Object())
                    .get("/thread", AnswerTest::thread)
                    .post("/thread", AnswerTest::thread)
                    .post("/record", request -> Map.of("posted", true))
                    .put("/thing", request -> Map.of("put", true))
                    .patch("/thing", request -> Map.of("patched", true))
                    .delete("/thing", request -> Map.of("deleted", true));
        });
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static CompletionStage<Object> later(Supplier<Object> answer) {
        return CompletableFuture.supplyAsync(answer);
    }

    private static Object missing() {
        throw PlatformException.notFound("no such thing");
    }

    private static Object thread(Request request) {
        return Map.of("blocks", request.context().eventLoop().inEventLoop());
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return server.send("GET", path, "");
    }

    @Test
    void a_record_is_told_as_json_with_the_headers_of_its_family() throws Exception {
        HttpResponse<String> answer = get("/a/record");
        assertThat(answer.body()).isEqualTo("{\"some_name\":\"x\"}");
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json; charset=utf-8");
        assertThat(answer.headers().firstValue("x-of")).hasValue("us");
    }

    @ParameterizedTest
    @CsvSource({"PUT, put", "PATCH, patched", "DELETE, deleted"})
    void one_path_answers_each_method_by_its_own_handler(String method, String done) throws Exception {
        assertThat(server.send(method, "/b/thing", "").body()).isEqualTo("{\"" + done + "\":true}");
    }

    @Test
    void no_handler_runs_on_the_thread_of_its_connection_which_others_wait_for() throws Exception {
        for (int i = 0; i < 300; i++) {
            assertThat(get("/a/thread").body()).isEqualTo("{\"blocks\":false}");
            String body = i % 2 == 0 ? "{}" : "x".repeat(5000);
            assertThat(server.send("POST", "/a/thread", body).body()).isEqualTo("{\"blocks\":false}");
        }
    }

    @Test
    void an_answer_may_come_later_and_so_may_a_refusal() throws Exception {
        assertThat(get("/a/later").body()).isEqualTo("{\"later\":true}");
        HttpResponse<String> refused = get("/a/later-not");
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.body()).isEqualTo(get("/a/missing").body());
    }

    @Test
    void a_refusal_is_found_however_it_is_wrapped() throws Exception {
        assertThat(get("/a/wrapped").statusCode()).isEqualTo(409);
        assertThat(get("/a/wrapped").body()).contains("somebody else was faster");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/disk", "/a/no-json"})
    void a_fault_of_ours_is_told_as_one_and_nothing_of_its_inside(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"error_code\":\"INTERNAL_ERROR\",\"message\":\"Internal error, the server's log says more.\"}");
        assertThat(answer.headers().firstValue("x-of")).hasValue("us");
    }

    @Test
    void a_fault_that_has_words_of_its_own_is_told_in_them() throws Exception {
        HttpResponse<String> answer = get("/a/told");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("The disk of the database is full.");
    }

    @Test
    void an_answer_of_a_handlers_own_making_is_passed_on() throws Exception {
        HttpResponse<String> answer = get("/a/own");
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("mine");
    }

    @Test
    void every_answer_and_every_refusal_has_a_number_of_its_own() throws Exception {
        List<String> numbers = new ArrayList<>();
        for (String path : List.of("/a/record", "/a/record", "/a/missing", "/a/disk", "/a/none", "/a/later-not")) {
            numbers.add(get(path).headers().firstValue("x-request-id").orElse(""));
        }
        assertThat(numbers).allMatch(number -> number.matches("[0-9a-f-]{36}"));
        assertThat(Set.copyOf(numbers)).hasSize(numbers.size()).isEqualTo(new HashSet<>(numbers));
    }

    @Test
    void the_prefixes_of_a_family_and_a_slash_at_the_end_make_no_difference() throws Exception {
        for (String path : List.of("/a/record", "/a/record/", "/b/record", "/b/record/", "/b/record/?x=1")) {
            assertThat(get(path).body()).as(path).isEqualTo("{\"some_name\":\"x\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "PUT", "PATCH"})
    void a_method_that_a_path_does_not_have_is_no_api(String method) throws Exception {
        HttpResponse<String> refused = server.send(method, "/a/record?x=secret", "{}");
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.body())
                .isEqualTo("{\"error_code\":\"ENDPOINT_NOT_FOUND\",\"message\":\"No API found for '" + method
                        + " /a/record'\"}");
    }

    @Test
    void the_lines_of_the_table_can_be_read_by_those_who_go_through_all_of_it() {
        Routes routes = new Routes();
        routes.family(new Family(PlainDialect.PLAIN, request -> People.ANN, "/a", "/b"))
                .get("/x", request -> Map.of())
                .delete("/y/{id}", request -> Map.of());
        assertThat(routes.lines())
                .containsExactly(
                        new Routes.Line("GET", "/a/x"),
                        new Routes.Line("GET", "/b/x"),
                        new Routes.Line("DELETE", "/a/y/{id}"),
                        new Routes.Line("DELETE", "/b/y/{id}"));
    }
}
