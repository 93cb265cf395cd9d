package io.slipway.spark.kernel;

import io.slipway.kit.WorkspaceId;
import java.util.List;

/** The catalogs that sessions of code know. */
@FunctionalInterface
public interface SessionCatalogs {
    /** Of all that the workspace has. */
    List<String> names(WorkspaceId workspace);

    /** In which a new session of this workspace begins. Asked outside of transactions. */
    default String first(WorkspaceId workspace) {
        return "main";
    }
}
