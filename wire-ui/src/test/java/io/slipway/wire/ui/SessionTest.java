package io.slipway.wire.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class SessionTest {
    private static final String CREATE = "/api/2.0/token/create";

    private UiServer server;

    @BeforeEach
    void start(@TempDir Path folder) {
        server = new UiServer(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String csrf(String cookie) throws Exception {
        return csrf(server, cookie);
    }

    private static String csrf(UiServer platform, String cookie) throws Exception {
        String body =
                platform.send("GET", "/ui-api/session", "", "Cookie", cookie).body();
        return body.replaceAll(".*\"csrf_token\":\"([0-9a-f]+)\".*", "$1");
    }

    private String code() throws Exception {
        return code("Authorization", "Bearer " + server.token());
    }

    private String code(String... headers) throws Exception {
        String body =
                server.send("POST", "/ui-api/sign-in-links", "{}", headers).body();
        return body.replaceAll(".*\"code\":\"([^\"]+)\".*", "$1");
    }

    /** The code with which ann, a new user, chooses a password. */
    private String invitation() throws Exception {
        String bearer = "Bearer " + server.token();
        String id = server.send(
                        "POST",
                        "/api/2.0/preview/scim/v2/Users",
                        "{\"userName\":\"ann@example.com\"}",
                        "Authorization",
                        bearer)
                .body()
                .replaceAll(".*\"id\":\"(\\d+)\".*", "$1");
        return server.send("POST", "/ui-api/invitations", "{\"user_id\":" + id + "}", "Authorization", bearer)
                .body()
                .replaceAll(".*\"code\":\"([^\"]+)\".*", "$1");
    }

    private HttpResponse<String> redeem(String code) throws Exception {
        return server.send("POST", "/ui-api/session", "{\"code\":\"" + code + "\"}");
    }

    @Test
    void a_token_becomes_a_cookie_that_scripts_cannot_read_and_the_api_takes() throws Exception {
        HttpResponse<String> begun = server.send("POST", "/ui-api/session", "{\"token\":\"" + server.token() + "\"}");
        assertThat(begun.body()).contains("\"user_name\":\"admin@example.com\"").doesNotContain(server.token());
        assertThat(begun.headers().firstValue("set-cookie").orElse(""))
                .containsIgnoringCase("HttpOnly")
                .contains("SameSite=Lax")
                .contains("Path=/");
        assertThat(server.send("GET", "/api/2.0/preview/scim/v2/Me", "", "Cookie", UiServer.cookie(begun))
                        .body())
                .contains("admin@example.com");
    }

    @Test
    void a_wrong_token_begins_nothing() throws Exception {
        HttpResponse<String> refused = server.send("POST", "/ui-api/session", "{\"token\":\"dapi00\"}");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(UiServer.cookie(refused)).isEmpty();
        assertThat(server.send("POST", "/ui-api/session", "{}").statusCode()).isEqualTo(400);
    }

    @Test
    void who_guesses_passwords_is_told_when_to_come_again() throws Exception {
        String guess = "{\"user_name\":\"eve@example.com\",\"password\":\"guess\"}";
        for (int i = 0; i < 5; i++) {
            assertThat(server.send("POST", "/ui-api/session", guess).statusCode())
                    .isEqualTo(401);
        }
        HttpResponse<String> refused = server.send("POST", "/ui-api/session", guess);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("REQUEST_LIMIT_EXCEEDED").contains("Try again in 1 seconds");
        assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
    }

    @Test
    void a_token_that_soon_passes_opens_the_api_and_begins_no_session() throws Exception {
        String bearer = "Bearer " + server.passing();
        assertThat(server.send("GET", "/api/2.0/token/list", "", "Authorization", bearer)
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> begun = server.send("POST", "/ui-api/session", "{\"token\":\"" + server.passing() + "\"}");
        assertThat(begun.statusCode()).isEqualTo(403);
        assertThat(begun.body()).contains("Only personal access tokens");
        assertThat(UiServer.cookie(begun)).isEmpty();
        assertThat(server.send("POST", "/ui-api/sign-in-links", "{}", "Authorization", bearer)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void nobody_being_signed_in_is_no_error() throws Exception {
        HttpResponse<String> shown = server.send("GET", "/ui-api/session", "");
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.body()).isEqualTo("{}");
    }

    @Test
    void a_change_needs_the_csrf_token_and_a_look_does_not() throws Exception {
        String cookie = server.signIn();
        assertThat(server.send("GET", "/api/2.0/token/list", "", "Cookie", cookie)
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> bare = server.send("POST", CREATE, "{}", "Cookie", cookie);
        assertThat(bare.statusCode()).isEqualTo(403);
        assertThat(bare.body()).contains("PERMISSION_DENIED").contains("X-CSRF-Token");
        assertThat(server.send("POST", CREATE, "{}", "Cookie", cookie, "X-CSRF-Token", "0".repeat(32))
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.send("POST", CREATE, "{}", "Cookie", cookie, "X-CSRF-Token", csrf(cookie))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_page_of_another_site_can_use_neither_the_session_nor_begin_one() throws Exception {
        String cookie = server.signIn();
        String csrf = csrf(cookie);
        assertThat(server.send(
                                "POST",
                                CREATE,
                                "{}",
                                "Cookie",
                                cookie,
                                "X-CSRF-Token",
                                csrf,
                                "Origin",
                                "https://elsewhere.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.send("GET", "/api/2.0/token/list", "", "Cookie", cookie, "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.send("GET", "/api/2.0/token/list", "", "Cookie", cookie, "Sec-Fetch-Site", "same-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.send("POST", "/ui-api/session", "{\"token\":\"" + server.token() + "\"}", "Origin", "null")
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.send(
                                "POST",
                                CREATE,
                                "{}",
                                "Cookie",
                                cookie,
                                "X-CSRF-Token",
                                csrf,
                                "Origin",
                                server.origin(),
                                "Sec-Fetch-Site",
                                "same-origin")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_bearer_token_works_as_before_beside_a_cookie_of_whatever_state() throws Exception {
        assertThat(server.send(
                                "POST",
                                CREATE,
                                "{}",
                                "Cookie",
                                server.signIn() + "old",
                                "Authorization",
                                "Bearer " + server.token())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_sign_in_link_works_once() throws Exception {
        String code = code();
        HttpResponse<String> first = redeem(code);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(UiServer.cookie(first)).startsWith("slipway_session_" + server.port() + "=");
        assertThat(redeem(code).statusCode()).isEqualTo(401);
    }

    @Test
    void a_sign_in_link_dies_after_ten_minutes() throws Exception {
        String code = code();
        server.later(Duration.ofMinutes(10));
        assertThat(redeem(code).statusCode()).isEqualTo(401);
    }

    @Test
    void sessions_that_began_with_a_token_or_a_link_made_with_it_end_when_it_is_revoked() throws Exception {
        String bearer = "Bearer " + server.token();
        String made = server.send("POST", CREATE, "{}", "Authorization", bearer).body();
        String value = made.replaceAll(".*\"token_value\":\"([^\"]+)\".*", "$1");
        String id = made.replaceAll(".*\"token_id\":\"([^\"]+)\".*", "$1");
        String signedIn = UiServer.cookie(server.send("POST", "/ui-api/session", "{\"token\":\"" + value + "\"}"));
        String linked = UiServer.cookie(redeem(code("Authorization", "Bearer " + value)));
        String passedOn = UiServer.cookie(redeem(code("Cookie", linked, "X-CSRF-Token", csrf(linked))));
        String other = server.signIn();
        for (String cookie : List.of(signedIn, linked, passedOn, other)) {
            assertThat(look(cookie)).isEqualTo(200);
        }

        server.send("POST", "/api/2.0/token/delete", "{\"token_id\":\"" + id + "\"}", "Authorization", bearer);

        for (String cookie : List.of(signedIn, linked, passedOn)) {
            assertThat(look(cookie)).isEqualTo(401);
        }
        assertThat(look(other)).isEqualTo(200);
    }

    private int look(String cookie) throws Exception {
        return server.send("GET", "/api/2.0/token/list", "", "Cookie", cookie).statusCode();
    }

    @Test
    void only_a_caller_with_credentials_gets_a_sign_in_link() throws Exception {
        assertThat(server.send("POST", "/ui-api/sign-in-links", "{}").statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_session_ends_when_somebody_signs_out() throws Exception {
        String cookie = server.signIn();
        HttpResponse<String> ended =
                server.send("DELETE", "/ui-api/session", "", "Cookie", cookie, "X-CSRF-Token", csrf(cookie));
        assertThat(ended.headers().firstValue("set-cookie").orElse("")).contains("Max-Age=0");
        assertThat(server.send("GET", "/api/2.0/token/list", "", "Cookie", cookie)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void platforms_at_two_ports_of_a_host_leave_each_others_sessions_alone(@TempDir Path folder) throws Exception {
        try (UiServer other = new UiServer(folder)) {
            String here = server.signIn();
            String both = here + "; " + other.signIn();
            assertThat(look(both)).isEqualTo(200);
            HttpResponse<String> ended =
                    other.send("DELETE", "/ui-api/session", "", "Cookie", both, "X-CSRF-Token", csrf(other, both));
            assertThat(ended.statusCode()).isEqualTo(200);
            assertThat(ended.headers().firstValue("set-cookie").orElse(""))
                    .startsWith("slipway_session_" + other.port() + "=;");
            assertThat(look(here)).isEqualTo(200);
        }
    }

    @Test
    void a_session_lives_as_long_as_it_is_used_and_a_week_longer() throws Exception {
        String cookie = server.signIn();
        for (int day = 0; day < 3; day++) {
            server.later(Duration.ofDays(6));
            assertThat(server.send("GET", "/api/2.0/token/list", "", "Cookie", cookie)
                            .statusCode())
                    .isEqualTo(200);
        }
        server.later(Duration.ofDays(7));
        assertThat(server.send("GET", "/api/2.0/token/list", "", "Cookie", cookie)
                        .statusCode())
                .isEqualTo(401);
        assertThat(server.send("GET", "/ui-api/session", "", "Cookie", cookie).body())
                .isEqualTo("{}");
    }

    @Test
    void who_is_invited_chooses_a_password_from_the_page_itself_and_signs_in_with_it() throws Exception {
        String code = invitation();
        assertThat(server.send("GET", "/ui-api/invitation?code=" + code, "").body())
                .isEqualTo("{\"user_name\":\"ann@example.com\"}");
        String chosen = "{\"code\":\"" + code + "\",\"password\":\"correct horse battery\"}";
        assertThat(server.send("POST", "/ui-api/password", chosen, "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> begun = server.send("POST", "/ui-api/password", chosen);
        assertThat(begun.body()).contains("\"user_name\":\"ann@example.com\"", "\"admin\":false");
        String named = "{\"user_name\":\"ANN@example.com\",\"password\":\"%s\"}";
        assertThat(UiServer.cookie(server.send("POST", "/ui-api/session", named.formatted("correct horse battery"))))
                .isNotEmpty();
        HttpResponse<String> wrong = server.send("POST", "/ui-api/session", named.formatted("guess"));
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(UiServer.cookie(wrong)).isEmpty();
        // A change needs what the page knows and a foreign page does not.
        String change = "{\"before\":\"correct horse battery\",\"after\":\"another good one\"}";
        String cookie = UiServer.cookie(begun);
        assertThat(server.send("PUT", "/ui-api/password", change, "Cookie", cookie)
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.send("PUT", "/ui-api/password", change, "Cookie", cookie, "X-CSRF-Token", csrf(cookie))
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.send("GET", "/ui-api/session", "", "Cookie", cookie).body())
                .as("the session of before has ended")
                .isEqualTo("{}");
    }

    @Test
    void nobody_signs_in_or_stays_from_where_the_workspace_may_not_be_reached() throws Exception {
        String chosen = "{\"code\":\"" + invitation() + "\",\"password\":\"correct horse battery\"}";
        String named = "{\"user_name\":\"ann@example.com\",\"password\":\"correct horse battery\"}";
        String cookie = server.signIn();
        String code = code();
        server.close(true);
        List<HttpResponse<String>> refusals = List.of(
                server.send("GET", "/ui-api/session", "", "Cookie", cookie),
                server.send("POST", "/ui-api/session", "{\"token\":\"" + server.token() + "\"}"),
                redeem(code),
                server.send("POST", "/ui-api/password", chosen));
        for (HttpResponse<String> refused : refusals) {
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
            assertThat(refused.body()).contains("not from 127.0.0.1");
            assertThat(UiServer.cookie(refused)).isEmpty();
        }
        server.close(false);
        assertThat(UiServer.cookie(server.send("POST", "/ui-api/password", chosen)))
                .as("the link was not used up")
                .isNotEmpty();
        server.close(true);
        assertThat(server.send("POST", "/ui-api/session", named).body()).contains("not from 127.0.0.1");
        server.close(false);
        assertThat(UiServer.cookie(server.send("POST", "/ui-api/session", named)))
                .isNotEmpty();
    }
}
