package io.slipway.object.bucket;

import io.slipway.iam.policy.AccountId;
import io.slipway.iam.policy.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.Permission;

/**
 * What somebody wants to do.
 *
 * @param action {@code s3:GetObject}
 * @param context what conditions may ask about it
 * @param owner whose the thing is, if not the bucket's owner's
 * @param acl the list at the thing
 * @param permission by which such a list gives it; empty: none does
 */
public record Wish(
        String action,
        String resource,
        Context context,
        Optional<AccountId> owner,
        Acl acl,
        Optional<Permission> permission) {
    public static Wish of(String action, String resource) {
        return new Wish(action, resource, Context.EMPTY, Optional.empty(), Acl.NONE, Optional.empty());
    }

    /** About a bucket as a whole. */
    public static Wish of(String action, Bucket bucket) {
        return of(action, bucket.arn());
    }

    public static Wish of(String action, Bucket bucket, Permission permission) {
        return of(action, bucket.arn()).by(bucket.acl(), permission);
    }

    public Wish by(Acl list, Permission wanted) {
        return new Wish(action, resource, context, owner, list, Optional.of(wanted));
    }

    public Wish ownedBy(AccountId account) {
        return new Wish(action, resource, context, Optional.of(account), acl, permission);
    }

    /** Says more; nothing if there is no value. */
    public Wish with(String key, @Nullable Object value) {
        return value == null ? this : with(Map.of(key, List.of(value.toString())));
    }

    public Wish with(Map<String, List<String>> more) {
        return new Wish(action, resource, Context.of(more).or(context), owner, acl, permission);
    }

    /** Tags, each as a key of its own; {@code name} is {@code s3:ExistingObjectTag}, for instance. */
    public Wish withTags(String name, Map<String, String> tags) {
        Map<String, List<String>> more = new HashMap<>();
        tags.forEach((key, value) -> more.put(name + "/" + key, List.of(value)));
        return with(more);
    }
}
