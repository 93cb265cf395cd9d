package io.slipway.iam;

import io.slipway.iam.policy.Context;
import io.slipway.iam.policy.PolicyKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsResponse;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.SetDefaultPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.SetDefaultPolicyVersionResponse;

/** Versions of the account's policies. */
interface PolicyVersionCalls extends IamClient {
    /** Of one policy. */
    int MOST_VERSIONS = 5;

    Pattern VERSION = Pattern.compile("v[1-9][0-9]{0,8}");

    IamCall call();

    @Override
    default CreatePolicyVersionResponse createPolicyVersion(CreatePolicyVersionRequest request) {
        String arn = Attachments.arn(request.policyArn());
        String document = Checks.required(request.policyDocument(), "policyDocument");
        boolean standard = Boolean.TRUE.equals(request.setAsDefault());
        IamFault.policy(PolicyKind.MANAGED, document);
        long now = call().now();
        int number = call().write(handle -> {
            Entity policy = own(handle, arn, "CreatePolicyVersion");
            if (call().records().policies().versions(handle, policy.id()).size() >= MOST_VERSIONS) {
                throw IamFault.limit("A managed policy can have up to " + MOST_VERSIONS
                        + " versions. Before you create a new version, you must delete an existing version.");
            }
            int next = policy.policy().newest() + 1;
            call().records()
                    .policies()
                    .insertVersion(handle, policy.id(), new PolicyStore.Version(next, document, now));
            keep(handle, policy, standard ? next : policy.policy().standard(), next);
            return next;
        });
        return CreatePolicyVersionResponse.builder()
                .policyVersion(PolicyVersion.builder()
                        .versionId("v" + number)
                        .isDefaultVersion(standard)
                        .createDate(Instant.ofEpochMilli(now))
                        .build())
                .build();
    }

    private void keep(Handle handle, Entity policy, int standard, int newest) {
        call().records()
                .entities()
                .update(
                        handle,
                        policy.detailed(new Entity.PolicyDetail(standard, newest))
                                .changed(call().now()));
    }

    private Entity own(Handle handle, String arn, String action) {
        Optional<NamedPolicy> found = NamedPolicy.find(call().records(), handle, call().account(), arn);
        call().allow(
                        action,
                        arn,
                        found.flatMap(NamedPolicy::entity).map(IamCall::known).orElse(Context.EMPTY));
        return own(found.orElseThrow(() -> IamFault.missing("Policy " + arn + " was not found.")));
    }

    /** Nobody changes AWS's. */
    static Entity own(NamedPolicy policy) {
        return policy.entity().orElseThrow(() -> IamFault.input("Policy is outside your own account."));
    }

    private static int number(@Nullable String versionId) {
        String version = Checks.required(versionId, "versionId");
        if (!VERSION.matcher(version).matches()) {
            throw Checks.unsatisfied(
                    "versionId", "Member must satisfy regular expression pattern: v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?");
        }
        return Integer.parseInt(version.substring(1));
    }

    private static RuntimeException missing(String arn, int number) {
        return IamFault.missing("Policy " + arn + " version v" + number + " does not exist or is not attachable.");
    }

    /** Empty: the policy is not there, or the version is not. */
    private Optional<PolicyVersion> version(Handle handle, Optional<NamedPolicy> policy, int number) {
        if (policy.isEmpty()) {
            return Optional.empty();
        }
        NamedPolicy found = policy.get();
        PolicyVersion.Builder builder = PolicyVersion.builder()
                .versionId("v" + number)
                .isDefaultVersion(found.version().equals("v" + number));
        if (found.entity().isEmpty()) {
            return found.version().equals("v" + number)
                    ? Optional.of(builder.createDate(found.createdAt())
                            .document(Shapes.encoded(found.document(call().records(), handle)))
                            .build())
                    : Optional.empty();
        }
        return call().records()
                .policies()
                .version(handle, found.entity().get().id(), number)
                .map(each -> builder.createDate(Instant.ofEpochMilli(each.createdAt()))
                        .document(Shapes.encoded(each.document()))
                        .build());
    }

    @Override
    default GetPolicyVersionResponse getPolicyVersion(GetPolicyVersionRequest request) {
        String arn = Attachments.arn(request.policyArn());
        int number = number(request.versionId());
        return call().read(handle -> {
            Optional<NamedPolicy> policy = NamedPolicy.find(call().records(), handle, call().account(), arn);
            call().allow("GetPolicyVersion", arn);
            return GetPolicyVersionResponse.builder()
                    .policyVersion(version(handle, policy, number).orElseThrow(() -> missing(arn, number)))
                    .build();
        });
    }

    @Override
    default SetDefaultPolicyVersionResponse setDefaultPolicyVersion(SetDefaultPolicyVersionRequest request) {
        String arn = Attachments.arn(request.policyArn());
        int number = number(request.versionId());
        call().change(handle -> {
            Optional<NamedPolicy> found = NamedPolicy.find(call().records(), handle, call().account(), arn);
            call().allow("SetDefaultPolicyVersion", arn);
            Entity policy = own(found.orElseThrow(() -> missing(arn, number)));
            if (call().records().policies().version(handle, policy.id(), number).isEmpty()) {
                throw missing(arn, number);
            }
            keep(handle, policy, number, policy.policy().newest());
        });
        return SetDefaultPolicyVersionResponse.builder().build();
    }

    @Override
    default DeletePolicyVersionResponse deletePolicyVersion(DeletePolicyVersionRequest request) {
        String arn = Attachments.arn(request.policyArn());
        int number = number(request.versionId());
        call().change(handle -> {
            Entity policy = own(handle, arn, "DeletePolicyVersion");
            if (call().records().policies().version(handle, policy.id(), number).isEmpty()) {
                throw missing(arn, number);
            }
            if (policy.policy().standard() == number) {
                throw IamFault.conflict("Cannot delete the default version of a policy.");
            }
            call().records().policies().deleteVersion(handle, policy.id(), number);
        });
        return DeletePolicyVersionResponse.builder().build();
    }

    @Override
    default ListPolicyVersionsResponse listPolicyVersions(ListPolicyVersionsRequest request) {
        String arn = Attachments.arn(request.policyArn());
        Pages pages = Pages.of("versions", request.marker(), request.maxItems());
        return call().read(handle -> {
            Optional<NamedPolicy> found = NamedPolicy.find(call().records(), handle, call().account(), arn);
            call().allow("ListPolicyVersions", arn);
            NamedPolicy policy = found.orElseThrow(() -> IamFault.missing("Policy " + arn + " was not found."));
            List<PolicyVersion> all = policy.entity()
                    .map(each -> call().records().policies().versions(handle, each.id()).stream()
                            .map(version -> shape(policy, "v" + version.number(), version.createdAt()))
                            .toList())
                    .orElseGet(() -> List.of(
                            shape(policy, policy.version(), policy.createdAt().toEpochMilli())));
            Pages.Slice<PolicyVersion> page = pages.byPlace(all);
            return ListPolicyVersionsResponse.builder()
                    .versions(page.items())
                    .isTruncated(page.truncated())
                    .marker(page.next())
                    .build();
        });
    }

    private static PolicyVersion shape(NamedPolicy policy, String version, long createdAt) {
        return PolicyVersion.builder()
                .versionId(version)
                .isDefaultVersion(policy.version().equals(version))
                .createDate(Instant.ofEpochMilli(createdAt))
                .build();
    }
}
