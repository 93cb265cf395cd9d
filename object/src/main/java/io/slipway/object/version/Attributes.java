package io.slipway.object.version;

import io.slipway.object.blob.Blobs;
import io.slipway.object.blob.Checksum;
import io.slipway.object.blob.JoinedPart;
import io.slipway.object.bucket.Bucket;
import io.slipway.object.bucket.Buckets;
import io.slipway.object.bucket.Versioning;
import io.slipway.object.bucket.Visitor;
import io.slipway.object.fault.S3Fault;
import io.slipway.store.Base;
import io.slipway.store.Database;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.s3.model.GetObjectAttributesParts;
import software.amazon.awssdk.services.s3.model.GetObjectAttributesRequest;
import software.amazon.awssdk.services.s3.model.GetObjectAttributesResponse;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.ObjectPart;
import software.amazon.awssdk.services.s3.model.Permission;

/** The door to what is known of an object, its parts among it. */
public final class Attributes {
    private static final int PAGE = 1000;

    private final Database database;
    private final Blobs blobs;
    private final Buckets buckets;
    private final Versions versions;
    private final Gate gate;

    public Attributes(Base base, Blobs blobs, Buckets buckets, Versions versions, Gate gate) {
        this.database = base.database();
        this.blobs = blobs;
        this.buckets = buckets;
        this.versions = versions;
        this.gate = gate;
    }

    public GetObjectAttributesResponse get(Visitor visitor, GetObjectAttributesRequest request) {
        Asked.checkNotBuilt(request);
        if (request.objectAttributes().isEmpty()
                || request.objectAttributes().contains(ObjectAttributes.UNKNOWN_TO_SDK_VERSION)) {
            throw S3Fault.invalidArgument(
                    "Invalid attribute name specified.",
                    "x-amz-object-attributes",
                    String.join(",", request.objectAttributesAsStrings()));
        }
        return database.read(handle -> get(handle, visitor, request));
    }

    private GetObjectAttributesResponse get(Handle handle, Visitor visitor, GetObjectAttributesRequest request) {
        Bucket bucket = buckets.get(handle, request.bucket(), request.expectedBucketOwner());
        Optional<ObjectVersion> found = versions.find(handle, bucket, request.key(), request.versionId());
        ObjectVersion version = gate.allowed(
                visitor,
                bucket,
                request.key(),
                request.versionId(),
                found,
                "s3:GetObject",
                "s3:GetObjectVersion",
                Permission.READ);
        gate.rights()
                .check(
                        visitor,
                        bucket,
                        gate.wish(
                                request.versionId() == null
                                        ? "s3:GetObjectAttributes"
                                        : "s3:GetObjectVersionAttributes",
                                bucket,
                                version,
                                request.versionId(),
                                Permission.READ));
        GetObjectAttributesResponse.Builder response = GetObjectAttributesResponse.builder()
                .lastModified(version.modified())
                .versionId(bucket.versioning() == Versioning.NEVER ? null : version.id());
        for (ObjectAttributes each : request.objectAttributes()) {
            switch (each) {
                case E_TAG -> response.eTag(version.etag());
                case CHECKSUM -> version.checksum().ifPresent(sum -> response.checksum(checksum(sum)));
                case OBJECT_SIZE -> response.objectSize(version.size());
                case STORAGE_CLASS -> response.storageClass(version.storageClass());
                case OBJECT_PARTS -> {
                    if (version.head().parts() > 0) {
                        response.objectParts(parts(blobs.parts(handle, version.content()), request));
                    }
                }
                default -> throw new IllegalStateException("checked before: " + each);
            }
        }
        return response.build();
    }

    private static software.amazon.awssdk.services.s3.model.Checksum checksum(Checksum sum) {
        var checksum = software.amazon.awssdk.services.s3.model.Checksum.builder();
        Fields.fill(checksum, sum);
        return checksum.build();
    }

    private static GetObjectAttributesParts parts(List<JoinedPart> all, GetObjectAttributesRequest request) {
        int after = request.partNumberMarker() == null ? 0 : request.partNumberMarker();
        int most = request.maxParts() == null ? PAGE : Math.min(PAGE, request.maxParts());
        List<JoinedPart> rest =
                all.stream().filter(part -> part.number() > after).toList();
        List<JoinedPart> page = rest.subList(0, Math.min(most, rest.size()));
        GetObjectAttributesParts.Builder parts = GetObjectAttributesParts.builder()
                .totalPartsCount(all.size())
                .partNumberMarker(after)
                .maxParts(most)
                .isTruncated(page.size() < rest.size())
                .nextPartNumberMarker(
                        page.isEmpty() ? after : page.get(page.size() - 1).number());
        // Those of parts are told only where somebody wanted checksums of them.
        if (all.stream().anyMatch(part -> !part.checksum().isEmpty())) {
            parts.parts(page.stream().map(Attributes::part).toList());
        }
        return parts.build();
    }

    private static ObjectPart part(JoinedPart part) {
        ObjectPart.Builder told = ObjectPart.builder().partNumber(part.number()).size(part.size());
        Checksum.of(part.checksum()).ifPresent(sum -> Fields.fill(told, sum));
        return told.build();
    }
}
