package io.slipway.wire.aws.signature;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent-encoding as signatures want it: everything but letters, digits and {@code - . _ ~} (RFC 3986, unreserved). */
public final class Encoding {
    private static final String DIGITS = "0123456789ABCDEF";

    private Encoding() {}

    public static String encoded(String text, boolean slashesToo) {
        return encoded(text.getBytes(StandardCharsets.UTF_8), slashesToo);
    }

    public static String encoded(byte[] bytes, boolean slashesToo) {
        StringBuilder out = new StringBuilder(bytes.length + 16);
        for (byte each : bytes) {
            char one = (char) (each & 0xff);
            if (unreserved(one) || (one == '/' && !slashesToo)) {
                out.append(one);
            } else {
                out.append('%').append(DIGITS.charAt(one >> 4)).append(DIGITS.charAt(one & 15));
            }
        }
        return out.toString();
    }

    private static boolean unreserved(char one) {
        return (one >= 'a' && one <= 'z')
                || (one >= 'A' && one <= 'Z')
                || (one >= '0' && one <= '9')
                || one == '-'
                || one == '.'
                || one == '_'
                || one == '~';
    }

    /** The bytes that an encoded text means. A percent sign without two digits means itself. */
    public static byte[] decoded(String text, boolean plusIsSpace) {
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length);
        for (int i = 0; i < raw.length; i++) {
            int high = raw[i] == '%' && i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(raw[i + 2], 16);
            if (low >= 0) {
                out.write(high << 4 | low);
                i += 2;
            } else {
                out.write(plusIsSpace && raw[i] == '+' ? ' ' : raw[i]);
            }
        }
        return out.toByteArray();
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
