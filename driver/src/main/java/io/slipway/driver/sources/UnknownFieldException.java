package io.slipway.driver.sources;

import java.util.List;

/** Files have columns that the schema of the stream has not; what Auto Loader fails with, by the same code and words. */
public final class UnknownFieldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownFieldException(List<String> columns, boolean retry) {
        super("[UNKNOWN_FIELD_EXCEPTION.NEW_FIELDS_IN_FILE] Encountered unknown fields during parsing: ["
                + String.join(", ", columns) + "], which can be fixed by an automatic retry: " + retry);
    }
}
