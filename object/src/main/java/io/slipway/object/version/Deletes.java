package io.slipway.object.version;

import io.slipway.object.bucket.Bucket;
import io.slipway.object.bucket.Buckets;
import io.slipway.object.bucket.Versioning;
import io.slipway.object.bucket.Visitor;
import io.slipway.object.bucket.Wish;
import io.slipway.object.event.Telling;
import io.slipway.object.fault.S3Fault;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The door by which objects go. */
public final class Deletes {
    private static final int MOST = 1000;
    private static final int AT_ONCE = 100;

    private final Database database;
    private final Buckets buckets;
    private final Versions versions;
    private final Gate gate;
    private final Telling telling;

    public Deletes(Base base, Buckets buckets, Versions versions, Gate gate, Telling telling) {
        this.database = base.database();
        this.buckets = buckets;
        this.versions = versions;
        this.gate = gate;
        this.telling = telling;
    }

    /** What came of it: whether a marker was made or taken away, and the version that was. */
    private record Gone(boolean marker, Optional<String> version) {}

    public DeleteObjectResponse delete(Visitor visitor, DeleteObjectRequest request) {
        refuseOfDirectories(request.ifMatchLastModifiedTime(), "x-amz-if-match-last-modified-time");
        refuseOfDirectories(request.ifMatchSize(), "x-amz-if-match-size");
        refuseLocked(request.bypassGovernanceRetention());
        Gone gone = database.write(tx -> {
            Bucket bucket = buckets.get(tx.sql(), request.bucket(), request.expectedBucketOwner());
            return delete(tx, visitor, bucket, request.key(), request.versionId(), request.ifMatch());
        });
        return DeleteObjectResponse.builder()
                .deleteMarker(gone.marker() ? true : null)
                .versionId(gone.version().orElse(null))
                .build();
    }

    private static void refuseOfDirectories(@Nullable Object value, String header) {
        if (value != null) {
            throw S3Fault.notImplemented(header);
        }
    }

    private static void refuseLocked(@Nullable Boolean bypass) {
        if (Boolean.TRUE.equals(bypass)) {
            throw S3Fault.of(
                            400,
                            "InvalidArgument",
                            "x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.")
                    .with("ArgumentName", "x-amz-bypass-governance-retention")
                    .exception();
        }
    }

    private Gone delete(
            Tx tx, Visitor visitor, Bucket bucket, String name, @Nullable String versionId, @Nullable String ifMatch) {
        String key = Asked.key(name);
        gate.rights()
                .check(
                        visitor,
                        bucket,
                        Wish.of(versionId == null ? "s3:DeleteObject" : "s3:DeleteObjectVersion", bucket.arn(key))
                                .by(bucket.acl(), Permission.WRITE)
                                .with("s3:VersionId", versionId)
                                .with("s3:if-match", ifMatch));
        Optional<ObjectVersion> found = versions.find(tx.sql(), bucket, key, versionId);
        if (ifMatch != null) {
            checkMatch(key, ifMatch, found.filter(version -> !version.marker()));
        }
        if (versionId != null) {
            return found.map(version -> forEver(tx, visitor, bucket, version))
                    .orElseGet(() -> new Gone(false, Optional.of(versionId)));
        }
        Optional<ObjectVersion> marker =
                versions.hide(tx, bucket, key, visitor.account().orElse(bucket.account()));
        String who = visitor.caller().requester().arn();
        if (marker.isPresent()) {
            telling.removed(
                    tx,
                    who,
                    bucket,
                    "ObjectRemoved:DeleteMarkerCreated",
                    key,
                    marker.get().id());
        } else if (found.isPresent()) {
            telling.removed(tx, who, bucket, "ObjectRemoved:Delete", key, "");
        }
        return new Gone(marker.isPresent(), marker.map(ObjectVersion::id));
    }

    private Gone forEver(Tx tx, Visitor visitor, Bucket bucket, ObjectVersion version) {
        versions.delete(tx, version);
        telling.removed(
                tx, visitor.caller().requester().arn(), bucket, "ObjectRemoved:Delete", version.key(), version.id());
        boolean versioned = bucket.versioning() != Versioning.NEVER;
        return new Gone(version.marker(), versioned ? Optional.of(version.id()) : Optional.empty());
    }

    /** Here a star means any object; what is not there is deleted already. */
    private static void checkMatch(String key, String ifMatch, Optional<ObjectVersion> found) {
        if (found.isPresent() && !ifMatch.equals("*")) {
            Conditions.ofWrite(ifMatch, null).checkWrite(key, found, false);
        }
    }

    /** Each by itself: one that may not go does not keep the others. */
    public DeleteObjectsResponse delete(Visitor visitor, DeleteObjectsRequest request) {
        refuseLocked(request.bypassGovernanceRetention());
        if (request.delete() == null
                || request.delete().objects().isEmpty()
                || request.delete().objects().size() > MOST
                || request.delete().objects().stream().anyMatch(each -> each.key() == null)) {
            throw S3Fault.malformed();
        }
        List<ObjectIdentifier> all = request.delete().objects();
        List<DeletedObject> deleted = new ArrayList<>();
        List<S3Error> errors = new ArrayList<>();
        buckets.get(request.bucket(), request.expectedBucketOwner());
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<ObjectIdentifier> some = all.subList(from, Math.min(from + AT_ONCE, all.size()));
            List<DeletedObject> gone = new ArrayList<>();
            database.change(tx -> {
                Bucket bucket = buckets.get(tx.sql(), request.bucket(), request.expectedBucketOwner());
                some.forEach(each -> delete(tx, visitor, bucket, each, gone, errors));
            });
            deleted.addAll(gone);
        }
        return DeleteObjectsResponse.builder()
                .deleted(Boolean.TRUE.equals(request.delete().quiet()) ? List.of() : deleted)
                .errors(errors)
                .build();
    }

    private void delete(
            Tx tx,
            Visitor visitor,
            Bucket bucket,
            ObjectIdentifier each,
            List<DeletedObject> gone,
            List<S3Error> errors) {
        try {
            refuseOfDirectories(each.lastModifiedTime(), "LastModifiedTime");
            refuseOfDirectories(each.size(), "Size");
            Gone what = delete(tx, visitor, bucket, each.key(), each.versionId(), each.eTag());
            boolean versioned = bucket.versioning() != Versioning.NEVER;
            gone.add(DeletedObject.builder()
                    .key(each.key())
                    .versionId(each.versionId() == null || !versioned ? null : each.versionId())
                    .deleteMarker(what.marker() ? true : null)
                    .deleteMarkerVersionId(what.marker() ? what.version().orElse(null) : null)
                    .build());
        } catch (S3Exception e) {
            errors.add(S3Error.builder()
                    .key(each.key())
                    .versionId(each.versionId())
                    .code(e.awsErrorDetails().errorCode())
                    .message(e.awsErrorDetails().errorMessage())
                    .build());
        }
    }
}
