package io.slipway.wire.aws.signature;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.slipway.kit.PlatformException;
import io.slipway.store.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The policy of a form by which a browser uploads (S3, POST policy): what the holder of the key lets others send.
 *
 * @param shortest and {@code longest}: how many bytes the file may have
 */
public record PostForm(Instant expires, long shortest, long longest, List<Condition> conditions) {
    private static final int LONGEST_POLICY = 64 << 10;
    private static final ObjectReader JSON = Json.mapper()
            .reader()
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    /** Fields that no condition needs to name. */
    private static final Set<String> FREE =
            Set.of("x-amz-signature", "awsaccesskeyid", "signature", "file", "policy", "bucket");

    private static final String LENGTH = "content-length-range";

    /**
     * What a field must be.
     *
     * @param prefix it need only begin so
     */
    record Condition(boolean prefix, String field, String value) {
        boolean holds(String given) {
            return prefix ? given.startsWith(value) : given.equals(value);
        }

        @Override
        public String toString() {
            return "[\"" + (prefix ? "starts-with" : "eq") + "\", \"$" + field + "\", \"" + value + "\"]";
        }
    }

    public PostForm {
        conditions = List.copyOf(conditions);
    }

    static PostForm read(String base64) {
        if (base64.length() > LONGEST_POLICY) {
            throw invalid("it is too long.");
        }
        try {
            JsonNode policy = JSON.readTree(Base64.getMimeDecoder().decode(base64));
            if (policy == null || !policy.isObject()) {
                throw invalid("Invalid JSON.");
            }
            return read(policy);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            PlatformException refusal = invalid("Invalid JSON.");
            refusal.initCause(e);
            throw refusal;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PostForm read(JsonNode policy) {
        policy.fieldNames().forEachRemaining(name -> {
            if (!name.equals("expiration") && !name.equals("conditions")) {
                throw invalid("Unexpected: '" + name + "'");
            }
        });
        if (!policy.path("expiration").isTextual()) {
            throw invalid("Policy missing expiration.");
        }
        if (!policy.path("conditions").isArray()) {
            throw invalid("Policy missing conditions.");
        }
        List<Condition> conditions = new ArrayList<>();
        long shortest = 0;
        long longest = Long.MAX_VALUE;
        for (JsonNode each : policy.get("conditions")) {
            if (each.isArray() && each.path(0).asText().equalsIgnoreCase(LENGTH)) {
                if (each.size() != 3) {
                    throw invalid("Invalid Condition: " + LENGTH + " needs two numbers.");
                }
                shortest = Math.max(shortest, number(each.get(1)));
                longest = Math.min(longest, number(each.get(2)));
            } else {
                conditions.addAll(conditions(each));
            }
        }
        return new PostForm(moment(policy.get("expiration").asText()), shortest, longest, conditions);
    }

    private static long number(JsonNode node) {
        String text = node.isTextual() || node.isIntegralNumber() ? node.asText() : "";
        if (!text.matches("[0-9]{1,18}")) {
            throw invalid("Invalid Condition: " + LENGTH + " needs two numbers.");
        }
        return Long.parseLong(text);
    }

    private static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            PlatformException refusal = invalid("Invalid 'expiration' value: '" + text + "'");
            refusal.initCause(e);
            throw refusal;
        }
    }

    private static List<Condition> conditions(JsonNode node) {
        List<Condition> conditions = new ArrayList<>();
        if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(
                            each -> conditions.add(new Condition(false, folded(each.getKey()), text(each.getValue()))));
            return conditions;
        }
        String operator = node.path(0).asText().toLowerCase(Locale.ROOT);
        String field = node.path(1).asText();
        if (!node.isArray()
                || node.size() != 3
                || !field.startsWith("$")
                || !(operator.equals("eq") || operator.equals("starts-with"))) {
            throw invalid("Invalid Condition: " + node);
        }
        return List.of(new Condition(operator.equals("starts-with"), folded(field.substring(1)), text(node.get(2))));
    }

    private static String text(JsonNode node) {
        if (!node.isTextual()) {
            throw invalid("Invalid Simple-Condition: value must be a string.");
        }
        return node.textValue();
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static PlatformException invalid(String why) {
        return Refusal.INVALID_POLICY_DOCUMENT.because("Invalid Policy: " + why);
    }

    /**
     * Throws unless the form is what the policy lets through.
     *
     * @param fields all but the file
     */
    void check(Map<String, String> fields, String bucket, Instant now) {
        if (!expires.isAfter(now)) {
            throw denied("Policy expired.");
        }
        Map<String, String> given = new TreeMap<>();
        fields.forEach((name, value) -> given.put(folded(name), value));
        given.put("bucket", bucket);
        Set<String> named = new HashSet<>(FREE);
        for (Condition each : conditions) {
            named.add(each.field());
            if (!each.holds(Optional.ofNullable(given.get(each.field())).orElse(""))) {
                throw denied("Policy Condition failed: " + each);
            }
        }
        for (String name : given.keySet()) {
            if (!named.contains(name) && !name.startsWith("x-ignore-")) {
                throw denied("Extra input fields: " + name);
            }
        }
    }

    private static PlatformException denied(String why) {
        return Refusal.ACCESS_DENIED.because("Invalid according to Policy: " + why);
    }

    /** Throws unless the file has a length that the policy lets through. */
    public void requireLength(long length) {
        if (length < shortest) {
            throw Refusal.ENTITY_TOO_SMALL.because(
                    "Your proposed upload is smaller than the minimum allowed size",
                    Map.of("ProposedSize", String.valueOf(length), "MinSizeAllowed", String.valueOf(shortest)));
        }
        if (length > longest) {
            throw Refusal.ENTITY_TOO_LARGE.because(
                    "Your proposed upload exceeds the maximum allowed size",
                    Map.of("ProposedSize", String.valueOf(length), "MaxSizeAllowed", String.valueOf(longest)));
        }
    }
}
