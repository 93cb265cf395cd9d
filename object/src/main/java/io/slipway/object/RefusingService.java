package io.slipway.object;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.object.bucket.NotBuilt;
import io.slipway.object.bucket.Visitor;
import io.slipway.object.fault.S3Fault;
import java.util.function.Supplier;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CreateBucketMetadataConfigurationRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketMetadataConfigurationResponse;
import software.amazon.awssdk.services.s3.model.CreateBucketMetadataTableConfigurationRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketMetadataTableConfigurationResponse;
import software.amazon.awssdk.services.s3.model.CreateSessionRequest;
import software.amazon.awssdk.services.s3.model.CreateSessionResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketAnalyticsConfigurationRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketAnalyticsConfigurationResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketIntelligentTieringConfigurationRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketIntelligentTieringConfigurationResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketInventoryConfigurationRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketInventoryConfigurationResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketMetadataConfigurationRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketMetadataConfigurationResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketMetadataTableConfigurationRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketMetadataTableConfigurationResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketMetricsConfigurationRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketMetricsConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketAnalyticsConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketAnalyticsConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketIntelligentTieringConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketIntelligentTieringConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketInventoryConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketInventoryConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketMetadataConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketMetadataConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketMetadataTableConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketMetadataTableConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketMetricsConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketMetricsConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetObjectLegalHoldRequest;
import software.amazon.awssdk.services.s3.model.GetObjectLegalHoldResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRetentionRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRetentionResponse;
import software.amazon.awssdk.services.s3.model.GetObjectTorrentRequest;
import software.amazon.awssdk.services.s3.model.GetObjectTorrentResponse;
import software.amazon.awssdk.services.s3.model.ListBucketAnalyticsConfigurationsRequest;
import software.amazon.awssdk.services.s3.model.ListBucketAnalyticsConfigurationsResponse;
import software.amazon.awssdk.services.s3.model.ListBucketIntelligentTieringConfigurationsRequest;
import software.amazon.awssdk.services.s3.model.ListBucketIntelligentTieringConfigurationsResponse;
import software.amazon.awssdk.services.s3.model.ListBucketInventoryConfigurationsRequest;
import software.amazon.awssdk.services.s3.model.ListBucketInventoryConfigurationsResponse;
import software.amazon.awssdk.services.s3.model.ListBucketMetricsConfigurationsRequest;
import software.amazon.awssdk.services.s3.model.ListBucketMetricsConfigurationsResponse;
import software.amazon.awssdk.services.s3.model.ListDirectoryBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListDirectoryBucketsResponse;
import software.amazon.awssdk.services.s3.model.PutBucketAccelerateConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutBucketAccelerateConfigurationResponse;
import software.amazon.awssdk.services.s3.model.PutBucketAnalyticsConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutBucketAnalyticsConfigurationResponse;
import software.amazon.awssdk.services.s3.model.PutBucketIntelligentTieringConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutBucketIntelligentTieringConfigurationResponse;
import software.amazon.awssdk.services.s3.model.PutBucketInventoryConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutBucketInventoryConfigurationResponse;
import software.amazon.awssdk.services.s3.model.PutBucketMetricsConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutBucketMetricsConfigurationResponse;
import software.amazon.awssdk.services.s3.model.PutBucketReplicationRequest;
import software.amazon.awssdk.services.s3.model.PutBucketReplicationResponse;
import software.amazon.awssdk.services.s3.model.PutBucketWebsiteRequest;
import software.amazon.awssdk.services.s3.model.PutBucketWebsiteResponse;
import software.amazon.awssdk.services.s3.model.PutObjectLegalHoldRequest;
import software.amazon.awssdk.services.s3.model.PutObjectLegalHoldResponse;
import software.amazon.awssdk.services.s3.model.PutObjectLockConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutObjectLockConfigurationResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRetentionRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRetentionResponse;
import software.amazon.awssdk.services.s3.model.RenameObjectRequest;
import software.amazon.awssdk.services.s3.model.RenameObjectResponse;
import software.amazon.awssdk.services.s3.model.RestoreObjectRequest;
import software.amazon.awssdk.services.s3.model.RestoreObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UpdateBucketMetadataInventoryTableConfigurationRequest;
import software.amazon.awssdk.services.s3.model.UpdateBucketMetadataInventoryTableConfigurationResponse;
import software.amazon.awssdk.services.s3.model.UpdateBucketMetadataJournalTableConfigurationRequest;
import software.amazon.awssdk.services.s3.model.UpdateBucketMetadataJournalTableConfigurationResponse;
import software.amazon.awssdk.services.s3.model.WriteGetObjectResponseRequest;
import software.amazon.awssdk.services.s3.model.WriteGetObjectResponseResponse;

