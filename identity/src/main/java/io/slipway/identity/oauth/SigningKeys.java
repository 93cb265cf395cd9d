package io.slipway.identity.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.slipway.identity.secret.Sealing;
import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import io.slipway.store.Base;
import io.slipway.store.Database;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys that sign access tokens. Their private halves are sealed like secrets, so that a copy of the database signs nothing. The
 * newest one signs; the one before it is still shown, and believed, until everything that it has signed is over.
 */
final class SigningKeys {
    static final Duration SIGNS = Duration.ofDays(90);
    private static final Duration BELIEVED = SIGNS.plus(AccessTokens.LIFE).plus(Duration.ofDays(1));
    private static final int BITS = 2048;

    private final Database database;
    private final Clock clock;
    private final Ids ids;
    private final Sealing sealing;
    private final OauthStore store = new OauthStore();
    /** Newest first; empty before the first look. */
    private volatile List<Known> known = List.of();

    private record Known(RSAKey key, long createdAt) {}

    SigningKeys(Base base, Sealing sealing) {
        this.database = base.database();
        this.clock = base.clock();
        this.ids = base.ids();
        this.sealing = sealing;
    }

    /** With its private half. */
    RSAKey signing() {
        return current().get(0).key();
    }

    /** The public half of a key that is still believed. */
    Optional<RSAKey> believed(String id) {
        return current().stream()
                .filter(each -> each.key().getKeyID().equals(id) && believed(each))
                .findFirst()
                .map(each -> each.key().toPublicJWK());
    }

    /** Public halves, as RFC 7517 writes them. */
    Map<String, Object> published() {
        return new JWKSet(List.copyOf(current().stream()
                        .filter(this::believed)
                        .map(Known::key)
                        .toList()))
                .toJSONObject(true);
    }

    private boolean believed(Known each) {
        return each.createdAt() + BELIEVED.toMillis() > clock.millis();
    }

    private boolean signs(List<Known> keys) {
        return !keys.isEmpty() && keys.get(0).createdAt() + SIGNS.toMillis() > clock.millis();
    }

    private List<Known> current() {
        List<Known> keys = known;
        return signs(keys) ? keys : renewed();
    }

    private synchronized List<Known> renewed() {
        List<Known> keys = signs(known)
                ? known
                : database.read(store::keys).stream().map(this::opened).toList();
        if (!signs(keys)) {
            RSAKey fresh = made(ids.uuid());
            long now = clock.millis();
            byte[] sealed =
                    sealing.seal(fresh.toJSONString().getBytes(StandardCharsets.UTF_8), place(fresh.getKeyID()));
            OauthStore.Key row = new OauthStore.Key(fresh.getKeyID(), sealing.keyVersion(), sealed, now);
            database.change(tx -> {
                store.forgetKeys(tx.sql(), now - BELIEVED.toMillis());
                store.insert(tx.sql(), row);
            });
            keys = database.read(store::keys).stream().map(this::opened).toList();
        }
        known = keys;
        return keys;
    }

    private Known opened(OauthStore.Key row) {
        String text = new String(sealing.open(row.keyVersion(), row.sealed(), place(row.id())), StandardCharsets.UTF_8);
        try {
            return new Known(RSAKey.parse(text), row.createdAt());
        } catch (ParseException e) {
            throw new PlatformException(ErrorCode.INTERNAL, "a signing key cannot be read", e);
        }
    }

    private static List<String> place(String id) {
        return List.of("signing-key", id);
    }

    private static RSAKey made(String id) {
        try {
            return new RSAKeyGenerator(BITS)
                    .keyID(id)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
        } catch (JOSEException e) {
            throw new PlatformException(ErrorCode.INTERNAL, "this Java makes no RSA keys", e);
        }
    }
}
