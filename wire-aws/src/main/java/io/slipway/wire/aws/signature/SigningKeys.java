package io.slipway.wire.aws.signature;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Derived keys that have proven good, so that each need not be derived again. Only keys of true signatures are kept: strangers cannot
 * push them out.
 */
final class SigningKeys {
    private final int most;
    private final Map<Scope, Known> known;

    /** @param secret from which it was derived: another one makes it worthless */
    private record Known(String secret, Key key) {}

    /** A key, which is not shown. */
    static final class Key {
        private final byte[] key;

        Key(byte[] key) {
            this.key = key;
        }

        String sign(String text) {
            return Signing.sign(key, text);
        }
    }

    SigningKeys(int most) {
        this.most = most;
        this.known = new LinkedHashMap<>(16, 0.75f, true);
    }

    synchronized Optional<Key> find(Scope scope, String secret) {
        return Optional.ofNullable(known.get(scope))
                .filter(each -> Signing.same(each.secret(), secret))
                .map(Known::key);
    }

    synchronized void keep(Scope scope, String secret, Key key) {
        known.put(scope, new Known(secret, key));
        if (known.size() > most) {
            known.remove(known.keySet().iterator().next());
        }
    }

    synchronized int size() {
        return known.size();
    }
}
