package io.slipway.object.version;

import io.slipway.iam.policy.AccountId;
import io.slipway.object.bucket.Bucket;
import io.slipway.object.bucket.Buckets;
import io.slipway.object.bucket.Rights;
import io.slipway.object.bucket.Visitor;
import io.slipway.object.bucket.Wish;
import io.slipway.object.fault.S3Fault;
import io.slipway.object.version.Listing.Page;
import io.slipway.store.Base;
import io.slipway.store.Database;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.Owner;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The door to lists. Keys are told as they are, also where the request wants them encoded: as the SDK's own client does, which leaves
 * that to the wire.
 */
public final class Lists {
    private static final int PAGE = 1000;

    private final Database database;
    private final Buckets buckets;
    private final Versions versions;
    private final Rights rights;

    public Lists(Base base, Buckets buckets, Versions versions, Rights rights) {
        this.database = base.database();
        this.buckets = buckets;
        this.versions = versions;
        this.rights = rights;
    }

    /** What all lists ask for. */
    private record Ask(
            String bucket,
            @Nullable String expectedOwner,
            @Nullable String prefix,
            @Nullable String delimiter,
            @Nullable Integer maxKeys,
            @Nullable EncodingType encoding,
            @Nullable String encodingText) {
        int size() {
            if (maxKeys != null && maxKeys < 0) {
                throw S3Fault.invalidArgument(
                        "Argument maxKeys must be an integer between 0 and 2147483647", "maxKeys", maxKeys);
            }
            return maxKeys == null ? PAGE : Math.min(PAGE, maxKeys);
        }

        String begin() {
            return prefix == null ? "" : prefix;
        }

        Optional<String> stop() {
            return Optional.ofNullable(delimiter).filter(text -> !text.isEmpty());
        }
    }

    private Bucket allowed(Visitor visitor, Ask ask, String action) {
        Bucket bucket = buckets.get(ask.bucket(), ask.expectedOwner());
        rights.check(
                visitor,
                bucket,
                Wish.of(action, bucket, Permission.READ)
                        .with("s3:prefix", ask.prefix())
                        .with("s3:delimiter", ask.delimiter())
                        .with("s3:max-keys", ask.maxKeys()));
        if (ask.encoding() == EncodingType.UNKNOWN_TO_SDK_VERSION) {
            throw S3Fault.invalidArgument(
                    "Invalid Encoding Method specified in Request", "encoding-type", ask.encodingText());
        }
        return bucket;
    }

    private Page page(Bucket bucket, Ask ask, String after) {
        return database.read(handle ->
                new Listing(versions, handle, bucket, ask.begin(), ask.stop(), false).page(after, ask.size()));
    }

    public ListObjectsResponse list(Visitor visitor, ListObjectsRequest request) {
        Ask ask = new Ask(
                request.bucket(),
                request.expectedBucketOwner(),
                request.prefix(),
                request.delimiter(),
                request.maxKeys(),
                request.encodingType(),
                request.encodingTypeAsString());
        Bucket bucket = allowed(visitor, ask, "s3:ListBucket");
        Page page = page(bucket, ask, request.marker() == null ? "" : request.marker());
        return ListObjectsResponse.builder()
                .name(bucket.name())
                .prefix(ask.begin())
                .delimiter(ask.stop().orElse(null))
                .marker(request.marker() == null ? "" : request.marker())
                .maxKeys(ask.size())
                .encodingType(request.encodingType())
                .isTruncated(page.more())
                // Without a delimiter the last key is the marker, so S3 does not repeat it.
                .nextMarker(page.more() && ask.stop().isPresent() ? page.last() : null)
                .contents(
                        page.objects().stream().map(each -> object(each, true)).toList())
                .commonPrefixes(prefixes(page))
                .build();
    }

    public ListObjectsV2Response list(Visitor visitor, ListObjectsV2Request request) {
        Ask ask = new Ask(
                request.bucket(),
                request.expectedBucketOwner(),
                request.prefix(),
                request.delimiter(),
                request.maxKeys(),
                request.encodingType(),
                request.encodingTypeAsString());
        Bucket bucket = allowed(visitor, ask, "s3:ListBucket");
        String start = request.startAfter() == null ? "" : request.startAfter();
        String after = request.continuationToken() == null ? start : place(request.continuationToken());
        Page page = page(bucket, ask, after);
        boolean owners = Boolean.TRUE.equals(request.fetchOwner());
        return ListObjectsV2Response.builder()
                .name(bucket.name())
                .prefix(ask.begin())
                .delimiter(ask.stop().orElse(null))
                .startAfter(request.startAfter())
                .maxKeys(ask.size())
                .encodingType(request.encodingType())
                .keyCount(page.objects().size() + page.prefixes().size())
                .isTruncated(page.more())
                .continuationToken(request.continuationToken())
                .nextContinuationToken(page.more() ? token(page.last()) : null)
                .contents(page.objects().stream()
                        .map(each -> object(each, owners))
                        .toList())
                .commonPrefixes(prefixes(page))
                .build();
    }

