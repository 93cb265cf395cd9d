package io.slipway.wire.databricks.identity;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
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
        api.family(DatabricksDialect.STANDARD, "")
                .open("/.well-known/databricks-config", this::hostMetadata)
                // OAuth is not offered yet; a quick 404 makes clients go on with their token.
                .open("/oidc/.well-known/oauth-authorization-server", IdentityRoutes::noOauth);
    }

    private static Object noOauth(Request request) {
        throw new PlatformException(ErrorCode.FEATURE_DISABLED, "OAuth is not offered here; use a token.");
    }

    private Object hostMetadata(Request request) {
        String authority = request.headers().authority();
        String host = (request.tls() ? "https://" : "http://") + authority;
        return Map.of(
                "oidc_endpoint",
                host + "/oidc",
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
