package io.slipway.catalog;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.util.Locale;
import java.util.Map;

/** Errors with the codes that Unity Catalog's clients know: {@code TABLE_DOES_NOT_EXIST} and its kin. */
final class Refusal {
    private Refusal() {}

    /** @param kind Catalog, Schema, Table or Principal */
    static PlatformException missing(String kind, String fullName) {
        return new PlatformException(
                ErrorCode.NOT_FOUND,
                kind + " '" + fullName + "' does not exist.",
                Map.of("reason", upper(kind) + "_DOES_NOT_EXIST"));
    }

    static PlatformException exists(String kind, String fullName) {
        return new PlatformException(
                ErrorCode.ALREADY_EXISTS,
                kind + " '" + fullName + "' already exists",
                Map.of("reason", upper(kind) + "_ALREADY_EXISTS"));
    }

    static PlatformException notEmpty(String kind, String fullName, String holds) {
        return new PlatformException(
                ErrorCode.NOT_EMPTY,
                kind + " '" + fullName + "' is not empty. The " + kind.toLowerCase(Locale.ROOT) + " has " + holds + ".",
                Map.of("reason", upper(kind) + "_NOT_EMPTY"));
    }

    private static String upper(String kind) {
        return kind.toUpperCase(Locale.ROOT);
    }
}
