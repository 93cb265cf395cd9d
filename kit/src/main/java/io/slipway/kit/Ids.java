package io.slipway.kit;

import java.security.SecureRandom;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes every id and secret. The only place that draws random numbers, so that a seeded generator replays a whole test. */
public final class Ids {
    private static final DateTimeFormatter MONTH_TO_SECOND =
            DateTimeFormatter.ofPattern("MMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final String LETTERS_AND_DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";

    /** Ids that travel as JSON numbers stay below 2^53, the largest integer that every client reads exactly. */
    private static final long NUMBER_FLOOR = 100_000_000_000_000L;

    private static final long NUMBER_CEILING = 1L << 50;

    private final RandomGenerator random;
    private final Clock clock;

    public Ids(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    public static Ids system(Clock clock) {
        return new Ids(clock, new SecureRandom());
    }

    /** {@code MMDD-HHMMSS-xxxxxxxx}, the form of a Databricks cluster id. */
    public String cluster() {
        return MONTH_TO_SECOND.format(clock.now()) + "-" + text(8);
    }

    /** A 15 or 16 digit number: jobs, runs, workspace objects. */
    public long number() {
        return random.nextLong(NUMBER_FLOOR, NUMBER_CEILING);
    }

    public String uuid() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        bytes[6] = (byte) ((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte) ((bytes[8] & 0x3f) | 0x80);
        long high = 0;
        long low = 0;
        for (int i = 0; i < 8; i++) {
            high = (high << 8) | (bytes[i] & 0xff);
            low = (low << 8) | (bytes[i + 8] & 0xff);
        }
        return new UUID(high, low).toString();
    }

    /** Lower-case letters and digits. */
    public String text(int length) {
        StringBuilder out = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            out.append(LETTERS_AND_DIGITS.charAt(random.nextInt(LETTERS_AND_DIGITS.length())));
        }
        return out.toString();
    }

    /** A secret of {@code bytes} random bytes in hexadecimal. */
    public String secretHex(int bytes) {
        return HexFormat.of().formatHex(secret(bytes));
    }

    /** A secret of {@code bytes} random bytes, safe in URLs and headers. */
    public String secretUrl(int bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret(bytes));
    }

    /** A number in [0, 1) for jitter. */
    public double fraction() {
        return random.nextDouble();
    }

    public byte[] secret(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
