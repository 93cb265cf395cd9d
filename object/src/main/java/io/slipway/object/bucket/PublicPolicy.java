package io.slipway.object.bucket;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.store.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a policy lets everybody in (S3 user guide, the meaning of public): some statement allows something to all principals, and no
 * condition of it fixes who or where they are.
 */
final class PublicPolicy {
    private static final Set<String> FIXING = Set.of(
            "aws:principalorgid",
            "aws:principalorgpaths",
            "aws:principalaccount",
            "aws:principalarn",
            "aws:sourcearn",
            "aws:sourcevpc",
            "aws:sourcevpce",
            "aws:sourceowner",
            "aws:sourceaccount",
            "aws:sourceorgid",
            "aws:userid",
            "s3:x-amz-server-side-encryption-aws-kms-key-id",
            "s3:dataaccesspointarn",
            "s3:dataaccesspointaccount");
    private static final int WIDEST_V4 = 8;
    private static final int WIDEST_V6 = 32;

    private PublicPolicy() {}

    static boolean is(String policy) {
        JsonNode statements = Json.read(policy, JsonNode.class).path("Statement");
        if (statements.isObject()) {
            return opens(statements);
        }
        for (JsonNode each : statements) {
            if (opens(each)) {
                return true;
            }
        }
        return false;
    }

    private static boolean opens(JsonNode statement) {
        return statement.path("Effect").asText().equals("Allow")
                && (statement.has("NotPrincipal") || everybody(statement.path("Principal")))
                && !fixed(statement.path("Condition"));
    }

    private static boolean everybody(JsonNode principal) {
        return principal.isTextual()
                ? principal.asText().equals("*")
                : texts(principal.path("AWS")).contains("*");
    }

    private static boolean fixed(JsonNode conditions) {
        boolean fixed = false;
        for (var operator : conditions.properties()) {
            String name = operator.getKey().toLowerCase(Locale.ROOT);
            if (name.contains("not") || name.endsWith("ifexists") || name.equals("null")) {
                continue;
            }
            for (var key : operator.getValue().properties()) {
                List<String> values = texts(key.getValue());
                String asked = key.getKey().toLowerCase(Locale.ROOT);
                fixed |= asked.equals("aws:sourceip")
                        ? values.stream().allMatch(PublicPolicy::narrow)
                        : FIXING.contains(asked)
                                && values.stream()
                                        .noneMatch(each ->
                                                each.contains("*") || each.contains("?") || each.contains("${"));
            }
        }
        return fixed;
    }

    /** A range of addresses that does not take in a large part of the world. */
    private static boolean narrow(String range) {
        int slash = range.indexOf('/');
        if (slash < 0) {
            return true;
        }
        return Integer.parseInt(range.substring(slash + 1)) >= (range.contains(":") ? WIDEST_V6 : WIDEST_V4);
    }

    private static List<String> texts(JsonNode node) {
        if (node.isTextual()) {
            return List.of(node.asText());
        }
        List<String> all = new ArrayList<>();
        node.forEach(each -> all.add(each.asText()));
        return all;
    }
}
