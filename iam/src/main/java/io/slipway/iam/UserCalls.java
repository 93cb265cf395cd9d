package io.slipway.iam;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.CreateUserRequest;
import software.amazon.awssdk.services.iam.model.CreateUserResponse;
import software.amazon.awssdk.services.iam.model.DeleteUserPermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserPermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.DeleteUserRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserResponse;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserResponse;
import software.amazon.awssdk.services.iam.model.ListUsersRequest;
import software.amazon.awssdk.services.iam.model.ListUsersResponse;
import software.amazon.awssdk.services.iam.model.PutUserPermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutUserPermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.UpdateUserRequest;
import software.amazon.awssdk.services.iam.model.UpdateUserResponse;
import software.amazon.awssdk.services.iam.model.User;

/** Users. */
interface UserCalls extends IamClient {
    IamCall call();

    @Override
    default CreateUserResponse createUser(CreateUserRequest request) {
        String name = Checks.name(request.userName(), EntityKind.USER);
        Map<String, String> tags = Checks.tags(request.tags());
        Entity user =
                call().made(EntityKind.USER, name, Checks.path(request.path())).tagged(tags);
        Optional<String> boundary = Boundaries.checked(call(), request.permissionsBoundary());
        call().allow("CreateUser", user.arn(), Boundaries.wanted(boundary, IamCall.wantedTags(tags)));
        call().change(handle -> {
            boundary.ifPresent(policy -> Attachments.attachable(call(), handle, policy));
            call().insert(handle, user.bounded(boundary));
        });
        return CreateUserResponse.builder()
                .user(Shapes.wholeUser(user.bounded(boundary)).build())
                .build();
    }

    @Override
    default GetUserResponse getUser(GetUserRequest request) {
        if (request.userName() == null && call().root()) {
            return GetUserResponse.builder().user(rootUser()).build();
        }
        String name = call().ownName(Optional.ofNullable(request.userName()));
        Checks.name(name, EntityKind.USER);
        return call().read(handle -> GetUserResponse.builder()
                .user(Shapes.wholeUser(call().entity(handle, EntityKind.USER, name, "GetUser"))
                        .build())
                .build());
    }

    private User rootUser() {
        return call().read(handle -> {
            Account account =
                    call().records().accounts().find(handle, call().account()).orElseThrow();
            return User.builder()
                    .userId(account.id().digits())
                    .arn(account.id().root().toString())
                    .createDate(account.createdAt())
                    .build();
        });
    }

    @Override
    default UpdateUserResponse updateUser(UpdateUserRequest request) {
        String name = Checks.name(request.userName(), EntityKind.USER);
        Renaming to = Renaming.of(EntityKind.USER, "newUserName", request.newUserName(), request.newPath());
        call().change(handle -> to.apply(call(), handle, name, "UpdateUser"));
        return UpdateUserResponse.builder().build();
    }

    @Override
    default DeleteUserResponse deleteUser(DeleteUserRequest request) {
        String name = Checks.name(request.userName(), EntityKind.USER);
        call().change(handle -> {
            Entity user = call().entity(handle, EntityKind.USER, name, "DeleteUser");
            IamRecords records = call().records();
            Attachments.refuseLeftovers(call(), handle, user);
            boolean referenced = !records.keyStore()
                            .keys(handle, user.account(), Optional.of(user.id()))
                            .isEmpty()
                    || !records.links().groups(handle, user.id()).isEmpty();
            if (referenced) {
                throw IamFault.conflict("Cannot delete entity, must remove referenced objects first.");
            }
            if (records.keyStore().password(handle, user.id()).isPresent()) {
                throw IamFault.conflict("Cannot delete entity, must delete login profile first.");
            }
            records.entities().delete(handle, user.id());
        });
        return DeleteUserResponse.builder().build();
    }

    @Override
    default ListUsersResponse listUsers(ListUsersRequest request) {
        String prefix = Checks.pathPrefix(request.pathPrefix());
        Pages pages = Pages.of("users", request.marker(), request.maxItems());
        call().allowList("ListUsers", EntityKind.USER, prefix);
        Pages.Slice<Entity> page = call().read(handle -> pages.cut(call().records()
                .entities()
                .page(handle, call().account(), EntityKind.USER, prefix, pages.after(), pages.limit())));
        return ListUsersResponse.builder()
                .users(page.map(each -> Shapes.user(each).build()).items())
                .isTruncated(page.truncated())
                .marker(page.next())
                .build();
    }

    @Override
    default PutUserPermissionsBoundaryResponse putUserPermissionsBoundary(PutUserPermissionsBoundaryRequest request) {
        Boundaries.put(
                call(),
                EntityKind.USER,
                Checks.name(request.userName(), EntityKind.USER),
                Checks.required(request.permissionsBoundary(), "permissionsBoundary"),
                "PutUserPermissionsBoundary");
        return PutUserPermissionsBoundaryResponse.builder().build();
    }

    @Override
    default DeleteUserPermissionsBoundaryResponse deleteUserPermissionsBoundary(
            DeleteUserPermissionsBoundaryRequest request) {
        Boundaries.remove(
                call(),
                EntityKind.USER,
                Checks.name(request.userName(), EntityKind.USER),
                "DeleteUserPermissionsBoundary");
        return DeleteUserPermissionsBoundaryResponse.builder().build();
    }
}
