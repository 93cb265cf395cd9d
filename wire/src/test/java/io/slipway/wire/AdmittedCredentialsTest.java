package io.slipway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.slipway.identity.Caller;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** From where a caller may come. */
@NullUnmarked
class AdmittedCredentialsTest {
    private static final Caller ANN = Caller.stranger("ann");

    private final Credentials credentials = new AdmittedCredentials(request -> ANN, (caller, address) -> {
        assertThat(caller).isEqualTo(ANN);
        if (!address.equals(address("203.0.113.7"))) {
            throw new PlatformException(ErrorCode.PERMISSION_DENIED, "not from " + address.getHostAddress());
        }
    });

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static Request from(String address, String forwarded) {
        HttpRequest http = HttpRequest.builder()
                .method(HttpMethod.GET)
                .path("/")
                .header("x-forwarded-for", forwarded)
                .build();
        ServiceRequestContext context = ServiceRequestContext.builder(http)
                .remoteAddress(new InetSocketAddress(address(address), 4711))
                .build();
        return Request.head(context, http);
    }

    @Test
    void who_comes_from_an_address_that_is_not_allowed_is_refused_whoever_they_are() {
        assertThat(credentials.caller(from("203.0.113.7", "198.51.100.9"))).isEqualTo(ANN);
        assertThatThrownBy(() -> credentials.caller(from("198.51.100.9", "203.0.113.7")))
                .hasMessage("not from 198.51.100.9");
    }
}
