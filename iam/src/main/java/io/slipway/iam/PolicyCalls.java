package io.slipway.iam;

import io.slipway.iam.policy.Context;
import io.slipway.iam.policy.PolicyKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyRequest;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesResponse;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyGroup;
import software.amazon.awssdk.services.iam.model.PolicyRole;
import software.amazon.awssdk.services.iam.model.PolicyUser;

/** Policies with names of their own, the account's and those of AWS. */
interface PolicyCalls extends IamClient {
    IamCall call();

    @Override
    default CreatePolicyResponse createPolicy(CreatePolicyRequest request) {
        String name = Checks.policyName(request.policyName());
        String document = Checks.required(request.policyDocument(), "policyDocument");
        Map<String, String> tags = Checks.tags(request.tags());
        Entity policy = call().made(EntityKind.POLICY, name, Checks.path(request.path()))
                .described(Checks.description(request.description()))
                .tagged(tags)
                .detailed(new Entity.PolicyDetail(1, 1));
        IamFault.policy(PolicyKind.MANAGED, document);
        call().allow("CreatePolicy", policy.arn(), IamCall.wantedTags(tags));
        return call().write(handle -> {
            call().insert(handle, policy);
            call().records()
                    .policies()
                    .insertVersion(handle, policy.id(), new PolicyStore.Version(1, document, policy.createdAt()));
            Policy.Builder shape = NamedPolicy.of(policy).shape(call(), handle);
            return CreatePolicyResponse.builder()
                    .policy(
                            tags.isEmpty()
                                    ? shape.build()
                                    : shape.tags(Shapes.tags(tags)).build())
                    .build();
        });
    }

    @Override
    default GetPolicyResponse getPolicy(GetPolicyRequest request) {
        String arn = Attachments.arn(request.policyArn());
        return call().read(handle -> {
            NamedPolicy policy = policy(handle, arn, "GetPolicy");
            Policy.Builder shape = policy.shape(call(), handle).tags(Shapes.tags(policy.tags()));
            policy.description().ifPresent(shape::description);
            return GetPolicyResponse.builder().policy(shape.build()).build();
        });
    }

    private NamedPolicy policy(Handle handle, String arn, String action) {
        Optional<NamedPolicy> found = NamedPolicy.find(call().records(), handle, call().account(), arn);
        call().allow(
                        action,
                        arn,
                        found.flatMap(NamedPolicy::entity).map(IamCall::known).orElse(Context.EMPTY));
        return found.orElseThrow(() -> IamFault.missing(EntityKind.POLICY.missing(arn)));
    }

    @Override
    default DeletePolicyResponse deletePolicy(DeletePolicyRequest request) {
        String arn = Attachments.arn(request.policyArn());
        call().change(handle -> {
            Entity policy = PolicyVersionCalls.own(policy(handle, arn, "DeletePolicy"));
            IamRecords records = call().records();
            boolean used = !records.policies()
                            .attachedTo(handle, policy.account(), arn)
                            .isEmpty()
                    || !records.entities()
                            .boundedBy(handle, policy.account(), arn)
                            .isEmpty();
            if (used) {
                throw IamFault.conflict("Cannot delete a policy attached to entities.");
            }
            if (records.policies().versions(handle, policy.id()).size() > 1) {
                throw IamFault.conflict("This policy has more than one version. Before you delete a policy, you must"
                        + " delete the policy's versions. The default version is deleted with the policy.");
            }
            records.policies().deleteVersions(handle, policy.id());
            records.entities().delete(handle, policy.id());
        });
        return DeletePolicyResponse.builder().build();
    }

