package io.slipway.object.upload;

import io.slipway.kit.Clock;
import io.slipway.object.blob.Blobs;
import io.slipway.object.blob.Checksum;
import io.slipway.object.blob.ChecksumAlgorithm;
import io.slipway.object.blob.Content;
import io.slipway.object.blob.Digest;
import io.slipway.object.bucket.Bucket;
import io.slipway.object.bucket.Buckets;
import io.slipway.object.bucket.Visitor;
import io.slipway.object.bucket.Wish;
import io.slipway.object.event.Telling;
import io.slipway.object.fault.S3Fault;
import io.slipway.object.version.Asked;
import io.slipway.object.version.Conditions;
import io.slipway.object.version.Fields;
import io.slipway.object.version.Gate;
import io.slipway.object.version.ObjectVersion;
import io.slipway.object.version.Puts;
import io.slipway.object.version.Versions;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Tx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** The door by which parts become an object: they are put together, not written again. */
public final class Completion {
    /** Of each part but the last. */
    private static final long SMALLEST = 5L << 20;

    private static final long LARGEST = 5L << 40;

    private final Database database;
    private final Clock clock;
    private final Blobs blobs;
    private final Buckets buckets;
    private final Versions versions;
    private final Gate gate;
    private final Telling telling;
    private final Uploads uploads;
    private final UploadStore store = new UploadStore();

    public Completion(
            Base base, Blobs blobs, Buckets buckets, Versions versions, Gate gate, Telling telling, Uploads uploads) {
        this.database = base.database();
        this.clock = base.clock();
        this.blobs = blobs;
        this.buckets = buckets;
        this.versions = versions;
        this.gate = gate;
        this.telling = telling;
        this.uploads = uploads;
    }

    public CompleteMultipartUploadResponse complete(Visitor visitor, CompleteMultipartUploadRequest request) {
        Asked.checkNotBuilt(request);
        Conditions conditions = Conditions.ofWrite(request.ifMatch(), request.ifNoneMatch());
        Upload.Outcome outcome = database.write(tx -> {
            Bucket bucket = buckets.get(tx.sql(), request.bucket(), request.expectedBucketOwner());
            gate.rights()
                    .check(
                            visitor,
                            bucket,
                            Wish.of("s3:PutObject", bucket.arn(request.key()))
                                    .by(bucket.acl(), Permission.WRITE)
                                    .with("s3:if-none-match", request.ifNoneMatch())
                                    .with("s3:if-match", request.ifMatch()));
            Upload upload = uploads.find(tx.sql(), bucket, request.key(), request.uploadId())
                    .orElseThrow(() -> S3Fault.noSuchUpload(request.uploadId()));
            return upload.outcome().orElseGet(() -> complete(tx, visitor, bucket, upload, request, conditions));
        });
        CompleteMultipartUploadResponse.Builder response = CompleteMultipartUploadResponse.builder()
                .bucket(request.bucket())
                .key(request.key())
                .location("/" + request.bucket() + "/" + request.key())
                .eTag('"' + outcome.etag() + '"')
                .versionId(outcome.versionId().equals(ObjectVersion.NULL) ? null : outcome.versionId())
                .serverSideEncryption(ServerSideEncryption.AES256);
        Checksum.of(outcome.checksum()).ifPresent(sum -> Fields.fill(response, sum));
        return response.build();
    }

    private Upload.Outcome complete(
            Tx tx,
            Visitor visitor,
            Bucket bucket,
            Upload upload,
            CompleteMultipartUploadRequest request,
            Conditions conditions) {
        List<CompletedPart> wanted = request.multipartUpload() == null
                ? List.of()
                : request.multipartUpload().parts();
        if (wanted.isEmpty()) {
            throw request.multipartUpload() == null
                    ? S3Fault.invalidRequest("You must specify at least one part")
                    : S3Fault.malformed();
        }
        Optional<String> type = Fields.text(request, "ChecksumType");
        if (type.filter(each -> !each.equals(upload.sum().type())).isPresent()) {
            throw S3Fault.invalidRequest("The upload was created using the "
                    + upload.sum().type() + " checksum mode. The complete request must use the same checksum mode.");
        }
        List<Part> parts = chosen(tx, upload, wanted);
        long size = parts.stream().mapToLong(part -> part.content().size()).sum();
        checkSize(size, request);
        Optional<Checksum> checksum = checksum(upload, parts);
        checksum.ifPresent(sum -> checkClaimed(request, sum));
        if (conditions.any()) {
            conditions.checkWrite(upload.key(), versions.current(tx.sql(), bucket, upload.key()), false);
        }
        Content content = join(tx, upload, parts);
        ObjectVersion version = versions.put(
                tx,
                bucket,
                new Versions.Draft(
                        upload.key(),
                        etag(parts),
                        upload.storageClass(),
                        upload.owner(),
                        checksum,
                        content,
                        upload.head().withParts(parts.size())));
        telling.created(
                tx, visitor, bucket, "CompleteMultipartUpload", version.key(), version.id(), size, version.etag());
        Upload.Outcome outcome = new Upload.Outcome(
                version.etag(), version.id(), checksum.map(Checksum::text).orElse(""));
        store.end(tx.sql(), upload, outcome, clock.millis());
        return outcome;
    }

