package io.slipway.iam;

import io.slipway.iam.policy.AccountId;
import io.slipway.iam.policy.Arn;
import io.slipway.iam.policy.Context;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;

/** What users, groups and roles have to do with policies. */
final class Attachments {
    /** Of one user, group or role. */
    static final int MOST = 10;

    private static final int SHORTEST_ARN = 20;
    private static final int LONGEST_ARN = 2_048;

    private Attachments() {}

    /** With which names of the account's policies begin. */
    static String prefix(AccountId account) {
        return "arn:aws:iam::" + account + ":policy/";
    }

    static String arn(@Nullable String value) {
        String arn = Checks.required(value, "policyArn");
        Checks.length(arn, "policyArn", SHORTEST_ARN, LONGEST_ARN);
        if (Arn.of(arn).isEmpty()) {
            throw IamFault.validation("Invalid ARN:  Could not be parsed!");
        }
        if (!arn.startsWith("arn:aws:iam::") || !arn.contains(":policy/")) {
            throw IamFault.validation("ARN " + arn + " is not valid.");
        }
        return arn;
    }

    static NamedPolicy attachable(IamCall call, Handle handle, String arn) {
        return NamedPolicy.find(call.records(), handle, call.account(), arn)
                .orElseThrow(() -> IamFault.missing("Policy " + arn + " does not exist or is not attachable."));
    }

    /** What has policies still is not deleted. */
    static void refuseLeftovers(IamCall call, Handle handle, Entity entity) {
        if (!call.records().policies().attached(handle, entity.id()).isEmpty()) {
            throw IamFault.conflict("Cannot delete entity, must detach all policies first.");
        }
        if (!call.records().policies().inline(handle, entity.id()).isEmpty()) {
            throw IamFault.conflict("Cannot delete entity, must delete policies first.");
        }
    }

    /** Also what policies narrow it down by: which one is meant. */
    private static Entity entity(IamCall call, Handle handle, EntityKind kind, String name, String verb, String arn) {
        Entity entity = call.entity(
                handle, kind, name, verb + kind.title() + "Policy", Context.EMPTY.with("iam:PolicyARN", arn));
        ServiceRoles.refuse(entity);
        return entity;
    }

    static void attach(IamCall call, EntityKind kind, @Nullable String of, @Nullable String policyArn) {
        String name = Checks.name(of, kind);
        String arn = arn(policyArn);
        call.change(handle -> {
            Entity entity = entity(call, handle, kind, name, "Attach", arn);
            attachable(call, handle, arn);
            List<String> others = call.records().policies().attached(handle, entity.id());
            if (!others.contains(arn) && others.size() >= MOST) {
                throw IamFault.quota("PoliciesPer" + kind.title(), MOST);
            }
            call.records().policies().attach(handle, entity, arn);
        });
    }

    static void detach(IamCall call, EntityKind kind, @Nullable String of, @Nullable String policyArn) {
        String name = Checks.name(of, kind);
        String arn = arn(policyArn);
        call.change(handle -> {
            Entity entity = entity(call, handle, kind, name, "Detach", arn);
            if (call.records().policies().detach(handle, entity.id(), arn) == 0) {
                throw IamFault.missing("Policy " + arn + " was not found.");
            }
        });
    }

    static Pages.Slice<AttachedPolicy> list(
            IamCall call, EntityKind kind, @Nullable String of, @Nullable String pathPrefix, Pages pages) {
        String name = Checks.name(of, kind);
        String prefix = Checks.pathPrefix(pathPrefix);
        return call.read(handle -> {
            Entity entity = call.entity(handle, kind, name, "ListAttached" + kind.title() + "Policies");
            return pages.byKey(
                            call.records().policies().attached(handle, entity.id()).stream()
                                    .filter(arn -> path(arn).startsWith(prefix))
                                    .toList(),
                            arn -> arn)
                    .map(arn -> AttachedPolicy.builder()
                            .policyArn(arn)
                            .policyName(name(arn))
                            .build());
        });
    }

    static String name(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    private static String path(String arn) {
        return arn.substring(arn.indexOf('/'), arn.lastIndexOf('/') + 1);
    }
}
