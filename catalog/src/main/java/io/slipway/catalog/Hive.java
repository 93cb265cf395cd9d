package io.slipway.catalog;

import io.slipway.kit.PlatformException;
import java.util.Optional;

/**
 * {@code hive_metastore}, the catalog in which there were tables before there were catalogs. It is like the others but for its
 * folders: schemas and managed tables lie in folders that are called like them, as Hive laid them, because notebooks also read
 * them by path. It is always there.
 */
final class Hive {
    static final String NAME = "hive_metastore";

    private static final String WAREHOUSE = "dbfs:/user/hive/warehouse";
    private static final String DEFAULT_SCHEMA = "default";

    private Hive() {}

    static boolean isIt(String catalog) {
        return catalog.equals(NAME);
    }

    /** @param asked the folder that the maker of the schema wants for it */
    static Optional<String> schemaRoot(String schema, Optional<String> asked) {
        asked.filter(Location::ofTheServer).ifPresent(root -> {
            throw PlatformException.invalid(
                    "Storage location '" + root + "' is on the server's own disk. Use a folder below dbfs:/.");
        });
        return asked.or(
                () -> Optional.of(schema.equals(DEFAULT_SCHEMA) ? WAREHOUSE : WAREHOUSE + "/" + schema + ".db"));
    }

    /** Names stay, because the folders would not follow. */
    static void requireName(String catalog, String before, String after) {
        if (isIt(catalog) && !before.equals(after)) {
            throw PlatformException.invalid("'" + before + "' of hive_metastore cannot be renamed.");
        }
    }
}
