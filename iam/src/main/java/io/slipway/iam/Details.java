package io.slipway.iam;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsResponse;
import software.amazon.awssdk.services.iam.model.GroupDetail;
import software.amazon.awssdk.services.iam.model.ManagedPolicyDetail;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyDetail;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.RoleDetail;
import software.amazon.awssdk.services.iam.model.UserDetail;

/** All who may do something in an account, and all that says so: GetAccountAuthorizationDetails. */
final class Details {
    /** In the order in which they are told. */
    private static final List<EntityKind> KINDS =
            List.of(EntityKind.USER, EntityKind.GROUP, EntityKind.ROLE, EntityKind.POLICY);

    private static final Map<EntityKind, String> WORDS = Map.of(
            EntityKind.USER,
            "User",
            EntityKind.GROUP,
            "Group",
            EntityKind.ROLE,
            "Role",
            EntityKind.POLICY,
            "LocalManagedPolicy");
    private static final String OF_AWS = "AWSManagedPolicy";
    private static final char AWS_PLACE = '9';

    private final IamCall call;
    private final Handle handle;

    Details(IamCall call, Handle handle) {
        this.call = call;
        this.handle = handle;
    }

    GetAccountAuthorizationDetailsResponse page(Set<String> wanted, Pages pages) {
        List<Entity> found = new ArrayList<>();
        int from = pages.after().isEmpty() ? 0 : pages.after().charAt(0) - '0';
        for (int i = from; i < KINDS.size(); i++) {
            if (wanted.isEmpty() || wanted.contains(WORDS.getOrDefault(KINDS.get(i), ""))) {
                String after =
                        i == from && !pages.after().isEmpty() ? pages.after().substring(1) : "";
                found.addAll(call.records()
                        .entities()
                        .page(handle, call.account(), KINDS.get(i), "/", after, pages.limit() - found.size()));
            }
        }
        List<Object> all = new ArrayList<>(found);
        if ((wanted.isEmpty() || wanted.contains(OF_AWS)) && all.size() < pages.limit()) {
            String after = from == AWS_PLACE - '0' ? pages.after().substring(1) : "";
            call.records().policies().attachedAnywhere(handle, call.account()).stream()
                    .flatMap(arn -> call.records().managed().find(arn).map(NamedPolicy::of).stream())
                    .filter(each -> each.arn().compareTo(after) > 0)
                    .forEach(all::add);
        }
        Pages.Slice<Object> page = pages.cut(all, Details::key);
        return GetAccountAuthorizationDetailsResponse.builder()
                .userDetailList(of(page, EntityKind.USER).map(this::user).toList())
                .groupDetailList(of(page, EntityKind.GROUP).map(this::group).toList())
                .roleDetailList(of(page, EntityKind.ROLE).map(this::role).toList())
                .policies(page.items().stream()
                        .flatMap(each -> asPolicy(each).stream())
                        .map(this::policy)
                        .toList())
                .isTruncated(page.truncated())
                .marker(page.next())
                .build();
    }

    private static String key(Object each) {
        return each instanceof Entity entity
                ? KINDS.indexOf(entity.kind()) + EntityStore.folded(entity.name())
                : AWS_PLACE + ((NamedPolicy) each).arn();
    }

    private static Stream<Entity> of(Pages.Slice<Object> page, EntityKind kind) {
        return page.items().stream()
                .filter(Entity.class::isInstance)
                .map(Entity.class::cast)
                .filter(each -> each.kind() == kind);
    }

    private static Optional<NamedPolicy> asPolicy(Object each) {
        return each instanceof NamedPolicy policy
                ? Optional.of(policy)
                : Optional.of((Entity) each)
                        .filter(entity -> entity.kind() == EntityKind.POLICY)
                        .map(NamedPolicy::of);
    }

    private List<PolicyDetail> inline(Entity of) {
        return call.records().policies().inline(handle, of.id()).stream()
                .map(each -> PolicyDetail.builder()
                        .policyName(each.name())
                        .policyDocument(Shapes.encoded(each.document()))
                        .build())
                .toList();
    }

    private List<AttachedPolicy> attached(Entity to) {
        return call.records().policies().attached(handle, to.id()).stream()
                .map(arn -> AttachedPolicy.builder()
                        .policyArn(arn)
                        .policyName(Attachments.name(arn))
                        .build())
                .toList();
    }

    private UserDetail user(Entity user) {
        UserDetail.Builder shape = UserDetail.builder()
                .path(user.path())
                .userName(user.name())
                .userId(user.id())
                .arn(user.arn())
                .createDate(Instant.ofEpochMilli(user.createdAt()))
                .groupList(call.records().links().groups(handle, user.id()).stream()
                        .map(Entity::name)
                        .toList())
                .userPolicyList(inline(user))
                .attachedManagedPolicies(attached(user))
                .tags(Shapes.tags(user.tags()));
        Shapes.boundary(user).ifPresent(shape::permissionsBoundary);
        return shape.build();
    }

    private GroupDetail group(Entity group) {
        return GroupDetail.builder()
                .path(group.path())
                .groupName(group.name())
                .groupId(group.id())
                .arn(group.arn())
                .createDate(Instant.ofEpochMilli(group.createdAt()))
                .groupPolicyList(inline(group))
                .attachedManagedPolicies(attached(group))
                .build();
    }

    private RoleDetail role(Entity role) {
        RoleDetail.Builder shape = RoleDetail.builder()
                .path(role.path())
                .roleName(role.name())
                .roleId(role.id())
                .arn(role.arn())
                .createDate(Instant.ofEpochMilli(role.createdAt()))
                .assumeRolePolicyDocument(Shapes.encoded(role.role().trust()))
                .instanceProfileList(call.records().links().profiles(handle, role.id(), "", Integer.MAX_VALUE).stream()
                        .map(each -> Shapes.profile(each, Optional.of(role)).build())
                        .toList())
                .rolePolicyList(inline(role))
                .attachedManagedPolicies(attached(role))
                .roleLastUsed(Shapes.lastUsed(role))
                .tags(Shapes.tags(role.tags()));
        Shapes.boundary(role).ifPresent(shape::permissionsBoundary);
        return shape.build();
    }

    private ManagedPolicyDetail policy(NamedPolicy policy) {
        Policy shape = policy.shape(call, handle).build();
        ManagedPolicyDetail.Builder detail = ManagedPolicyDetail.builder()
                .policyName(policy.name())
                .policyId(policy.id())
                .arn(policy.arn())
                .path(policy.path())
                .defaultVersionId(policy.version())
                .attachmentCount(shape.attachmentCount())
                .permissionsBoundaryUsageCount(shape.permissionsBoundaryUsageCount())
                .isAttachable(true)
                .createDate(policy.createdAt())
                .updateDate(policy.changedAt())
                .policyVersionList(versions(policy));
        policy.description().ifPresent(detail::description);
        return detail.build();
    }

    private List<PolicyVersion> versions(NamedPolicy policy) {
        if (policy.entity().isEmpty()) {
            return List.of(
                    version(policy, policy.version(), policy.createdAt(), policy.document(call.records(), handle)));
        }
        return call.records().policies().versions(handle, policy.entity().get().id()).stream()
                .map(each ->
                        version(policy, "v" + each.number(), Instant.ofEpochMilli(each.createdAt()), each.document()))
                .toList();
    }

    private static PolicyVersion version(NamedPolicy policy, String id, Instant createdAt, String document) {
        return PolicyVersion.builder()
                .versionId(id)
                .isDefaultVersion(policy.version().equals(id))
                .createDate(createdAt)
                .document(Shapes.encoded(document))
                .build();
    }
}
