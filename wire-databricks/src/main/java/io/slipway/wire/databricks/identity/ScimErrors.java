package io.slipway.wire.databricks.identity;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.util.Map;

/** Errors that SCIM tells apart by a {@code scimType} (RFC 7644, 3.12). */
final class ScimErrors {
    private ScimErrors() {}

    static PlatformException filter(String message) {
        return of("invalidFilter", message);
    }

    static PlatformException path(String message) {
        return of("invalidPath", message);
    }

    static PlatformException value(String message) {
        return of("invalidValue", message);
    }

    static PlatformException syntax(String message) {
        return of("invalidSyntax", message);
    }

    private static PlatformException of(String type, String message) {
        return new PlatformException(ErrorCode.INVALID_PARAMETER_VALUE, message, Map.of("scimType", type));
    }
}
