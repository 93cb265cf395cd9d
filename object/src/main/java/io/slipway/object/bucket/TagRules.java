package io.slipway.object.bucket;

import io.slipway.object.fault.S3Fault;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.Tag;

/** Which tags things may have (S3 user guide, categorizing objects using tags). */
public final class TagRules {
    public static final int OF_OBJECT = 10;
    static final int OF_BUCKET = 50;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;
    private static final Pattern CHARACTERS = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

    private TagRules() {}

    public static Map<String, String> checked(List<Tag> tags, int most) {
        if (tags.size() > most) {
            throw most == OF_OBJECT
                    ? S3Fault.of(400, "BadRequest", "Object tags cannot be greater than 10")
                            .exception()
                    : S3Fault.of(400, "BadRequest", "Bucket tag count cannot be greater than " + most)
                            .exception();
        }
        Map<String, String> checked = new LinkedHashMap<>();
        for (Tag tag : tags) {
            if (tag.key() == null || tag.value() == null) {
                throw S3Fault.malformed();
            }
            check(tag.key(), tag.value());
            if (checked.put(tag.key(), tag.value()) != null) {
                throw invalid("Cannot provide multiple Tags with the same key", tag.key())
                        .exception();
            }
        }
        return checked;
    }

    private static void check(String key, String value) {
        if (key.startsWith("aws:")) {
            throw invalid("System tags cannot be added/updated by requester", key)
                    .exception();
        }
        if (key.isEmpty()
                || key.length() > LONGEST_KEY
                || !CHARACTERS.matcher(key).matches()) {
            throw invalid("The TagKey you have provided is invalid", key).exception();
        }
        if (value.length() > LONGEST_VALUE || !CHARACTERS.matcher(value).matches()) {
            throw invalid("The TagValue you have provided is invalid", key)
                    .with("TagValue", value)
                    .exception();
        }
    }

    private static S3Fault invalid(String message, String key) {
        return S3Fault.of(400, "InvalidTag", message).with("TagKey", key);
    }

    /** Reads the header of a request for an object. */
    public static Map<String, String> ofHeader(@Nullable String header) {
        if (header == null || header.isEmpty()) {
            return Map.of();
        }
        Map<String, String> tags = new LinkedHashMap<>();
        for (String each : header.split("&", -1)) {
            int equals = each.indexOf('=');
            String key = decoded(equals < 0 ? each : each.substring(0, equals), header);
            String value = equals < 0 ? "" : decoded(each.substring(equals + 1), header);
            if (tags.put(key, value) != null) {
                throw malformed(header);
            }
        }
        return checked(told(tags), OF_OBJECT);
    }

    private static String decoded(String text, String header) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed(header);
        }
    }

    private static RuntimeException malformed(String header) {
        return S3Fault.invalidArgument(
                "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag"
                        + " name duplicates.",
                "x-amz-tagging",
                header);
    }

    public static List<Tag> told(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(each ->
                        Tag.builder().key(each.getKey()).value(each.getValue()).build())
                .toList();
    }
}
