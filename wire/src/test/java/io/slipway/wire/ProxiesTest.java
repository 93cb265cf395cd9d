package io.slipway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import io.netty.util.NetUtil;
import io.slipway.identity.testing.People;
import io.slipway.kit.Cidr;
import io.slipway.kit.Clock;
import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Whose word is taken for where a request comes from. */
@NullUnmarked
class ProxiesTest {
    private static final String PROXY = "10.0.0.1";
    private static final String SECOND = "10.0.0.2";
    private static final String CLIENT = "203.0.113.7";
    private static final String LIE = "192.0.2.66";

    private final Proxies proxies = new Proxies(List.of(Cidr.of("10.0.0.0/24"), Cidr.of("2001:db8::/32")));

    private static InetAddress address(String text) {
        return Objects.requireNonNull(NetUtil.createInetAddressFromIpAddressString(text));
    }

    private Arrival from(String connection, boolean tls, String... headers) {
        RequestHeadersBuilder builder = RequestHeaders.builder(HttpMethod.GET, "/");
        for (int i = 0; i < headers.length; i += 2) {
            builder.add(headers[i], headers[i + 1]);
        }
        return proxies.arrival(builder.build(), new Arrival(address(connection), tls));
    }

    private static Arrival at(String address, boolean tls) {
        return new Arrival(address(address), tls);
    }

    @Test
    void what_is_said_by_somebody_who_is_no_trusted_proxy_is_not_believed() {
        assertThat(from(CLIENT, false, "x-forwarded-for", LIE, "x-forwarded-proto", "https"))
                .isEqualTo(at(CLIENT, false));
        assertThat(from(CLIENT, false, "forwarded", "for=" + LIE + ";proto=https"))
                .isEqualTo(at(CLIENT, false));
    }

    @Test
    void a_trusted_proxy_says_who_has_asked_it_and_how() {
        assertThat(from(PROXY, false, "x-forwarded-for", CLIENT, "x-forwarded-proto", "https"))
                .isEqualTo(at(CLIENT, true));
        assertThat(from(PROXY, false, "forwarded", "for=\"" + CLIENT + ":4711\";proto=https"))
                .isEqualTo(at(CLIENT, true));
        assertThat(from(PROXY, true, "x-forwarded-for", CLIENT)).isEqualTo(at(CLIENT, true));
        assertThat(from(PROXY, true, "x-forwarded-for", CLIENT, "x-forwarded-proto", "http"))
                .isEqualTo(at(CLIENT, false));
        assertThat(from(PROXY, false)).isEqualTo(at(PROXY, false));
        assertThat(from(PROXY, false, "x-forwarded-proto", "https")).isEqualTo(at(PROXY, true));
    }

    @Test
    void what_a_client_wrote_before_the_proxy_is_not_reached() {
        assertThat(from(PROXY, false, "x-forwarded-for", LIE + ", " + CLIENT)).isEqualTo(at(CLIENT, false));
        assertThat(from(PROXY, false, "x-forwarded-for", LIE, "x-forwarded-for", CLIENT))
                .isEqualTo(at(CLIENT, false));
        assertThat(from(PROXY, false, "x-forwarded-for", PROXY + ", " + CLIENT)).isEqualTo(at(CLIENT, false));
        assertThat(from(PROXY, false, "forwarded", "for=" + LIE + ", for=" + CLIENT))
                .isEqualTo(at(CLIENT, false));
    }

    @Test
    void a_chain_of_trusted_proxies_is_followed_to_its_beginning() {
        assertThat(from(
                        SECOND,
                        false,
                        "x-forwarded-for",
                        LIE + ", " + CLIENT + ", " + PROXY,
                        "x-forwarded-proto",
                        "http, https, http"))
                .isEqualTo(at(CLIENT, true));
        assertThat(from("2001:db8::9", false, "forwarded", "for=\"[2001:db9::1]:80\";proto=https"))
                .isEqualTo(at("2001:db9::1", true));
    }

    @Test
    void what_is_no_address_ends_the_way_at_the_proxy_that_wrote_it() {
        for (String nonsense : List.of("unknown", "_hidden", "", "localhost", "1.2.3", "[::1", "203.0.113.7:x")) {
            assertThat(from(PROXY, false, "x-forwarded-for", LIE + "," + nonsense))
                    .as(nonsense)
                    .isEqualTo(at(PROXY, false));
        }
    }

    @Test
    void two_headers_that_name_different_addresses_are_refused_as_one_is_the_clients_own() {
        assertThat(from(PROXY, false, "x-forwarded-for", CLIENT, "forwarded", "for=" + CLIENT))
                .isEqualTo(at(CLIENT, false));
        assertThatThrownBy(() -> from(PROXY, false, "x-forwarded-for", LIE, "forwarded", "for=" + CLIENT))
                .isInstanceOf(PlatformException.class)
                .hasMessage("Forwarded and X-Forwarded-For name different addresses.");
    }

    private static HttpResponse<String> ask(Proxies proxies) throws Exception {
        try (EngineServer server = new EngineServer(
                new Engine(Ids.system(Clock.system())),
                routes -> routes.family(new Family(PlainDialect.PLAIN, request -> People.ANN, "/api"))
                        .get(
                                "/me",
                                request -> Map.of("from", request.address().getHostAddress(), "tls", request.tls())),
                proxies::install)) {
            return server.http()
                    .send(
                            server.to("/api/me")
                                    .header("X-Forwarded-For", LIE + ", " + CLIENT)
                                    .header("X-Forwarded-Proto", "https")
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void routes_see_who_has_asked_the_proxy_and_browsers_are_told_to_keep_to_tls() throws Exception {
        HttpResponse<String> trusted = ask(new Proxies(List.of(Cidr.of("127.0.0.0/8"))));
        assertThat(trusted.body()).contains("\"from\":\"" + CLIENT + "\"").contains("\"tls\":true");
        assertThat(trusted.headers().firstValue("strict-transport-security")).hasValue("max-age=31536000");
        HttpResponse<String> other = ask(new Proxies(List.of()));
        assertThat(other.body()).contains("\"from\":\"127.0.0.1\"").contains("\"tls\":false");
        assertThat(other.headers().firstValue("strict-transport-security")).isEmpty();
    }
}