/** What is refused, and how faults of the platform are told. */
abstract class RefusingService implements S3Client {
    private final NotBuilt unset;
    private final Visitor visitor;

    RefusingService(NotBuilt unset, Visitor visitor) {
        this.unset = unset;
        this.visitor = visitor;
    }

    @Override
    public final String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public final void close() {
        // Nothing is its own.
    }

    static <T> T answer(Supplier<T> work) {
        try {
            return work.get();
        } catch (PlatformException e) {
            throw told(e);
        }
    }

    private static S3Exception told(PlatformException e) {
        return e.code() == ErrorCode.UNAVAILABLE
                ? S3Fault.of(503, "ServiceUnavailable", e.message()).exception(e)
                : S3Fault.of(500, "InternalError", e.message()).exception(e);
    }

    private static S3Exception refused(String operation) {
        return S3Fault.of(501, "NotImplemented", operation + " is not offered here.")
                .exception();
    }

    @Override
    public <T> T getObjectTorrent(
            GetObjectTorrentRequest request, ResponseTransformer<GetObjectTorrentResponse, T> transformer) {
        throw refused("GetObjectTorrent");
    }

    @Override
    public WriteGetObjectResponseResponse writeGetObjectResponse(
            WriteGetObjectResponseRequest request, RequestBody body) {
        throw refused("WriteGetObjectResponse");
    }

    @Override
    public CreateBucketMetadataConfigurationResponse createBucketMetadataConfiguration(
            CreateBucketMetadataConfigurationRequest request) {
        throw refused("CreateBucketMetadataConfiguration");
    }

    @Override
    public CreateBucketMetadataTableConfigurationResponse createBucketMetadataTableConfiguration(
            CreateBucketMetadataTableConfigurationRequest request) {
        throw refused("CreateBucketMetadataTableConfiguration");
    }

    @Override
    public CreateSessionResponse createSession(CreateSessionRequest request) {
        throw refused("CreateSession");
    }

    @Override
    public DeleteBucketMetadataConfigurationResponse deleteBucketMetadataConfiguration(
            DeleteBucketMetadataConfigurationRequest request) {
        throw refused("DeleteBucketMetadataConfiguration");
    }

    @Override
    public DeleteBucketMetadataTableConfigurationResponse deleteBucketMetadataTableConfiguration(
            DeleteBucketMetadataTableConfigurationRequest request) {
        throw refused("DeleteBucketMetadataTableConfiguration");
    }

    @Override
    public GetBucketMetadataConfigurationResponse getBucketMetadataConfiguration(
            GetBucketMetadataConfigurationRequest request) {
        throw refused("GetBucketMetadataConfiguration");
    }

    @Override
    public GetBucketMetadataTableConfigurationResponse getBucketMetadataTableConfiguration(
            GetBucketMetadataTableConfigurationRequest request) {
        throw refused("GetBucketMetadataTableConfiguration");
    }

    @Override
    public GetObjectLegalHoldResponse getObjectLegalHold(GetObjectLegalHoldRequest request) {
        throw refused("GetObjectLegalHold");
    }

