package io.slipway.wire.databricks.account;

import io.slipway.wire.Credentials;
import io.slipway.wire.Routes;
import io.slipway.wire.databricks.DatabricksApi;
import io.slipway.wire.databricks.DatabricksDialect;

/**
 * The families of the account's API, whose paths name the account.
 *
 * @param id of the account
 */
public record AccountApi(DatabricksApi api, String id) {
    /** @param account finds who asks the account */
    public static AccountApi of(DatabricksApi api, String id, Credentials account) {
        return new AccountApi(api.with(account), id);
    }

    /** New lines of the table, under this path of the account. */
    public Routes.Lines family(DatabricksDialect dialect, String path) {
        return api.family(dialect, "/api/2.0/accounts/{account}" + path);
    }

    /** The same, under both versions of the account's API. */
    Routes.Lines both(DatabricksDialect dialect, String path) {
        return api.family(dialect, "/api/2.0/accounts/{account}" + path, "/api/2.1/accounts/{account}" + path);
    }
}
