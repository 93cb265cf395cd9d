package io.slipway.iam;

import io.slipway.iam.policy.Context;
import java.util.Optional;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.CreateServiceLinkedRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateServiceLinkedRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteServiceLinkedRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteServiceLinkedRoleResponse;
import software.amazon.awssdk.services.iam.model.GetServiceLinkedRoleDeletionStatusRequest;
import software.amazon.awssdk.services.iam.model.GetServiceLinkedRoleDeletionStatusResponse;

/** Roles that services make for themselves. */
interface ServiceRoleCalls extends IamClient {
    IamCall call();

    @Override
    default CreateServiceLinkedRoleResponse createServiceLinkedRole(CreateServiceLinkedRoleRequest request) {
        String service = Checks.required(request.awsServiceName(), "AWSServiceName");
        Optional<String> suffix = Optional.ofNullable(request.customSuffix()).filter(each -> !each.isEmpty());
        String name = ServiceRoles.name(service, suffix);
        Entity role = call().made(EntityKind.ROLE, name, ServiceRoles.path(service))
                .described(Checks.description(request.description()))
                .detailed(new Entity.RoleDetail(
                        ServiceRoles.trust(service),
                        ServiceRoles.trust(service),
                        RoleCalls.SHORTEST_SESSION,
                        Optional.of(service)));
        call().allow("CreateServiceLinkedRole", role.arn(), Context.EMPTY.with("iam:AWSServiceName", service));
        call().change(handle -> {
            if (call().records()
                    .entities()
                    .named(handle, call().account(), EntityKind.ROLE, name)
                    .isPresent()) {
                throw IamFault.input("Service role name " + name
                        + " has been taken in this account, please try a different suffix.");
            }
            call().insert(handle, role);
        });
        return CreateServiceLinkedRoleResponse.builder()
                .role(Shapes.madeRole(role).build())
                .build();
    }

    /** Nothing here holds on to such a role, so it is gone at once. */
    @Override
    default DeleteServiceLinkedRoleResponse deleteServiceLinkedRole(DeleteServiceLinkedRoleRequest request) {
        String name = Checks.name(request.roleName(), EntityKind.ROLE);
        String task = call().write(handle -> {
            Entity role = call().entity(handle, EntityKind.ROLE, name, "DeleteServiceLinkedRole");
            if (role.role().service().isEmpty()) {
                throw IamFault.missing(EntityKind.ROLE.missing(name));
            }
            call().records()
                    .policies()
                    .attached(handle, role.id())
                    .forEach(policy -> call().records().policies().detach(handle, role.id(), policy));
            call().records().entities().delete(handle, role.id());
            return "task" + role.path() + role.name() + "/" + role.id();
        });
        return DeleteServiceLinkedRoleResponse.builder().deletionTaskId(task).build();
    }

    /** There are tasks of roles only that are gone: an id says which. */
    @Override
    default GetServiceLinkedRoleDeletionStatusResponse getServiceLinkedRoleDeletionStatus(
            GetServiceLinkedRoleDeletionStatusRequest request) {
        String task = Checks.required(request.deletionTaskId(), "deletionTaskId");
        call().allow("GetServiceLinkedRoleDeletionStatus");
        String id = task.substring(task.lastIndexOf('/') + 1);
        boolean there = call().read(handle -> call().records().entities().find(handle, id))
                .isPresent();
        if (!task.startsWith("task" + ServiceRoles.PATH) || !id.startsWith(EntityKind.ROLE.idPrefix()) || there) {
            throw IamFault.missing("Deletion Task Id: " + task + " cannot be found.");
        }
        return GetServiceLinkedRoleDeletionStatusResponse.builder()
                .status("SUCCEEDED")
                .build();
    }
}
