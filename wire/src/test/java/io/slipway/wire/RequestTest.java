package io.slipway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.identity.testing.People;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a route reads of a request: its path, its query, its body. */
@NullUnmarked
class RequestTest {
    record Inner(Optional<Boolean> isPinned, List<String> states) {}

    record Query(Optional<Integer> number, Optional<String> text, List<String> names, Optional<Inner> filterBy) {}

    private static EngineServer server;

    @BeforeAll
    static void start() {
        server = new EngineServer(routes -> routes.family(new Family(PlainDialect.PLAIN, request -> People.ANN, "/r"))
                .get(
                        "/bind",
                        request -> Map.of("got", request.query(Query.class).toString()))
                .post(
                        "/bind",
                        request -> Map.of("got", request.body(Query.class).toString()))
                .post("/tree", Request::tree)
                .get("/flag", request -> Map.of("flag", request.queryFlag("force")))
                .get("/one", request -> Map.of("one", request.query("q").orElse("absent")))
                .get("/of/{name}", request -> Map.of("name", request.path("name"), "raw", request.rawPath()))
                .get("/below/:*rest", request -> Map.of("rest", request.path("rest")))
                .get(
                        "/seen",
                        request -> Map.of(
                                "method",
                                request.method(),
                                "tls",
                                request.tls(),
                                "header",
                                request.header("x-some").orElse("absent"),
                                "caller",
                                request.caller().name()))
                .get("/lost", request -> request.path("no such variable")));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return server.send("GET", "/r" + path, "");
    }

    private static String query(String query) throws Exception {
        return get("/bind?" + query).body();
    }

    @Test
    void repeated_keys_are_lists_and_dots_are_objects() throws Exception {
        assertThat(query("number=3&filter_by.states=A&filter_by.states=B&filter_by.is_pinned=true&names=x"))
                .contains("number=Optional[3]")
                .contains("isPinned=Optional[true], states=[A, B]")
                .contains("names=[x]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "number=2.7",
                "number=",
                "number=x",
                "number=99999999999",
                "number=1&number=2",
                "text=a&text=b",
                "filter_by=x",
                "filter_by.is_pinned=1",
                "filter_by.is_pinned=",
                "text=%00",
                "names=a&names=%00",
                "a.b.c.d.e.f.g.h.i=1"
            })
    void a_query_that_does_not_fit_is_refused(String query) throws Exception {
        HttpResponse<String> refused = get("/bind?" + query);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body()).contains("\"error_code\":\"MALFORMED_REQUEST\"");
    }

    @Test
    void a_value_and_an_object_of_the_same_name_do_no_harm() throws Exception {
        assertThat(get("/bind?filter_by=x&filter_by.is_pinned=true").statusCode())
                .isIn(200, 400);
        assertThat(get("/bind?.=1&..=2&=3").statusCode()).isIn(200, 400);
    }

    @Test
    void the_text_of_a_query_is_decoded_once() throws Exception {
        assertThat(query("text=a%20b%2Bc%2525+d")).contains("text=Optional[a b+c%25 d]");
        assertThat(query("text=%E2%82%AC")).contains("text=Optional[\u20ac]");
    }

    @Test
    void a_get_with_a_body_and_no_query_is_read_by_its_body() throws Exception {
        assertThat(server.send("GET", "/r/bind", "{\"number\":4}").body()).contains("number=Optional[4]");
        assertThat(server.send("GET", "/r/bind?number=5", "{\"number\":4}").body())
                .contains("number=Optional[5]");
    }

    @Test
    void no_body_is_an_empty_object() throws Exception {
        assertThat(server.send("POST", "/r/bind", "").body()).contains("number=Optional.empty");
        assertThat(server.send("POST", "/r/tree", "").body()).isEqualTo("{}");
    }

    @Test
    void a_tree_is_what_was_sent() throws Exception {
        String sent = "{\"a\":[1,2.50,1e400,null,{\"\":\"\"}],\"b\":12345678901234567890}";
        String got = server.send("POST", "/r/tree", sent).body();
        assertThat(got).startsWith("{\"a\":[1,2.5").endsWith("\"b\":12345678901234567890}");
    }

    @ParameterizedTest
    @CsvSource({"'', false", "?force=true, true", "?force=TRUE, true", "?force=false, false", "?other=true, false"})
    void a_flag_is_true_only_if_it_says_so(String query, boolean flag) throws Exception {
        assertThat(get("/flag" + query).body()).isEqualTo("{\"flag\":" + flag + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "yes", "%20true"})
    void a_flag_that_is_no_truth_value_is_refused(String value) throws Exception {
        HttpResponse<String> refused = get("/flag?force=" + value);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("INVALID_PARAMETER_VALUE").contains("force must be true or false.");
    }

    @ParameterizedTest
    @CsvSource({
        "/of/a%20b, a b",
        "/of/a%2Fb, a/b",
        "/of/main.default.t, main.default.t",
        "/of/%E2%82%AC, \u20ac",
        "/of/a+b, a+b",
        "/of/a%25b, a%b"
    })
    void a_variable_of_a_path_is_one_step_and_decoded_once(String path, String name) throws Exception {
        assertThat(get(path).body()).contains("\"name\":\"" + name + "\"").contains("\"raw\":\"/r" + path + "\"");
    }

    @Test
    void a_rest_of_a_path_keeps_its_slashes() throws Exception {
        assertThat(get("/below/a/b%20c/d.txt").body()).isEqualTo("{\"rest\":\"a/b c/d.txt\"}");
    }

    @Test
    void text_that_cannot_be_kept_is_refused_in_paths_and_in_queries() throws Exception {
        assertThat(get("/of/a%00").statusCode()).isEqualTo(400);
        assertThat(get("/one?q=%00").statusCode()).isEqualTo(400);
        assertThat(WireJson.mapper()
                        .readTree(get("/one?q=%F0%9F%98%80").body())
                        .path("one")
                        .asText())
                .isEqualTo("\ud83d\ude00");
    }

    @Test
    void a_route_sees_who_asks_and_how() throws Exception {
        assertThat(get("/seen").body())
                .contains("\"method\":\"GET\"")
                .contains("\"tls\":false")
                .contains("\"header\":\"absent\"")
                .contains("\"caller\":\"ann@example.com\"");
    }

    @Test
    void a_variable_that_a_route_does_not_have_is_a_fault_of_ours_and_says_nothing_of_it() throws Exception {
        HttpResponse<String> fault = get("/lost");
        assertThat(fault.statusCode()).isEqualTo(500);
        assertThat(fault.body())
                .isEqualTo(
                        "{\"error_code\":\"INTERNAL_ERROR\",\"message\":\"Internal error, the server's log says more.\"}");
    }
}
