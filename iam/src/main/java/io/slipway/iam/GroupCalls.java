package io.slipway.iam;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AddUserToGroupRequest;
import software.amazon.awssdk.services.iam.model.AddUserToGroupResponse;
import software.amazon.awssdk.services.iam.model.CreateGroupRequest;
import software.amazon.awssdk.services.iam.model.CreateGroupResponse;
import software.amazon.awssdk.services.iam.model.DeleteGroupRequest;
import software.amazon.awssdk.services.iam.model.DeleteGroupResponse;
import software.amazon.awssdk.services.iam.model.GetGroupRequest;
import software.amazon.awssdk.services.iam.model.GetGroupResponse;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserRequest;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserResponse;
import software.amazon.awssdk.services.iam.model.ListGroupsRequest;
import software.amazon.awssdk.services.iam.model.ListGroupsResponse;
import software.amazon.awssdk.services.iam.model.RemoveUserFromGroupRequest;
import software.amazon.awssdk.services.iam.model.RemoveUserFromGroupResponse;
import software.amazon.awssdk.services.iam.model.UpdateGroupRequest;
import software.amazon.awssdk.services.iam.model.UpdateGroupResponse;

/** Groups and who is in them. */
interface GroupCalls extends IamClient {
    /** Quota: GroupsPerUser. */
    int MOST_GROUPS = 10;

    IamCall call();

    @Override
    default CreateGroupResponse createGroup(CreateGroupRequest request) {
        String name = Checks.name(request.groupName(), EntityKind.GROUP);
        Entity group = call().made(EntityKind.GROUP, name, Checks.path(request.path()));
        call().allow("CreateGroup", group.arn());
        call().change(handle -> call().insert(handle, group));
        return CreateGroupResponse.builder().group(Shapes.group(group)).build();
    }

    @Override
    default GetGroupResponse getGroup(GetGroupRequest request) {
        String name = Checks.name(request.groupName(), EntityKind.GROUP);
        Pages pages = Pages.of("members", request.marker(), request.maxItems());
        return call().read(handle -> {
            Entity group = call().entity(handle, EntityKind.GROUP, name, "GetGroup");
            Pages.Slice<Entity> page =
                    pages.cut(call().records().links().members(handle, group.id(), pages.after(), pages.limit()));
            return GetGroupResponse.builder()
                    .group(Shapes.group(group))
                    .users(page.map(each -> Shapes.user(each).build()).items())
                    .isTruncated(page.truncated())
                    .marker(page.next())
                    .build();
        });
    }

    @Override
    default UpdateGroupResponse updateGroup(UpdateGroupRequest request) {
        String name = Checks.name(request.groupName(), EntityKind.GROUP);
        Renaming to = Renaming.of(EntityKind.GROUP, "newGroupName", request.newGroupName(), request.newPath());
        call().change(handle -> to.apply(call(), handle, name, "UpdateGroup"));
        return UpdateGroupResponse.builder().build();
    }

    @Override
    default DeleteGroupResponse deleteGroup(DeleteGroupRequest request) {
        String name = Checks.name(request.groupName(), EntityKind.GROUP);
        call().change(handle -> {
            Entity group = call().entity(handle, EntityKind.GROUP, name, "DeleteGroup");
            Attachments.refuseLeftovers(call(), handle, group);
            if (!call().records().links().members(handle, group.id(), "", 1).isEmpty()) {
                throw IamFault.conflict("Cannot delete entity, must remove users from group first.");
            }
            call().records().entities().delete(handle, group.id());
        });
        return DeleteGroupResponse.builder().build();
    }

    @Override
    default ListGroupsResponse listGroups(ListGroupsRequest request) {
        String prefix = Checks.pathPrefix(request.pathPrefix());
        Pages pages = Pages.of("groups", request.marker(), request.maxItems());
        call().allowList("ListGroups", EntityKind.GROUP, prefix);
        Pages.Slice<Entity> page = call().read(handle -> pages.cut(call().records()
                .entities()
                .page(handle, call().account(), EntityKind.GROUP, prefix, pages.after(), pages.limit())));
        return ListGroupsResponse.builder()
                .groups(page.map(Shapes::group).items())
                .isTruncated(page.truncated())
                .marker(page.next())
                .build();
    }

    @Override
    default ListGroupsForUserResponse listGroupsForUser(ListGroupsForUserRequest request) {
        String name = Checks.name(request.userName(), EntityKind.USER);
        Pages pages = Pages.of("groups of user", request.marker(), request.maxItems());
        return call().read(handle -> {
            Entity user = call().entity(handle, EntityKind.USER, name, "ListGroupsForUser");
            Pages.Slice<Entity> page =
                    pages.cut(call().records().links().groups(handle, user.id(), pages.after(), pages.limit()));
            return ListGroupsForUserResponse.builder()
                    .groups(page.map(Shapes::group).items())
                    .isTruncated(page.truncated())
                    .marker(page.next())
                    .build();
        });
    }

    @Override
    default AddUserToGroupResponse addUserToGroup(AddUserToGroupRequest request) {
        String groupName = Checks.name(request.groupName(), EntityKind.GROUP);
        String userName = Checks.name(request.userName(), EntityKind.USER);
        call().change(handle -> {
            Linked linked = linked(handle, groupName, userName, "AddUserToGroup");
            Entity group = linked.group();
            Entity user = linked.user();
            List<Entity> others = call().records().links().groups(handle, user.id());
            boolean already = others.stream().anyMatch(each -> each.id().equals(group.id()));
            if (!already && others.size() >= MOST_GROUPS) {
                throw IamFault.quota("GroupsPerUser", MOST_GROUPS);
            }
            call().records().links().addMember(handle, group.id(), user.id());
        });
        return AddUserToGroupResponse.builder().build();
    }

    @Override
    default RemoveUserFromGroupResponse removeUserFromGroup(RemoveUserFromGroupRequest request) {
        String groupName = Checks.name(request.groupName(), EntityKind.GROUP);
        String userName = Checks.name(request.userName(), EntityKind.USER);
        call().change(handle -> {
            Linked linked = linked(handle, groupName, userName, "RemoveUserFromGroup");
            call().records()
                    .links()
                    .removeMember(handle, linked.group().id(), linked.user().id());
        });
        return RemoveUserFromGroupResponse.builder().build();
    }

    /** A user and a group that a call is about. */
    record Linked(Entity group, Entity user) {}

    /** The user is missed first. */
    private Linked linked(Handle handle, String groupName, String userName, String action) {
        EntityStore entities = call().records().entities();
        Optional<Entity> group = entities.named(handle, call().account(), EntityKind.GROUP, groupName);
        call().allow(
                        action,
                        group.map(Entity::arn)
                                .orElseGet(() -> Entity.arn(call().account(), EntityKind.GROUP, "/", groupName)));
        Entity user = entities.named(handle, call().account(), EntityKind.USER, userName)
                .orElseThrow(() -> IamFault.missing(EntityKind.USER.missing(userName)));
        return new Linked(group.orElseThrow(() -> IamFault.missing(EntityKind.GROUP.missing(groupName))), user);
    }
}
