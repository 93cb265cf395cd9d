package io.slipway.iam;

import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ListInstanceProfileTagsRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfileTagsResponse;
import software.amazon.awssdk.services.iam.model.ListOpenIdConnectProviderTagsRequest;
import software.amazon.awssdk.services.iam.model.ListOpenIdConnectProviderTagsResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyTagsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyTagsResponse;
import software.amazon.awssdk.services.iam.model.ListRoleTagsRequest;
import software.amazon.awssdk.services.iam.model.ListRoleTagsResponse;
import software.amazon.awssdk.services.iam.model.ListUserTagsRequest;
import software.amazon.awssdk.services.iam.model.ListUserTagsResponse;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.TagInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.TagOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.TagOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.TagPolicyRequest;
import software.amazon.awssdk.services.iam.model.TagPolicyResponse;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.TagRoleResponse;
import software.amazon.awssdk.services.iam.model.TagUserRequest;
import software.amazon.awssdk.services.iam.model.TagUserResponse;
import software.amazon.awssdk.services.iam.model.UntagInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.UntagInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.UntagOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.UntagOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.UntagPolicyRequest;
import software.amazon.awssdk.services.iam.model.UntagPolicyResponse;
import software.amazon.awssdk.services.iam.model.UntagRoleRequest;
import software.amazon.awssdk.services.iam.model.UntagRoleResponse;
import software.amazon.awssdk.services.iam.model.UntagUserRequest;
import software.amazon.awssdk.services.iam.model.UntagUserResponse;

/** Tags of users, roles, policies, instance profiles and providers. */
interface TagCalls extends IamClient {
    IamCall call();

    @Override
    default TagUserResponse tagUser(TagUserRequest request) {
        String name = Checks.name(request.userName(), EntityKind.USER);
        Tags.add(call(), EntityKind.USER, name, Checks.tags(request.tags()), "TagUser");
        return TagUserResponse.builder().build();
    }

    @Override
    default UntagUserResponse untagUser(UntagUserRequest request) {
        String name = Checks.name(request.userName(), EntityKind.USER);
        Tags.remove(call(), EntityKind.USER, name, Checks.tagKeys(request.tagKeys()), "UntagUser");
        return UntagUserResponse.builder().build();
    }

    @Override
    default ListUserTagsResponse listUserTags(ListUserTagsRequest request) {
        String name = Checks.name(request.userName(), EntityKind.USER);
        Pages pages = Pages.of("tags", request.marker(), request.maxItems());
        Pages.Slice<Tag> page = Tags.list(call(), EntityKind.USER, name, pages, "ListUserTags");
        return ListUserTagsResponse.builder()
                .tags(page.items())
                .isTruncated(page.truncated())
                .marker(page.next())
                .build();
    }

    @Override
    default TagRoleResponse tagRole(TagRoleRequest request) {
        String name = Checks.name(request.roleName(), EntityKind.ROLE);
        Tags.add(call(), EntityKind.ROLE, name, Checks.tags(request.tags()), "TagRole");
        return TagRoleResponse.builder().build();
    }

    @Override
    default UntagRoleResponse untagRole(UntagRoleRequest request) {
        String name = Checks.name(request.roleName(), EntityKind.ROLE);
        Tags.remove(call(), EntityKind.ROLE, name, Checks.tagKeys(request.tagKeys()), "UntagRole");
        return UntagRoleResponse.builder().build();
    }

    @Override
    default ListRoleTagsResponse listRoleTags(ListRoleTagsRequest request) {
        String name = Checks.name(request.roleName(), EntityKind.ROLE);
        Pages pages = Pages.of("tags", request.marker(), request.maxItems());
        Pages.Slice<Tag> page = Tags.list(call(), EntityKind.ROLE, name, pages, "ListRoleTags");
        return ListRoleTagsResponse.builder()
                .tags(page.items())
                .isTruncated(page.truncated())
                .marker(page.next())
                .build();
    }

    @Override
    default TagPolicyResponse tagPolicy(TagPolicyRequest request) {
        String name = Tags.policyName(call(), request.policyArn());
        Tags.add(call(), EntityKind.POLICY, name, Checks.tags(request.tags()), "TagPolicy");
        return TagPolicyResponse.builder().build();
    }

