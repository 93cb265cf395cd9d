package io.slipway.identity.oidc;

import java.net.URI;

/** Where the keys are with which an issuer signs. */
public sealed interface KeySource {
    /** The document of the issuer names them. */
    record OfIssuer(String issuer) implements KeySource {}

    record At(URI address) implements KeySource {}

    /** @param keys as RFC 7517 writes them */
    record Given(String keys) implements KeySource {}
}
