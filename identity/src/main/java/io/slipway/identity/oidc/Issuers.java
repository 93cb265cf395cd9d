package io.slipway.identity.oidc;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What is known of those elsewhere who issue tokens: their documents and keys, read from them when they are needed. Only issuers are asked
 * that an administrator has named; a token never says where to look.
 */
public final class Issuers {
    private static final int KNOWN = 200;

    private final Clock clock;
    private final ForeignHttp http;
    private final TokenCheck check;
    private final Map<String, Fetched<ProviderDocument>> documents = remembering();
    private final Map<URI, Fetched<JWKSet>> keys = remembering();

    public Issuers(Clock clock) {
        this(clock, Optional.empty());
    }

    /** @param authorities a file with certificates that are trusted besides those that Java knows */
    public Issuers(Clock clock, Optional<Path> authorities) {
        this.http = new ForeignHttp(authorities);
        this.clock = clock;
        this.check = new TokenCheck(clock);
    }

    private static <K, T> Map<K, Fetched<T>> remembering() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Fetched<T>> eldest) {
                return size() > KNOWN;
            }
        };
    }

    private <K, T> Fetched<T> known(Map<K, Fetched<T>> all, K key, Supplier<T> source) {
        synchronized (all) {
            return all.computeIfAbsent(key, first -> new Fetched<>(clock, source));
        }
    }

    ForeignHttp http() {
        return http;
    }

    /** @throws PlatformException UNAVAILABLE, with a sentence that says why */
    public ProviderDocument document(String issuer) {
        return known(documents, issuer, () -> ProviderDocument.read(http, issuer))
                .get();
    }

    /**
     * A token that is good.
     *
     * @param audiences one of them must be the token's
     * @throws PlatformException UNAUTHENTICATED, with a sentence that says what is wrong with it; UNAVAILABLE if the keys cannot be read
     */
    public ForeignToken checked(String token, String issuer, Set<String> audiences, KeySource source) {
        return check.of(token, new TokenCheck.Expected(issuer, audiences), header -> candidates(source, header));
    }

    /** Who says that they have issued the token; nothing of it is believed. */
    public static String claimedIssuer(String token) {
        return TokenCheck.issuer(token);
    }

    /** For whom the token says that it is; nothing of it is believed. */
    public static Set<String> claimedAudience(String token) {
        return TokenCheck.audience(token);
    }

    /** Throws unless these are keys with which tokens can be checked and none can be signed. */
    public static void requireKeys(String what, String keys) {
        List<JWK> all = parsed(keys).getKeys();
        if (all.isEmpty() || all.stream().anyMatch(key -> key.isPrivate() || !TokenCheck.usable(key))) {
            throw PlatformException.invalid(what + " must hold public keys of RSA, with 2048 bits or more, or EC.");
        }
    }

    private List<JWK> candidates(KeySource source, JWSHeader header) {
        JWKSelector selector = new JWKSelector(JWKMatcher.forJWSHeader(header));
        if (source instanceof KeySource.Given given) {
            return selector.select(parsed(given.keys()));
        }
        URI address = source instanceof KeySource.At at
                ? at.address()
                : document(((KeySource.OfIssuer) source).issuer()).keys();
        Fetched<JWKSet> published = known(keys, address, () -> read(address));
        List<JWK> found = selector.select(published.get());
        // Keys change; the new one may sign before anybody has looked again.
        return found.isEmpty() ? selector.select(published.again()) : found;
    }

    private JWKSet read(URI address) {
        try {
            return JWKSet.parse(http.get(address, Map.of()).toString());
        } catch (ParseException e) {
            throw new PlatformException(
                    ErrorCode.UNAVAILABLE,
                    "The provider at " + ForeignHttp.where(address) + " cannot be reached: its keys cannot be read.",
                    e);
        }
    }

    private static JWKSet parsed(String text) {
        try {
            return JWKSet.parse(text);
        } catch (ParseException e) {
            throw new PlatformException(ErrorCode.INVALID_PARAMETER_VALUE, "The keys are no JSON Web Key Set.", e);
        }
    }
}