    @Override
    default ListPoliciesResponse listPolicies(ListPoliciesRequest request) {
        String prefix = Checks.pathPrefix(request.pathPrefix());
        Pages pages = Pages.of("policies", request.marker(), request.maxItems());
        String scope = request.scopeAsString() == null ? "All" : request.scopeAsString();
        if (!Set.of("All", "AWS", "Local").contains(scope)) {
            throw Checks.unsatisfied("scope", "Member must satisfy enum value set: [All, AWS, Local]");
        }
        PolicyUse use = PolicyUse.of(request.policyUsageFilterAsString());
        boolean onlyAttached = Boolean.TRUE.equals(request.onlyAttached());
        call().allowList("ListPolicies", EntityKind.POLICY, prefix);
        return call().read(handle -> {
            Predicate<NamedPolicy> wanted = policy -> {
                boolean asked = onlyAttached || request.policyUsageFilter() != null;
                return !asked || use.uses(call(), handle, policy.arn());
            };
            List<NamedPolicy> found = new ArrayList<>();
            if (!scope.equals("AWS") && !pages.after().startsWith(OF_AWS)) {
                found.addAll(own(handle, prefix, pages, wanted));
            }
            if (!scope.equals("Local")) {
                call().records().managed().all().stream()
                        .map(NamedPolicy::of)
                        .filter(each -> each.path().startsWith(prefix))
                        .filter(each -> key(each).compareTo(pages.after()) > 0 && wanted.test(each))
                        .limit(Math.max(0, pages.limit() - found.size()))
                        .forEach(found::add);
            }
            Pages.Slice<NamedPolicy> page = pages.cut(found, PolicyCalls::key);
            return ListPoliciesResponse.builder()
                    .policies(
                            page.map(each -> each.shape(call(), handle).build()).items())
                    .isTruncated(page.truncated())
                    .marker(page.next())
                    .build();
        });
    }

    String OF_ACCOUNT = "1 ";
    String OF_AWS = "2 ";

    /** The account's own come first. */
    private static String key(NamedPolicy policy) {
        return (policy.entity().isPresent() ? OF_ACCOUNT : OF_AWS) + EntityStore.folded(policy.name());
    }

    private List<NamedPolicy> own(Handle handle, String prefix, Pages pages, Predicate<NamedPolicy> wanted) {
        List<NamedPolicy> found = new ArrayList<>();
        String after = pages.after().startsWith(OF_ACCOUNT) ? pages.after().substring(OF_ACCOUNT.length()) : "";
        List<Entity> rows;
        do {
            rows = call().records()
                    .entities()
                    .page(handle, call().account(), EntityKind.POLICY, prefix, after, pages.limit());
            for (Entity each : rows) {
                NamedPolicy policy = NamedPolicy.of(each);
                if (found.size() < pages.limit() && wanted.test(policy)) {
                    found.add(policy);
                }
                after = EntityStore.folded(each.name());
            }
        } while (rows.size() == pages.limit() && found.size() < pages.limit());
        return found;
    }

    @Override
    default ListEntitiesForPolicyResponse listEntitiesForPolicy(ListEntitiesForPolicyRequest request) {
        String arn = Attachments.arn(request.policyArn());
        String prefix = Checks.pathPrefix(request.pathPrefix());
        String filter = request.entityFilterAsString() == null ? "" : request.entityFilterAsString();
        Pages pages = Pages.of("entities", request.marker(), request.maxItems());
        boolean narrowed = request.policyUsageFilter() != null;
        PolicyUse use = PolicyUse.of(request.policyUsageFilterAsString());
        return call().read(handle -> {
            NamedPolicy policy = policy(handle, arn, "ListEntitiesForPolicy");
            List<Entity> all = new ArrayList<>();
            if (!narrowed || use == PolicyUse.PERMISSIONS) {
                all.addAll(call().records()
                        .entities()
                        .all(handle, call().records().policies().attachedTo(handle, call().account(), arn)));
            }
            if (!narrowed || use == PolicyUse.BOUNDARY) {
                all.addAll(call().records().entities().boundedBy(handle, call().account(), arn));
            }
            List<Entity> wanted = all.stream()
                    .distinct()
                    .filter(each -> each.path().startsWith(prefix))
                    .filter(each ->
                            filter.isEmpty() || filter.equals(each.kind().title()) || filter.equals(policy.kind()))
                    .toList();
            Pages.Slice<Entity> page =
                    pages.byKey(wanted, each -> each.kind().word() + " " + EntityStore.folded(each.name()));
            return ListEntitiesForPolicyResponse.builder()
                    .policyGroups(page.items().stream()
                            .filter(each -> each.kind() == EntityKind.GROUP)
                            .map(each -> PolicyGroup.builder()
                                    .groupName(each.name())
                                    .groupId(each.id())
                                    .build())
                            .toList())
                    .policyUsers(page.items().stream()
                            .filter(each -> each.kind() == EntityKind.USER)
                            .map(each -> PolicyUser.builder()
                                    .userName(each.name())
                                    .userId(each.id())
                                    .build())
                            .toList())
                    .policyRoles(page.items().stream()
                            .filter(each -> each.kind() == EntityKind.ROLE)
                            .map(each -> PolicyRole.builder()
                                    .roleName(each.name())
                                    .roleId(each.id())
                                    .build())
                            .toList())
                    .isTruncated(page.truncated())
                    .marker(page.next())
                    .build();
        });
    }
}
