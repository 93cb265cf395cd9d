package io.slipway.identity.oauth;

import io.slipway.kit.PrincipalId;

/**
 * A secret with which a service principal gets tokens.
 *
 * @param hash of its value, which is shown once and kept nowhere
 * @param createdAt epoch milliseconds
 * @param expiresAt epoch milliseconds
 */
public record ProgramSecret(String id, PrincipalId program, String hash, long createdAt, long expiresAt) {
    /** With the value, for whoever has made it. */
    public record Made(ProgramSecret secret, String value) {}
}
