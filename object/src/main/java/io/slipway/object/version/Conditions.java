package io.slipway.object.version;

import io.slipway.object.fault.S3Fault;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Headers by which a request wants to be answered only if something holds, in S3's order of precedence. */
public record Conditions(
        @Nullable String ifMatch,
        @Nullable String ifNoneMatch,
        @Nullable Instant ifModifiedSince,
        @Nullable Instant ifUnmodifiedSince) {
    private static boolean matches(String header, String etag) {
        return Arrays.stream(header.split(",", -1))
                .map(each -> each.strip().replaceFirst("^W/", "").replace("\"", ""))
                .anyMatch(each -> each.equals("*") || each.equals(etag));
    }

    /** Throws PreconditionFailed, or NotModified with what the reader needs to keep what they have. */
    void checkRead(ObjectVersion version) {
        failed(version, "").ifPresent(condition -> {
            if (condition.equals("If-None-Match") || condition.equals("If-Modified-Since")) {
                throw notModified(version);
            }
            throw S3Fault.preconditionFailed(condition);
        });
    }

    /** As {@link #checkRead}, for the source of a copy. */
    public void checkSource(ObjectVersion version) {
        failed(version, "x-amz-copy-source-").ifPresent(condition -> {
            throw S3Fault.preconditionFailed(condition);
        });
    }

    private Optional<String> failed(ObjectVersion version, String prefix) {
        if (ifMatch != null) {
            if (!matches(ifMatch, version.etag())) {
                return Optional.of(prefix + "If-Match");
            }
        } else if (ifUnmodifiedSince != null && version.modified().isAfter(ifUnmodifiedSince)) {
            return Optional.of(prefix + "If-Unmodified-Since");
        }
        if (ifNoneMatch != null) {
            return matches(ifNoneMatch, version.etag()) ? Optional.of(prefix + "If-None-Match") : Optional.empty();
        }
        return ifModifiedSince != null && !version.modified().isAfter(ifModifiedSince)
                ? Optional.of(prefix + "If-Modified-Since")
                : Optional.empty();
    }

    private static S3Exception notModified(ObjectVersion version) {
        return S3Fault.of(304, "NotModified", "Not Modified")
                .withHeader("ETag", version.quotedEtag())
                .withHeader(
                        "Last-Modified",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                version.modified().atOffset(ZoneOffset.UTC)))
                .exception();
    }

    /** Of a write: at most one of the two, and {@code If-None-Match} only with a star. */
    public static Conditions ofWrite(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (ifNoneMatch != null && (!ifNoneMatch.equals("*") || ifMatch != null)) {
            throw notAccepted("If-None-Match");
        }
        if (ifMatch != null && ifMatch.equals("*")) {
            throw notAccepted("If-Match");
        }
        return new Conditions(ifMatch, ifNoneMatch, null, null);
    }

    private static S3Exception notAccepted(String header) {
        return S3Fault.of(501, "NotImplemented", "A header you provided implies functionality that is not implemented")
                .with("Header", header)
                .with("additionalMessage", "We don't accept the provided value of " + header + " header for this API")
                .exception();
    }

    public boolean any() {
        return ifMatch != null || ifNoneMatch != null;
    }

    /**
     * Throws unless what the key means is as the writer wants it.
     *
     * @param before whether there was an object when the request began: who has lost it meanwhile is told so
     */
    public void checkWrite(String key, Optional<ObjectVersion> now, boolean before) {
        if (ifNoneMatch != null && now.isPresent()) {
            throw S3Fault.preconditionFailed("If-None-Match");
        }
        if (ifMatch == null) {
            return;
        }
        if (now.isEmpty()) {
            throw before
                    ? S3Fault.of(
                                    409,
                                    "ConditionalRequestConflict",
                                    "The conditional request cannot succeed due to a conflicting operation against this"
                                            + " resource.")
                            .with("Condition", "If-Match")
                            .with("Key", key)
                            .exception()
                    : S3Fault.noSuchKey(key).exception();
        }
        if (!matches(ifMatch, now.get().etag())) {
            throw S3Fault.preconditionFailed("If-Match");
        }
    }
}
