package io.slipway.object.bucket;

import com.fasterxml.jackson.core.type.TypeReference;
import io.slipway.object.fault.S3Fault;
import io.slipway.store.Base;
import io.slipway.store.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CORSConfiguration;
import software.amazon.awssdk.services.s3.model.DeleteBucketCorsRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketCorsResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.GetBucketCorsRequest;
import software.amazon.awssdk.services.s3.model.GetBucketCorsResponse;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.MFADelete;
import software.amazon.awssdk.services.s3.model.PutBucketCorsRequest;
import software.amazon.awssdk.services.s3.model.PutBucketCorsResponse;
import software.amazon.awssdk.services.s3.model.PutBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.PutBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionByDefault;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionConfiguration;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;
import software.amazon.awssdk.services.s3.model.VersioningConfiguration;

/** The door to what is set for a bucket besides rights. */
public final class OtherSettings {
    private static final TypeReference<LinkedHashMap<String, String>> TAGS = new TypeReference<>() {};
    private static final ServerSideEncryptionRule AES256 = ServerSideEncryptionRule.builder()
            .applyServerSideEncryptionByDefault(ServerSideEncryptionByDefault.builder()
                    .sseAlgorithm(ServerSideEncryption.AES256)
                    .build())
            .bucketKeyEnabled(false)
            .build();

    private final Changes changes;

    public OtherSettings(Base base, Buckets buckets, Rights rights) {
        this.changes = new Changes(base, buckets, rights);
    }

    static String written(Map<String, String> tags) {
        return Json.write(tags);
    }

    public GetBucketVersioningResponse versioning(Visitor visitor, GetBucketVersioningRequest request) {
        Bucket bucket =
                changes.read(visitor, request.bucket(), request.expectedBucketOwner(), "s3:GetBucketVersioning");
        GetBucketVersioningResponse.Builder response = GetBucketVersioningResponse.builder();
        switch (bucket.versioning()) {
            case NEVER -> {}
            case ENABLED -> response.status(BucketVersioningStatus.ENABLED);
            case SUSPENDED -> response.status(BucketVersioningStatus.SUSPENDED);
        }
        return response.build();
    }

    public PutBucketVersioningResponse put(Visitor visitor, PutBucketVersioningRequest request) {
        VersioningConfiguration asked = request.versioningConfiguration();
        if (asked == null || asked.status() == null) {
            throw S3Fault.of(400, "IllegalVersioningConfigurationException", "The Versioning element must be specified")
                    .exception();
        }
        if (asked.status() == BucketVersioningStatus.UNKNOWN_TO_SDK_VERSION) {
            throw S3Fault.malformed();
        }
        if (asked.mfaDelete() == MFADelete.ENABLED) {
            throw S3Fault.notImplemented("x-amz-mfa");
        }
        changes.set(
                visitor,
                request.bucket(),
                request.expectedBucketOwner(),
                "s3:PutBucketVersioning",
                bucket -> asked.status() == BucketVersioningStatus.ENABLED ? Versioning.ENABLED : Versioning.SUSPENDED);
        return PutBucketVersioningResponse.builder().build();
    }

    public PutBucketCorsResponse put(Visitor visitor, PutBucketCorsRequest request) {
        Cors.check(request.corsConfiguration());
        changes.set(
                visitor,
                request.bucket(),
                request.expectedBucketOwner(),
                "s3:PutBucketCORS",
                Setting.CORS,
                bucket -> Optional.of(Documents.write(request.corsConfiguration())));
        return PutBucketCorsResponse.builder().build();
    }

    public GetBucketCorsResponse cors(Visitor visitor, GetBucketCorsRequest request) {
        Bucket bucket = changes.read(visitor, request.bucket(), request.expectedBucketOwner(), "s3:GetBucketCORS");
        return GetBucketCorsResponse.builder()
                .corsRules(cors(bucket)
                        .orElseThrow(() -> S3Fault.notSet(
                                "NoSuchCORSConfiguration", "The CORS configuration does not exist", bucket.name()))
                        .corsRules())
                .build();
    }

    private static Optional<CORSConfiguration> cors(Bucket bucket) {
        return bucket.setting(Setting.CORS)
                .map(text -> Documents.read(text, CORSConfiguration.builder()).build());
    }

