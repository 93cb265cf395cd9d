package io.slipway.wire.databricks;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.util.Base64;
import java.util.regex.Pattern;

/** Bytes in a field of JSON. */
public final class Base64Field {
    /** Some tools break base64 into lines. */
    private static final Pattern SPACE = Pattern.compile("\\s");

    private Base64Field() {}

    /** @throws PlatformException INVALID_PARAMETER_VALUE for any letter that is not of the alphabet: a file that lacks some is another file */
    public static byte[] decoded(String base64, String field) {
        try {
            return Base64.getDecoder().decode(SPACE.matcher(base64).replaceAll(""));
        } catch (IllegalArgumentException e) {
            throw new PlatformException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "Field '" + field + "' is not valid base64.", e);
        }
    }
}
