package io.slipway.object.bucket;

import io.slipway.object.fault.S3Fault;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.model.CORSConfiguration;
import software.amazon.awssdk.services.s3.model.CORSRule;

/** From which pages of other sites a browser may ask for what is in a bucket. */
public final class Cors {
    private static final Set<String> METHODS = Set.of("GET", "PUT", "POST", "DELETE", "HEAD");
    private static final int MOST = 100;
    private static final int LONGEST_ID = 255;

    private Cors() {}

    /**
     * What a browser is told.
     *
     * @param origin the one that asks, or {@code *} where all may
     * @param headers that it may send, of those it wants to
     */
    public record Answer(
            String origin,
            List<String> methods,
            List<String> headers,
            List<String> exposed,
            Optional<Duration> maxAge) {}

    static void check(CORSConfiguration configuration) {
        if (configuration == null
                || configuration.corsRules().isEmpty()
                || configuration.corsRules().size() > MOST) {
            throw S3Fault.malformed();
        }
        for (CORSRule rule : configuration.corsRules()) {
            boolean whole =
                    !rule.allowedMethods().isEmpty() && !rule.allowedOrigins().isEmpty();
            if (!whole || (rule.id() != null && rule.id().length() > LONGEST_ID)) {
                throw S3Fault.malformed();
            }
            rule.allowedMethods().stream()
                    .filter(each -> !METHODS.contains(each))
                    .findFirst()
                    .ifPresent(each -> {
                        throw S3Fault.invalidRequest(
                                "Found unsupported HTTP method in CORS config. Unsupported method is " + each);
                    });
            checkWildcards("AllowedOrigin", rule.allowedOrigins());
            checkWildcards("AllowedHeader", rule.allowedHeaders());
            rule.exposeHeaders().stream()
                    .filter(each -> each.contains("*"))
                    .findFirst()
                    .ifPresent(each -> {
                        throw S3Fault.invalidRequest("ExposeHeader \"" + each
                                + "\" contains wildcard. We currently do not support wildcard for ExposeHeader.");
                    });
        }
    }

    private static void checkWildcards(String element, List<String> texts) {
        texts.stream()
                .filter(each -> each.indexOf('*') != each.lastIndexOf('*'))
                .findFirst()
                .ifPresent(each -> {
                    throw S3Fault.invalidRequest(element + " \"" + each + "\" can not have more than one wildcard.");
                });
    }

    /**
     * By the first rule that allows it; empty: none does.
     *
     * @param headers that the browser wants to send, as it names them
     */
    static Optional<Answer> match(CORSConfiguration configuration, String origin, String method, List<String> headers) {
        return configuration.corsRules().stream()
                .filter(rule -> rule.allowedMethods().contains(method)
                        && anyMatches(rule.allowedOrigins(), origin)
                        && headers.stream()
                                .allMatch(each -> anyMatches(
                                        rule.allowedHeaders().stream()
                                                .map(known -> known.toLowerCase(Locale.ROOT))
                                                .toList(),
                                        each.toLowerCase(Locale.ROOT))))
                .findFirst()
                .map(rule -> new Answer(
                        rule.allowedOrigins().contains("*") ? "*" : origin,
                        rule.allowedMethods(),
                        headers,
                        rule.exposeHeaders(),
                        Optional.ofNullable(rule.maxAgeSeconds()).map(Duration::ofSeconds)));
    }

    private static boolean anyMatches(List<String> patterns, String text) {
        return patterns.stream()
                .anyMatch(each -> text.matches(List.of(each.split("\\*", -1)).stream()
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*"))));
    }
}