    @Override
    public GetObjectRetentionResponse getObjectRetention(GetObjectRetentionRequest request) {
        throw refused("GetObjectRetention");
    }

    @Override
    public PutBucketAccelerateConfigurationResponse putBucketAccelerateConfiguration(
            PutBucketAccelerateConfigurationRequest request) {
        throw refused("PutBucketAccelerateConfiguration");
    }

    @Override
    public PutBucketAnalyticsConfigurationResponse putBucketAnalyticsConfiguration(
            PutBucketAnalyticsConfigurationRequest request) {
        throw refused("PutBucketAnalyticsConfiguration");
    }

    @Override
    public PutBucketIntelligentTieringConfigurationResponse putBucketIntelligentTieringConfiguration(
            PutBucketIntelligentTieringConfigurationRequest request) {
        throw refused("PutBucketIntelligentTieringConfiguration");
    }

    @Override
    public PutBucketInventoryConfigurationResponse putBucketInventoryConfiguration(
            PutBucketInventoryConfigurationRequest request) {
        throw refused("PutBucketInventoryConfiguration");
    }

    @Override
    public PutBucketMetricsConfigurationResponse putBucketMetricsConfiguration(
            PutBucketMetricsConfigurationRequest request) {
        throw refused("PutBucketMetricsConfiguration");
    }

    @Override
    public PutBucketReplicationResponse putBucketReplication(PutBucketReplicationRequest request) {
        throw refused("PutBucketReplication");
    }

    @Override
    public PutBucketWebsiteResponse putBucketWebsite(PutBucketWebsiteRequest request) {
        throw refused("PutBucketWebsite");
    }

    @Override
    public PutObjectLegalHoldResponse putObjectLegalHold(PutObjectLegalHoldRequest request) {
        throw refused("PutObjectLegalHold");
    }

    @Override
    public PutObjectLockConfigurationResponse putObjectLockConfiguration(PutObjectLockConfigurationRequest request) {
        throw refused("PutObjectLockConfiguration");
    }

    @Override
    public PutObjectRetentionResponse putObjectRetention(PutObjectRetentionRequest request) {
        throw refused("PutObjectRetention");
    }

    @Override
    public RenameObjectResponse renameObject(RenameObjectRequest request) {
        throw refused("RenameObject");
    }

    @Override
    public RestoreObjectResponse restoreObject(RestoreObjectRequest request) {
        throw refused("RestoreObject");
    }

    @Override
    public UpdateBucketMetadataInventoryTableConfigurationResponse updateBucketMetadataInventoryTableConfiguration(
            UpdateBucketMetadataInventoryTableConfigurationRequest request) {
        throw refused("UpdateBucketMetadataInventoryTableConfiguration");
    }

    @Override
    public UpdateBucketMetadataJournalTableConfigurationResponse updateBucketMetadataJournalTableConfiguration(
            UpdateBucketMetadataJournalTableConfigurationRequest request) {
        throw refused("UpdateBucketMetadataJournalTableConfiguration");
    }

    @Override
    public ListDirectoryBucketsResponse listDirectoryBuckets(ListDirectoryBucketsRequest request) {
        throw refused("ListDirectoryBuckets");
    }

    @Override
    public GetBucketAnalyticsConfigurationResponse getBucketAnalyticsConfiguration(
            GetBucketAnalyticsConfigurationRequest request) {
        return answer(() -> {
            throw unset.noSuchConfiguration(
                    visitor, request.bucket(), request.expectedBucketOwner(), "s3:GetAnalyticsConfiguration");
        });
    }

    @Override
    public ListBucketAnalyticsConfigurationsResponse listBucketAnalyticsConfigurations(
            ListBucketAnalyticsConfigurationsRequest request) {
        return answer(() -> {
            unset.check(visitor, request.bucket(), request.expectedBucketOwner(), "s3:GetAnalyticsConfiguration");
            return ListBucketAnalyticsConfigurationsResponse.builder()
                    .isTruncated(false)
                    .build();
        });
    }

