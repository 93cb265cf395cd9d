package io.slipway.identity.oidc;

import io.slipway.identity.IdentityArea;
import io.slipway.store.Base;
import java.nio.file.Path;
import java.util.Optional;

/** OpenID Connect, put together. */
public final class OidcRoom {
    private final Issuers issuers;
    private final Optional<ProviderSignIn> signIn;

    /**
     * @param provider empty: people sign in by passwords and tokens only
     * @param authorities a file with certificates that are trusted besides those that Java knows
     */
    public record Settings(Optional<ProviderSettings> provider, Optional<Path> authorities) {
        public static final Settings NONE = new Settings(Optional.empty(), Optional.empty());

        public static Settings of(ProviderSettings provider) {
            return new Settings(Optional.of(provider), Optional.empty());
        }
    }

    public OidcRoom(Base base, IdentityArea identity, Settings given) {
        issuers = new Issuers(base.clock(), given.authorities());
        signIn = given.provider()
                .map(settings -> new ProviderSignIn(base, settings, issuers, identity.tokens(), identity.provided()));
    }

    public Issuers issuers() {
        return issuers;
    }

    public Optional<ProviderSignIn> signIn() {
        return signIn;
    }
}
