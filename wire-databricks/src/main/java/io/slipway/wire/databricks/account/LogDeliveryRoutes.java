package io.slipway.wire.databricks.account;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.wire.Request;
import io.slipway.wire.databricks.DatabricksDialect;
import java.nio.file.Path;

/** Delivery of logs to buckets (account API 2.0): refused by its name, with where the audit log is instead. */
public final class LogDeliveryRoutes {
    private final Path folder;

    /** @param folder of the files of the audit log */
    public LogDeliveryRoutes(Path folder) {
        this.folder = folder;
    }

    public void add(AccountApi account) {
        account.family(DatabricksDialect.STANDARD, "/log-delivery")
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
