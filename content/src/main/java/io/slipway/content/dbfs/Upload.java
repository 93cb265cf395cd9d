package io.slipway.content.dbfs;

import io.slipway.identity.Owned;
import io.slipway.kit.Kind;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;

/**
 * An upload in pieces that is still open.
 *
 * @param size bytes acknowledged so far
 * @param touchedAt epoch milliseconds of the last piece
 */
record Upload(
        long handle,
        WorkspaceId workspace,
        DbfsPath path,
        PrincipalId owner,
        boolean overwrite,
        long size,
        long touchedAt) {
    Owned owned() {
        return new Owned(Ref.of(Kind.DBFS, workspace, path.toString()), owner, "handle " + handle);
    }
}
