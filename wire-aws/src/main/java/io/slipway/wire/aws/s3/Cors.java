package io.slipway.wire.aws.s3;

import io.slipway.wire.aws.call.AwsRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CORSRule;

/** Tells browsers what pages from elsewhere may do with a bucket: its own rules decide (S3, cross-origin resource sharing). */
final class Cors {
    private static final String NO_ORIGIN = "";

    private final Supplier<S3Client> platform;

    /** @param platform S3 as the platform itself has it */
    Cors(Supplier<S3Client> platform) {
        this.platform = platform;
    }

    /** What is added to an answer. A request that says for which method it asks is taken at its word, as S3 does. */
    List<Map.Entry<String, String>> headers(AwsRequest request, Optional<String> bucket) {
        Optional<String> origin = request.header("origin");
        String method = request.header("access-control-request-method").orElse(request.method());
        return origin.isEmpty() || bucket.isEmpty()
                ? List.of()
                : rule(bucket.get(), origin.get(), method, List.of())
                        .map(rule -> headers(rule, origin.get(), List.of()))
                        .orElse(List.of());
    }

    /** The answer to a browser that asks before it sends. Throws if it may not. */
    List<Map.Entry<String, String>> preflight(AwsRequest request, Optional<String> bucket) {
        String origin = request.header("origin").orElse(NO_ORIGIN);
        String method = request.header("access-control-request-method").orElse("");
        if (origin.isEmpty() || method.isEmpty()) {
            throw S3Errors.of(400, "BadRequest", "Insufficient information. Origin request header needed.");
        }
        List<String> asked = request.header("access-control-request-headers")
                .map(names -> Arrays.stream(names.split(",", -1))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList())
                .orElse(List.of());
        return bucket.flatMap(name -> rule(name, origin, method, asked))
                .map(rule -> headers(rule, origin, asked))
                .orElseThrow(() -> S3Errors.of(
                        403,
                        "AccessForbidden",
                        "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, "
                                + "request method / Access-Control-Request-Method or Access-Control-Request-Headers are "
                                + "not whitelisted by the resource's CORS spec."));
    }

    private Optional<CORSRule> rule(String bucket, String origin, String method, List<String> asked) {
        List<CORSRule> rules;
        try {
            rules = platform.get().getBucketCors(each -> each.bucket(bucket)).corsRules();
        } catch (AwsServiceException none) {
            return Optional.empty();
        }
        return rules.stream()
                .filter(rule -> rule.allowedOrigins().stream().anyMatch(each -> like(each, origin))
                        && rule.allowedMethods().contains(method)
                        && asked.stream()
                                .allMatch(name -> rule.allowedHeaders().stream()
                                        .anyMatch(each ->
                                                like(each.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT)))))
                .findFirst();
    }

    /** There is one star at most. */
    private static boolean like(String pattern, String text) {
        int star = pattern.indexOf('*');
        return star < 0
                ? pattern.equals(text)
                : text.length() >= pattern.length() - 1
                        && text.startsWith(pattern.substring(0, star))
                        && text.endsWith(pattern.substring(star + 1));
    }

    private static List<Map.Entry<String, String>> headers(CORSRule rule, String origin, List<String> asked) {
        boolean anybody = rule.allowedOrigins().contains("*");
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        headers.add(Map.entry("access-control-allow-origin", anybody ? "*" : origin));
        headers.add(Map.entry("access-control-allow-methods", String.join(", ", rule.allowedMethods())));
        if (!asked.isEmpty()) {
            headers.add(Map.entry("access-control-allow-headers", String.join(", ", asked)));
        }
        if (!rule.exposeHeaders().isEmpty()) {
            headers.add(Map.entry("access-control-expose-headers", String.join(", ", rule.exposeHeaders())));
        }
        Optional.ofNullable(rule.maxAgeSeconds())
                .ifPresent(age -> headers.add(Map.entry("access-control-max-age", String.valueOf(age))));
        if (!anybody) {
            headers.add(Map.entry("access-control-allow-credentials", "true"));
        }
        headers.add(Map.entry("vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method"));
        return headers;
    }
}
