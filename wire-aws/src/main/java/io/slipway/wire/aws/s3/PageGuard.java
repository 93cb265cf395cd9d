package io.slipway.wire.aws.s3;

import io.slipway.wire.aws.call.AwsRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where S3 answers at the host that the pages of the platform have, an object must not be a page of theirs: what anybody has uploaded would
 * act with the session of whoever opens it. Browsers show it without scripts and as nobody's, and take no part of a page from here. At hosts
 * of S3 objects are pages as they are.
 */
final class PageGuard {
    private static final List<Map.Entry<String, String>> HEADERS =
            List.of(Map.entry("content-security-policy", "sandbox"), Map.entry("x-content-type-options", "nosniff"));

    /** Fetch Metadata, destinations: whatever would run, or change how a page looks. */
    private static final Set<String> PARTS = Set.of(
            "script",
            "style",
            "worker",
            "sharedworker",
            "serviceworker",
            "audioworklet",
            "paintworklet",
            "xslt",
            "json",
            "manifest",
            "embed",
            "object");

    /** Throws if a browser wants an object for a part of a page. Other clients do not say what for. */
    void check(AwsRequest request) {
        request.header("sec-fetch-dest").filter(PARTS::contains).ifPresent(part -> {
            throw S3Errors.of(
                    403,
                    "AccessDenied",
                    "Objects are no " + part + " of pages at this host. Use a host of S3 for that.");
        });
    }

    List<Map.Entry<String, String>> headers() {
        return HEADERS;
    }
}
