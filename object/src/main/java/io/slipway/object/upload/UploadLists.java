package io.slipway.object.upload;

import io.slipway.iam.policy.Arn;
import io.slipway.object.blob.Checksum;
import io.slipway.object.bucket.Bucket;
import io.slipway.object.bucket.Buckets;
import io.slipway.object.bucket.Rights;
import io.slipway.object.bucket.Visitor;
import io.slipway.object.bucket.Wish;
import io.slipway.object.fault.S3Fault;
import io.slipway.object.version.Fields;
import io.slipway.object.version.Span;
import io.slipway.store.Base;
import io.slipway.store.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.Initiator;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Owner;
import software.amazon.awssdk.services.s3.model.Permission;

/** The door to lists of uploads and of their parts. */
public final class UploadLists {
    private static final int PAGE = 1000;

    /** Behind all ids. */
    private static final String LAST = "~";

    private final Database database;
    private final Buckets buckets;
    private final Rights rights;
    private final Uploads uploads;
    private final UploadStore store = new UploadStore();

    public UploadLists(Base base, Buckets buckets, Rights rights, Uploads uploads) {
        this.database = base.database();
        this.buckets = buckets;
        this.rights = rights;
        this.uploads = uploads;
    }

    private static int size(String argument, @Nullable Integer asked) {
        if (asked != null && asked < 0) {
            throw S3Fault.invalidArgument(
                    "Argument " + argument + " must be an integer between 0 and 2147483647", argument, asked);
        }
        return asked == null ? PAGE : Math.min(PAGE, asked);
    }

    /** Accounts are told by their canonical id, whoever is in them by their name. */
    private Initiator initiator(Upload upload) {
        boolean account = Arn.of(upload.initiator())
                .filter(arn -> !arn.resource().equals("root"))
                .isEmpty();
        return Initiator.builder()
                .id(account ? rights.canonical(upload.owner()) : upload.initiator())
                .build();
    }

    private Owner owner(Upload upload) {
        return Owner.builder().id(rights.canonical(upload.owner())).build();
    }

    public ListPartsResponse list(Visitor visitor, ListPartsRequest request) {
        int most = size("max-parts", request.maxParts());
        int after = request.partNumberMarker() == null ? 0 : request.partNumberMarker();
        return database.read(handle -> {
            Bucket bucket = buckets.get(handle, request.bucket(), request.expectedBucketOwner());
            rights.check(
                    visitor,
                    bucket,
                    Wish.of("s3:ListMultipartUploadParts", bucket.arn(request.key())),
                    uploads.find(handle, bucket, request.key(), request.uploadId())
                            .map(Upload::initiator));
            Upload upload = uploads.open(handle, bucket, request.key(), request.uploadId());
            List<Part> parts = new ArrayList<>(store.parts(handle, upload, after, most + 1));
            boolean more = parts.size() > most;
            if (more) {
                parts.remove(most);
            }
            ListPartsResponse.Builder response = ListPartsResponse.builder()
                    .bucket(bucket.name())
                    .key(upload.key())
                    .uploadId(upload.id())
                    .partNumberMarker(after)
                    .nextPartNumberMarker(
                            parts.isEmpty()
                                    ? after
                                    : parts.get(parts.size() - 1).number())
                    .maxParts(most)
                    .isTruncated(more && most > 0)
                    .initiator(initiator(upload))
                    .owner(owner(upload))
                    .storageClass(upload.storageClass())
                    .parts(parts.stream().map(part -> told(upload, part)).toList());
            upload.sum()
                    .algorithm()
                    .ifPresent(algorithm -> response.checksumAlgorithm(algorithm.name())
                            .checksumType(upload.sum().type()));
            return response.build();
        });
    }

    private static software.amazon.awssdk.services.s3.model.Part told(Upload upload, Part part) {
        var told = software.amazon.awssdk.services.s3.model.Part.builder()
                .partNumber(part.number())
                .eTag(part.quotedEtag())
                .lastModified(part.modified())
                .size(part.content().size());
        if (upload.sum().algorithm().isPresent()) {
            Checksum.of(part.checksum()).ifPresent(sum -> Fields.fill(told, sum));
        }
        return told.build();
    }

    /** What one page has found. */
    private static final class Found {
        private final List<Upload> uploads = new ArrayList<>();
        private final List<String> prefixes = new ArrayList<>();
        private boolean more;
        private String lastKey = "";
        private String lastId = "";

