package io.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.kit.Cidr;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes by the address of whoever asks, while a proxy stands before the server and clients pretend. */
class TrustedProxiesTest {
    private static final String OFFICE = "203.0.113.7";
    private static final String ELSEWHERE = "198.51.100.9";
    private static final String ME = "/api/2.0/preview/scim/v2/Me";

    @TempDir
    Path home;

    private final HttpClient http = HttpClient.newHttpClient();

    private RunningPlatform behind(List<Cidr> proxies) throws IOException {
        Exposure usual = Exposure.local(Ports.free(), 0);
        return new RunningPlatform(
                home,
                new Exposure(
                        usual.host(),
                        usual.port(),
                        0,
                        usual.localPort(),
                        Optional.empty(),
                        Optional.empty(),
                        proxies,
                        usual.rateLimit()));
    }

    private HttpResponse<String> ask(RunningPlatform platform, String method, String path, String body, String... head)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(platform.at(path))
                .header("Authorization", "Bearer " + platform.token())
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < head.length; i += 2) {
            request.header(head[i], head[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private int me(RunningPlatform platform, String... head) throws Exception {
        return ask(platform, "GET", ME, "", head).statusCode();
    }

    @Test
    void an_access_list_sees_through_a_trusted_proxy_and_not_through_a_lie() throws Exception {
        try (RunningPlatform platform = behind(List.of(Cidr.of("127.0.0.0/8")))) {
            String[] office = {"X-Forwarded-For", OFFICE};
            String list = "{\"label\":\"office\",\"list_type\":\"ALLOW\",\"ip_addresses\":[\"" + OFFICE + "\"]}";
            assertThat(ask(platform, "POST", "/api/2.0/ip-access-lists", list, office)
                            .statusCode())
                    .isEqualTo(200);
            String enabled = "{\"enableIpAccessLists\":\"true\"}";
            assertThat(ask(platform, "PATCH", "/api/2.0/workspace-conf", enabled, office)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(me(platform, office)).isEqualTo(200);
            assertThat(me(platform, "Forwarded", "for=" + OFFICE)).isEqualTo(200);
            assertThat(me(platform, "X-Forwarded-For", ELSEWHERE)).isEqualTo(403);
            assertThat(me(platform, "X-Forwarded-For", OFFICE + ", " + ELSEWHERE))
                    .isEqualTo(403);
            assertThat(me(platform, "X-Forwarded-For", ELSEWHERE, "Forwarded", "for=" + OFFICE))
                    .isEqualTo(400);
            // The machine itself always comes in.
            assertThat(me(platform)).isEqualTo(200);
        }
    }

    private int guess(RunningPlatform platform, String name, String from) throws Exception {
        String body = "{\"user_name\":\"" + name + "\",\"password\":\"guess\"}";
        return ask(platform, "POST", "/ui-api/session", body, "X-Forwarded-For", from)
                .statusCode();
    }

    @Test
    void who_guesses_waits_at_their_own_address_and_not_at_the_one_that_they_claim() throws Exception {
        try (RunningPlatform platform = behind(List.of(Cidr.of("127.0.0.1")))) {
            for (int i = 0; i < 50; i++) {
                assertThat(guess(platform, "name-" + i, "10.0.0." + i + ", " + ELSEWHERE))
                        .isEqualTo(401);
            }
            assertThat(guess(platform, "another", "10.0.0.99, " + ELSEWHERE)).isEqualTo(429);
            assertThat(guess(platform, "another", OFFICE)).isEqualTo(401);
        }
    }
}
