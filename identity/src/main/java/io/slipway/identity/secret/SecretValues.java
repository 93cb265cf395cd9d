package io.slipway.identity.secret;

import io.slipway.identity.Caller;
import io.slipway.identity.IdentityArea;
import io.slipway.kit.Clock;
import io.slipway.kit.PlatformException;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import java.util.List;

/** The door to secrets. */
public final class SecretValues {
    /** Of one scope. */
    static final int MOST = 1000;

    /** Secrets API 2.0: 128 KB. */
    static final int LARGEST_BYTES = 128 * 1024;

    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final ScopeRights rights;
    private final Sealing sealing;
    private final SecretStore store = new SecretStore();

    SecretValues(Base base, IdentityArea identity, Sealing sealing) {
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.rights = new ScopeRights(identity.permissions());
        this.sealing = sealing;
    }

    /** Makes the secret or gives it another value. */
    public void put(Caller caller, String scope, String key, byte[] value) {
        SecretName.checked("Secret key", key);
        if (value.length > LARGEST_BYTES) {
            throw PlatformException.invalid("The value of a secret has at most " + LARGEST_BYTES + " bytes.");
        }
        database.change(tx -> {
            SecretScope found = rights.scope(tx.sql(), caller, scope, SecretRight.WRITE);
            if (store.others(tx.sql(), found, key) >= MOST) {
                throw ScopeRights.full("A scope has at most " + MOST + " secrets.");
            }
            store.put(tx.sql(), found, new SecretKey(key, clock.millis()), sealing, value);
            facts.tell(tx, caller.id(), new SecretFact.SecretPut(found.ref(), found.name(), key));
        });
    }

    public byte[] get(Caller caller, String scope, String key) {
        return database.read(handle -> {
            SecretScope found = rights.scope(handle, caller, scope, SecretRight.READ);
            return store.value(handle, found, key, sealing).orElseThrow(() -> missing(scope, key));
        });
    }

    public List<SecretKey> list(Caller caller, String scope) {
        return database.read(handle -> store.keys(handle, rights.scope(handle, caller, scope, SecretRight.READ)));
    }

    public void delete(Caller caller, String scope, String key) {
        database.change(tx -> {
            SecretScope found = rights.scope(tx.sql(), caller, scope, SecretRight.WRITE);
            if (store.delete(tx.sql(), found, key) == 0) {
                throw missing(scope, key);
            }
            facts.tell(tx, caller.id(), new SecretFact.SecretDeleted(found.ref(), found.name(), key));
        });
    }

    private static PlatformException missing(String scope, String key) {
        return PlatformException.notFound("Secret does not exist with scope: " + scope + " and key: " + key);
    }
}
