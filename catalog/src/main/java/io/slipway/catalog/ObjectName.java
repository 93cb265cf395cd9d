package io.slipway.catalog;

import io.slipway.kit.PlatformException;
import java.util.List;
import java.util.Locale;

/** Names are the same in any case and kept in lower case. */
final class ObjectName {
    private static final int LONGEST = 255;

    private ObjectName() {}

    /** One level, as Unity Catalog allows it. */
    static String of(String written) {
        if (written.isBlank()) {
            throw PlatformException.invalid("Name cannot be empty");
        }
        if (written.length() > LONGEST) {
            throw PlatformException.invalid("Name cannot be longer than " + LONGEST + " characters");
        }
        if (written.chars()
                .anyMatch(c -> c == '.' || c == '/' || Character.isISOControl(c) || Character.isWhitespace(c))) {
            throw PlatformException.invalid(
                    "Name cannot contain a period, space, forward-slash, or control characters: " + shown(written));
        }
        return written.toLowerCase(Locale.ROOT);
    }

    /** {@code levels} names with dots in between. */
    static List<String> split(String fullName, int levels, String form) {
        List<String> parts = List.of(fullName.split("\\.", -1));
        if (parts.size() != levels) {
            throw PlatformException.invalid("'" + shown(fullName) + "' is not a valid name. Expected " + form + ".");
        }
        return parts.stream().map(ObjectName::of).toList();
    }

    private static String shown(String written) {
        return written.replaceAll("\\p{Cntrl}", "?");
    }
}
