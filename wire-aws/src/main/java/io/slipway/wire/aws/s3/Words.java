package io.slipway.wire.aws.s3;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts beyond ASCII in headers, as encoded words (RFC 2047): so S3 takes and tells metadata. */
final class Words {
    private static final Pattern WORD = Pattern.compile("=\\?([^?\\s]+)\\?([bBqQ])\\?([^?\\s]*)\\?=(?:\\s+(?==\\?))?");

    private Words() {}

    static String decoded(String text) {
        if (!text.contains("=?")) {
            return text;
        }
        return WORD.matcher(text).replaceAll(match -> Matcher.quoteReplacement(word(match.group(), match)));
    }

    private static String word(String whole, MatchResult word) {
        if (!word.group(1).toLowerCase(Locale.ROOT).equals("utf-8")) {
            return whole;
        }
        try {
            byte[] bytes = word.group(2).equalsIgnoreCase("b")
                    ? Base64.getDecoder().decode(word.group(3))
                    : quotedPrintable(word.group(3));
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return whole;
        }
    }

    private static byte[] quotedPrintable(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each == '=' && i + 2 < text.length()) {
                out.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                out.write(each == '_' ? ' ' : each);
            }
        }
        return out.toByteArray();
    }

    static String encoded(String text) {
        if (text.chars().allMatch(each -> each >= ' ' && each < 0x7f)) {
            return text;
        }
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "?=";
    }
}
