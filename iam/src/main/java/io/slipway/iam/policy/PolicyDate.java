package io.slipway.iam.policy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Moments in policies: the forms of ISO 8601 that W3C names, or seconds since 1970. */
final class PolicyDate {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,19}");
    private static final Pattern ISO = Pattern.compile(
            "(-?[0-9]{1,9})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?"
                    + "(?:[tT](?:([0-9]{1,2})(?::([0-9]{1,2})(?::([0-9]{1,2})(?:\\.([0-9]{1,9}))?)?)?([zZ]|[+-][0-9]{2}(?::?[0-9]{2})?)?)?)?");

    private PolicyDate() {}

    /** In seconds. Empty: it is none. */
    static Optional<BigDecimal> of(String text) {
        if (SECONDS.matcher(text).matches()) {
            BigInteger seconds = new BigInteger(text);
            return seconds.bitLength() < Long.SIZE ? Optional.of(new BigDecimal(seconds)) : Optional.empty();
        }
        Matcher iso = ISO.matcher(text);
        if (!iso.matches()) {
            return Optional.empty();
        }
        try {
            LocalDate day = LocalDate.of(number(iso, 1, 1970), number(iso, 2, 1), number(iso, 3, 1));
            LocalTime time = LocalTime.of(number(iso, 4, 0), number(iso, 5, 0), number(iso, 6, 0));
            long seconds = LocalDateTime.of(day, time).toEpochSecond(ZoneOffset.UTC) - offset(iso.group(8));
            String fraction = iso.group(7);
            return Optional.of(BigDecimal.valueOf(seconds)
                    .add(fraction == null ? BigDecimal.ZERO : new BigDecimal("0." + fraction)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(Matcher iso, int group, int otherwise) {
        String text = iso.group(group);
        return text == null ? otherwise : Integer.parseInt(text);
    }

    /** In seconds. IAM takes more hours than Java knows zones for. */
    private static int offset(@Nullable String text) {
        if (text == null || text.equalsIgnoreCase("z")) {
            return 0;
        }
        String digits = text.substring(1).replace(":", "");
        String minutes = digits.length() > 2 ? digits.substring(2) : "0";
        int seconds = LocalTime.of(Integer.parseInt(digits.substring(0, 2)), Integer.parseInt(minutes))
                .toSecondOfDay();
        return text.startsWith("-") ? -seconds : seconds;
    }
}
