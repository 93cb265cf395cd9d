package io.slipway.object.bucket;

import io.slipway.object.fault.S3Fault;
import io.slipway.store.Base;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.BucketLifecycleConfiguration;
import software.amazon.awssdk.services.s3.model.DeleteBucketLifecycleRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketLifecycleResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.PutBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.PutBucketNotificationConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.TransitionDefaultMinimumObjectSize;

/** The door to what happens by itself: objects that go as they grow old, and who is told of events. */
public final class RuleSettings {
    private final Changes changes;
    private final Buckets buckets;

    public RuleSettings(Base base, Buckets buckets, Rights rights) {
        this.changes = new Changes(base, buckets, rights);
        this.buckets = buckets;
    }

    public PutBucketLifecycleConfigurationResponse put(
            Visitor visitor, PutBucketLifecycleConfigurationRequest request) {
        BucketLifecycleConfiguration rules = LifecycleForm.checked(request.lifecycleConfiguration(), buckets.ids());
        changes.set(
                visitor,
                request.bucket(),
                request.expectedBucketOwner(),
                "s3:PutLifecycleConfiguration",
                Setting.LIFECYCLE,
                bucket -> Optional.of(Documents.write(rules)));
        return PutBucketLifecycleConfigurationResponse.builder()
                .transitionDefaultMinimumObjectSize(smallest(request))
                .build();
    }

    private static TransitionDefaultMinimumObjectSize smallest(PutBucketLifecycleConfigurationRequest request) {
        TransitionDefaultMinimumObjectSize asked = request.transitionDefaultMinimumObjectSize();
        if (asked == TransitionDefaultMinimumObjectSize.UNKNOWN_TO_SDK_VERSION) {
            throw S3Fault.invalidRequest("Invalid TransitionDefaultMinimumObjectSize found: "
                    + request.transitionDefaultMinimumObjectSizeAsString());
        }
        if (asked == TransitionDefaultMinimumObjectSize.VARIES_BY_STORAGE_CLASS) {
            throw S3Fault.notImplemented("x-amz-transition-default-minimum-object-size");
        }
        return TransitionDefaultMinimumObjectSize.ALL_STORAGE_CLASSES_128_K;
    }

    public GetBucketLifecycleConfigurationResponse lifecycle(
            Visitor visitor, GetBucketLifecycleConfigurationRequest request) {
        Bucket bucket =
                changes.read(visitor, request.bucket(), request.expectedBucketOwner(), "s3:GetLifecycleConfiguration");
        String text = bucket.setting(Setting.LIFECYCLE)
                .orElseThrow(() -> S3Fault.notSet(
                        "NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist", bucket.name()));
        return GetBucketLifecycleConfigurationResponse.builder()
                .rules(Documents.read(text, BucketLifecycleConfiguration.builder())
                        .build()
                        .rules())
                .transitionDefaultMinimumObjectSize(TransitionDefaultMinimumObjectSize.ALL_STORAGE_CLASSES_128_K)
                .build();
    }

    public DeleteBucketLifecycleResponse delete(Visitor visitor, DeleteBucketLifecycleRequest request) {
        changes.set(
                visitor,
                request.bucket(),
                request.expectedBucketOwner(),
                "s3:PutLifecycleConfiguration",
                Setting.LIFECYCLE,
                bucket -> Optional.empty());
        return DeleteBucketLifecycleResponse.builder().build();
    }

    public PutBucketNotificationConfigurationResponse put(
            Visitor visitor, PutBucketNotificationConfigurationRequest request) {
        NotificationConfiguration checked = NotificationForm.checked(
                request.notificationConfiguration(),
                Boolean.TRUE.equals(request.skipDestinationValidation()),
                buckets.ids());
        boolean nobody = checked.lambdaFunctionConfigurations().isEmpty()
                && checked.queueConfigurations().isEmpty()
                && checked.topicConfigurations().isEmpty()
                && checked.eventBridgeConfiguration() == null;
        changes.set(
                visitor,
                request.bucket(),
                request.expectedBucketOwner(),
                "s3:PutBucketNotification",
                Setting.NOTIFICATION,
                bucket -> nobody ? Optional.empty() : Optional.of(Documents.write(checked)));
        return PutBucketNotificationConfigurationResponse.builder().build();
    }

    public GetBucketNotificationConfigurationResponse notification(
            Visitor visitor, GetBucketNotificationConfigurationRequest request) {
        Bucket bucket =
                changes.read(visitor, request.bucket(), request.expectedBucketOwner(), "s3:GetBucketNotification");
        NotificationConfiguration kept = bucket.setting(Setting.NOTIFICATION)
                .map(text -> Documents.read(text, NotificationConfiguration.builder())
                        .build())
                .orElseGet(() -> NotificationConfiguration.builder().build());
        return GetBucketNotificationConfigurationResponse.builder()
                .lambdaFunctionConfigurations(kept.lambdaFunctionConfigurations())
                .queueConfigurations(kept.queueConfigurations())
                .topicConfigurations(kept.topicConfigurations())
                .eventBridgeConfiguration(kept.eventBridgeConfiguration())
                .build();
    }
}
