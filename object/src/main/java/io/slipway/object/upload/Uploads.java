package io.slipway.object.upload;

import io.slipway.kit.Clock;
import io.slipway.kit.Ids;
import io.slipway.object.blob.Blobs;
import io.slipway.object.blob.ChecksumAlgorithm;
import io.slipway.object.bucket.Bucket;
import io.slipway.object.bucket.BucketFact;
import io.slipway.object.bucket.Buckets;
import io.slipway.object.bucket.LifecycleRules;
import io.slipway.object.bucket.Visitor;
import io.slipway.object.bucket.Wish;
import io.slipway.object.fault.S3Fault;
import io.slipway.object.version.Asked;
import io.slipway.object.version.Claimed;
import io.slipway.object.version.Fields;
import io.slipway.object.version.Gate;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Tx;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** The door to uploads as such: begun, given up. */
public final class Uploads {
    private static final int SOME = 1000;

    private final Database database;
    private final Clock clock;
    private final Ids ids;
    private final Blobs blobs;
    private final Buckets buckets;
    private final Gate gate;
    private final UploadStore store = new UploadStore();

    public Uploads(Base base, Blobs blobs, Buckets buckets, Gate gate) {
        this.database = base.database();
        this.clock = base.clock();
        this.ids = base.ids();
        this.blobs = blobs;
        this.buckets = buckets;
        this.gate = gate;
        base.facts().on(BucketFact.Deleted.class, (tx, deleted) -> bucketGone(tx, deleted.id()));
    }

    public CreateMultipartUploadResponse create(Visitor visitor, CreateMultipartUploadRequest request) {
        Asked asked = Asked.of(request);
        Upload.Sum sum = sum(request);
        Bucket bucket = buckets.get(request.bucket(), request.expectedBucketOwner());
        String key = Asked.key(request.key());
        gate.checkPut(visitor, bucket, key, asked, request);
        Gate.Owned owned = gate.owned(visitor, bucket, asked.acl());
        long now = clock.millis();
        Upload upload = new Upload(
                bucket.id(),
                key,
                // Ids of one key are in the order of time.
                HexFormat.of().toHexDigits(now) + ids.secretUrl(60),
                ids.number(),
                now,
                owned.owner(),
                visitor.caller().requester().arn(),
                asked.storageClass(),
                sum,
                asked.head().withAcl(owned.acl()),
                Optional.empty());
        database.change(tx -> {
            buckets.get(tx.sql(), request.bucket(), request.expectedBucketOwner());
            store.insert(tx.sql(), upload);
        });
        return CreateMultipartUploadResponse.builder()
                .bucket(bucket.name())
                .key(key)
                .uploadId(upload.id())
                .checksumAlgorithm(request.checksumAlgorithmAsString())
                .checksumType(sum.algorithm().isEmpty() ? null : sum.type())
                .serverSideEncryption(ServerSideEncryption.AES256)
                .build();
    }

    private static Upload.Sum sum(CreateMultipartUploadRequest request) {
        Optional<ChecksumAlgorithm> algorithm =
                Fields.text(request, "ChecksumAlgorithm").map(Claimed::algorithm);
        Optional<String> type = Fields.text(request, "ChecksumType");
        if (algorithm.isEmpty()) {
            if (type.isPresent()) {
                throw S3Fault.invalidRequest("The x-amz-checksum-type header can only be used with the"
                        + " x-amz-checksum-algorithm header.");
            }
            return new Upload.Sum(algorithm, false);
        }
        boolean full = type.map("FULL_OBJECT"::equals).orElse(algorithm.get() == ChecksumAlgorithm.CRC64NVME);
        boolean known = type.isEmpty() || full || type.get().equals("COMPOSITE");
        if (!known) {
            throw S3Fault.invalidRequest("Value for x-amz-checksum-type header is invalid.");
        }
        if (full ? !algorithm.get().cyclic() : algorithm.get() == ChecksumAlgorithm.CRC64NVME) {
            throw S3Fault.invalidRequest("The " + (full ? "FULL_OBJECT" : "COMPOSITE")
                    + " checksum type cannot be used with the "
                    + algorithm.get().name().toLowerCase(Locale.ROOT) + " checksum algorithm.");
        }
        return new Upload.Sum(algorithm, !full);
    }

    public AbortMultipartUploadResponse abort(Visitor visitor, AbortMultipartUploadRequest request) {
        if (request.ifMatchInitiatedTime() != null) {
            throw S3Fault.notImplemented("x-amz-if-match-initiated-time");
        }
        database.change(tx -> {
            Bucket bucket = buckets.get(tx.sql(), request.bucket(), request.expectedBucketOwner());
            gate.rights()
                    .check(
                            visitor,
                            bucket,
                            Wish.of("s3:AbortMultipartUpload", bucket.arn(request.key())),
                            find(tx.sql(), bucket, request.key(), request.uploadId())
                                    .map(Upload::initiator));
            abort(tx, open(tx.sql(), bucket, request.key(), request.uploadId()));
        });
        return AbortMultipartUploadResponse.builder().build();
    }

    Upload open(Handle handle, Bucket bucket, String key, String id) {
        return find(handle, bucket, key, id)
                .filter(upload -> upload.outcome().isEmpty())
                .orElseThrow(() -> S3Fault.noSuchUpload(id));
    }

    Optional<Upload> find(Handle handle, Bucket bucket, String key, String id) {
        return store.upload(handle, bucket.id(), key, id);
    }

    private void abort(Tx tx, Upload upload) {
        List<Part> parts = store.parts(tx.sql(), upload, 0, Integer.MAX_VALUE);
        parts.forEach(part -> blobs.release(tx, part.content()));
        store.deleteParts(tx.sql(), upload);
        store.delete(tx.sql(), upload);
    }

    private void bucketGone(Tx tx, long bucket) {
        store.open(tx.sql(), bucket, "", "", Optional.empty(), Integer.MAX_VALUE)
                .forEach(each -> abort(tx, each));
        store.deleteEndedOf(tx.sql(), bucket);
    }

    /** Gives up those that a rule of their bucket speaks of. */
    public void abortOld(Bucket bucket, LifecycleRules rules, long now) {
        String key = "";
        String id = "";
        while (true) {
            String afterKey = key;
            String afterId = id;
            List<Upload> some =
                    database.read(handle -> store.open(handle, bucket.id(), afterKey, afterId, Optional.empty(), SOME));
            for (Upload each : some) {
                if (rules.aborts(each.key(), each.at())
                        .filter(when -> when.at() <= now)
                        .isPresent()) {
                    database.change(tx -> find(tx.sql(), bucket, each.key(), each.id())
                            .filter(upload -> upload.outcome().isEmpty())
                            .ifPresent(upload -> abort(tx, upload)));
                }
            }
            if (some.size() < SOME) {
                return;
            }
            key = some.get(SOME - 1).key();
            id = some.get(SOME - 1).id();
        }
    }

    /** Forgets what came of those that ended before. */
    public void forget(long before) {
        database.change(tx -> store.deleteEnded(tx.sql(), before));
    }
}