    public DeleteBucketCorsResponse delete(Visitor visitor, DeleteBucketCorsRequest request) {
        changes.set(
                visitor,
                request.bucket(),
                request.expectedBucketOwner(),
                "s3:PutBucketCORS",
                Setting.CORS,
                bucket -> Optional.empty());
        return DeleteBucketCorsResponse.builder().build();
    }

    public PutBucketEncryptionResponse put(Visitor visitor, PutBucketEncryptionRequest request) {
        ServerSideEncryptionConfiguration asked = request.serverSideEncryptionConfiguration();
        if (asked == null
                || asked.rules().size() != 1
                || asked.rules().get(0).applyServerSideEncryptionByDefault() == null) {
            throw S3Fault.malformed();
        }
        ServerSideEncryptionByDefault rule = asked.rules().get(0).applyServerSideEncryptionByDefault();
        if (rule.sseAlgorithm() == null || rule.sseAlgorithm() == ServerSideEncryption.UNKNOWN_TO_SDK_VERSION) {
            throw S3Fault.malformed();
        }
        if (rule.sseAlgorithm() != ServerSideEncryption.AES256) {
            throw S3Fault.notOffered(
                    "This installation has no keys of KMS; the default encryption can be AES256 only.");
        }
        if (rule.kmsMasterKeyID() != null) {
            throw S3Fault.of(
                            400,
                            "InvalidArgument",
                            "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or"
                                    + " aws:kms:dsse")
                    .with("ArgumentName", "ApplyServerSideEncryptionByDefault")
                    .exception();
        }
        changes.set(
                visitor,
                request.bucket(),
                request.expectedBucketOwner(),
                "s3:PutEncryptionConfiguration",
                Setting.ENCRYPTION,
                bucket -> Optional.of(Documents.write(asked)));
        return PutBucketEncryptionResponse.builder().build();
    }

    public GetBucketEncryptionResponse encryption(Visitor visitor, GetBucketEncryptionRequest request) {
        Bucket bucket =
                changes.read(visitor, request.bucket(), request.expectedBucketOwner(), "s3:GetEncryptionConfiguration");
        return GetBucketEncryptionResponse.builder()
                .serverSideEncryptionConfiguration(bucket.setting(Setting.ENCRYPTION)
                        .map(text -> Documents.read(text, ServerSideEncryptionConfiguration.builder())
                                .build())
                        .orElseGet(() -> ServerSideEncryptionConfiguration.builder()
                                .rules(AES256)
                                .build()))
                .build();
    }

    public DeleteBucketEncryptionResponse delete(Visitor visitor, DeleteBucketEncryptionRequest request) {
        changes.set(
                visitor,
                request.bucket(),
                request.expectedBucketOwner(),
                "s3:PutEncryptionConfiguration",
                Setting.ENCRYPTION,
                bucket -> Optional.empty());
        return DeleteBucketEncryptionResponse.builder().build();
    }

    public PutBucketTaggingResponse put(Visitor visitor, PutBucketTaggingRequest request) {
        if (request.tagging() == null) {
            throw S3Fault.malformed();
        }
        Map<String, String> tags = TagRules.checked(request.tagging().tagSet(), TagRules.OF_BUCKET);
        changes.set(
                visitor,
                request.bucket(),
                request.expectedBucketOwner(),
                "s3:PutBucketTagging",
                Setting.TAGS,
                bucket -> Optional.of(written(tags)));
        return PutBucketTaggingResponse.builder().build();
    }

    public GetBucketTaggingResponse tagging(Visitor visitor, GetBucketTaggingRequest request) {
        Bucket bucket = changes.read(visitor, request.bucket(), request.expectedBucketOwner(), "s3:GetBucketTagging");
        Map<String, String> tags = bucket.setting(Setting.TAGS)
                .map(text -> Json.read(text, TAGS))
                .orElseThrow(() -> S3Fault.notSet("NoSuchTagSet", "The TagSet does not exist", bucket.name()));
        return GetBucketTaggingResponse.builder().tagSet(TagRules.told(tags)).build();
    }

    public DeleteBucketTaggingResponse delete(Visitor visitor, DeleteBucketTaggingRequest request) {
        changes.set(
                visitor,
                request.bucket(),
                request.expectedBucketOwner(),
                "s3:PutBucketTagging",
                Setting.TAGS,
                bucket -> Optional.empty());
        return DeleteBucketTaggingResponse.builder().build();
    }
}
