package io.slipway.identity.secret;

import io.slipway.identity.IdentityArea;
import io.slipway.store.Base;

/** Secrets, put together. */
public final class SecretRoom {
    private final SecretScopes scopes;
    private final SecretValues values;

    /** Values are sealed with a key that is derived from the platform's own. */
    public SecretRoom(Base base, IdentityArea identity) {
        this(base, identity, new KeySealing(identity.tokens(), base.ids()));
    }

    public SecretRoom(Base base, IdentityArea identity, Sealing sealing) {
        scopes = new SecretScopes(base, identity);
        values = new SecretValues(base, identity, sealing);
    }

    public SecretScopes scopes() {
        return scopes;
    }

    public SecretValues values() {
        return values;
    }
}
