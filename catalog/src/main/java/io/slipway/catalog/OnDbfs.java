package io.slipway.catalog;

import io.slipway.identity.Caller;
import io.slipway.kit.PlatformException;
import io.slipway.kit.WorkspaceId;
import java.util.Optional;

/**
 * Catalogs are the account's, and each workspace has a DBFS of its own: by the path of a table there, another workspace would find
 * other files, or none. So tables on DBFS, and {@code hive_metastore} as a whole, are of the first workspace.
 */
final class OnDbfs {
    private OnDbfs() {}

    static boolean of(Caller caller) {
        return caller.reaches(WorkspaceId.FIRST);
    }

    /** Throws NOT_FOUND in a workspace that does not have this catalog. */
    static String requireCatalog(Caller caller, String name) {
        if (Hive.isIt(name) && !of(caller)) {
            throw Refusal.missing("Catalog", name);
        }
        return name;
    }

    /** @param title of what lies there, for the refusal */
    static void requirePlace(Caller caller, Optional<String> location, String title) {
        if (!of(caller) && location.filter(place -> place.startsWith("dbfs:")).isPresent()) {
            throw PlatformException.invalid(
                    title + " lies on DBFS, which is another one in each workspace: it can only be"
                            + " used in the first workspace.");
        }
    }
}
