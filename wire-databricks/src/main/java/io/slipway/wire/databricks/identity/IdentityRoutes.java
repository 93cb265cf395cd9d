package io.slipway.wire.databricks.identity;

import io.slipway.wire.Request;
import io.slipway.wire.databricks.DatabricksApi;
import io.slipway.wire.databricks.DatabricksDialect;
import java.util.Map;

/** What SDKs read about the host before they ask for anything. */
public final class IdentityRoutes {
    private final String workspaceId;
    private final String accountId;

    public IdentityRoutes(String workspaceId, String accountId) {
        this.workspaceId = workspaceId;
        this.accountId = accountId;
    }

    public void add(DatabricksApi api) {
        api.family(DatabricksDialect.STANDARD, "").open("/.well-known/databricks-config", this::hostMetadata);
    }

    /** As the client has called it: it may know it by another name than we do. */
    static String host(Request request) {
        return (request.tls() ? "https://" : "http://") + request.headers().authority();
    }

    private Object hostMetadata(Request request) {
        return Map.of(
                "oidc_endpoint",
                host(request) + "/oidc",
                "workspace_id",
                workspaceId,
                "account_id",
                accountId,
                "cloud",
                "AWS",
                "host_type",
                "workspace");
    }
}