    @Override
    default UntagPolicyResponse untagPolicy(UntagPolicyRequest request) {
        String name = Tags.policyName(call(), request.policyArn());
        Tags.remove(call(), EntityKind.POLICY, name, Checks.tagKeys(request.tagKeys()), "UntagPolicy");
        return UntagPolicyResponse.builder().build();
    }

    @Override
    default ListPolicyTagsResponse listPolicyTags(ListPolicyTagsRequest request) {
        String name = Tags.policyName(call(), request.policyArn());
        Pages pages = Pages.of("tags", request.marker(), request.maxItems());
        Pages.Slice<Tag> page = Tags.list(call(), EntityKind.POLICY, name, pages, "ListPolicyTags");
        return ListPolicyTagsResponse.builder()
                .tags(page.items())
                .isTruncated(page.truncated())
                .marker(page.next())
                .build();
    }

    @Override
    default TagInstanceProfileResponse tagInstanceProfile(TagInstanceProfileRequest request) {
        String name = Checks.name(request.instanceProfileName(), EntityKind.INSTANCE_PROFILE);
        Tags.add(call(), EntityKind.INSTANCE_PROFILE, name, Checks.tags(request.tags()), "TagInstanceProfile");
        return TagInstanceProfileResponse.builder().build();
    }

    @Override
    default UntagInstanceProfileResponse untagInstanceProfile(UntagInstanceProfileRequest request) {
        String name = Checks.name(request.instanceProfileName(), EntityKind.INSTANCE_PROFILE);
        Tags.remove(
                call(), EntityKind.INSTANCE_PROFILE, name, Checks.tagKeys(request.tagKeys()), "UntagInstanceProfile");
        return UntagInstanceProfileResponse.builder().build();
    }

    @Override
    default ListInstanceProfileTagsResponse listInstanceProfileTags(ListInstanceProfileTagsRequest request) {
        String name = Checks.name(request.instanceProfileName(), EntityKind.INSTANCE_PROFILE);
        Pages pages = Pages.of("tags", request.marker(), request.maxItems());
        Pages.Slice<Tag> page = Tags.list(call(), EntityKind.INSTANCE_PROFILE, name, pages, "ListInstanceProfileTags");
        return ListInstanceProfileTagsResponse.builder()
                .tags(page.items())
                .isTruncated(page.truncated())
                .marker(page.next())
                .build();
    }

    @Override
    default TagOpenIdConnectProviderResponse tagOpenIDConnectProvider(TagOpenIdConnectProviderRequest request) {
        String name = OidcCalls.name(call(), request.openIDConnectProviderArn());
        Tags.add(call(), EntityKind.OIDC_PROVIDER, name, Checks.tags(request.tags()), "TagOpenIDConnectProvider");
        return TagOpenIdConnectProviderResponse.builder().build();
    }

    @Override
    default UntagOpenIdConnectProviderResponse untagOpenIDConnectProvider(UntagOpenIdConnectProviderRequest request) {
        String name = OidcCalls.name(call(), request.openIDConnectProviderArn());
        Tags.remove(
                call(),
                EntityKind.OIDC_PROVIDER,
                name,
                Checks.tagKeys(request.tagKeys()),
                "UntagOpenIDConnectProvider");
        return UntagOpenIdConnectProviderResponse.builder().build();
    }

    @Override
    default ListOpenIdConnectProviderTagsResponse listOpenIDConnectProviderTags(
            ListOpenIdConnectProviderTagsRequest request) {
        String name = OidcCalls.name(call(), request.openIDConnectProviderArn());
        Pages pages = Pages.of("tags", request.marker(), request.maxItems());
        Pages.Slice<Tag> page =
                Tags.list(call(), EntityKind.OIDC_PROVIDER, name, pages, "ListOpenIDConnectProviderTags");
        return ListOpenIdConnectProviderTagsResponse.builder()
                .tags(page.items())
                .isTruncated(page.truncated())
                .marker(page.next())
                .build();
    }
}
