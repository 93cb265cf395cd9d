package io.slipway.wire.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import org.junit.jupiter.api.Test;

class CookiesTest {
    private static RequestHeaders to(String authority, String cookies) {
        return RequestHeaders.of(
                HttpMethod.GET, "/", HttpHeaderNames.AUTHORITY, authority, HttpHeaderNames.COOKIE, cookies);
    }

    @Test
    void the_cookie_is_named_by_the_port_that_the_browser_asked_for() {
        assertThat(Cookies.name(to("localhost:8585", ""), false)).isEqualTo("slipway_session_8585");
        assertThat(Cookies.name(to("[::1]:8585", ""), false)).isEqualTo("slipway_session_8585");
        assertThat(Cookies.name(to("slipway.example.com", ""), false)).isEqualTo("slipway_session");
        assertThat(Cookies.name(to("[2001:db8::1]", ""), false)).isEqualTo("slipway_session");
        assertThat(Cookies.header(to("localhost:8585", ""), "s3cret", 10, false))
                .startsWith("slipway_session_8585=s3cret;");
    }

    @Test
    void only_the_cookie_of_its_own_port_is_a_session() {
        String cookies = "slipway_session=plain; slipway_session_8585=one; slipway_session_8686=two";
        assertThat(Cookies.session(to("localhost:8686", cookies), false)).hasValue("two");
        assertThat(Cookies.session(to("localhost", cookies), false)).hasValue("plain");
        assertThat(Cookies.session(to("localhost:9999", cookies), false)).isEmpty();
    }

    @Test
    void under_tls_only_a_cookie_of_this_very_host_is_a_session() {
        assertThat(Cookies.header(to("localhost:8585", ""), "s3cret", 10, true))
                .startsWith("__Host-slipway_session_8585=s3cret;")
                .contains("Secure")
                .contains("Path=/")
                .doesNotContain("Domain");
        String cookies = "slipway_session_8585=slipped in; __Host-slipway_session_8585=ours";
        assertThat(Cookies.session(to("localhost:8585", cookies), true)).hasValue("ours");
        assertThat(Cookies.session(to("localhost:8585", "slipway_session_8585=slipped in"), true))
                .isEmpty();
    }
}
