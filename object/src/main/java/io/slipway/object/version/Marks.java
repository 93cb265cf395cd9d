package io.slipway.object.version;

import io.slipway.object.bucket.AccessSettings;
import io.slipway.object.bucket.Acl;
import io.slipway.object.bucket.Bucket;
import io.slipway.object.bucket.Buckets;
import io.slipway.object.bucket.Rights;
import io.slipway.object.bucket.TagRules;
import io.slipway.object.bucket.Versioning;
import io.slipway.object.bucket.Visitor;
import io.slipway.object.bucket.Wish;
import io.slipway.object.event.Telling;
import io.slipway.object.fault.S3Fault;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Tx;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.DeleteObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.GetObjectAclRequest;
import software.amazon.awssdk.services.s3.model.GetObjectAclResponse;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.Owner;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.PutObjectAclRequest;
import software.amazon.awssdk.services.s3.model.PutObjectAclResponse;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingResponse;

/** The door to what may be changed of an object: its tags, and the list of who was given something. */
public final class Marks {
    private final Database database;
    private final Buckets buckets;
    private final Versions versions;
    private final Gate gate;
    private final Rights rights;
    private final Telling telling;

    public Marks(Base base, Buckets buckets, Versions versions, Gate gate, Telling telling) {
        this.database = base.database();
        this.buckets = buckets;
        this.versions = versions;
        this.gate = gate;
        this.rights = gate.rights();
        this.telling = telling;
    }

    /** An object, by the names of a request. */
    private record Named(
            String bucket,
            String key,
            @Nullable String version,
            @Nullable String expectedOwner) {}

    private record Found(Bucket bucket, ObjectVersion version) {
        @Nullable
        String versionId() {
            return bucket.versioning() == Versioning.NEVER ? null : version.id();
        }
    }

    private Found found(
            Handle handle, Visitor visitor, Named named, String action, String ofVersion, Permission permission) {
        Bucket bucket = buckets.get(handle, named.bucket(), named.expectedOwner());
        return new Found(
                bucket,
                gate.allowed(
                        visitor,
                        bucket,
                        named.key(),
                        named.version(),
                        versions.find(handle, bucket, named.key(), named.version()),
                        action,
                        ofVersion,
                        permission));
    }

    public GetObjectTaggingResponse tagging(Visitor visitor, GetObjectTaggingRequest request) {
        Named named = new Named(request.bucket(), request.key(), request.versionId(), request.expectedBucketOwner());
        Found found = database.read(handle ->
                found(handle, visitor, named, "s3:GetObjectTagging", "s3:GetObjectVersionTagging", Permission.READ));
        return GetObjectTaggingResponse.builder()
                .tagSet(TagRules.told(found.version().head().tags()))
                .versionId(found.versionId())
                .build();
    }

    public PutObjectTaggingResponse put(Visitor visitor, PutObjectTaggingRequest request) {
        if (request.tagging() == null) {
            throw S3Fault.malformed();
        }
        Map<String, String> tags = TagRules.checked(request.tagging().tagSet(), TagRules.OF_OBJECT);
        Named named = new Named(request.bucket(), request.key(), request.versionId(), request.expectedBucketOwner());
        Found found = database.write(tx -> tag(
                tx,
                visitor,
                named,
                "s3:PutObjectTagging",
                "s3:PutObjectVersionTagging",
                "ObjectTagging:Put",
                wish -> wish.withTags("s3:RequestObjectTag", tags),
                tags));
        return PutObjectTaggingResponse.builder().versionId(found.versionId()).build();
    }

    public DeleteObjectTaggingResponse delete(Visitor visitor, DeleteObjectTaggingRequest request) {
        Named named = new Named(request.bucket(), request.key(), request.versionId(), request.expectedBucketOwner());
        Found found = database.write(tx -> tag(
                tx,
                visitor,
                named,
                "s3:DeleteObjectTagging",
                "s3:DeleteObjectVersionTagging",
                "ObjectTagging:Delete",
                wish -> wish,
                Map.of()));
        return DeleteObjectTaggingResponse.builder()
                .versionId(found.versionId())
                .build();
    }

    private Found tag(
            Tx tx,
            Visitor visitor,
            Named named,
            String action,
            String ofVersion,
            String event,
            Function<Wish, Wish> more,
            Map<String, String> tags) {
        Found found = found(tx.sql(), visitor, named, action, ofVersion, Permission.WRITE_ACP);
        ObjectVersion version = found.version();
        // Once more with the tags of the request, which a statement that denies may ask for.
        rights.check(
                visitor,
                found.bucket(),
                more.apply(gate.wish(
                        named.version() == null ? action : ofVersion,
                        found.bucket(),
                        version,
                        named.version(),
                        Permission.WRITE_ACP)));
        versions.setHead(tx, version, version.head().withTags(tags));
        telling.changed(tx, visitor, found.bucket(), event, version.key(), version.id(), version.etag());
        return found;
    }

    public GetObjectAclResponse acl(Visitor visitor, GetObjectAclRequest request) {
        Named named = new Named(request.bucket(), request.key(), request.versionId(), request.expectedBucketOwner());
        Found found = database.read(handle ->
                found(handle, visitor, named, "s3:GetObjectAcl", "s3:GetObjectVersionAcl", Permission.READ_ACP));
        boolean lists = found.bucket().hasLists();
        String owner = rights.canonical(
                lists ? found.version().owner() : found.bucket().account());
        Acl acl = lists
                ? gate.acl(found.bucket(), found.version())
                : new Acl(List.of(new Acl.Given(owner, Permission.FULL_CONTROL)));
        return GetObjectAclResponse.builder()
                .owner(Owner.builder().id(owner).build())
                .grants(acl.told())
                .build();
    }

    public PutObjectAclResponse put(Visitor visitor, PutObjectAclRequest request) {
        Acl.Asked asked = new Acl.Asked(
                request.aclAsString(),
                request.grantFullControl(),
                request.grantRead(),
                request.grantWrite(),
                request.grantReadACP(),
                request.grantWriteACP());
        asked.requireOneForm(request.accessControlPolicy() != null);
        Named named = new Named(request.bucket(), request.key(), request.versionId(), request.expectedBucketOwner());
        database.change(tx -> {
            Found found =
                    found(tx.sql(), visitor, named, "s3:PutObjectAcl", "s3:PutObjectVersionAcl", Permission.WRITE_ACP);
            Bucket bucket = found.bucket();
            if (!bucket.hasLists() && request.accessControlPolicy() == null && asked.harmless()) {
                return;
            }
            ObjectVersion version = found.version();
            String owner = rights.canonical(version.owner());
            Acl acl = request.accessControlPolicy() == null
                    ? Acl.of(asked, owner, rights.canonical(bucket.account()))
                    : Acl.of(request.accessControlPolicy(), owner);
            AccessSettings.checkList(bucket, acl);
            versions.setHead(tx, version, version.head().withAcl(acl.text()));
            telling.changed(tx, visitor, bucket, "ObjectAcl:Put", version.key(), version.id(), version.etag());
        });
        return PutObjectAclResponse.builder().build();
    }
}
