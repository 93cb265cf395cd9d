package io.slipway.wire.aws.signature;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An address that was signed by the older version 2, which the command line and boto3 still do where nothing else is set (S3, signing and
 * authenticating REST requests; query string request authentication). Only addresses: headers must be signed by version 4.
 *
 * @param expires in seconds since 1970, as it is written
 */
record PresignedVersion2(String keyId, String signature, String expires, Optional<String> token) {
    /** Parameters that say what is asked for, and so are signed. */
    private static final Set<String> SIGNED = Set.of(
            "accelerate",
            "acl",
            "analytics",
            "attributes",
            "cors",
            "delete",
            "encryption",
            "intelligent-tiering",
            "inventory",
            "legal-hold",
            "lifecycle",
            "location",
            "logging",
            "metrics",
            "notification",
            "object-lock",
            "ownershipControls",
            "partNumber",
            "policy",
            "policyStatus",
            "publicAccessBlock",
            "replication",
            "requestPayment",
            "response-cache-control",
            "response-content-disposition",
            "response-content-encoding",
            "response-content-language",
            "response-content-type",
            "response-expires",
            "restore",
            "retention",
            "select",
            "select-type",
            "tagging",
            "torrent",
            "uploadId",
            "uploads",
            "versionId",
            "versioning",
            "versions",
            "website");

    /** Empty: the request has none. */
    static Optional<PresignedVersion2> of(SentRequest request, SentQuery query) {
        if (!query.has("AWSAccessKeyId") || !query.has("Signature")) {
            return Optional.empty();
        }
        boolean another = query.has("X-Amz-Algorithm") || query.has("X-Amz-Credential") || query.has("X-Amz-Signature");
        if (another || !request.headers().all("authorization").isEmpty()) {
            throw Refusal.INVALID_ARGUMENT.because(
                    "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, "
                            + "Signature query string parameter or the Authorization header should be specified");
        }
        return Optional.of(new PresignedVersion2(
                need(query, "AWSAccessKeyId"),
                need(query, "Signature"),
                need(query, "Expires"),
                query.single("x-amz-security-token")));
    }

    private static String need(SentQuery query, String name) {
        return query.single(name)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> Refusal.ACCESS_DENIED.because(
                        "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters"));
    }

    /** Throws unless it is still good at this moment. */
    void requireAlive(Instant now) {
        if (!expires.matches("[0-9]{1,12}")) {
            throw Refusal.ACCESS_DENIED.because("Invalid date (should be seconds since epoch): " + expires);
        }
        Instant end = Instant.ofEpochSecond(Long.parseLong(expires));
        if (!end.isAfter(now)) {
            throw Refusal.ACCESS_DENIED.because(
                    "Request has expired", Map.of("Expires", end.toString(), "ServerTime", now.toString()));
        }
    }

    /**
     * Throws unless this secret has signed it.
     *
     * @param bucket where the name of the host says it and not the path
     */
    void requireSigned(SentRequest request, SentQuery query, Optional<String> bucket, String secret) {
        String toSign = String.join(
                "\n",
                request.method(),
                shown(request, query, "content-md5"),
                shown(request, query, "content-type"),
                expires,
                amz(request, query) + bucket.map(name -> "/" + name).orElse("") + request.rawPath() + resource(query));
        if (!Signing.same(Version2.sign(secret, toSign), signature)) {
            throw Refusal.SIGNATURE_DOES_NOT_MATCH.because(
                    SignatureCheck.NO_MATCH,
                    Map.of("AWSAccessKeyId", keyId, "StringToSign", toSign, "SignatureProvided", signature));
        }
    }

    ShownSignature shown(Instant now) {
        return new ShownSignature(Version2.scope(keyId), List.of(), signature, now, "", Optional.empty(), token, true);
    }

    private static String shown(SentRequest request, SentQuery query, String name) {
        return query.single(name).or(() -> request.headers().first(name)).orElse("");
    }

    /** Headers of AWS, and what stands in the query in their place. */
    private static String amz(SentRequest request, SentQuery query) {
        TreeMap<String, String> all = new TreeMap<>();
        request.headers().entries().stream()
                .filter(each -> each.getKey().startsWith("x-amz-"))
                .forEach(each -> all.merge(each.getKey(), each.getValue().strip(), (one, other) -> one + "," + other));
        query.parameters().stream()
                .filter(each -> each.name().toLowerCase(Locale.ROOT).startsWith("x-amz-"))
                .forEach(each -> all.put(
                        each.name().toLowerCase(Locale.ROOT),
                        query.single(each.name()).orElse("")));
        StringBuilder lines = new StringBuilder();
        all.forEach(
                (name, value) -> lines.append(name).append(':').append(value).append('\n'));
        return lines.toString();
    }

    private static String resource(SentQuery query) {
        TreeSet<String> parts = new TreeSet<>();
        for (SentQuery.Parameter each : query.parameters()) {
            if (SIGNED.contains(each.name())) {
                String value = query.single(each.name()).orElse("");
                parts.add(value.isEmpty() ? each.name() : each.name() + "=" + value);
            }
        }
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }
}
