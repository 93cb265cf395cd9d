package io.slipway.object.version;

import io.slipway.object.blob.Blobs;
import io.slipway.object.blob.Checksum;
import io.slipway.object.blob.ChecksumAlgorithm;
import io.slipway.object.blob.Digest;
import io.slipway.object.bucket.Bucket;
import io.slipway.object.bucket.Buckets;
import io.slipway.object.bucket.Visitor;
import io.slipway.object.fault.S3Fault;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Tx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.S3Request;

/** What copies are made of: objects, or bytes of them. */
public final class Sources {
    private static final int PIECE = 128 << 10;

    private final Database database;
    private final Blobs blobs;
    private final Buckets buckets;
    private final Versions versions;
    private final Gate gate;

    public Sources(Base base, Blobs blobs, Buckets buckets, Versions versions, Gate gate) {
        this.database = base.database();
        this.blobs = blobs;
        this.buckets = buckets;
        this.versions = versions;
        this.gate = gate;
    }

    /** A version and the bucket that it is in. */
    public record Source(Bucket bucket, ObjectVersion version) {}

    /** What some bytes sum up to. */
    public record Sums(String etag, Checksum checksum) {}

    /** What is to be copied, if they may read it and conditions hold. */
    public Source find(Visitor visitor, CopySource source, S3Request request) {
        return database.read(handle -> {
            Bucket bucket = buckets.get(
                    handle,
                    source.bucket(),
                    Fields.text(request, "ExpectedSourceBucketOwner").orElse(null));
            Optional<ObjectVersion> found = versions.find(handle, bucket, source.key(), source.versionId());
            if (source.versionId() != null
                    && found.filter(ObjectVersion::marker).isPresent()) {
                throw S3Fault.invalidRequest(
                        "The source of a copy request may not specifically refer to a delete marker by version id.");
            }
            ObjectVersion version = gate.allowed(
                    visitor,
                    bucket,
                    source.key(),
                    source.versionId(),
                    found,
                    "s3:GetObject",
                    "s3:GetObjectVersion",
                    Permission.READ);
            new Conditions(
                            Fields.text(request, "CopySourceIfMatch").orElse(null),
                            Fields.text(request, "CopySourceIfNoneMatch").orElse(null),
                            request.getValueForField("CopySourceIfModifiedSince", Instant.class)
                                    .orElse(null),
                            request.getValueForField("CopySourceIfUnmodifiedSince", Instant.class)
                                    .orElse(null))
                    .checkSource(version);
            return new Source(bucket, version);
        });
    }

    /** Reads the bytes, since nothing that is kept tells what they sum up to. */
    public Sums sums(Source source, long from, long length, ChecksumAlgorithm algorithm) {
        InputStream body = blobs.look(() -> database.read(
                handle -> blobs.open(handle, still(handle, source).version().content(), from, length)));
        Digest md5 = Digest.md5();
        Digest other = algorithm.digest();
        try {
            byte[] piece = new byte[PIECE];
            for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
                md5.update(piece, 0, count);
                other.update(piece, 0, count);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Closed.quietly(body);
        }
        return new Sums(HexFormat.of().formatHex(md5.value()), Checksum.full(algorithm, other.value()));
    }

    /** Throws unless the source is there as it was found. */
    public void check(Tx tx, Source source) {
        still(tx.sql(), source);
    }

    private Source still(Handle handle, Source source) {
        ObjectVersion version = source.version();
        boolean there = versions.find(handle, source.bucket(), version.key(), version.id())
                .filter(now -> now.content().equals(version.content()) && now.rank() == version.rank())
                .isPresent();
        if (!there) {
            throw S3Fault.of(
                            409,
                            "OperationAborted",
                            "A conflicting conditional operation is currently in progress against this resource."
                                    + " Please try again.")
                    .exception();
        }
        return source;
    }
}
