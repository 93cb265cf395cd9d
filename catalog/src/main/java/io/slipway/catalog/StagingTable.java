package io.slipway.catalog;

import io.slipway.kit.PrincipalId;

/**
 * A place handed out for a managed table that is still being written. It becomes a table once, by its maker, under this name.
 *
 * @param id becomes the table's id
 * @param createdAt epoch milliseconds
 */
public record StagingTable(
        String id,
        String catalogName,
        String schemaName,
        String name,
        String location,
        PrincipalId createdBy,
        long createdAt) {}
