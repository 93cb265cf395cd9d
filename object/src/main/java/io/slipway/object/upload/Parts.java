package io.slipway.object.upload;

import io.slipway.kit.Clock;
import io.slipway.object.blob.Blobs;
import io.slipway.object.blob.Checksum;
import io.slipway.object.blob.ChecksumAlgorithm;
import io.slipway.object.blob.Content;
import io.slipway.object.blob.Received;
import io.slipway.object.bucket.Bucket;
import io.slipway.object.bucket.Buckets;
import io.slipway.object.bucket.Versioning;
import io.slipway.object.bucket.Visitor;
import io.slipway.object.bucket.Wish;
import io.slipway.object.fault.S3Fault;
import io.slipway.object.version.Asked;
import io.slipway.object.version.Claimed;
import io.slipway.object.version.CopySource;
import io.slipway.object.version.Fields;
import io.slipway.object.version.Gate;
import io.slipway.object.version.Puts;
import io.slipway.object.version.Sources;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Tx;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** The door by which parts come. */
public final class Parts {
    private static final int MOST = 10_000;
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,18})-([0-9]{1,18})");

    private final Database database;
    private final Clock clock;
    private final Blobs blobs;
    private final Buckets buckets;
    private final Gate gate;
    private final Uploads uploads;
    private final Sources sources;
    private final UploadStore store = new UploadStore();

    public Parts(Base base, Blobs blobs, Buckets buckets, Gate gate, Uploads uploads, Sources sources) {
        this.database = base.database();
        this.clock = base.clock();
        this.blobs = blobs;
        this.buckets = buckets;
        this.gate = gate;
        this.uploads = uploads;
        this.sources = sources;
    }

    private static int number(Integer number) {
        if (number == null || number < 1 || number > MOST) {
            throw S3Fault.invalidArgument(
                    "Part number must be an integer between 1 and 10000, inclusive", "partNumber", number);
        }
        return number;
    }

    private Bucket allowed(Visitor visitor, String name, String expectedOwner, String key) {
        Bucket bucket = buckets.get(name, expectedOwner);
        gate.rights()
                .check(visitor, bucket, Wish.of("s3:PutObject", bucket.arn(key)).by(bucket.acl(), Permission.WRITE));
        return bucket;
    }

    public UploadPartResponse upload(Visitor visitor, UploadPartRequest request, RequestBody body) {
        Asked.checkNotBuilt(request);
        int number = number(request.partNumber());
        Claimed claimed = Claimed.of(request);
        Bucket bucket = allowed(visitor, request.bucket(), request.expectedBucketOwner(), request.key());
        Upload upload = database.read(handle -> uploads.open(handle, bucket, request.key(), request.uploadId()));
        checkAlgorithm(upload, claimed);
        ChecksumAlgorithm kept = upload.sum().algorithm().orElse(Puts.DEFAULT);
        Set<ChecksumAlgorithm> algorithms = EnumSet.of(kept);
        claimed.algorithm().ifPresent(algorithms::add);
        Received received = Puts.received(blobs, body, request.contentLength(), algorithms);
        Checksum told = checked(received, claimed, kept);
        Part part = new Part(
                number,
                received.md5(),
                Optional.ofNullable(received.checksums().get(kept))
                        .map(Checksum::text)
                        .orElse(""),
                received.content(),
                clock.millis());
        blobs.keep(received, tx -> put(tx, bucket, upload, part));
        UploadPartResponse.Builder response =
                UploadPartResponse.builder().eTag(part.quotedEtag()).serverSideEncryption(ServerSideEncryption.AES256);
        Fields.fill(response, Map.of(Fields.name(told.algorithm()), told.value()));
        return response.build();
    }

    private static void checkAlgorithm(Upload upload, Claimed claimed) {
        Optional<ChecksumAlgorithm> wanted = upload.sum().algorithm();
        if (wanted.isPresent()
                && claimed.algorithm().filter(each -> each != wanted.get()).isPresent()) {
            throw S3Fault.invalidRequest("Checksum Type mismatch occurred, expected checksum Type: "
                    + small(wanted.get()) + ", actual checksum Type: "
                    + small(claimed.algorithm().get()));
        }
    }

    private static String small(ChecksumAlgorithm algorithm) {
        return algorithm.name().toLowerCase(Locale.ROOT);
    }

    private Checksum checked(Received received, Claimed claimed, ChecksumAlgorithm kept) {
        boolean good = false;
        try {
            Checksum told = claimed.checked(received, kept);
            good = true;
            return told;
        } finally {
            if (!good) {
                blobs.discard(received);
            }
        }
    }

    private Part put(Tx tx, Bucket bucket, Upload upload, Part part) {
        uploads.open(tx.sql(), bucket, upload.key(), upload.id());
        store.part(tx.sql(), upload, part.number()).ifPresent(before -> blobs.release(tx, before.content()));
        store.put(tx.sql(), upload, part);
        return part;
    }

    public UploadPartCopyResponse copy(Visitor visitor, UploadPartCopyRequest request) {
        Asked.checkNotBuilt(request);
        int number = number(request.partNumber());
        Bucket bucket =
                allowed(visitor, request.destinationBucket(), request.expectedBucketOwner(), request.destinationKey());
        Upload upload =
                database.read(handle -> uploads.open(handle, bucket, request.destinationKey(), request.uploadId()));
        Sources.Source source = sources.find(visitor, CopySource.of(request), request);
        long size = source.version().size();
        long from = 0;
        long length = size;
        if (request.copySourceRange() != null) {
            Matcher range = RANGE.matcher(request.copySourceRange());
            if (!range.matches()) {
                throw invalidRange(
                        "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are"
                                + " the zero-based offsets of the first and last bytes to copy",
                        request);
            }
            from = Long.parseLong(range.group(1));
            length = Long.parseLong(range.group(2)) - from + 1;
            if (length < 1 || from + length > size) {
                throw invalidRange("Range specified is not valid for source object of size: " + size, request);
            }
        }
        if (length > Puts.LARGEST) {
            throw S3Fault.invalidRequest(
                    "The specified copy source is larger than the maximum allowable size for a copy" + " source: "
                            + Puts.LARGEST);
        }
        return copy(bucket, upload, number, source, from, length);
    }

    private static RuntimeException invalidRange(String message, UploadPartCopyRequest request) {
        return S3Fault.invalidArgument(message, "x-amz-copy-source-range", request.copySourceRange());
    }

    private UploadPartCopyResponse copy(
            Bucket bucket, Upload upload, int number, Sources.Source source, long from, long length) {
        Sources.Sums sums =
                sources.sums(source, from, length, upload.sum().algorithm().orElse(Puts.DEFAULT));
        Part part = database.write(tx -> {
            sources.check(tx, source);
            Content content = blobs.share(tx, source.version().content(), from, length);
            return put(
                    tx,
                    bucket,
                    upload,
                    new Part(number, sums.etag(), sums.checksum().text(), content, clock.millis()));
        });
        CopyPartResult.Builder result =
                CopyPartResult.builder().eTag(part.quotedEtag()).lastModified(part.modified());
        if (upload.sum().algorithm().isPresent()) {
            Fields.fill(result, sums.checksum());
        }
        return UploadPartCopyResponse.builder()
                .copyPartResult(result.build())
                .copySourceVersionId(
                        source.bucket().versioning() == Versioning.NEVER
                                ? null
                                : source.version().id())
                .serverSideEncryption(ServerSideEncryption.AES256)
                .build();
    }
}
