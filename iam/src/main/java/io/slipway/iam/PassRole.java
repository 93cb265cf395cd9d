package io.slipway.iam;

import io.slipway.iam.policy.Arn;
import io.slipway.iam.policy.Context;
import io.slipway.iam.policy.Decision;
import io.slipway.iam.policy.Request;
import java.util.Optional;

/** Whether somebody may give a role to a service: asked by whoever takes roles, since nobody calls it. */
final class PassRole {
    private static final String ACTION = "iam:PassRole";

    private final IamRecords records;

    PassRole(IamRecords records) {
        this.records = records;
    }

    /** Empty: they may; else why not, in the words of AWS. A role of another account is never passed. */
    Optional<String> refusal(AwsCaller caller, String roleArn, String service) {
        Optional<Entity> role = Arn.of(roleArn)
                .filter(arn -> arn.owner().equals(caller.account()))
                .flatMap(arn -> caller.account()
                        .flatMap(account -> records.database()
                                .read(handle -> records.entities()
                                        .named(handle, account, EntityKind.ROLE, Attachments.name(roleArn)))))
                .filter(each -> each.arn().equals(roleArn));
        Context known = Context.EMPTY.with("iam:PassedToService", service);
        Request request = caller.request(ACTION, roleArn)
                .with(role.map(each -> known.or(IamCall.known(each))).orElse(known));
        boolean ours = Arn.of(roleArn)
                .filter(arn -> arn.owner().equals(caller.account()))
                .isPresent();
        Decision decision = caller.decide(request, Optional.empty());
        if (decision.allowed() && ours) {
            return Optional.empty();
        }
        return Optional.of(decision.allowed() ? "Cross-account pass role is not allowed." : decision.refusal(request));
    }
}
