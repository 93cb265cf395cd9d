package io.slipway.server;

import io.slipway.iam.policy.AccountId;
import io.slipway.identity.Caller;
import io.slipway.identity.Directory;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.spark.profile.InstanceProfile;
import io.slipway.spark.profile.InstanceProfiles;
import io.slipway.wire.ui.aws.AwsIdentities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * People at AWS: admins of the account act as the root of the first AWS account, everybody as the role of an instance profile that they
 * may give to clusters.
 */
final class AwsPeople implements AwsIdentities {
    private static final int LONGEST_NAME = 64;

    private final AwsSide aws;
    private final Directory directory;
    private final InstanceProfiles profiles;

    AwsPeople(AwsSide aws, Directory directory, InstanceProfiles profiles) {
        this.aws = aws;
        this.directory = directory;
        this.profiles = profiles;
    }

    @Override
    public List<Identity> of(Caller caller) {
        List<Identity> all = new ArrayList<>();
        if (directory.administersAccount(caller)) {
            AccountId account = aws.account();
            all.add(new Identity(ROOT, ROOT, account.root().toString(), account.digits()));
        }
        for (InstanceProfile profile : profiles.list(caller)) {
            String arn = profile.arn();
            all.add(new Identity(arn, arn.substring(arn.lastIndexOf('/') + 1), arn, arn.split(":", -1)[4]));
        }
        return all;
    }

    @Override
    public Keys keys(Caller caller, String as, Duration lasting) {
        String session = sessionName(caller.name());
        if (as.equals(ROOT)) {
            if (!directory.administersAccount(caller)) {
                throw new PlatformException(
                        ErrorCode.PERMISSION_DENIED,
                        caller.name() + " may not act as the root of the AWS account: only admins of the account can.");
            }
            return aws.rootKeys(session, lasting);
        }
        profiles.requireUse(caller, as);
        return aws.profileKeys(as, session, lasting)
                .orElseThrow(() -> new PlatformException(
                        ErrorCode.INVALID_STATE,
                        "Nobody can act as " + as + " now: there is no such instance profile, it has no role, or the"
                                + " role does not trust ec2.amazonaws.com."));
    }

    /** What names of sessions may say (STS, AssumeRole). */
    static String sessionName(String name) {
        String fit = name.replaceAll("[^\\w+=,.@-]", "-");
        String padded = fit.length() < 2 ? fit + "--" : fit;
        return padded.substring(0, Math.min(LONGEST_NAME, padded.length()));
    }
}
