package io.slipway.catalog;

import io.slipway.identity.Principal;
import java.util.Map;
import java.util.Optional;

/** The first level of names. {@code storageRoot}: where its managed tables go instead of the metastore's root. */
public record Catalog(
        String id,
        String name,
        Optional<String> comment,
        Map<String, String> properties,
        Optional<String> storageRoot,
        Principal owner,
        Audit audit) {
    public Catalog {
        properties = Map.copyOf(properties);
    }

    /** What a creation asks for. */
    public record Spec(
            String name, Optional<String> comment, Map<String, String> properties, Optional<String> storageRoot) {
        public Spec(String name) {
            this(name, Optional.empty(), Map.of(), Optional.empty());
        }
    }
}
