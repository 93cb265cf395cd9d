package io.slipway.wire.databricks.identity;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.wire.Credentials;
import io.slipway.wire.Request;
import io.slipway.wire.databricks.DatabricksApi;
import io.slipway.wire.databricks.DatabricksDialect;
import java.nio.file.Path;

/** Delivery of logs to buckets (account API 2.0): refused by its name, with where the audit log is instead. */
public final class LogDeliveryRoutes {
    private final Credentials account;
    private final Path folder;

    /**
     * @param account finds who asks the account
     * @param folder of the files of the audit log
     */
    public LogDeliveryRoutes(Credentials account, Path folder) {
        this.account = account;
        this.folder = folder;
    }

    public void add(DatabricksApi api) {
        new DatabricksApi(api.routes(), account, api.workspaceId())
                .family(DatabricksDialect.STANDARD, "/api/2.0/accounts/{account}/log-delivery")
                .get("", this::refuse)
                .post("", this::refuse)
                .get("/{id}", this::refuse)
                .patch("/{id}", this::refuse);
    }

    private Object refuse(Request request) {
        throw new PlatformException(
                ErrorCode.FEATURE_DISABLED,
                "Log delivery to buckets is not offered by this installation. Its audit log is in files of JSON lines in "
                        + folder + " on the machine of the server.");
    }
}
