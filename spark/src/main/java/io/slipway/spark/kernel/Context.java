package io.slipway.spark.kernel;

import io.slipway.identity.Owned;
import io.slipway.identity.Principal;
import io.slipway.kit.Kind;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;

/**
 * A context as it is stored.
 *
 * @param partOf the notebook or task run that it was made for; itself if for none
 * @param launch of the cluster when it was made: a later launch's driver does not know it
 * @param message why it is in state ERROR
 */
public record Context(
        String id,
        Ref partOf,
        String clusterId,
        int launch,
        Principal owner,
        String language,
        ContextState state,
        String message,
        ContextOptions options,
        long createdAt) {
    WorkspaceId workspace() {
        return partOf.workspace();
    }

    Owned owned() {
        return new Owned(Ref.of(Kind.CONTEXT, workspace(), id), owner.id(), "Context " + id);
    }
}
