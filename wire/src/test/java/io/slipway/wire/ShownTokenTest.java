package io.slipway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShownTokenTest {
    private static Optional<String> shown(String header) {
        return ShownToken.in(RequestHeaders.of(HttpMethod.GET, "/", "authorization", header));
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer dapi12, dapi12",
        "bearer dapi12, dapi12",
        "BEARER   dapi12, dapi12",
        "Basic dG9rZW46ZGFwaTEy, dapi12", // token:dapi12
        "basic dG9rZW46ZGFwaTEy, dapi12",
        "Basic dG9rZW46YTpi, a:b" // token:a:b
    })
    void a_token_is_shown_as_bearer_or_as_the_password_of_the_user_token(String header, String token) {
        assertThat(shown(header)).hasValue(token);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dapi12",
                "Bearerdapi12",
                "Digest dapi12",
                "Basic !!!",
                "Basic",
                "Basic dG9rZW4=", // token
                "Basic YWRtaW46ZGFwaTEy", // admin:dapi12
                "Basic VE9LRU46ZGFwaTEy" // TOKEN:dapi12
            })
    void anything_else_shows_no_token(String header) {
        assertThat(shown(header)).isEmpty();
    }

    @Test
    void who_sends_nothing_shows_nothing() {
        assertThat(ShownToken.in(RequestHeaders.of(HttpMethod.GET, "/"))).isEmpty();
    }
}