    @Override
    public DeleteBucketAnalyticsConfigurationResponse deleteBucketAnalyticsConfiguration(
            DeleteBucketAnalyticsConfigurationRequest request) {
        return answer(() -> {
            throw unset.noSuchConfiguration(
                    visitor, request.bucket(), request.expectedBucketOwner(), "s3:PutAnalyticsConfiguration");
        });
    }

    @Override
    public GetBucketIntelligentTieringConfigurationResponse getBucketIntelligentTieringConfiguration(
            GetBucketIntelligentTieringConfigurationRequest request) {
        return answer(() -> {
            throw unset.noSuchConfiguration(
                    visitor, request.bucket(), request.expectedBucketOwner(), "s3:GetIntelligentTieringConfiguration");
        });
    }

    @Override
    public ListBucketIntelligentTieringConfigurationsResponse listBucketIntelligentTieringConfigurations(
            ListBucketIntelligentTieringConfigurationsRequest request) {
        return answer(() -> {
            unset.check(
                    visitor, request.bucket(), request.expectedBucketOwner(), "s3:GetIntelligentTieringConfiguration");
            return ListBucketIntelligentTieringConfigurationsResponse.builder()
                    .isTruncated(false)
                    .build();
        });
    }

    @Override
    public DeleteBucketIntelligentTieringConfigurationResponse deleteBucketIntelligentTieringConfiguration(
            DeleteBucketIntelligentTieringConfigurationRequest request) {
        return answer(() -> {
            throw unset.noSuchConfiguration(
                    visitor, request.bucket(), request.expectedBucketOwner(), "s3:PutIntelligentTieringConfiguration");
        });
    }

    @Override
    public GetBucketInventoryConfigurationResponse getBucketInventoryConfiguration(
            GetBucketInventoryConfigurationRequest request) {
        return answer(() -> {
            throw unset.noSuchConfiguration(
                    visitor, request.bucket(), request.expectedBucketOwner(), "s3:GetInventoryConfiguration");
        });
    }

    @Override
    public ListBucketInventoryConfigurationsResponse listBucketInventoryConfigurations(
            ListBucketInventoryConfigurationsRequest request) {
        return answer(() -> {
            unset.check(visitor, request.bucket(), request.expectedBucketOwner(), "s3:GetInventoryConfiguration");
            return ListBucketInventoryConfigurationsResponse.builder()
                    .isTruncated(false)
                    .build();
        });
    }

    @Override
    public DeleteBucketInventoryConfigurationResponse deleteBucketInventoryConfiguration(
            DeleteBucketInventoryConfigurationRequest request) {
        return answer(() -> {
            throw unset.noSuchConfiguration(
                    visitor, request.bucket(), request.expectedBucketOwner(), "s3:PutInventoryConfiguration");
        });
    }

    @Override
    public GetBucketMetricsConfigurationResponse getBucketMetricsConfiguration(
            GetBucketMetricsConfigurationRequest request) {
        return answer(() -> {
            throw unset.noSuchConfiguration(
                    visitor, request.bucket(), request.expectedBucketOwner(), "s3:GetMetricsConfiguration");
        });
    }

    @Override
    public ListBucketMetricsConfigurationsResponse listBucketMetricsConfigurations(
            ListBucketMetricsConfigurationsRequest request) {
        return answer(() -> {
            unset.check(visitor, request.bucket(), request.expectedBucketOwner(), "s3:GetMetricsConfiguration");
            return ListBucketMetricsConfigurationsResponse.builder()
                    .isTruncated(false)
                    .build();
        });
    }

    @Override
    public DeleteBucketMetricsConfigurationResponse deleteBucketMetricsConfiguration(
            DeleteBucketMetricsConfigurationRequest request) {
        return answer(() -> {
            throw unset.noSuchConfiguration(
                    visitor, request.bucket(), request.expectedBucketOwner(), "s3:PutMetricsConfiguration");
        });
    }
}
