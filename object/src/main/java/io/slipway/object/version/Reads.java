package io.slipway.object.version;

import io.slipway.object.blob.Blobs;
import io.slipway.object.blob.Checksum;
import io.slipway.object.blob.JoinedPart;
import io.slipway.object.bucket.Bucket;
import io.slipway.object.bucket.Buckets;
import io.slipway.object.bucket.LifecycleRules;
import io.slipway.object.bucket.Versioning;
import io.slipway.object.bucket.Visitor;
import io.slipway.object.fault.S3Fault;
import io.slipway.store.Base;
import io.slipway.store.Database;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/** The door by which objects are read. */
public final class Reads {
    private static final int LAST_PART = 10_000;

    /** Members of a request that stand for members of the answer. */
    private static final List<String> OVERRIDDEN = List.of(
            "CacheControl", "ContentDisposition", "ContentEncoding", "ContentLanguage", "ContentType", "Expires");

    private final Database database;
    private final Blobs blobs;
    private final Buckets buckets;
    private final Versions versions;
    private final Gate gate;

    public Reads(Base base, Blobs blobs, Buckets buckets, Versions versions, Gate gate) {
        this.database = base.database();
        this.blobs = blobs;
        this.buckets = buckets;
        this.versions = versions;
        this.gate = gate;
    }

    /** What is to be sent: members of the answer, and which bytes. */
    private record Found(ObjectVersion version, Map<String, Object> values, boolean part, ByteRange bytes) {
        private <B extends S3Response.Builder & SdkPojo> B answer(B builder) {
            Fields.fill(builder, values);
            builder.sdkHttpResponse(
                    SdkHttpResponse.builder().statusCode(part ? 206 : 200).build());
            return builder;
        }
    }

    private record Opened(GetObjectResponse response, InputStream body) {}

    /** The transformer reads the bytes as they are needed; nothing is locked meanwhile. */
    public <T> T get(Visitor visitor, GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
        if (!visitor.signed() && OVERRIDDEN.stream().anyMatch(each -> Fields.has(request, "Response" + each))) {
            throw S3Fault.invalidRequest(
                    "Request specific response headers cannot be used for anonymous GET requests.");
        }
        Opened opened = blobs.look(() -> database.read(handle -> {
            Found found = found(handle, visitor, request);
            return new Opened(
                    found.answer(GetObjectResponse.builder()).build(),
                    blobs.open(
                            handle,
                            found.version().content(),
                            found.bytes().from(),
                            found.bytes().length()));
        }));
        boolean leftOpen = false;
        try {
            T result = transformer.transform(opened.response(), AbortableInputStream.create(opened.body()));
            leftOpen = transformer.needsConnectionLeftOpen();
            return result;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw SdkClientException.create("The answer could not be used: " + e.getMessage(), e);
        } finally {
            if (!leftOpen) {
                Closed.quietly(opened.body());
            }
        }
    }

    public HeadObjectResponse head(Visitor visitor, HeadObjectRequest request) {
        return database.read(handle -> found(handle, visitor, request)
                .answer(HeadObjectResponse.builder())
                .build());
    }

    private Found found(Handle handle, Visitor visitor, S3Request request) {
        Asked.checkNotBuilt(request);
        String key = Fields.text(request, "Key").orElse("");
        String versionId = request.getValueForField("VersionId", String.class).orElse(null);
        Bucket bucket = buckets.get(
                handle,
                Fields.text(request, "Bucket").orElse(""),
                Fields.text(request, "ExpectedBucketOwner").orElse(null));
        ObjectVersion version = gate.allowed(
                visitor,
                bucket,
                key,
                versionId,
                versions.find(handle, bucket, key, versionId),
                "s3:GetObject",
                "s3:GetObjectVersion",
                Permission.READ);
        new Conditions(
                        Fields.text(request, "IfMatch").orElse(null),
                        Fields.text(request, "IfNoneMatch").orElse(null),
                        request.getValueForField("IfModifiedSince", Instant.class)
                                .orElse(null),
                        request.getValueForField("IfUnmodifiedSince", Instant.class)
                                .orElse(null))
                .checkRead(version);
        return selected(handle, bucket, version, request);
    }

