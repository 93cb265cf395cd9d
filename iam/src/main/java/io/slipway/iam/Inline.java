package io.slipway.iam;

import io.slipway.iam.policy.PolicyDocument;
import io.slipway.iam.policy.PolicyKind;
import org.jspecify.annotations.Nullable;

/** Policies that are part of a user, group or role, for all three in the same manner. */
final class Inline {
    /** A policy, and of whom. */
    record Found(Entity of, PolicyStore.Inline policy) {}

    private Inline() {}

    static PolicyKind kind(EntityKind kind) {
        return switch (kind) {
            case USER -> PolicyKind.USER_INLINE;
            case GROUP -> PolicyKind.GROUP_INLINE;
            default -> PolicyKind.ROLE_INLINE;
        };
    }

    static void put(
            IamCall call, EntityKind kind, @Nullable String of, @Nullable String policyName, @Nullable String text) {
        String name = Checks.name(of, kind);
        String policy = Checks.policyName(policyName);
        PolicyDocument document = IamFault.policy(kind(kind), Checks.required(text, "policyDocument"));
        call.change(handle -> {
            Entity entity = call.entity(handle, kind, name, "Put" + kind.title() + "Policy");
            ServiceRoles.refuse(entity);
            int others = call.records().policies().inline(handle, entity.id()).stream()
                    .filter(each -> !each.name().equals(policy))
                    .mapToInt(each ->
                            PolicyDocument.parse(kind(kind), each.document()).size())
                    .sum();
            if (others + document.size() > kind(kind).limit()) {
                throw IamFault.limit("Maximum policy size of " + kind(kind).limit() + " bytes exceeded for "
                        + kind.word() + " " + entity.name());
            }
            call.records().policies().putInline(handle, entity.id(), new PolicyStore.Inline(policy, document.text()));
        });
    }

    static Found get(IamCall call, EntityKind kind, @Nullable String of, @Nullable String policyName) {
        String name = Checks.name(of, kind);
        String policy = Checks.policyName(policyName);
        return call.read(handle -> {
            Entity entity = call.entity(handle, kind, name, "Get" + kind.title() + "Policy");
            return call.records().policies().inline(handle, entity.id()).stream()
                    .filter(each -> each.name().equals(policy))
                    .findFirst()
                    .map(each -> new Found(entity, each))
                    .orElseThrow(() -> missing(kind, policy));
        });
    }

    private static RuntimeException missing(EntityKind kind, String policy) {
        return IamFault.missing("The " + kind.word() + " policy with name " + policy + " cannot be found.");
    }

    static void delete(IamCall call, EntityKind kind, @Nullable String of, @Nullable String policyName) {
        String name = Checks.name(of, kind);
        String policy = Checks.policyName(policyName);
        call.change(handle -> {
            Entity entity = call.entity(handle, kind, name, "Delete" + kind.title() + "Policy");
            ServiceRoles.refuse(entity);
            if (call.records().policies().deleteInline(handle, entity.id(), policy) == 0) {
                throw missing(kind, policy);
            }
        });
    }

    static Pages.Slice<String> list(IamCall call, EntityKind kind, @Nullable String of, Pages pages) {
        String name = Checks.name(of, kind);
        return call.read(handle -> {
            Entity entity = call.entity(handle, kind, name, "List" + kind.title() + "Policies");
            return pages.byKey(
                    call.records().policies().inline(handle, entity.id()).stream()
                            .map(PolicyStore.Inline::name)
                            .toList(),
                    each -> each);
        });
    }
}
