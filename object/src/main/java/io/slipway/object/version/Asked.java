package io.slipway.object.version;

import io.slipway.object.bucket.Acl;
import io.slipway.object.bucket.TagRules;
import io.slipway.object.fault.S3Fault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Request;

/** What a request that makes an object says about it besides its bytes: of a put, a copy or an upload of parts. */
public record Asked(Head head, String storageClass, Acl.Asked acl) {
    public static final String STANDARD = "STANDARD";
    private static final String BINARY = "binary/octet-stream";
    private static final int LONGEST_KEY = 1024;
    private static final int MOST_METADATA = 2048;

    /** From which bytes come at once. */
    public static final Set<String> READABLE =
            Set.of(STANDARD, "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER_IR");

    /** From which they would have to be brought back first, which is not built. */
    public static final Set<String> ARCHIVES = Set.of("GLACIER", "DEEP_ARCHIVE");

    /** Headers that would change what happens. */
    private static final Map<String, String> NOT_BUILT = Map.of(
            "SSECustomerAlgorithm", "x-amz-server-side-encryption-customer-algorithm",
            "SSECustomerKey", "x-amz-server-side-encryption-customer-key",
            "CopySourceSSECustomerAlgorithm", "x-amz-copy-source-server-side-encryption-customer-algorithm",
            "SSEKMSKeyId", "x-amz-server-side-encryption-aws-kms-key-id",
            "SSEKMSEncryptionContext", "x-amz-server-side-encryption-context",
            "WriteOffsetBytes", "x-amz-write-offset-bytes");

    public static Asked of(S3Request request) {
        checkNotBuilt(request);
        if (Fields.has(request, "ObjectLockMode")
                || Fields.has(request, "ObjectLockRetainUntilDate")
                || Fields.has(request, "ObjectLockLegalHoldStatus")) {
            throw S3Fault.invalidRequest("Bucket is missing Object Lock Configuration");
        }
        Head head = new Head(
                Optional.of(Fields.text(request, "ContentType").orElse(BINARY)),
                Fields.text(request, "ContentEncoding").flatMap(Asked::withoutFraming),
                Fields.text(request, "ContentDisposition"),
                Fields.text(request, "ContentLanguage"),
                Fields.text(request, "CacheControl"),
                request.getValueForField("Expires", Instant.class).map(Asked::date),
                Fields.text(request, "WebsiteRedirectLocation").map(Asked::redirect),
                metadata(request),
                TagRules.ofHeader(Fields.text(request, "Tagging").orElse(null)),
                "",
                0);
        return new Asked(
                head,
                storageClass(Fields.text(request, "StorageClass").orElse(STANDARD)),
                new Acl.Asked(
                        Fields.text(request, "ACL").orElse(null),
                        Fields.text(request, "GrantFullControl").orElse(null),
                        Fields.text(request, "GrantRead").orElse(null),
                        null,
                        Fields.text(request, "GrantReadACP").orElse(null),
                        Fields.text(request, "GrantWriteACP").orElse(null)));
    }

    /** Refuses headers that would have to be honoured. */
    public static void checkNotBuilt(S3Request request) {
        NOT_BUILT.forEach((field, header) -> {
            if (Fields.has(request, field)) {
                throw S3Fault.notImplemented(header);
            }
        });
        Fields.text(request, "ServerSideEncryption").ifPresent(algorithm -> {
            if (algorithm.startsWith("aws:kms")) {
                throw S3Fault.notOffered(
                        "This installation has no keys of KMS; objects can be encrypted by AES256 only.");
            }
            if (!algorithm.equals("AES256")) {
                throw S3Fault.of(
                                400,
                                "InvalidEncryptionAlgorithmError",
                                "The Encryption request you specified is not valid. Supported value: AES256.")
                        .with("ArgumentName", "x-amz-server-side-encryption")
                        .with("ArgumentValue", algorithm)
                        .exception();
            }
        });
    }

    public static String key(@Nullable String key) {
        if (key == null) {
            throw S3Fault.invalidArgument("A key has at least one character, none of them NUL.", "key", key);
        }
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST_KEY) {
            throw S3Fault.of(400, "KeyTooLongError", "Your key is too long")
                    .with("MaxSizeAllowed", LONGEST_KEY)
                    .with("Size", bytes.length)
                    .exception();
        }
        if (key.isEmpty() || key.indexOf('\0') >= 0 || !new String(bytes, StandardCharsets.UTF_8).equals(key)) {
            throw S3Fault.invalidArgument("A key has at least one character, none of them NUL.", "key", key);
        }
        return key;
    }

    public static String storageClass(String name) {
        if (ARCHIVES.contains(name)) {
            throw S3Fault.notOffered("Objects cannot be brought back from " + name + " here, so none are put there.");
        }
        if (!READABLE.contains(name)) {
            throw S3Fault.of(400, "InvalidStorageClass", "The storage class you specified is not valid")
                    .with("StorageClassRequested", name)
                    .exception();
        }
        return name;
    }

    private static String redirect(String location) {
        if (!location.startsWith("/") && !location.startsWith("http://") && !location.startsWith("https://")) {
            throw S3Fault.of(
                            400,
                            "InvalidRedirectLocation",
                            "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.")
                    .exception();
        }
        return location;
    }

    /** How the body travels is no part of what the object is; the rest stays as it was written. */
    private static Optional<String> withoutFraming(String encodings) {
        String rest = List.of(encodings.split(",", -1)).stream()
                .filter(each -> !each.strip().equals("aws-chunked"))
                .collect(Collectors.joining(","))
                .strip();
        return Optional.of(rest).filter(text -> !text.isEmpty());
    }

    private static String date(Instant moment) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(moment.atOffset(ZoneOffset.UTC));
    }

    private static Map<String, String> metadata(S3Request request) {
        Map<?, ?> sent = request.getValueForField("Metadata", Map.class).orElse(Map.of());
        Map<String, String> metadata = new LinkedHashMap<>();
        int size = 0;
        for (Map.Entry<?, ?> each : sent.entrySet()) {
            String name = String.valueOf(each.getKey()).toLowerCase(Locale.ROOT);
            String value = String.valueOf(each.getValue());
            size += name.getBytes(StandardCharsets.UTF_8).length + value.getBytes(StandardCharsets.UTF_8).length;
            metadata.merge(name, value, (one, other) -> one + "," + other);
        }
        if (size > MOST_METADATA) {
            throw S3Fault.of(400, "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size")
                    .with("MaxSizeAllowed", MOST_METADATA)
                    .with("Size", size)
                    .exception();
        }
        return metadata;
    }
}
