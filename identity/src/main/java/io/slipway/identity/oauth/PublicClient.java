package io.slipway.identity.oauth;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Programs that act for people and cannot keep a secret, since they run on the person's machine: so what they get goes to that machine
 * only (RFC 8252, 7.3).
 */
enum PublicClient {
    /** The command line and the SDKs, which share its name. */
    DATABRICKS_CLI("databricks-cli");

    private static final Pattern LOOPBACK =
            Pattern.compile("http://(localhost|127\\.0\\.0\\.1|\\[::1])(:([1-9][0-9]{0,4}))?/?");

    private final String id;

    PublicClient(String id) {
        this.id = id;
    }

    static Optional<PublicClient> of(String id) {
        return Arrays.stream(values()).filter(client -> client.id.equals(id)).findFirst();
    }

    static void require(String id) {
        if (of(id).isEmpty()) {
            throw OauthError.INVALID_CLIENT.because("Client " + id + " is not known here.");
        }
    }

    /** Whether answers may be sent there: to the machine of the browser itself, at any port. */
    boolean redirectsTo(Optional<String> uri) {
        return uri.filter(value -> LOOPBACK.matcher(value).matches()).isPresent();
    }
}
