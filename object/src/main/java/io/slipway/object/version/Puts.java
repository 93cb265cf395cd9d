package io.slipway.object.version;

import io.slipway.object.blob.Blobs;
import io.slipway.object.blob.Checksum;
import io.slipway.object.blob.ChecksumAlgorithm;
import io.slipway.object.blob.Received;
import io.slipway.object.bucket.Bucket;
import io.slipway.object.bucket.Buckets;
import io.slipway.object.bucket.LifecycleRules;
import io.slipway.object.bucket.Visitor;
import io.slipway.object.event.Telling;
import io.slipway.object.fault.S3Fault;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Tx;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** The door by which objects come. */
public final class Puts {
    /** By one request (S3 quotas). */
    public static final long LARGEST = 5L << 30;

    /** What an object gets whose sender does not mind. */
    public static final ChecksumAlgorithm DEFAULT = ChecksumAlgorithm.CRC64NVME;

    private final Database database;
    private final Blobs blobs;
    private final Buckets buckets;
    private final Versions versions;
    private final Gate gate;
    private final Telling telling;

    public Puts(Base base, Blobs blobs, Buckets buckets, Versions versions, Gate gate, Telling telling) {
        this.database = base.database();
        this.blobs = blobs;
        this.buckets = buckets;
        this.versions = versions;
        this.gate = gate;
        this.telling = telling;
    }

    public PutObjectResponse put(Visitor visitor, PutObjectRequest request, RequestBody body) {
        Conditions conditions = Conditions.ofWrite(request.ifMatch(), request.ifNoneMatch());
        Asked asked = Asked.of(request);
        Bucket bucket = buckets.get(request.bucket(), request.expectedBucketOwner());
        String key = Asked.key(request.key());
        gate.checkPut(visitor, bucket, key, asked, request);
        gate.owned(visitor, bucket, asked.acl());
        Claimed claimed = Claimed.of(request);
        boolean before = conditions.any()
                && database.read(handle -> {
                    Optional<ObjectVersion> now = versions.current(handle, bucket, key);
                    conditions.checkWrite(key, now, false);
                    return now.isPresent();
                });
        Received received = received(blobs, body, request.contentLength(), claimed.wanted(DEFAULT));
        Checksum checksum = checked(received, claimed);
        ObjectVersion version =
                blobs.keep(received, tx -> keep(tx, visitor, request, asked, conditions, before, received, checksum));
        PutObjectResponse.Builder response = PutObjectResponse.builder()
                .eTag(version.quotedEtag())
                .versionId(version.id().equals(ObjectVersion.NULL) ? null : version.id())
                .expiration(LifecycleRules.of(bucket)
                        .flatMap(rules -> rules.expiration(
                                key, version.size(), version.head().tags(), version.at()))
                        .orElse(null))
                .serverSideEncryption(ServerSideEncryption.AES256);
        Fields.fill(response, checksum);
        return response.build();
    }

    private Checksum checked(Received received, Claimed claimed) {
        boolean good = false;
        try {
            Checksum checksum = claimed.checked(received, DEFAULT);
            good = true;
            return checksum;
        } finally {
            if (!good) {
                blobs.discard(received);
            }
        }
    }

    private ObjectVersion keep(
            Tx tx,
            Visitor visitor,
            PutObjectRequest request,
            Asked asked,
            Conditions conditions,
            boolean before,
            Received received,
            Checksum checksum) {
        // Anew: what is set for the bucket may have changed while the bytes came.
        Bucket bucket = buckets.get(tx.sql(), request.bucket(), request.expectedBucketOwner());
        if (conditions.any()) {
            conditions.checkWrite(request.key(), versions.current(tx.sql(), bucket, request.key()), before);
        }
        Gate.Owned owned = gate.owned(visitor, bucket, asked.acl());
        ObjectVersion version = versions.put(
                tx,
                bucket,
                new Versions.Draft(
                        request.key(),
                        received.md5(),
                        asked.storageClass(),
                        owned.owner(),
                        Optional.of(checksum),
                        received.content(),
                        asked.head().withAcl(owned.acl())));
        telling.created(tx, visitor, bucket, "Put", version.key(), version.id(), version.size(), version.etag());
        return version;
    }

    /** Takes a body that has the length that it is said to have. */
    public static Received received(
            Blobs blobs, RequestBody body, @Nullable Long length, Set<ChecksumAlgorithm> algorithms) {
        Optional<Long> said = Optional.ofNullable(length).or(body::optionalContentLength);
        said.ifPresent(Puts::checkSize);
        Received received;
        try (InputStream stream = body.contentStreamProvider().newStream()) {
            received = blobs.receive(stream, algorithms);
        } catch (IOException e) {
            throw SdkClientException.create("The body of the request could not be read: " + e.getMessage(), e);
        }
        long size = received.content().size();
        if (size > LARGEST || said.filter(wanted -> wanted != size).isPresent()) {
            blobs.discard(received);
            checkSize(size);
            throw S3Fault.of(
                            400,
                            "IncompleteBody",
                            "You did not provide the number of bytes specified by the Content-Length HTTP header")
                    .exception();
        }
        return received;
    }

    private static void checkSize(long size) {
        if (size > LARGEST) {
            throw S3Fault.of(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size")
                    .with("MaxSizeAllowed", LARGEST)
                    .with("ProposedSize", size)
                    .exception();
        }
    }
}
