package io.slipway.iam;

import io.slipway.kit.Ids;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Makes ids and keys, and opens what was sealed of them. */
final class Keys {
    static final String LASTING = "AKIA";
    static final String TEMPORARY = "ASIA";

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int ID_LENGTH = 17;
    private static final int KEY_ID_LENGTH = 16;
    /** As many as make 40 characters. */
    private static final int SECRET_BYTES = 30;

    private static final int TOKEN_BYTES = 120;

    private final Ids ids;
    private final Sealing sealing;
    private final KeyStore store;

    Keys(Ids ids, Sealing sealing, KeyStore store) {
        this.ids = ids;
        this.sealing = sealing;
        this.store = store;
    }

    /** Of something with a name. */
    String entityId(EntityKind kind) {
        return kind.idPrefix() + letters(ID_LENGTH);
    }

    private String letters(int length) {
        StringBuilder out = new StringBuilder(length);
        for (byte each : ids.secret(length)) {
            out.append(ALPHABET.charAt(each & 31));
        }
        return out.toString();
    }

    private String secret() {
        return Base64.getEncoder().encodeToString(ids.secret(SECRET_BYTES));
    }

    byte[] salt(int bytes) {
        return ids.secret(bytes);
    }

    Key lasting() {
        return new Key(LASTING + letters(KEY_ID_LENGTH), secret(), Optional.empty());
    }

    Key temporary(Instant expires) {
        String token = Base64.getEncoder().encodeToString(ids.secret(TOKEN_BYTES));
        return new Key(TEMPORARY + letters(KEY_ID_LENGTH), secret(), Optional.of(new Key.Session(token, expires)));
    }

    /** Secret and token as one. */
    KeyStore.Sealed sealed(Key key) {
        String value =
                key.secret() + key.session().map(each -> " " + each.token()).orElse("");
        return new KeyStore.Sealed(
                sealing.seal(value.getBytes(StandardCharsets.UTF_8), place(key.id())), sealing.keyVersion());
    }

    Optional<Key> find(Handle handle, String id) {
        return store.secret(handle, id).map(closed -> {
            byte[] opened = sealing.open(closed.keyVersion(), closed.bytes(), place(id));
            String[] parts = new String(opened, StandardCharsets.UTF_8).split(" ", 2);
            Optional<Key.Session> session = parts.length < 2
                    ? Optional.empty()
                    : store.session(handle, id)
                            .map(each -> new Key.Session(parts[1], Instant.ofEpochMilli(each.expiresAt())));
            return new Key(id, parts[0], session);
        });
    }

    private static List<String> place(String id) {
        return List.of("aws-access-key", id);
    }
}
