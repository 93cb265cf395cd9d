package io.slipway.content.tree;

import io.slipway.identity.Principal;
import io.slipway.kit.Kind;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import java.util.Optional;

/**
 * What a listing says about one path.
 *
 * @param language of notebooks only
 * @param owner who made it; the platform for the folders that are always there
 * @param createdAt epoch milliseconds
 * @param size of the stored bytes; 0 for directories
 */
public record TreeObject(
        long id,
        WorkspaceId workspace,
        String path,
        ObjectType type,
        Optional<Language> language,
        Principal owner,
        long createdAt,
        long modifiedAt,
        long size) {
    public Ref ref() {
        return Ref.of(Kind.TREE, workspace, id);
    }
}
