package io.slipway.wire.aws.s3;

import io.slipway.wire.aws.protocol.Parameters;
import io.slipway.wire.aws.signature.SentHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Headers as the records of the SDK want them, and as clients want them. */
final class S3Headers {
    private static final String META = "x-amz-meta-";
    private static final String FRAMES = "aws-chunked";
    /** What a signed address may say of the headers of its answer. */
    private static final Map<String, String> OVERRIDES = Map.of(
            "response-content-type", "content-type",
            "response-content-language", "content-language",
            "response-expires", "expires",
            "response-cache-control", "cache-control",
            "response-content-disposition", "content-disposition",
            "response-content-encoding", "content-encoding");

    private S3Headers() {}

    /** @param length of the body without its frames, if it is known */
    static SentHeaders plain(SentHeaders sent, Optional<Long> length) {
        List<Map.Entry<String, String>> plain = new ArrayList<>();
        for (Map.Entry<String, String> each : sent.entries()) {
            String name = each.getKey();
            if (name.startsWith(META)) {
                plain.add(Map.entry(name, Words.decoded(each.getValue())));
            } else if (name.equals("content-encoding")) {
                withoutFrames(each.getValue()).ifPresent(value -> plain.add(Map.entry(name, value)));
            } else if (!name.equals("content-length")) {
                plain.add(each);
            }
        }
        length.ifPresent(number -> plain.add(Map.entry("content-length", String.valueOf(number))));
        if (sent.first("x-amz-sdk-checksum-algorithm").isEmpty()) {
            sent.first("x-amz-trailer")
                    .filter(name -> name.startsWith("x-amz-checksum-"))
                    .ifPresent(name -> plain.add(Map.entry(
                            "x-amz-sdk-checksum-algorithm",
                            name.substring("x-amz-checksum-".length()).toUpperCase(Locale.ROOT))));
        }
        return new SentHeaders(plain);
    }

    /** The others stay as they were written. */
    private static Optional<String> withoutFrames(String encoding) {
        List<String> left = new ArrayList<>();
        for (String each : encoding.split(",", -1)) {
            if (!each.strip().equalsIgnoreCase(FRAMES)) {
                left.add(each);
            }
        }
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(",", left).strip());
    }

    /** Throws if somebody who has not signed wants other headers. */
    static void requireNoOverrides(Parameters query) {
        if (OVERRIDES.keySet().stream().anyMatch(query::has)) {
            throw S3Errors.invalidRequest(
                    "Request specific response headers cannot be used for anonymous GET requests.");
        }
    }

    static List<Map.Entry<String, String>> told(List<Map.Entry<String, String>> headers, Parameters query) {
        List<Map.Entry<String, String>> told = new ArrayList<>();
        for (Map.Entry<String, String> each : headers) {
            String name = each.getKey();
            // The SDK's records have this header twice: as a moment, and as it is written.
            boolean again = name.equals("expires")
                    && told.stream().anyMatch(other -> other.getKey().equals(name));
            if (!again
                    && OVERRIDES.entrySet().stream()
                            .noneMatch(other -> other.getValue().equals(name) && query.has(other.getKey()))) {
                told.add(Map.entry(name, value(name, each.getValue())));
            }
        }
        OVERRIDES.forEach((parameter, name) ->
                query.first(parameter).ifPresent(value -> told.add(Map.entry(name, value(name, value)))));
        return told;
    }

    private static String value(String name, String value) {
        if (name.startsWith(META)) {
            return Words.encoded(value);
        }
        if (name.equals("etag") && !value.startsWith("\"") && !value.startsWith("W/")) {
            return '"' + value + '"';
        }
        String oneLine = value.replace('\r', ' ').replace('\n', ' ');
        return new String(oneLine.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