    private static String token(String place) {
        return Base64.getUrlEncoder().encodeToString(("1" + place).getBytes(StandardCharsets.UTF_8));
    }

    private static String place(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.startsWith("1")) {
                return text.substring(1);
            }
        } catch (IllegalArgumentException notOurs) {
            throw incorrect();
        }
        throw incorrect();
    }

    private static S3Exception incorrect() {
        return S3Fault.of(400, "InvalidArgument", "The continuation token provided is incorrect")
                .with("ArgumentName", "continuation-token")
                .exception();
    }

    private static List<CommonPrefix> prefixes(Page page) {
        return page.prefixes().stream()
                .map(each -> CommonPrefix.builder().prefix(each).build())
                .toList();
    }

    private Owner owner(Listed each) {
        return Owner.builder().id(rights.canonical(new AccountId(each.owner()))).build();
    }

    private static Instant modified(Listed each) {
        return Instant.ofEpochMilli(each.at() - Math.floorMod(each.at(), 1000));
    }

    /** The algorithm of a checksum as it is kept; a list tells no values. */
    private static String algorithm(String checksum) {
        return checksum.substring(0, checksum.indexOf(' '));
    }

    private static String type(String checksum) {
        return checksum.startsWith(" COMPOSITE", checksum.indexOf(' ')) ? "COMPOSITE" : "FULL_OBJECT";
    }

    private S3Object object(Listed each, boolean withOwner) {
        S3Object.Builder object = S3Object.builder()
                .key(each.key())
                .lastModified(modified(each))
                .eTag('"' + each.etag() + '"')
                .size(each.size())
                .storageClass(each.storageClass());
        if (!each.checksum().isEmpty()) {
            object.checksumAlgorithmWithStrings(algorithm(each.checksum())).checksumType(type(each.checksum()));
        }
        if (withOwner) {
            object.owner(owner(each));
        }
        return object.build();
    }

    public ListObjectVersionsResponse list(Visitor visitor, ListObjectVersionsRequest request) {
        Ask ask = new Ask(
                request.bucket(),
                request.expectedBucketOwner(),
                request.prefix(),
                request.delimiter(),
                request.maxKeys(),
                request.encodingType(),
                request.encodingTypeAsString());
        Bucket bucket = allowed(visitor, ask, "s3:ListBucketVersions");
        String key = request.keyMarker() == null ? "" : request.keyMarker();
        String version = request.versionIdMarker() == null ? "" : request.versionIdMarker();
        if (!version.isEmpty() && key.isEmpty()) {
            throw S3Fault.invalidArgument(
                    "A version-id marker cannot be specified without a key marker.", "version-id-marker", version);
        }
        Page page = database.read(handle -> {
            Optional<Long> rank = version.isEmpty()
                    ? Optional.empty()
                    : Optional.of(versions.find(handle, bucket, key, version)
                            .map(ObjectVersion::rank)
                            .orElse(Long.MAX_VALUE));
            return new Listing(versions, handle, bucket, ask.begin(), ask.stop(), true).page(key, rank, ask.size());
        });
        return ListObjectVersionsResponse.builder()
                .name(bucket.name())
                .prefix(ask.begin())
                .delimiter(ask.stop().orElse(null))
                .keyMarker(key)
                .versionIdMarker(version)
                .maxKeys(ask.size())
                .encodingType(request.encodingType())
                .isTruncated(page.more())
                .nextKeyMarker(page.more() ? page.last() : null)
                .nextVersionIdMarker(page.more() ? page.lastVersion().orElse(null) : null)
                .versions(page.objects().stream()
                        .filter(each -> !each.marker())
                        .map(this::version)
                        .toList())
                .deleteMarkers(page.objects().stream()
                        .filter(Listed::marker)
                        .map(this::marker)
                        .toList())
                .commonPrefixes(prefixes(page))
                .build();
    }

    private software.amazon.awssdk.services.s3.model.ObjectVersion version(Listed each) {
        var version = software.amazon.awssdk.services.s3.model.ObjectVersion.builder()
                .key(each.key())
                .versionId(each.id())
                .isLatest(each.current())
                .lastModified(modified(each))
                .eTag('"' + each.etag() + '"')
                .size(each.size())
                .storageClass(each.storageClass())
                .owner(owner(each));
        if (!each.checksum().isEmpty()) {
            version.checksumAlgorithmWithStrings(algorithm(each.checksum())).checksumType(type(each.checksum()));
        }
        return version.build();
    }

    private DeleteMarkerEntry marker(Listed each) {
        return DeleteMarkerEntry.builder()
                .key(each.key())
                .versionId(each.id())
                .isLatest(each.current())
                .lastModified(modified(each))
                .owner(owner(each))
                .build();
    }
}
