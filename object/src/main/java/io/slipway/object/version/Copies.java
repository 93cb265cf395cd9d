package io.slipway.object.version;

import io.slipway.object.blob.Blobs;
import io.slipway.object.blob.Checksum;
import io.slipway.object.blob.ChecksumAlgorithm;
import io.slipway.object.bucket.Bucket;
import io.slipway.object.bucket.Buckets;
import io.slipway.object.bucket.LifecycleRules;
import io.slipway.object.bucket.Versioning;
import io.slipway.object.bucket.Visitor;
import io.slipway.object.event.Telling;
import io.slipway.object.fault.S3Fault;
import io.slipway.object.version.Sources.Source;
import io.slipway.object.version.Sources.Sums;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Tx;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectResult;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.TaggingDirective;

/** The door by which objects are copied: bytes are shared, not written again. */
public final class Copies {
    private final Database database;
    private final Blobs blobs;
    private final Buckets buckets;
    private final Versions versions;
    private final Gate gate;
    private final Telling telling;
    private final Sources sources;

    public Copies(
            Base base, Blobs blobs, Buckets buckets, Versions versions, Gate gate, Telling telling, Sources sources) {
        this.database = base.database();
        this.blobs = blobs;
        this.buckets = buckets;
        this.versions = versions;
        this.gate = gate;
        this.telling = telling;
        this.sources = sources;
    }

    public CopyObjectResponse copy(Visitor visitor, CopyObjectRequest request) {
        checkDirectives(request);
        Conditions conditions = Conditions.ofWrite(
                Fields.text(request, "IfMatch").orElse(null),
                Fields.text(request, "IfNoneMatch").orElse(null));
        Asked asked = Asked.of(request);
        Bucket target = buckets.get(request.destinationBucket(), request.expectedBucketOwner());
        String key = Asked.key(request.destinationKey());
        CopySource from = CopySource.of(request);
        Source source = sources.find(visitor, from, request);
        ObjectVersion version = source.version();
        if (version.size() > Puts.LARGEST) {
            throw S3Fault.invalidRequest(
                    "The specified copy source is larger than the maximum allowable size for a copy source: "
                            + Puts.LARGEST);
        }
        checkItself(request, from, target, key);
        Head head = head(visitor, request, asked, source, from);
        gate.checkPut(visitor, target, key, new Asked(head, asked.storageClass(), asked.acl()), request);
        Sums sums = sums(source, request);
        ObjectVersion made = database.write(tx -> keep(tx, visitor, request, asked, conditions, source, head, sums));
        CopyObjectResult.Builder result =
                CopyObjectResult.builder().eTag(made.quotedEtag()).lastModified(made.modified());
        Fields.fill(result, sums.checksum());
        return CopyObjectResponse.builder()
                .copyObjectResult(result.build())
                .versionId(made.id().equals(ObjectVersion.NULL) ? null : made.id())
                .copySourceVersionId(source.bucket().versioning() == Versioning.NEVER ? null : version.id())
                .expiration(LifecycleRules.of(target)
                        .flatMap(rules -> rules.expiration(key, made.size(), head.tags(), made.at()))
                        .orElse(null))
                .serverSideEncryption(ServerSideEncryption.AES256)
                .build();
    }

    private static void checkDirectives(CopyObjectRequest request) {
        if (request.metadataDirective() == MetadataDirective.UNKNOWN_TO_SDK_VERSION) {
            throw S3Fault.invalidArgument(
                    "Unknown metadata directive.", "x-amz-metadata-directive", request.metadataDirectiveAsString());
        }
        if (request.taggingDirective() == TaggingDirective.UNKNOWN_TO_SDK_VERSION) {
            throw S3Fault.invalidArgument(
                    "Unknown tagging directive.", "x-amz-tagging-directive", request.taggingDirectiveAsString());
        }
    }

    private static void checkItself(CopyObjectRequest request, CopySource from, Bucket target, String key) {
        boolean changes = request.metadataDirective() == MetadataDirective.REPLACE
                || request.storageClass() != null
                || request.websiteRedirectLocation() != null
                || request.serverSideEncryption() != null
                || request.checksumAlgorithm() != null
                || request.taggingDirective() == TaggingDirective.REPLACE
                || from.versionId() != null;
        if (from.bucket().equals(target.name()) && from.key().equals(key) && !changes) {
            throw S3Fault.invalidRequest(
                    "This copy request is illegal because it is trying to copy an object to itself without changing the"
                            + " object's metadata, storage class, website redirect location or encryption attributes.");
        }
    }

    private Head head(Visitor visitor, CopyObjectRequest request, Asked asked, Source source, CopySource from) {
        Head before = source.version().head();
        Map<String, String> tags = asked.head().tags();
        if (request.taggingDirective() != TaggingDirective.REPLACE) {
            tags = before.tags();
            if (!tags.isEmpty()) {
                gate.rights()
                        .check(
                                visitor,
                                source.bucket(),
                                gate.wish(
                                        from.versionId() == null ? "s3:GetObjectTagging" : "s3:GetObjectVersionTagging",
                                        source.bucket(),
                                        source.version(),
                                        from.versionId(),
                                        Permission.READ));
            }
        }
        // Where a copy leads to, in a website, is never taken over.
        Head kept = request.metadataDirective() == MetadataDirective.REPLACE
                ? asked.head()
                : before.withRedirect(asked.head().redirect());
        return kept.withTags(tags).withParts(0);
    }

    /** What the copy sums up to: as the source, unless that came in parts or another checksum is wanted. */
    private Sums sums(Source source, CopyObjectRequest request) {
        ObjectVersion version = source.version();
        Optional<ChecksumAlgorithm> wanted =
                Fields.text(request, "ChecksumAlgorithm").map(Claimed::algorithm);
        Optional<Checksum> kept = version.checksum()
                .filter(each -> !each.composite()
                        && wanted.filter(other -> other != each.algorithm()).isEmpty());
        if (version.head().parts() == 0 && kept.isPresent()) {
            return new Sums(version.etag(), kept.get());
        }
        ChecksumAlgorithm algorithm =
                wanted.or(() -> version.checksum().map(Checksum::algorithm)).orElse(Puts.DEFAULT);
        return sources.sums(source, 0, version.size(), algorithm);
    }

    private ObjectVersion keep(
            Tx tx,
            Visitor visitor,
            CopyObjectRequest request,
            Asked asked,
            Conditions conditions,
            Source source,
            Head head,
            Sums sums) {
        sources.check(tx, source);
        String key = request.destinationKey();
        Bucket target = buckets.get(tx.sql(), request.destinationBucket(), request.expectedBucketOwner());
        if (conditions.any()) {
            conditions.checkWrite(key, versions.current(tx.sql(), target, key), false);
        }
        Gate.Owned owned = gate.owned(visitor, target, asked.acl());
        ObjectVersion made = versions.put(
                tx,
                target,
                new Versions.Draft(
                        key,
                        sums.etag(),
                        asked.storageClass(),
                        owned.owner(),
                        Optional.of(sums.checksum()),
                        blobs.share(tx, source.version().content()),
                        head.withAcl(owned.acl())));
        telling.created(tx, visitor, target, "Copy", key, made.id(), made.size(), made.etag());
        return made;
    }
}
