package io.slipway.identity.secret;

import io.slipway.identity.Caller;
import io.slipway.identity.Permissions;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The rule that both doors share: who may do what with a scope. Nobody finds a scope of another workspace. */
final class ScopeRights {
    private final Permissions permissions;
    private final SecretStore store = new SecretStore();

    ScopeRights(Permissions permissions) {
        this.permissions = permissions;
    }

    /** Throws NOT_FOUND, or PERMISSION_DENIED with the name of the missing permission. */
    SecretScope scope(Handle handle, Caller caller, String name, SecretRight needed) {
        SecretScope scope = store.scope(handle, caller.workspace(), name)
                .orElseThrow(() -> PlatformException.notFound("Scope " + name + " does not exist!"));
        boolean may = permissions.admin(caller)
                || store.rights(handle, scope, caller.principals()).stream().anyMatch(held -> held.includes(needed));
        if (!may) {
            throw new PlatformException(
                    ErrorCode.PERMISSION_DENIED,
                    "User " + caller.name() + " does not have " + needed + " permission on scope " + scope.name());
        }
        return scope;
    }

    /** Secrets API 2.0 answers 400: with 429, clients would try again and again. */
    static PlatformException full(String message) {
        return new PlatformException(ErrorCode.TOO_LARGE, message, Map.of("reason", "RESOURCE_LIMIT_EXCEEDED"));
    }
}
