package io.slipway.identity.oidc;

import java.util.List;

/** A token of another issuer that was checked and is believed. */
public record ForeignToken(String issuer, List<String> audience, Claims claims) {
    public ForeignToken {
        audience = List.copyOf(audience);
    }
}