    private Found selected(Handle handle, Bucket bucket, ObjectVersion version, S3Request request) {
        Optional<String> range = Fields.text(request, "Range");
        Optional<Integer> number = request.getValueForField("PartNumber", Integer.class);
        if (range.isPresent() && number.isPresent()) {
            throw S3Fault.invalidRequest("Cannot specify both Range header and partNumber query parameter");
        }
        Map<String, Object> values = values(bucket, version);
        boolean sums =
                Fields.text(request, "ChecksumMode").filter("ENABLED"::equals).isPresent();
        Optional<ByteRange> some = ByteRange.of(range.orElse(null), version.size());
        if (number.isPresent()) {
            JoinedPart part = part(handle, version, number.get());
            some = Optional.of(new ByteRange(part.start(), part.size()));
            if (version.head().parts() > 0) {
                values.put("PartsCount", version.head().parts());
            }
            if (sums) {
                Checksum.of(part.checksum()).or(version::checksum).ifPresent(sum -> values.putAll(Fields.of(sum)));
                // Of which kind it is, is said of the whole object.
                version.checksum()
                        .map(whole -> Fields.of(whole).get("ChecksumType"))
                        .ifPresent(type -> values.put("ChecksumType", type));
            }
        } else if (sums && some.filter(each -> each.length() < version.size()).isEmpty()) {
            version.checksum().ifPresent(sum -> values.putAll(Fields.of(sum)));
        }
        ByteRange bytes = some.orElse(new ByteRange(0, version.size()));
        boolean partial = some.isPresent() && version.size() > 0;
        if (partial) {
            values.put("ContentRange", bytes.told(version.size()));
        }
        values.put("ContentLength", bytes.length());
        override(values, request);
        return new Found(version, values, partial, bytes);
    }

    private JoinedPart part(Handle handle, ObjectVersion version, int number) {
        if (number < 1 || number > LAST_PART) {
            throw S3Fault.invalidArgument(
                    "Part number must be an integer between 1 and 10000, inclusive", "partNumber", number);
        }
        List<JoinedPart> parts = version.head().parts() == 0
                ? List.of(new JoinedPart(1, 0, version.size(), ""))
                : blobs.parts(handle, version.content());
        return parts.stream()
                .filter(each -> each.number() == number)
                .findFirst()
                .orElseThrow(() -> S3Fault.of(416, "InvalidPartNumber", "The requested partnumber is not satisfiable")
                        .with("ActualPartCount", parts.size())
                        .with("PartNumberRequested", number)
                        .exception());
    }

    private static Map<String, Object> values(Bucket bucket, ObjectVersion version) {
        Head head = version.head();
        Map<String, Object> values = new HashMap<>();
        values.put("AcceptRanges", "bytes");
        values.put("LastModified", version.modified());
        values.put("ETag", version.quotedEtag());
        values.put("Metadata", head.metadata());
        values.put("ServerSideEncryption", "AES256");
        head.contentType().ifPresent(text -> values.put("ContentType", text));
        head.contentEncoding().ifPresent(text -> values.put("ContentEncoding", text));
        head.contentDisposition().ifPresent(text -> values.put("ContentDisposition", text));
        head.contentLanguage().ifPresent(text -> values.put("ContentLanguage", text));
        head.cacheControl().ifPresent(text -> values.put("CacheControl", text));
        head.expires().ifPresent(text -> putExpires(values, text));
        head.redirect().ifPresent(text -> values.put("WebsiteRedirectLocation", text));
        if (!version.storageClass().equals(Asked.STANDARD)) {
            values.put("StorageClass", version.storageClass());
        }
        if (bucket.versioning() != Versioning.NEVER) {
            values.put("VersionId", version.id());
        }
        if (!head.tags().isEmpty()) {
            values.put("TagCount", head.tags().size());
        }
        if (version.current()) {
            LifecycleRules.of(bucket)
                    .flatMap(rules -> rules.expiration(version.key(), version.size(), head.tags(), version.at()))
                    .ifPresent(text -> values.put("Expiration", text));
        }
        return values;
    }

    private static void putExpires(Map<String, Object> values, String text) {
        values.put("ExpiresString", text);
        try {
            values.put("Expires", Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeParseException asItWasSent) {
            values.remove("Expires");
        }
    }

    private static void override(Map<String, Object> values, S3Request request) {
        for (String each : OVERRIDDEN) {
            if (each.equals("Expires")) {
                request.getValueForField("ResponseExpires", Instant.class).ifPresent(moment -> {
                    values.put("Expires", moment);
                    values.put(
                            "ExpiresString",
                            DateTimeFormatter.RFC_1123_DATE_TIME.format(moment.atOffset(ZoneOffset.UTC)));
                });
            } else {
                Fields.text(request, "Response" + each).ifPresent(text -> values.put(each, text));
            }
        }
    }
}
