package io.slipway.identity;

import io.slipway.kit.PlatformException;
import java.text.Normalizer;
import java.util.Locale;

/** Names of principals: how they may be, and when two are the same. */
final class Names {
    private static final int LONGEST = 255;

    private Names() {}

    /** Names with one key are one name: case does not count, nor in which form of Unicode a letter is written. */
    static String key(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    /** The name without spaces around it. */
    static String checked(String field, String name) {
        String known = name.strip();
        if (known.isEmpty()) {
            throw PlatformException.invalid("Missing required field '" + field + "'");
        }
        if (known.length() > LONGEST) {
            throw PlatformException.invalid(field + " is longer than " + LONGEST + " characters.");
        }
        if (known.chars().anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT)) {
            throw PlatformException.invalid(field + " has characters that cannot be seen.");
        }
        return known;
    }
}
