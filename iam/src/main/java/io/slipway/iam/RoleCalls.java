package io.slipway.iam;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleResponse;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.UpdateRoleDescriptionRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleDescriptionResponse;
import software.amazon.awssdk.services.iam.model.UpdateRoleRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleResponse;

/** Roles, and who may take them. */
interface RoleCalls extends IamClient {
    int SHORTEST_SESSION = 3_600;
    int LONGEST_SESSION = 43_200;

    IamCall call();

    @Override
    default CreateRoleResponse createRole(CreateRoleRequest request) {
        String name = Checks.name(request.roleName(), EntityKind.ROLE);
        String path = Checks.path(request.path());
        if (path.startsWith(ServiceRoles.PATH)) {
            throw IamFault.input("Roles below " + ServiceRoles.PATH + " are made with CreateServiceLinkedRole.");
        }
        Map<String, String> tags = Checks.tags(request.tags());
        String trust = Checks.required(request.assumeRolePolicyDocument(), "assumeRolePolicyDocument");
        int longest = seconds(request.maxSessionDuration()).orElse(SHORTEST_SESSION);
        Optional<String> boundary = Boundaries.checked(call(), request.permissionsBoundary());
        Entity role = call().made(EntityKind.ROLE, name, path)
                .described(Checks.description(request.description()))
                .tagged(tags)
                .bounded(boundary)
                .detailed(new Entity.RoleDetail(trust, trust, longest, Optional.empty()));
        call().allow("CreateRole", role.arn(), Boundaries.wanted(boundary, IamCall.wantedTags(tags)));
        call().change(handle -> {
            String bound = Trust.bound(call().records(), handle, trust);
            boundary.ifPresent(policy -> Attachments.attachable(call(), handle, policy));
            call().insert(handle, role.detailed(role.role().trusting(trust, bound)));
        });
        return CreateRoleResponse.builder().role(Shapes.madeRole(role).build()).build();
    }

    private Optional<Integer> seconds(@Nullable Integer wanted) {
        if (wanted != null && wanted < SHORTEST_SESSION) {
            throw Checks.unsatisfied(
                    "maxSessionDuration", "Member must have value greater than or equal to " + SHORTEST_SESSION);
        }
        if (wanted != null && wanted > LONGEST_SESSION) {
            throw Checks.unsatisfied(
                    "maxSessionDuration", "Member must have value less than or equal to " + LONGEST_SESSION);
        }
        return Optional.ofNullable(wanted);
    }

    @Override
    default GetRoleResponse getRole(GetRoleRequest request) {
        String name = Checks.name(request.roleName(), EntityKind.ROLE);
        return call().read(handle -> GetRoleResponse.builder()
                .role(Shapes.wholeRole(call().entity(handle, EntityKind.ROLE, name, "GetRole"))
                        .build())
                .build());
    }

    @Override
    default UpdateRoleResponse updateRole(UpdateRoleRequest request) {
        Optional<Integer> longest = seconds(request.maxSessionDuration());
        Optional<String> text = Checks.description(request.description());
        changed(request.roleName(), "UpdateRole", role -> {
            Entity.RoleDetail old = role.role();
            Entity other = role.detailed(old.lasting(longest.orElse(old.longestSession())));
            return request.description() == null ? other : other.described(text);
        });
        return UpdateRoleResponse.builder().build();
    }

    @Override
    default UpdateRoleDescriptionResponse updateRoleDescription(UpdateRoleDescriptionRequest request) {
        Checks.required(request.description(), "description");
        Optional<String> text = Checks.description(request.description());
        Entity role = changed(request.roleName(), "UpdateRoleDescription", each -> each.described(text));
        return UpdateRoleDescriptionResponse.builder()
                .role(Shapes.role(role).description(text.orElse("")).build())
                .build();
    }

    @Override
    default UpdateAssumeRolePolicyResponse updateAssumeRolePolicy(UpdateAssumeRolePolicyRequest request) {
        String name = Checks.name(request.roleName(), EntityKind.ROLE);
        String trust = Checks.required(request.policyDocument(), "policyDocument");
        call().change(handle -> {
            Entity role = call().entity(handle, EntityKind.ROLE, name, "UpdateAssumeRolePolicy");
            ServiceRoles.refuse(role);
            String bound = Trust.bound(call().records(), handle, trust);
            Entity.RoleDetail old = role.role();
            call().records().entities().update(handle, role.detailed(old.trusting(trust, bound)));
        });
        return UpdateAssumeRolePolicyResponse.builder().build();
    }

    private Entity changed(@Nullable String roleName, String action, Function<Entity, Entity> change) {
        String name = Checks.name(roleName, EntityKind.ROLE);
        return call().write(handle -> {
            Entity role = change.apply(call().entity(handle, EntityKind.ROLE, name, action));
            call().records().entities().update(handle, role);
            return role;
        });
    }

    @Override
    default DeleteRoleResponse deleteRole(DeleteRoleRequest request) {
        String name = Checks.name(request.roleName(), EntityKind.ROLE);
        call().change(handle -> {
            Entity role = call().entity(handle, EntityKind.ROLE, name, "DeleteRole");
            ServiceRoles.refuse(role);
            if (!call().records().links().profiles(handle, role.id(), "", 1).isEmpty()) {
                throw IamFault.conflict("Cannot delete entity, must remove roles from instance profile first.");
            }
            Attachments.refuseLeftovers(call(), handle, role);
            call().records().entities().delete(handle, role.id());
        });
        return DeleteRoleResponse.builder().build();
    }

    @Override
    default ListRolesResponse listRoles(ListRolesRequest request) {
        String prefix = Checks.pathPrefix(request.pathPrefix());
        Pages pages = Pages.of("roles", request.marker(), request.maxItems());
        call().allowList("ListRoles", EntityKind.ROLE, prefix);
        Pages.Slice<Entity> page = call().read(handle -> pages.cut(call().records()
                .entities()
                .page(handle, call().account(), EntityKind.ROLE, prefix, pages.after(), pages.limit())));
        return ListRolesResponse.builder()
                .roles(page.map(each -> Shapes.listedRole(each).build()).items())
                .isTruncated(page.truncated())
                .marker(page.next())
                .build();
    }

    @Override
    default PutRolePermissionsBoundaryResponse putRolePermissionsBoundary(PutRolePermissionsBoundaryRequest request) {
        Boundaries.put(
                call(),
                EntityKind.ROLE,
                Checks.name(request.roleName(), EntityKind.ROLE),
                Checks.required(request.permissionsBoundary(), "permissionsBoundary"),
                "PutRolePermissionsBoundary");
        return PutRolePermissionsBoundaryResponse.builder().build();
    }

    @Override
    default DeleteRolePermissionsBoundaryResponse deleteRolePermissionsBoundary(
            DeleteRolePermissionsBoundaryRequest request) {
        Boundaries.remove(
                call(),
                EntityKind.ROLE,
                Checks.name(request.roleName(), EntityKind.ROLE),
                "DeleteRolePermissionsBoundary");
        return DeleteRolePermissionsBoundaryResponse.builder().build();
    }
}
