package io.slipway.catalog;

import io.slipway.identity.Principal;
import java.util.Map;
import java.util.Optional;

/** The second level of names. {@code storageRoot}: where its managed tables go instead of its catalog's root. */
public record Schema(
        String id,
        String catalogName,
        String name,
        Optional<String> comment,
        Map<String, String> properties,
        Optional<String> storageRoot,
        Principal owner,
        Audit audit) {
    public Schema {
        properties = Map.copyOf(properties);
    }

    public String fullName() {
        return catalogName + "." + name;
    }

    /** What a creation asks for. */
    public record Spec(
            String catalogName,
            String name,
            Optional<String> comment,
            Map<String, String> properties,
            Optional<String> storageRoot) {
        public Spec(String catalogName, String name) {
            this(catalogName, name, Optional.empty(), Map.of(), Optional.empty());
        }
    }
}
