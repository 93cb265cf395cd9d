package io.slipway.wire.databricks;

import io.slipway.wire.Credentials;
import io.slipway.wire.Family;
import io.slipway.wire.Routes;
import java.util.List;
import java.util.Map;

/**
 * The families of this API.
 *
 * @param workspaceId sent as {@code X-Databricks-Org-Id} with every answer
 */
public record DatabricksApi(Routes routes, Credentials credentials, String workspaceId) {
    /** New lines of the table, under each of these prefixes. */
    public Routes.Lines family(DatabricksDialect dialect, String... prefixes) {
        return routes.family(of(dialect, prefixes));
    }

    /** What is asked for below the roots of this API and is no route is refused in its words. */
    public void ground() {
        routes.ground(of(DatabricksDialect.STANDARD, "/api/", "/ajax-api/", "/oidc/", "/.well-known/"));
    }

    private Family of(DatabricksDialect dialect, String... prefixes) {
        return new Family(dialect, credentials, Map.of("x-databricks-org-id", workspaceId), List.of(prefixes));
    }
}
