package io.slipway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.identity.Caller;
import io.slipway.identity.testing.People;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@NullUnmarked
class EngineTest {
    private static final Caller ANN = People.user(7, "ann");
    private static final Dialect SHOUTING = error -> new Reply(
            PlainDialect.status(error.code()),
            "text/xml",
            Map.of("x-shouts", "yes"),
            ("<error>" + error.message() + "</error>").getBytes(StandardCharsets.UTF_8));

    private static Object fail(Request request) {
        throw PlatformException.notFound("no such thing");
    }

    private EngineServer server;

    @BeforeEach
    void start() {
        server = new EngineServer(routes -> {
            Credentials ann = request -> ANN;
            Credentials nobody = request -> {
                throw new PlatformException(ErrorCode.UNAUTHENTICATED, "who are you?");
            };
            routes.ground(new Family(SHOUTING, nobody, "/loud/"));
            Routes.Lines loud =
                    routes.family(new Family(SHOUTING, nobody, caller -> Map.of("x-of", "loud"), List.of("/loud")));
            routes.family(new Family(PlainDialect.PLAIN, ann, "/plain", "/simple"))
                    .get("/who", request -> Map.of("name", request.caller().name()))
                    .get("/fail", EngineTest::fail);
            loud.get("/fail", EngineTest::fail)
                    .open(
                            "/who",
                            request -> List.of(
                                    request.caller().name(), request.caller().principals()));
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void lines_belong_to_the_family_they_were_added_to_whatever_was_added_meanwhile() throws Exception {
        assertThat(server.send("GET", "/plain/who", "").body()).isEqualTo("{\"name\":\"ann\"}");
        assertThat(server.send("GET", "/simple/fail", "").body()).contains("RESOURCE_DOES_NOT_EXIST");
        HttpResponse<String> loud = server.send("GET", "/loud/fail", "");
        assertThat(loud.statusCode()).isEqualTo(401);
        assertThat(loud.body()).isEqualTo("<error>who are you?</error>");
        assertThat(loud.headers().firstValue("content-type")).hasValue("text/xml");
        assertThat(loud.headers().firstValue("x-shouts")).hasValue("yes");
        assertThat(loud.headers().firstValue("x-of")).hasValue("loud");
    }

    @Test
    void an_open_route_is_answered_to_nobody_who_is_in_no_group() throws Exception {
        assertThat(server.send("GET", "/loud/who", "").body()).isEqualTo("[\"nobody\",[]]");
    }

    @Test
    void what_no_route_answers_is_refused_in_the_words_of_the_ground_it_is_on() throws Exception {
        HttpResponse<String> unknown = server.send("GET", "/loud/none", "");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).isEqualTo("<error>No API found for 'GET /loud/none'</error>");
        assertThat(server.send("GET", "/elsewhere", "").body()).contains("\"error_code\":\"ENDPOINT_NOT_FOUND\"");
    }
}
