package io.slipway.catalog;

import io.slipway.identity.Principal;

/**
 * The top of the tree; there is one.
 *
 * @param createdAt epoch milliseconds
 * @param storageRoot URI below which managed tables live, without a slash at the end
 */
public record Metastore(String id, String name, Principal owner, long createdAt, String storageRoot) {
    String tables() {
        return tables(storageRoot);
    }

    /** Where its tables are below another root. */
    String tables(String root) {
        return root + "/" + id + "/tables";
    }
}
