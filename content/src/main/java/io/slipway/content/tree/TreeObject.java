package io.slipway.content.tree;

import java.util.Optional;

/**
 * What a listing says about one path.
 *
 * @param language of notebooks only
 * @param owner who made it: a user name, or {@code system} for the folders that are always there
 * @param createdAt epoch milliseconds
 * @param size of the stored bytes; 0 for directories
 */
public record TreeObject(
        long id,
        String path,
        ObjectType type,
        Optional<Language> language,
        String owner,
        long createdAt,
        long modifiedAt,
        long size) {}
