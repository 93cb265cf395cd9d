package io.slipway.identity.oidc;

import org.jdbi.v3.core.Handle;

/** Rows of {@code used_sign_in}. */
final class OidcStore {
    /** 0 = it was used before. */
    int use(Handle handle, String hash, long expiresAt) {
        return handle.createUpdate(
                        "insert into used_sign_in (hash, expires_at) values (:hash, :expires) on conflict do nothing")
                .bind("hash", hash)
                .bind("expires", expiresAt)
                .execute();
    }

    void forget(Handle handle, long now) {
        handle.execute("delete from used_sign_in where expires_at <= ?", now);
    }
}
