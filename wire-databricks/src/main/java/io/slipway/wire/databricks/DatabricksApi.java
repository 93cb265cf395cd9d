package io.slipway.wire.databricks;

import io.slipway.identity.Caller;
import io.slipway.kit.WorkspaceId;
import io.slipway.wire.Credentials;
import io.slipway.wire.Family;
import io.slipway.wire.Routes;
import java.util.List;
import java.util.Map;

/** The families of this API. */
public record DatabricksApi(Routes routes, Credentials credentials) {
    /** The same routes for those whom other credentials let in. */
    public DatabricksApi with(Credentials others) {
        return new DatabricksApi(routes, others);
    }

    /** New lines of the table, under each of these prefixes. */
    public Routes.Lines family(DatabricksDialect dialect, String... prefixes) {
        return routes.family(of(dialect, prefixes));
    }

    /** What is asked for below the roots of this API and is no route is refused in its words. */
    public void ground() {
        routes.ground(of(DatabricksDialect.STANDARD, "/api/", "/ajax-api/", "/oidc/", "/.well-known/"));
    }

    private Family of(DatabricksDialect dialect, String... prefixes) {
        return new Family(dialect, credentials, DatabricksApi::headers, List.of(prefixes));
    }

    /** Clients learn here in which workspace they are. */
    private static Map<String, String> headers(Caller caller) {
        return caller.workspace().equals(WorkspaceId.ACCOUNT)
                ? Map.of()
                : Map.of("x-databricks-org-id", caller.workspace().toString());
    }
}
