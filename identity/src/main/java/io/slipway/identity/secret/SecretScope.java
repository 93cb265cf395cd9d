package io.slipway.identity.secret;

import io.slipway.kit.Kind;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import java.util.List;

/**
 * Holds secrets that the same people may use.
 *
 * @param name as it was written at first; found in any case
 * @param createdAt epoch milliseconds
 */
public record SecretScope(long id, WorkspaceId workspace, String name, long createdAt) {
    public Ref ref() {
        return Ref.of(Kind.SECRET_SCOPE, workspace, id);
    }

    /** Where the value of a key is kept. */
    List<String> place(String key) {
        return List.of(workspace.toString(), String.valueOf(id), SecretName.same(name), SecretName.same(key));
    }
}