    private List<Part> chosen(Tx tx, Upload upload, List<CompletedPart> wanted) {
        Map<Integer, Part> there = new HashMap<>();
        store.parts(tx.sql(), upload, 0, Integer.MAX_VALUE).forEach(part -> there.put(part.number(), part));
        List<Part> parts = new ArrayList<>();
        int last = 0;
        for (CompletedPart each : wanted) {
            if (each.partNumber() == null || each.eTag() == null) {
                throw S3Fault.malformed();
            }
            if (each.partNumber() <= last) {
                throw S3Fault.of(
                                400,
                                "InvalidPartOrder",
                                "The list of parts was not in ascending order. Parts must be ordered by part number.")
                        .with("UploadId", upload.id())
                        .exception();
            }
            last = each.partNumber();
            Part part = there.get(last);
            String etag = each.eTag().replace("\"", "");
            if (part == null || !part.etag().equals(etag)) {
                throw S3Fault.of(
                                400,
                                "InvalidPart",
                                "One or more of the specified parts could not be found.  The part may not have been"
                                        + " uploaded, or the specified entity tag may not match the part's entity tag.")
                        .with("ETag", etag)
                        .with("PartNumber", last)
                        .with("UploadId", upload.id())
                        .exception();
            }
            checkSum(upload, part, each);
            parts.add(part);
        }
        checkSmall(parts);
        return parts;
    }

    private static void checkSmall(List<Part> parts) {
        parts.subList(0, parts.size() - 1).stream()
                .filter(part -> part.content().size() < SMALLEST)
                .findFirst()
                .ifPresent(part -> {
                    throw S3Fault.of(
                                    400,
                                    "EntityTooSmall",
                                    "Your proposed upload is smaller than the minimum allowed size")
                            .with("ETag", part.etag())
                            .with("MinSizeAllowed", SMALLEST)
                            .with("PartNumber", part.number())
                            .with("ProposedSize", part.content().size())
                            .exception();
                });
    }

    private static void checkSum(Upload upload, Part part, CompletedPart said) {
        Optional<ChecksumAlgorithm> algorithm = upload.sum().algorithm();
        if (algorithm.isEmpty()) {
            return;
        }
        String small = algorithm.get().name().toLowerCase(Locale.ROOT);
        Optional<String> value = said.getValueForField(Fields.name(algorithm.get()), String.class);
        if (value.isEmpty() && upload.sum().composite()) {
            throw S3Fault.invalidRequest("The upload was created using a " + small
                    + " checksum. The complete request must include the checksum for each part. It was missing for part "
                    + part.number() + " in the request.");
        }
        String kept = Checksum.of(part.checksum()).map(Checksum::value).orElse("");
        if (value.filter(each -> !each.equals(kept)).isPresent()) {
            throw S3Fault.of(
                            400,
                            "BadDigest",
                            "The " + small + " you specified for part " + part.number()
                                    + " did not match what we received.")
                    .exception();
        }
    }

    private static void checkSize(long size, CompleteMultipartUploadRequest request) {
        if (size > LARGEST) {
            throw S3Fault.of(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size")
                    .with("MaxSizeAllowed", LARGEST)
                    .with("ProposedSize", size)
                    .exception();
        }
        if (request.mpuObjectSize() != null && request.mpuObjectSize() != size) {
            throw S3Fault.invalidRequest("The provided 'x-amz-mp-object-size' header value " + request.mpuObjectSize()
                    + " does not match what was computed: " + size);
        }
    }

    private static Optional<Checksum> checksum(Upload upload, List<Part> parts) {
        List<Checksum.OfPart> sums = new ArrayList<>();
        for (Part part : parts) {
            Optional<Checksum> sum = Checksum.of(part.checksum());
            if (sum.isEmpty()) {
                return Optional.empty();
            }
            sums.add(new Checksum.OfPart(sum.get().value(), part.content().size()));
        }
        ChecksumAlgorithm algorithm = upload.sum().algorithm().orElse(Puts.DEFAULT);
        return Optional.of(
                upload.sum().composite() ? Checksum.composite(algorithm, sums) : Checksum.joined(algorithm, sums));
    }

    private static void checkClaimed(CompleteMultipartUploadRequest request, Checksum sum) {
        boolean wrong = Arrays.stream(ChecksumAlgorithm.values())
                .anyMatch(each -> Fields.text(request, Fields.name(each))
                        .filter(said -> each != sum.algorithm() || !said.equals(sum.value()))
                        .isPresent());
        if (wrong) {
            throw S3Fault.of(
                            400,
                            "BadDigest",
                            "The " + sum.algorithm().name().toLowerCase(Locale.ROOT)
                                    + " you specified did not match the calculated checksum.")
                    .exception();
        }
    }

    /** Parts that nobody chose are given up. */
    private Content join(Tx tx, Upload upload, List<Part> parts) {
        Set<Part> chosen = new HashSet<>(parts);
        store.parts(tx.sql(), upload, 0, Integer.MAX_VALUE).stream()
                .filter(part -> !chosen.contains(part))
                .forEach(part -> blobs.release(tx, part.content()));
        store.deleteParts(tx.sql(), upload);
        boolean told = upload.sum().algorithm().isPresent();
        return blobs.join(
                tx,
                parts.stream()
                        .map(part -> new Blobs.Part(part.number(), part.content(), told ? part.checksum() : ""))
                        .toList());
    }

    private static String etag(List<Part> parts) {
        Digest digest = Digest.md5();
        for (Part part : parts) {
            byte[] one = HexFormat.of().parseHex(part.etag());
            digest.update(one, 0, one.length);
        }
        return HexFormat.of().formatHex(digest.value()) + "-" + parts.size();
    }
}
