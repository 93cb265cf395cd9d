package io.slipway.iam;

import software.amazon.awssdk.services.iam.IamClient;

/** IAM for one caller. Each of its parts says what it does with one kind of thing; what none does is refused by the SDK's own default. */
record Iam(IamCall call)
        implements UserCalls,
                GroupCalls,
                RoleCalls,
                ServiceRoleCalls,
                PolicyCalls,
                PolicyVersionCalls,
                InlineCalls,
                AttachmentCalls,
                ProfileCalls,
                TagCalls,
                KeyCalls,
                LoginCalls,
                AccountCalls,
                OidcCalls,
                SimulationCalls,
                EmptyCalls {
    @Override
    public String serviceName() {
        return IamClient.SERVICE_NAME;
    }

    @Override
    public void close() {}
}
