package io.slipway.wire.databricks.account;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.wire.Routes;
import io.slipway.wire.databricks.DatabricksDialect;

/** What the account API has elsewhere and not here, refused by its name. */
public final class AccountRefusals {
    private static final String SETTINGS = "settings of the account";

    public void add(AccountApi api) {
        made(api, "budgets", "budgets");
        made(api, "budget-policies", "budget policies");
        made(api, "customer-managed-keys", "customer-managed keys");
        made(api, "dashboard", "usage dashboards");
        made(api, "ip-access-lists", "IP access lists");
        made(api, "metastores/{metastore}/storage-credentials", "storage credentials");
        made(api, "network-connectivity-configs", "network connectivity configurations");
        made(api, "network-policies", "network policies");
        made(api, "oauth2/custom-app-integrations", "custom app integrations");
        made(api, "oauth2/published-app-integrations", "published app integrations");
        made(api, "private-access-settings", "private access settings");
        made(api, "vpc-endpoints", "VPC endpoints");
        read(api, "oauth2/published-apps", "published apps");
        read(api, "usage/download", "reports of usage");
        read(api, "settings-metadata", SETTINGS);
        String network = "network settings of a workspace";
        read(api, "workspaces/{workspace}/network", network).put("", request -> refuse(network));
        read(api, "settings/{name}", SETTINGS).patch("", request -> refuse(SETTINGS));
        read(api, "settings/types/{type}/names/{name}", SETTINGS)
                .patch("", request -> refuse(SETTINGS))
                .delete("", request -> refuse(SETTINGS));
    }

    private static void made(AccountApi api, String path, String name) {
        read(api, path, name).post("", request -> refuse(name));
    }

    private static Routes.Lines read(AccountApi api, String path, String name) {
        return api.both(DatabricksDialect.STANDARD, "/" + path).get("", request -> refuse(name));
    }

    private static Object refuse(String name) {
        throw new PlatformException(ErrorCode.FEATURE_DISABLED, name + " are not available in this account.");
    }
}
