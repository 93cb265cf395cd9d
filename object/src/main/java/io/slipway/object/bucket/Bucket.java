package io.slipway.object.bucket;

import io.slipway.iam.policy.AccountId;
import io.slipway.iam.policy.Policies;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;

/**
 * A bucket, made ready to be asked: immutable, and made anew whenever something of it is set.
 *
 * @param revision grows whenever something is set
 * @param settings documents of what is set
 * @param policy what is written at it
 * @param publicPolicy whether that lets everybody in
 * @param acl who was given something besides, as far as such lists count here
 */
public record Bucket(
        long id,
        String name,
        AccountId account,
        String region,
        long createdAt,
        long revision,
        Versioning versioning,
        Map<Setting, String> settings,
        Optional<Policies.Named> policy,
        boolean publicPolicy,
        PublicAccessBlockConfiguration publicAccess,
        ObjectOwnership ownership,
        Acl acl) {
    public Bucket {
        settings = Map.copyOf(settings);
    }

    public Optional<String> setting(Setting setting) {
        return Optional.ofNullable(settings.get(setting));
    }

    public String arn() {
        return "arn:aws:s3:::" + name;
    }

    public String arn(String key) {
        return "arn:aws:s3:::" + name + "/" + key;
    }

    /** Whether access control lists count. */
    public boolean hasLists() {
        return ownership != ObjectOwnership.BUCKET_OWNER_ENFORCED;
    }

    /** Whether what is overwritten or deleted is kept. */
    public boolean keepsVersions() {
        return versioning == Versioning.ENABLED;
    }
}
