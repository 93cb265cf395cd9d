package io.slipway.spark.profile;

import io.slipway.kit.Kind;
import io.slipway.kit.PlatformException;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A profile that a workspace knows (Instance Profiles API 2.0).
 *
 * @param role the ARN of its role, where the two have other names
 * @param meta for credential passthrough: kept and shown, as nothing here passes credentials through
 */
public record InstanceProfile(WorkspaceId workspace, String arn, Optional<String> role, boolean meta) {
    private static final Pattern PROFILE =
            Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:instance-profile/[\\w+=,.@/-]{1,1024}");
    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:role/[\\w+=,.@/-]{1,1024}");

    public InstanceProfile {
        if (!PROFILE.matcher(arn).matches()) {
            throw PlatformException.invalid("instance_profile_arn must be the ARN of an instance profile, as"
                    + " arn:aws:iam::123456789012:instance-profile/name, not " + arn + ".");
        }
        role.filter(name -> !ROLE.matcher(name).matches()).ifPresent(name -> {
            throw PlatformException.invalid("iam_role_arn must be the ARN of a role, as"
                    + " arn:aws:iam::123456789012:role/name, not " + name + ".");
        });
    }

    Ref ref() {
        return Ref.of(Kind.INSTANCE_PROFILE, workspace, arn);
    }
}
