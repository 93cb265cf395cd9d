package io.slipway.object.bucket;

import io.slipway.object.fault.S3Fault;
import io.slipway.store.Base;
import software.amazon.awssdk.services.s3.model.DeleteBucketReplicationRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketReplicationResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketWebsiteRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketWebsiteResponse;
import software.amazon.awssdk.services.s3.model.GetBucketAccelerateConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketAccelerateConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLoggingRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLoggingResponse;
import software.amazon.awssdk.services.s3.model.GetBucketReplicationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketReplicationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketRequestPaymentRequest;
import software.amazon.awssdk.services.s3.model.GetBucketRequestPaymentResponse;
import software.amazon.awssdk.services.s3.model.GetBucketWebsiteRequest;
import software.amazon.awssdk.services.s3.model.GetBucketWebsiteResponse;
import software.amazon.awssdk.services.s3.model.GetObjectLockConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetObjectLockConfigurationResponse;
import software.amazon.awssdk.services.s3.model.Payer;
import software.amazon.awssdk.services.s3.model.PutBucketLoggingRequest;
import software.amazon.awssdk.services.s3.model.PutBucketLoggingResponse;
import software.amazon.awssdk.services.s3.model.PutBucketRequestPaymentRequest;
import software.amazon.awssdk.services.s3.model.PutBucketRequestPaymentResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What S3 has and this installation does not: read as never set, refused when it is to be set. */
public final class NotBuilt {
    private final Changes changes;

    public NotBuilt(Base base, Buckets buckets, Rights rights) {
        this.changes = new Changes(base, buckets, rights);
    }

    public GetBucketRequestPaymentResponse requestPayment(Visitor visitor, GetBucketRequestPaymentRequest request) {
        changes.read(visitor, request.bucket(), request.expectedBucketOwner(), "s3:GetBucketRequestPayment");
        return GetBucketRequestPaymentResponse.builder()
                .payer(Payer.BUCKET_OWNER)
                .build();
    }

    public PutBucketRequestPaymentResponse put(Visitor visitor, PutBucketRequestPaymentRequest request) {
        changes.read(visitor, request.bucket(), request.expectedBucketOwner(), "s3:PutBucketRequestPayment");
        if (request.requestPaymentConfiguration() == null
                || request.requestPaymentConfiguration().payer() == null
                || request.requestPaymentConfiguration().payer() == Payer.UNKNOWN_TO_SDK_VERSION) {
            throw S3Fault.malformed();
        }
        if (request.requestPaymentConfiguration().payer() != Payer.BUCKET_OWNER) {
            throw S3Fault.notOffered("Nobody is charged here, so requesters cannot pay.");
        }
        return PutBucketRequestPaymentResponse.builder().build();
    }

    public GetBucketAccelerateConfigurationResponse accelerate(
            Visitor visitor, GetBucketAccelerateConfigurationRequest request) {
        changes.read(visitor, request.bucket(), request.expectedBucketOwner(), "s3:GetAccelerateConfiguration");
        return GetBucketAccelerateConfigurationResponse.builder().build();
    }

    public GetBucketLoggingResponse logging(Visitor visitor, GetBucketLoggingRequest request) {
        changes.read(visitor, request.bucket(), request.expectedBucketOwner(), "s3:GetBucketLogging");
        return GetBucketLoggingResponse.builder().build();
    }

    public PutBucketLoggingResponse put(Visitor visitor, PutBucketLoggingRequest request) {
        changes.read(visitor, request.bucket(), request.expectedBucketOwner(), "s3:PutBucketLogging");
        if (request.bucketLoggingStatus() == null) {
            throw S3Fault.malformed();
        }
        if (request.bucketLoggingStatus().loggingEnabled() != null) {
            throw S3Fault.notOffered("Access logs of buckets are not written here.");
        }
        return PutBucketLoggingResponse.builder().build();
    }

    public GetBucketWebsiteResponse website(Visitor visitor, GetBucketWebsiteRequest request) {
        Bucket bucket = changes.read(visitor, request.bucket(), request.expectedBucketOwner(), "s3:GetBucketWebsite");
        throw S3Fault.notSet(
                "NoSuchWebsiteConfiguration",
                "The specified bucket does not have a website configuration",
                bucket.name());
    }

    public DeleteBucketWebsiteResponse delete(Visitor visitor, DeleteBucketWebsiteRequest request) {
        changes.read(visitor, request.bucket(), request.expectedBucketOwner(), "s3:DeleteBucketWebsite");
        return DeleteBucketWebsiteResponse.builder().build();
    }

    public GetBucketReplicationResponse replication(Visitor visitor, GetBucketReplicationRequest request) {
        Bucket bucket = changes.read(
                visitor, request.bucket(), request.expectedBucketOwner(), "s3:GetReplicationConfiguration");
        throw S3Fault.notSet(
                "ReplicationConfigurationNotFoundError", "The replication configuration was not found", bucket.name());
    }

    public DeleteBucketReplicationResponse delete(Visitor visitor, DeleteBucketReplicationRequest request) {
        changes.read(visitor, request.bucket(), request.expectedBucketOwner(), "s3:PutReplicationConfiguration");
        return DeleteBucketReplicationResponse.builder().build();
    }

    public GetObjectLockConfigurationResponse lock(Visitor visitor, GetObjectLockConfigurationRequest request) {
        Bucket bucket = changes.read(
                visitor, request.bucket(), request.expectedBucketOwner(), "s3:GetBucketObjectLockConfiguration");
        throw S3Fault.notSet(
                "ObjectLockConfigurationNotFoundError",
                "Object Lock configuration does not exist for this bucket",
                bucket.name());
    }

    /** One of several configurations of a kind, by an id that nobody can have given. */
    public S3Exception noSuchConfiguration(Visitor visitor, String name, String expectedOwner, String action) {
        changes.read(visitor, name, expectedOwner, action);
        return S3Fault.of(404, "NoSuchConfiguration", "The specified configuration does not exist.")
                .exception();
    }

    /** Throws unless the bucket is there and they may see what is set for it. */
    public void check(Visitor visitor, String name, String expectedOwner, String action) {
        changes.read(visitor, name, expectedOwner, action);
    }
}
