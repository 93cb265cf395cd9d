package io.slipway.object.version;

import io.slipway.iam.policy.AccountId;
import io.slipway.object.bucket.AccessSettings;
import io.slipway.object.bucket.Acl;
import io.slipway.object.bucket.Bucket;
import io.slipway.object.bucket.Rights;
import io.slipway.object.bucket.Visitor;
import io.slipway.object.bucket.Wish;
import io.slipway.object.fault.S3Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.S3Request;

/** The rules of objects, which all doors to them share: who may, whose a new one is, and what is said of one that is not there. */
public final class Gate {
    private static final Acl.Asked PRIVATE = new Acl.Asked(null, null, null, null, null, null);

    private final Rights rights;

    public Gate(Rights rights) {
        this.rights = rights;
    }

    public Rights rights() {
        return rights;
    }

    /** Whose a new object is, and the list at it. */
    public record Owned(AccountId owner, String acl) {}

    /** Throws where lists do not count, or must not let the public in. */
    public Owned owned(Visitor visitor, Bucket bucket, Acl.Asked asked) {
        if (!bucket.hasLists()) {
            if (asked.any() && !asked.harmless()) {
                AccessSettings.checkList(bucket, Acl.NONE);
            }
            return new Owned(bucket.account(), "");
        }
        boolean handedOver = bucket.ownership() == ObjectOwnership.BUCKET_OWNER_PREFERRED
                && "bucket-owner-full-control".equals(asked.canned());
        AccountId owner = handedOver ? bucket.account() : visitor.account().orElse(bucket.account());
        Acl acl = Acl.of(asked, rights.canonical(owner), rights.canonical(bucket.account()));
        AccessSettings.checkList(bucket, acl);
        return new Owned(owner, acl.text());
    }

    public Acl acl(Bucket bucket, ObjectVersion version) {
        String owner = rights.canonical(version.owner());
        return version.head().acl().isEmpty()
                ? Acl.of(PRIVATE, owner, rights.canonical(bucket.account()))
                : Acl.read(version.head().acl());
    }

    /** Makes an object: what conditions may ask is in the request. */
    public void checkPut(Visitor visitor, Bucket bucket, String key, Asked asked, S3Request request) {
        Wish wish = Wish.of("s3:PutObject", bucket.arn(key))
                .by(bucket.acl(), Permission.WRITE)
                .with("s3:x-amz-acl", asked.acl().canned())
                .with("s3:x-amz-grant-full-control", asked.acl().full())
                .with("s3:x-amz-grant-read", asked.acl().read())
                .with("s3:x-amz-grant-read-acp", asked.acl().readAcp())
                .with("s3:x-amz-grant-write-acp", asked.acl().writeAcp())
                .with(
                        "s3:x-amz-storage-class",
                        Fields.text(request, "StorageClass").orElse(null))
                .with(
                        "s3:x-amz-server-side-encryption",
                        Fields.text(request, "ServerSideEncryption").orElse(null))
                .with(
                        "s3:x-amz-website-redirect-location",
                        asked.head().redirect().orElse(null))
                .with("s3:if-none-match", Fields.text(request, "IfNoneMatch").orElse(null))
                .with("s3:if-match", Fields.text(request, "IfMatch").orElse(null))
                .with("s3:x-amz-copy-source", copySource(request))
                .with(
                        "s3:x-amz-metadata-directive",
                        Fields.text(request, "MetadataDirective").orElse(null))
                .withTags("s3:RequestObjectTag", asked.head().tags());
        if (!asked.head().tags().isEmpty()) {
            wish = wish.with(Map.of(
                    "s3:RequestObjectTagKeys", List.copyOf(asked.head().tags().keySet())));
        }
        rights.check(visitor, bucket, wish);
        if (!asked.head().tags().isEmpty()) {
            rights.check(visitor, bucket, again("s3:PutObjectTagging", wish));
        }
        if (asked.acl().any()) {
            rights.check(visitor, bucket, again("s3:PutObjectAcl", wish));
        }
    }

    /** As its header says, or as the SDK would write it. */
    private static @Nullable String copySource(S3Request request) {
        return Fields.text(request, "CopySource")
                .or(() -> Fields.text(request, "SourceBucket")
                        .flatMap(bucket -> Fields.text(request, "SourceKey").map(key -> bucket + "/" + key)))
                .orElse(null);
    }

    private static Wish again(String action, Wish wish) {
        return new Wish(action, wish.resource(), wish.context(), wish.owner(), wish.acl(), wish.permission());
    }

    /** What somebody wants of an object that is there. */
    public Wish wish(
            String action, Bucket bucket, ObjectVersion version, @Nullable String versionId, Permission permission) {
        return Wish.of(action, bucket.arn(version.key()))
                .ownedBy(version.owner())
                .by(acl(bucket, version), permission)
                .with("s3:VersionId", versionId)
                .withTags("s3:ExistingObjectTag", version.head().tags());
    }

    /**
     * The version that is meant. Who may not see whether it is there is told AccessDenied if it is not; a marker is told in headers.
     *
     * @param action about one that a key means; {@code ofVersion} about one named by its id
     */
    public ObjectVersion allowed(
            Visitor visitor,
            Bucket bucket,
            String key,
            @Nullable String versionId,
            Optional<ObjectVersion> found,
            String action,
            String ofVersion,
            Permission permission) {
        String asked = versionId == null ? action : ofVersion;
        if (found.isPresent() && !found.get().marker()) {
            rights.check(visitor, bucket, wish(asked, bucket, found.get(), versionId, permission));
            return found.get();
        }
        rights.check(
                visitor,
                bucket,
                Wish.of(asked, bucket.arn(key)).by(bucket.acl(), permission).with("s3:VersionId", versionId));
        throw missing(visitor, bucket, key, versionId, found);
    }

    private RuntimeException missing(
            Visitor visitor, Bucket bucket, String key, @Nullable String versionId, Optional<ObjectVersion> marker) {
        rights.check(
                visitor,
                bucket,
                // Who may list the keys that begin so may know that this one is not there.
                Wish.of(versionId == null ? "s3:ListBucket" : "s3:ListBucketVersions", bucket, Permission.READ)
                        .with("s3:prefix", key));
        if (marker.isEmpty()) {
            return versionId == null ? S3Fault.noSuchKey(key).exception() : S3Fault.noSuchVersion(key, versionId);
        }
        if (versionId == null) {
            return S3Fault.noSuchKey(key)
                    .withHeader("x-amz-delete-marker", "true")
                    .withHeader("x-amz-version-id", marker.get().id())
                    .exception();
        }
        return S3Fault.of(405, "MethodNotAllowed", "The specified method is not allowed against this resource.")
                .with("ResourceType", "DeleteMarker")
                .withHeader("x-amz-delete-marker", "true")
                .withHeader("x-amz-version-id", marker.get().id())
                .withHeader("Allow", "DELETE")
                .exception();
    }
}
