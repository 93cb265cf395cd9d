package io.slipway.wire.databricks.account;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.wire.databricks.DatabricksDialect;
import java.util.List;

/** What the account API has elsewhere and not here, refused by its name. */
public final class AccountRefusals {
    private static final List<String> NAMES = List.of(
            "budgets",
            "budget-policies",
            "customer-managed-keys",
            "network-connectivity-configs",
            "private-access-settings",
            "vpc-endpoints");

    public void add(AccountApi api) {
        for (String name : NAMES) {
            api.family(DatabricksDialect.STANDARD, "/" + name)
                    .get("", request -> refuse(name))
                    .post("", request -> refuse(name));
        }
        String settings = "settings of the account";
        api.family(DatabricksDialect.STANDARD, "/settings/types/{type}/names/{name}")
                .get("", request -> refuse(settings))
                .patch("", request -> refuse(settings))
                .delete("", request -> refuse(settings));
    }

    private static Object refuse(String name) {
        throw new PlatformException(ErrorCode.FEATURE_DISABLED, name + " are not available in this account.");
    }
}