        int size() {
            return uploads.size() + prefixes.size();
        }
    }

    public ListMultipartUploadsResponse list(Visitor visitor, ListMultipartUploadsRequest request) {
        int most = size("max-uploads", request.maxUploads());
        if (request.encodingType() == EncodingType.UNKNOWN_TO_SDK_VERSION) {
            throw S3Fault.invalidArgument(
                    "Invalid Encoding Method specified in Request", "encoding-type", request.encodingTypeAsString());
        }
        String prefix = request.prefix() == null ? "" : request.prefix();
        Optional<String> delimiter = Optional.ofNullable(request.delimiter()).filter(text -> !text.isEmpty());
        String key = request.keyMarker() == null ? "" : request.keyMarker();
        // Without a key it means nothing.
        String id = key.isEmpty() || request.uploadIdMarker() == null ? "" : request.uploadIdMarker();
        Bucket bucket = buckets.get(request.bucket(), request.expectedBucketOwner());
        rights.check(
                visitor,
                bucket,
                Wish.of("s3:ListBucketMultipartUploads", bucket, Permission.READ)
                        .with("s3:prefix", request.prefix())
                        .with("s3:delimiter", request.delimiter())
                        .with("s3:max-keys", request.maxUploads()));
        Found found = database.read(handle -> find(handle, bucket, prefix, delimiter, key, id, most));
        return ListMultipartUploadsResponse.builder()
                .bucket(bucket.name())
                .prefix(prefix)
                .delimiter(delimiter.orElse(null))
                .keyMarker(key)
                .uploadIdMarker(id)
                .maxUploads(most)
                .encodingType(request.encodingType())
                .isTruncated(found.more)
                .nextKeyMarker(found.lastKey)
                .nextUploadIdMarker(found.lastId)
                .uploads(found.uploads.stream().map(this::told).toList())
                .commonPrefixes(found.prefixes.stream()
                        .map(each -> CommonPrefix.builder().prefix(each).build())
                        .toList())
                .build();
    }

    private Found find(
            Handle handle, Bucket bucket, String prefix, Optional<String> delimiter, String key, String id, int most) {
        Found found = new Found();
        Optional<String> to = Span.behind(prefix);
        String told = common(key, prefix, delimiter).orElse("");
        boolean fromPrefix = Span.before(key, prefix);
        String afterKey = fromPrefix ? prefix : key;
        // Behind all uploads of the key, unless one of them is named.
        String afterId = fromPrefix || key.isEmpty() ? "" : id.isEmpty() ? LAST : id;
        while (most > 0) {
            List<Upload> some = store.open(handle, bucket.id(), afterKey, afterId, to, PAGE);
            for (Upload each : some) {
                afterKey = each.key();
                afterId = each.id();
                Optional<String> common = common(each.key(), prefix, delimiter);
                if (!each.key().startsWith(prefix)
                        || common.filter(told::equals).isPresent()) {
                    continue;
                }
                if (found.size() == most) {
                    found.more = true;
                    return found;
                }
                if (common.isPresent()) {
                    told = common.get();
                    found.prefixes.add(told);
                    found.lastKey = told;
                    found.lastId = "";
                } else {
                    found.uploads.add(each);
                    found.lastKey = each.key();
                    found.lastId = each.id();
                }
            }
            if (some.size() < PAGE) {
                break;
            }
        }
        return found;
    }

    private static Optional<String> common(String key, String prefix, Optional<String> delimiter) {
        if (delimiter.isEmpty() || !key.startsWith(prefix)) {
            return Optional.empty();
        }
        int at = key.indexOf(delimiter.get(), prefix.length());
        return at < 0
                ? Optional.empty()
                : Optional.of(key.substring(0, at + delimiter.get().length()));
    }

    private MultipartUpload told(Upload upload) {
        MultipartUpload.Builder told = MultipartUpload.builder()
                .key(upload.key())
                .uploadId(upload.id())
                .initiated(upload.begun())
                .storageClass(upload.storageClass())
                .initiator(initiator(upload))
                .owner(owner(upload));
        upload.sum()
                .algorithm()
                .ifPresent(algorithm -> told.checksumAlgorithm(algorithm.name())
                        .checksumType(upload.sum().type()));
        return told.build();
    }
}
