package io.slipway.wire.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.identity.oidc.OidcRoom;
import io.slipway.identity.oidc.ProviderSettings;
import io.slipway.identity.testing.FakeProvider;
import io.slipway.store.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in by the company's provider, as a browser sees it. */
@NullUnmarked
class ProviderSignInTest {
    private static final String ADMIN = "admin@example.com";

    private FakeProvider provider;
    private UiServer server;

    @BeforeEach
    void start(@TempDir Path folder) {
        provider = new FakeProvider(() -> UiServer.BEGIN);
        server = new UiServer(
                folder,
                OidcRoom.Settings.of(new ProviderSettings(
                        provider.issuer(),
                        FakeProvider.CLIENT,
                        Optional.empty(),
                        "Example",
                        "openid email",
                        "email",
                        Optional.empty(),
                        Set.of(),
                        false)));
    }

    @AfterEach
    void stop() {
        server.close();
        provider.close();
    }

    private HttpResponse<String> begin(String... headers) throws Exception {
        return server.send("POST", "/ui-api/provider", "{}", headers);
    }

    private static String location(HttpResponse<String> begun) {
        return Json.read(begun.body(), JsonNode.class).path("location").asText();
    }

    /** The body with which the page comes back. */
    private String returned(String location, String email) {
        String code = provider.signIn(
                location, "7", claims -> claims.claim("email", email).claim("email_verified", true));
        return Json.write(
                Map.of("provider", Map.of("state", FakeProvider.query(location).get("state"), "code", code)));
    }

    private HttpResponse<String> finish(String body, String... headers) throws Exception {
        return server.send("POST", "/ui-api/session", body, headers);
    }

    @Test
    void the_page_is_told_what_the_provider_is_called() throws Exception {
        assertThat(server.send("GET", "/ui-api/provider", "").body()).isEqualTo("{\"name\":\"Example\"}");
    }

    @Test
    void a_browser_goes_to_the_provider_comes_back_and_has_a_session() throws Exception {
        HttpResponse<String> begun = begin("Origin", server.origin());
        assertThat(FakeProvider.query(location(begun))).containsEntry("redirect_uri", server.origin() + "/sign-in");
        assertThat(begun.headers().firstValue("set-cookie").orElse(""))
                .startsWith("slipway_sign_in_" + server.port() + "=")
                .containsIgnoringCase("HttpOnly")
                .contains("SameSite=Strict")
                .contains("Max-Age=600");
        String body = returned(location(begun), ADMIN);
        HttpResponse<String> in = finish(body, "Cookie", UiServer.cookie(begun), "Origin", server.origin());
        assertThat(in.statusCode()).as(in.body()).isEqualTo(200);
        assertThat(in.body()).contains("\"user_name\":\"" + ADMIN + "\"").contains("csrf_token");
        assertThat(in.headers().allValues("set-cookie"))
                .hasSize(2)
                .anyMatch(cookie -> cookie.startsWith("slipway_session_") && cookie.contains("SameSite=Lax"))
                .anyMatch(cookie -> cookie.startsWith("slipway_sign_in_") && cookie.contains("Max-Age=0"));
        assertThat(server.send("GET", "/api/2.0/preview/scim/v2/Me", "", "Cookie", UiServer.cookie(in))
                        .body())
                .contains(ADMIN);
        HttpResponse<String> again = finish(body, "Cookie", UiServer.cookie(begun));
        assertThat(again.statusCode()).isEqualTo(401);
        assertThat(again.body()).contains("This sign-in was used already. Begin again.");
    }

    @Test
    void nobody_signs_another_browser_in() throws Exception {
        HttpResponse<String> attackers = begin();
        String body = returned(location(attackers), ADMIN);
        HttpResponse<String> without = finish(body);
        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(without.body()).contains("began in another browser");
        HttpResponse<String> victims = finish(body, "Cookie", UiServer.cookie(begin()));
        assertThat(victims.statusCode()).isEqualTo(401);
        assertThat(UiServer.cookie(victims)).isEmpty();
        String evil = "https://evil.example";
        assertThat(begin("Origin", evil).statusCode()).isEqualTo(403);
        assertThat(begin("Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
        assertThat(finish(body, "Cookie", UiServer.cookie(attackers), "Origin", evil)
                        .statusCode())
                .isEqualTo(403);
        server.later(Duration.ofMinutes(10));
        assertThat(finish(body, "Cookie", UiServer.cookie(attackers)).statusCode())
                .isEqualTo(401);
    }

    @Test
    void who_is_no_user_or_may_not_come_from_here_is_told_so_and_has_no_session() throws Exception {
        HttpResponse<String> begun = begin();
        HttpResponse<String> unknown =
                finish(returned(location(begun), "eve@example.com"), "Cookie", UiServer.cookie(begun));
        assertThat(unknown.statusCode()).isEqualTo(403);
        assertThat(unknown.body()).contains("eve@example.com is not a user here. Ask an admin to add you.");
        assertThat(UiServer.cookie(unknown)).isEmpty();
        HttpResponse<String> next = begin();
        server.close(true);
        HttpResponse<String> elsewhere = finish(returned(location(next), ADMIN), "Cookie", UiServer.cookie(next));
        assertThat(elsewhere.statusCode()).isEqualTo(403);
        assertThat(UiServer.cookie(elsewhere)).isEmpty();
    }

    @Test
    void a_provider_that_is_down_is_named_on_the_page() throws Exception {
        provider.close();
        HttpResponse<String> begun = begin();
        assertThat(begun.statusCode()).isEqualTo(503);
        assertThat(begun.body())
                .contains("The provider at " + provider.issuer())
                .contains("cannot be reached");
    }

    @Test
    void where_no_provider_is_set_there_is_none(@TempDir Path other) throws Exception {
        try (UiServer plain = new UiServer(other)) {
            assertThat(plain.send("GET", "/ui-api/provider", "").body()).isEqualTo("{}");
            assertThat(plain.send("POST", "/ui-api/provider", "{}").statusCode())
                    .isEqualTo(404);
            assertThat(plain.send("POST", "/ui-api/session", "{\"provider\":{\"state\":\"s\"}}")
                            .statusCode())
                    .isEqualTo(404);
        }
    }
}
