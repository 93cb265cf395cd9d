package io.slipway.identity.secret;

import io.slipway.identity.Caller;
import io.slipway.identity.Identities;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.Principal;
import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import io.slipway.store.Tx;
import java.util.List;

/** The door to scopes of secrets and to who may do what with each. */
public final class SecretScopes {
    /** Of one workspace. */
    static final int MOST = 1000;

    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final Ids ids;
    private final Identities identities;
    private final ScopeRights rights;
    private final SecretStore store = new SecretStore();

    SecretScopes(Base base, IdentityArea identity) {
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.ids = base.ids();
        this.identities = identity.identities();
        this.rights = new ScopeRights(identity.permissions());
    }

    /** Who manages a new scope. */
    public enum ManagedBy {
        CREATOR,
        USERS
    }

    public SecretScope create(Caller caller, String name, ManagedBy manager) {
        SecretName.checked("Scope name", name);
        return database.write(tx -> {
            if (store.scope(tx.sql(), caller.workspace(), name).isPresent()) {
                throw new PlatformException(ErrorCode.ALREADY_EXISTS, "Scope " + name + " already exists!");
            }
            if (store.scopeCount(tx.sql(), caller.workspace()) >= MOST) {
                throw ScopeRights.full("A workspace has at most " + MOST + " secret scopes.");
            }
            SecretScope scope = new SecretScope(ids.number(), caller.workspace(), name, clock.millis());
            store.insert(tx.sql(), scope);
            PrincipalId first = manager == ManagedBy.USERS ? PrincipalId.USERS : caller.id();
            store.put(tx.sql(), scope, first, SecretRight.MANAGE);
            facts.tell(tx, caller.id(), new SecretFact.Created(scope.ref(), name));
            return scope;
        });
    }

    /** Names of scopes are no secret: everybody in the workspace sees them. */
    public List<SecretScope> list(Caller caller) {
        return database.read(handle -> store.scopes(handle, caller.workspace()));
    }

    public void delete(Caller caller, String name) {
        database.change(tx -> {
            SecretScope scope = rights.scope(tx.sql(), caller, name, SecretRight.MANAGE);
            store.delete(tx.sql(), scope);
            facts.tell(tx, caller.id(), new SecretFact.Deleted(scope.ref(), scope.name()));
        });
    }

    public List<SecretAcl> acls(Caller caller, String scope) {
        return database.read(handle -> store.acls(handle, rights.scope(handle, caller, scope, SecretRight.MANAGE)));
    }

    public SecretAcl acl(Caller caller, String scope, String principal) {
        return acls(caller, scope).stream()
                .filter(acl -> acl.principal().name().equalsIgnoreCase(principal))
                .findFirst()
                .orElseThrow(() -> missing(scope, principal));
    }

    /** Gives the principal this permission and no other. */
    public void putAcl(Caller caller, String scope, String principal, SecretRight permission) {
        database.change(tx -> {
            SecretScope found = rights.scope(tx.sql(), caller, scope, SecretRight.MANAGE);
            Principal known = known(tx, caller, principal);
            store.put(tx.sql(), found, known.id(), permission);
            facts.tell(tx, caller.id(), new SecretFact.AclPut(found.ref(), found.name(), known.name(), permission));
        });
    }

    public void deleteAcl(Caller caller, String scope, String principal) {
        database.change(tx -> {
            SecretScope found = rights.scope(tx.sql(), caller, scope, SecretRight.MANAGE);
            Principal known = known(tx, caller, principal);
            if (store.delete(tx.sql(), found, known.id()) == 0) {
                throw missing(scope, principal);
            }
            facts.tell(tx, caller.id(), new SecretFact.AclDeleted(found.ref(), found.name(), known.name()));
        });
    }

    private Principal known(Tx tx, Caller caller, String name) {
        return identities
                .principal(tx, caller.workspace(), name)
                .orElseThrow(() -> PlatformException.notFound("Principal " + name + " does not exist!"));
    }

    private static PlatformException missing(String scope, String principal) {
        return PlatformException.notFound(
                "Failed to get secret acl for principal " + principal + " for scope " + scope + ".");
    }
}
