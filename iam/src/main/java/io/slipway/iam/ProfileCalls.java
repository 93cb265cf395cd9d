package io.slipway.iam;

import io.slipway.iam.policy.Context;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AddRoleToInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.AddRoleToInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.CreateInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.CreateInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.DeleteInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.DeleteInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.GetInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.GetInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleResponse;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesResponse;
import software.amazon.awssdk.services.iam.model.RemoveRoleFromInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.RemoveRoleFromInstanceProfileResponse;

/** Instance profiles: by which machines get the keys of a role. */
interface ProfileCalls extends IamClient {
    IamCall call();

    @Override
    default CreateInstanceProfileResponse createInstanceProfile(CreateInstanceProfileRequest request) {
        String name = Checks.name(request.instanceProfileName(), EntityKind.INSTANCE_PROFILE);
        Map<String, String> tags = Checks.tags(request.tags());
        Entity profile = call().made(EntityKind.INSTANCE_PROFILE, name, Checks.path(request.path()))
                .tagged(tags);
        call().allow("CreateInstanceProfile", profile.arn(), IamCall.wantedTags(tags));
        call().change(handle -> call().insert(handle, profile));
        InstanceProfile.Builder shape = Shapes.profile(profile, Optional.empty());
        return CreateInstanceProfileResponse.builder()
                .instanceProfile(
                        tags.isEmpty()
                                ? shape.build()
                                : shape.tags(Shapes.tags(tags)).build())
                .build();
    }

    @Override
    default GetInstanceProfileResponse getInstanceProfile(GetInstanceProfileRequest request) {
        String name = Checks.name(request.instanceProfileName(), EntityKind.INSTANCE_PROFILE);
        return call().read(handle -> {
            Entity profile = call().entity(handle, EntityKind.INSTANCE_PROFILE, name, "GetInstanceProfile");
            return GetInstanceProfileResponse.builder()
                    .instanceProfile(shape(handle, profile)
                            .tags(Shapes.tags(profile.tags()))
                            .build())
                    .build();
        });
    }

    private InstanceProfile.Builder shape(Handle handle, Entity profile) {
        return Shapes.profile(profile, call().records().links().role(handle, profile.id()));
    }

    @Override
    default DeleteInstanceProfileResponse deleteInstanceProfile(DeleteInstanceProfileRequest request) {
        String name = Checks.name(request.instanceProfileName(), EntityKind.INSTANCE_PROFILE);
        call().change(handle -> {
            Entity profile = call().entity(handle, EntityKind.INSTANCE_PROFILE, name, "DeleteInstanceProfile");
            if (call().records().links().role(handle, profile.id()).isPresent()) {
                throw IamFault.conflict("Cannot delete entity, must remove roles from instance profile first.");
            }
            call().records().entities().delete(handle, profile.id());
        });
        return DeleteInstanceProfileResponse.builder().build();
    }

    @Override
    default ListInstanceProfilesResponse listInstanceProfiles(ListInstanceProfilesRequest request) {
        String prefix = Checks.pathPrefix(request.pathPrefix());
        Pages pages = Pages.of("profiles", request.marker(), request.maxItems());
        call().allowList("ListInstanceProfiles", EntityKind.INSTANCE_PROFILE, prefix);
        return call().read(handle -> {
            Pages.Slice<Entity> page = pages.cut(call().records()
                    .entities()
                    .page(handle, call().account(), EntityKind.INSTANCE_PROFILE, prefix, pages.after(), pages.limit()));
            return ListInstanceProfilesResponse.builder()
                    .instanceProfiles(
                            page.map(each -> shape(handle, each).build()).items())
                    .isTruncated(page.truncated())
                    .marker(page.next())
                    .build();
        });
    }

    @Override
    default ListInstanceProfilesForRoleResponse listInstanceProfilesForRole(
            ListInstanceProfilesForRoleRequest request) {
        String name = Checks.name(request.roleName(), EntityKind.ROLE);
        Pages pages = Pages.of("profiles of role", request.marker(), request.maxItems());
        return call().read(handle -> {
            Entity role = call().entity(handle, EntityKind.ROLE, name, "ListInstanceProfilesForRole");
            Pages.Slice<Entity> page =
                    pages.cut(call().records().links().profiles(handle, role.id(), pages.after(), pages.limit()));
            return ListInstanceProfilesForRoleResponse.builder()
                    .instanceProfiles(page.map(each ->
                                    Shapes.profile(each, Optional.of(role)).build())
                            .items())
                    .isTruncated(page.truncated())
                    .marker(page.next())
                    .build();
        });
    }

    /** Whoever puts a role there gives it to machines. */
    @Override
    default AddRoleToInstanceProfileResponse addRoleToInstanceProfile(AddRoleToInstanceProfileRequest request) {
        String name = Checks.name(request.instanceProfileName(), EntityKind.INSTANCE_PROFILE);
        String roleName = Checks.name(request.roleName(), EntityKind.ROLE);
        call().change(handle -> {
            Entity profile = call().entity(handle, EntityKind.INSTANCE_PROFILE, name, "AddRoleToInstanceProfile");
            Entity role = call().entity(
                            handle,
                            EntityKind.ROLE,
                            roleName,
                            "PassRole",
                            Context.EMPTY.with("iam:PassedToService", "ec2.amazonaws.com"));
            ServiceRoles.refuse(role);
            if (call().records().links().role(handle, profile.id()).isPresent()) {
                throw IamFault.quota("InstanceSessionsPerInstanceProfile", 1);
            }
            call().records().links().setRole(handle, profile.id(), role.id());
        });
        return AddRoleToInstanceProfileResponse.builder().build();
    }

    @Override
    default RemoveRoleFromInstanceProfileResponse removeRoleFromInstanceProfile(
            RemoveRoleFromInstanceProfileRequest request) {
        String name = Checks.name(request.instanceProfileName(), EntityKind.INSTANCE_PROFILE);
        String roleName = Checks.name(request.roleName(), EntityKind.ROLE);
        call().change(handle -> {
            Entity profile = call().entity(handle, EntityKind.INSTANCE_PROFILE, name, "RemoveRoleFromInstanceProfile");
            boolean there = call().records()
                    .links()
                    .role(handle, profile.id())
                    .filter(each -> each.name().equalsIgnoreCase(roleName))
                    .isPresent();
            if (!there) {
                throw IamFault.missing(EntityKind.ROLE.missing(roleName));
            }
            call().records().links().removeRole(handle, profile.id());
        });
        return RemoveRoleFromInstanceProfileResponse.builder().build();
    }
}
