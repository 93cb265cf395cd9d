package io.slipway.iam;

import io.slipway.iam.policy.AccountId;
import io.slipway.store.Json;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Makes temporary keys. Whoever calls has decided that they may be made. */
final class Sessions {
    private final IamRecords records;

    Sessions(IamRecords records) {
        this.records = records;
    }

    /** @param entity the role or user; empty: the account's own */
    Credentials make(Handle handle, AccountId account, Optional<Entity> entity, SessionDetail detail, int seconds) {
        Instant expires =
                Instant.ofEpochMilli(detail.issuedAt() / 1_000 * 1_000).plusSeconds(seconds);
        Key key = records.keys().temporary(expires);
        records.keyStore()
                .insert(
                        handle,
                        new KeyStore.TemporaryKey(
                                key.id(), account, entity.map(Entity::id), Json.write(detail), expires.toEpochMilli()),
                        records.keys().sealed(key),
                        detail.issuedAt());
        return Credentials.builder()
                .accessKeyId(key.id())
                .secretAccessKey(key.secret())
                .sessionToken(key.session().orElseThrow().token())
                .expiration(expires)
                .build();
    }
}
