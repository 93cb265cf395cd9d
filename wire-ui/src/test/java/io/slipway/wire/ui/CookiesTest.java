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
        assertThat(Cookies.name(to("localhost:8585", ""))).isEqualTo("slipway_session_8585");
        assertThat(Cookies.name(to("[::1]:8585", ""))).isEqualTo("slipway_session_8585");
        assertThat(Cookies.name(to("slipway.example.com", ""))).isEqualTo("slipway_session");
        assertThat(Cookies.name(to("[2001:db8::1]", ""))).isEqualTo("slipway_session");
        assertThat(Cookies.header(to("localhost:8585", ""), "s3cret", 10, false))
                .startsWith("slipway_session_8585=s3cret;");
    }

    @Test
    void only_the_cookie_of_its_own_port_is_a_session() {
        String cookies = "slipway_session=plain; slipway_session_8585=one; slipway_session_8686=two";
        assertThat(Cookies.session(to("localhost:8686", cookies))).hasValue("two");
        assertThat(Cookies.session(to("localhost", cookies))).hasValue("plain");
        assertThat(Cookies.session(to("localhost:9999", cookies))).isEmpty();
    }
}
