package io.slipway.wire.databricks.identity;

import io.slipway.kit.WorkspaceId;
import io.slipway.wire.Addressing;
import io.slipway.wire.Request;
import io.slipway.wire.databricks.DatabricksApi;
import io.slipway.wire.databricks.DatabricksDialect;
import java.util.LinkedHashMap;
import java.util.Map;

/** What SDKs read about the host before they ask for anything. */
public final class IdentityRoutes {
    private final Addressing addressing;
    private final String accountId;

    public IdentityRoutes(Addressing addressing, String accountId) {
        this.addressing = addressing;
        this.accountId = accountId;
    }

    public void add(DatabricksApi api) {
        api.family(DatabricksDialect.STANDARD, "").open("/.well-known/databricks-config", this::hostMetadata);
    }

    /** As the client has called it: it may know it by another name than we do. */
    static String host(Request request) {
        return (request.tls() ? "https://" : "http://") + request.headers().authority();
    }

    /** A host without a workspace's name is the first one's; that of the account has none. */
    private Object hostMetadata(Request request) {
        boolean account = addressing.account(request);
        Map<String, String> all = new LinkedHashMap<>();
        all.put("oidc_endpoint", host(request) + "/oidc" + (account ? "/accounts/" + accountId : ""));
        if (!account) {
            all.put(
                    "workspace_id",
                    addressing.workspace(request).orElse(WorkspaceId.FIRST).toString());
        }
        all.put("account_id", accountId);
        all.put("cloud", "AWS");
        all.put("host_type", account ? "account" : "workspace");
        return all;
    }
}
