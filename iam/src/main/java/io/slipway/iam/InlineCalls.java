package io.slipway.iam;

import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.DeleteGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteGroupPolicyResponse;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeleteUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetGroupPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListGroupPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListGroupPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesResponse;
import software.amazon.awssdk.services.iam.model.PutGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.PutGroupPolicyResponse;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.PutUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.PutUserPolicyResponse;

/** Policies that are part of a user, group or role. */
interface InlineCalls extends IamClient {
    IamCall call();

    @Override
    default PutUserPolicyResponse putUserPolicy(PutUserPolicyRequest request) {
        Inline.put(call(), EntityKind.USER, request.userName(), request.policyName(), request.policyDocument());
        return PutUserPolicyResponse.builder().build();
    }

    @Override
    default GetUserPolicyResponse getUserPolicy(GetUserPolicyRequest request) {
        Inline.Found found = Inline.get(call(), EntityKind.USER, request.userName(), request.policyName());
        return GetUserPolicyResponse.builder()
                .userName(found.of().name())
                .policyName(found.policy().name())
                .policyDocument(Shapes.encoded(found.policy().document()))
                .build();
    }

    @Override
    default DeleteUserPolicyResponse deleteUserPolicy(DeleteUserPolicyRequest request) {
        Inline.delete(call(), EntityKind.USER, request.userName(), request.policyName());
        return DeleteUserPolicyResponse.builder().build();
    }

    @Override
    default ListUserPoliciesResponse listUserPolicies(ListUserPoliciesRequest request) {
        Pages pages = Pages.of("inline policies", request.marker(), request.maxItems());
        Pages.Slice<String> page = Inline.list(call(), EntityKind.USER, request.userName(), pages);
        return ListUserPoliciesResponse.builder()
                .policyNames(page.items())
                .isTruncated(page.truncated())
                .marker(page.next())
                .build();
    }

    @Override
    default PutGroupPolicyResponse putGroupPolicy(PutGroupPolicyRequest request) {
        Inline.put(call(), EntityKind.GROUP, request.groupName(), request.policyName(), request.policyDocument());
        return PutGroupPolicyResponse.builder().build();
    }

    @Override
    default GetGroupPolicyResponse getGroupPolicy(GetGroupPolicyRequest request) {
        Inline.Found found = Inline.get(call(), EntityKind.GROUP, request.groupName(), request.policyName());
        return GetGroupPolicyResponse.builder()
                .groupName(found.of().name())
                .policyName(found.policy().name())
                .policyDocument(Shapes.encoded(found.policy().document()))
                .build();
    }

    @Override
    default DeleteGroupPolicyResponse deleteGroupPolicy(DeleteGroupPolicyRequest request) {
        Inline.delete(call(), EntityKind.GROUP, request.groupName(), request.policyName());
        return DeleteGroupPolicyResponse.builder().build();
    }

    @Override
    default ListGroupPoliciesResponse listGroupPolicies(ListGroupPoliciesRequest request) {
        Pages pages = Pages.of("inline policies", request.marker(), request.maxItems());
        Pages.Slice<String> page = Inline.list(call(), EntityKind.GROUP, request.groupName(), pages);
        return ListGroupPoliciesResponse.builder()
                .policyNames(page.items())
                .isTruncated(page.truncated())
                .marker(page.next())
                .build();
    }

    @Override
    default PutRolePolicyResponse putRolePolicy(PutRolePolicyRequest request) {
        Inline.put(call(), EntityKind.ROLE, request.roleName(), request.policyName(), request.policyDocument());
        return PutRolePolicyResponse.builder().build();
    }

    @Override
    default GetRolePolicyResponse getRolePolicy(GetRolePolicyRequest request) {
        Inline.Found found = Inline.get(call(), EntityKind.ROLE, request.roleName(), request.policyName());
        return GetRolePolicyResponse.builder()
                .roleName(found.of().name())
                .policyName(found.policy().name())
                .policyDocument(Shapes.encoded(found.policy().document()))
                .build();
    }

    @Override
    default DeleteRolePolicyResponse deleteRolePolicy(DeleteRolePolicyRequest request) {
        Inline.delete(call(), EntityKind.ROLE, request.roleName(), request.policyName());
        return DeleteRolePolicyResponse.builder().build();
    }

    @Override
    default ListRolePoliciesResponse listRolePolicies(ListRolePoliciesRequest request) {
        Pages pages = Pages.of("inline policies", request.marker(), request.maxItems());
        Pages.Slice<String> page = Inline.list(call(), EntityKind.ROLE, request.roleName(), pages);
        return ListRolePoliciesResponse.builder()
                .policyNames(page.items())
                .isTruncated(page.truncated())
                .marker(page.next())
                .build();
    }
}
