package io.slipway.wire.aws.protocol;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/** Values that are not made of others, as texts: in forms, XML, headers, paths. */
final class Scalars {
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,19}");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,400}(\\.[0-9]{1,400})?([eE][+-]?[0-9]{1,3})?");
    private static final Pattern DATE_TIME =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z");
    private static final Map<String, Double> NO_NUMBERS =
            Map.of("NaN", Double.NaN, "Infinity", Double.POSITIVE_INFINITY, "-Infinity", Double.NEGATIVE_INFINITY);

    private static final Map<Long, String> DAYS =
            Map.of(1L, "Mon", 2L, "Tue", 3L, "Wed", 4L, "Thu", 5L, "Fri", 6L, "Sat", 7L, "Sun");
    private static final DateTimeFormatter HTTP_DATE = new DateTimeFormatterBuilder()
            .appendText(ChronoField.DAY_OF_WEEK, DAYS)
            .appendPattern(", dd MMM uuuu HH:mm:ss")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .optionalEnd()
            .appendLiteral(" GMT")
            .toFormatter(Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Scalars() {}

    static Format format(SdkField<?> field, Format usual) {
        return field.getOptionalTrait(TimestampFormatTrait.class)
                .map(TimestampFormatTrait::format)
                .orElse(usual);
    }

    /** @param usual how times are written where the member does not say */
    static Object read(SdkField<?> field, String text, Format usual) {
        String name = field.memberName();
        return switch (field.marshallingType().getKnownType()) {
            case STRING -> text;
            case BYTE -> (byte) integer(name, text, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SHORT -> (short) integer(name, text, Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> (int) integer(name, text, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG -> integer(name, text, Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT -> (float) real(name, text);
            case DOUBLE -> real(name, text);
            case BIG_DECIMAL -> decimal(name, text);
            case BOOLEAN -> truth(name, text);
            case INSTANT -> time(name, text, format(field, usual));
            case SDK_BYTES -> bytes(name, text);
            default -> throw new IllegalStateException(name + " is no scalar");
        };
    }

    private static long integer(String name, String text, long least, long most) {
        if (!INTEGER.matcher(text).matches()) {
            throw Malformed.value(name, "an integer");
        }
        BigInteger value = new BigInteger(text);
        if (value.compareTo(BigInteger.valueOf(least)) < 0 || value.compareTo(BigInteger.valueOf(most)) > 0) {
            throw Malformed.value(name, "between " + least + " and " + most);
        }
        return value.longValue();
    }

    static double real(String name, String text) {
        Double none = NO_NUMBERS.get(text);
        return none == null ? decimal(name, text).doubleValue() : none;
    }

    private static BigDecimal decimal(String name, String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw Malformed.value(name, "a number");
        }
        return new BigDecimal(text);
    }

    private static boolean truth(String name, String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Malformed.value(name, "true or false");
        };
    }

    static Instant time(String name, String text, Format format) {
        try {
            return switch (format) {
                case ISO_8601 -> dateTime(name, text);
                case RFC_822 -> Instant.from(HTTP_DATE.parse(text));
                case UNIX_TIMESTAMP -> seconds(name, decimal(name, text));
                case UNIX_TIMESTAMP_MILLIS ->
                    Instant.ofEpochMilli(integer(name, text, -62_135_596_800_000L, 253_402_300_799_999L));
            };
        } catch (DateTimeException e) {
            Malformed why = noTime(name);
            why.initCause(e);
            throw why;
        }
    }

    private static Malformed noTime(String name) {
        return Malformed.value(name, "a time");
    }

    private static Instant dateTime(String name, String text) {
        if (!DATE_TIME.matcher(text).matches()) {
            throw noTime(name);
        }
        return Instant.parse(text);
    }

    /** Finer than a millisecond nothing is told. */
    static Instant seconds(String name, BigDecimal seconds) {
        if (seconds.abs().compareTo(BigDecimal.valueOf(253_402_300_800L)) >= 0) {
            throw noTime(name);
        }
        return Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
    }

    static SdkBytes bytes(String name, String text) {
        try {
            if (text.length() % 4 != 0) {
                throw Malformed.value(name, "in base64");
            }
            return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            Malformed why = Malformed.value(name, "in base64");
            why.initCause(e);
            throw why;
        }
    }

    static String write(SdkField<?> field, Object value, Format usual) {
        if (value instanceof Instant time) {
            return time(time, format(field, usual));
        }
        if (value instanceof SdkBytes bytes) {
            return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        return String.valueOf(value);
    }

    static String time(Instant time, Format format) {
        Instant fine = time.truncatedTo(ChronoUnit.MILLIS);
        return switch (format) {
            case ISO_8601 -> fine.toString();
            case RFC_822 -> HTTP_DATE.format(time.truncatedTo(ChronoUnit.SECONDS));
            case UNIX_TIMESTAMP -> seconds(fine).toPlainString();
            case UNIX_TIMESTAMP_MILLIS -> String.valueOf(fine.toEpochMilli());
        };
    }

    static BigDecimal seconds(Instant time) {
        BigDecimal seconds = BigDecimal.valueOf(time.toEpochMilli(), 3).stripTrailingZeros();
        return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
    }
}
