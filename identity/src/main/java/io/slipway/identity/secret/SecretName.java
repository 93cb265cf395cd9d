package io.slipway.identity.secret;

import io.slipway.kit.PlatformException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of scopes and keys of secrets: which there may be, and which are the same. */
final class SecretName {
    private static final int LONGEST = 128;
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._@/-]+");

    private SecretName() {}

    /** @param what {@code Scope name} or {@code Secret key} */
    static String checked(String what, String name) {
        if (name.isEmpty() || name.length() > LONGEST) {
            throw PlatformException.invalid(what + " must have 1 to " + LONGEST + " characters.");
        }
        if (!ALLOWED.matcher(name).matches()) {
            throw PlatformException.invalid(what
                    + " may have letters of the English alphabet, digits, dashes, underscores, periods, @ and / only.");
        }
        return name;
    }

    /** The name by which it is found: case does not matter. */
    static String same(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
