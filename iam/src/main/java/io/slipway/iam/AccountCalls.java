package io.slipway.iam;

import io.slipway.iam.policy.PolicyKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.CreateAccountAliasRequest;
import software.amazon.awssdk.services.iam.model.CreateAccountAliasResponse;
import software.amazon.awssdk.services.iam.model.DeleteAccountAliasRequest;
import software.amazon.awssdk.services.iam.model.DeleteAccountAliasResponse;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsRequest;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsResponse;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryRequest;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryResponse;
import software.amazon.awssdk.services.iam.model.ListAccountAliasesRequest;
import software.amazon.awssdk.services.iam.model.ListAccountAliasesResponse;

/** The account as a whole. */
interface AccountCalls extends IamClient {
    Pattern ALIAS = Pattern.compile("[a-z0-9](?:[a-z0-9]|-(?!-)){1,61}[a-z0-9]");

    IamCall call();

    private static String alias(@Nullable String value) {
        String alias = Checks.required(value, "accountAlias");
        Checks.length(alias, "accountAlias", 3, 63);
        if (!ALIAS.matcher(alias).matches()) {
            throw Checks.unsatisfied(
                    "accountAlias",
                    "Member must satisfy regular expression pattern: ^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$");
        }
        return alias;
    }

    /** An account has one; another takes its place. */
    @Override
    default CreateAccountAliasResponse createAccountAlias(CreateAccountAliasRequest request) {
        String alias = alias(request.accountAlias());
        call().allow("CreateAccountAlias");
        call().change(handle -> {
            boolean others = call().records()
                    .accounts()
                    .aliased(handle, alias)
                    .filter(each -> !each.id().equals(call().account()))
                    .isPresent();
            if (others) {
                throw IamFault.taken("The account alias " + alias + " already exists.");
            }
            call().records().accounts().setAlias(handle, call().account(), Optional.of(alias));
        });
        return CreateAccountAliasResponse.builder().build();
    }

    @Override
    default DeleteAccountAliasResponse deleteAccountAlias(DeleteAccountAliasRequest request) {
        String alias = alias(request.accountAlias());
        call().allow("DeleteAccountAlias");
        call().change(handle -> {
            boolean ours = call().records()
                    .accounts()
                    .aliased(handle, alias)
                    .filter(each -> each.id().equals(call().account()))
                    .isPresent();
            if (!ours) {
                throw IamFault.missing("The account alias with name " + alias + " cannot be found.");
            }
            call().records().accounts().setAlias(handle, call().account(), Optional.empty());
        });
        return DeleteAccountAliasResponse.builder().build();
    }

    @Override
    default ListAccountAliasesResponse listAccountAliases(ListAccountAliasesRequest request) {
        Pages pages = Pages.of("aliases", request.marker(), request.maxItems());
        call().allow("ListAccountAliases");
        List<String> aliases = call().read(handle ->
                call().records().accounts().find(handle, call().account()).flatMap(Account::alias).stream()
                        .toList());
        return ListAccountAliasesResponse.builder()
                .accountAliases(pages.byKey(aliases, each -> each).items())
                .isTruncated(false)
                .build();
    }

    @Override
    default GetAccountSummaryResponse getAccountSummary(GetAccountSummaryRequest request) {
        call().allow("GetAccountSummary");
        return call().read(handle -> GetAccountSummaryResponse.builder()
                .summaryMapWithStrings(summary(handle))
                .build());
    }

    private Map<String, Integer> summary(Handle handle) {
        Map<String, Integer> all = new LinkedHashMap<>();
        for (EntityKind each : EntityKind.values()) {
            all.put(each.plural(), call().records().entities().count(handle, call().account(), each));
            if (each != EntityKind.OIDC_PROVIDER) {
                all.put(each.plural() + "Quota", each.most());
            }
        }
        all.put("PolicyVersionsInUse", call().records().policies().countVersions(handle, call().account()));
        all.put("PolicyVersionsInUseQuota", EntityKind.POLICY.most() * PolicyVersionCalls.MOST_VERSIONS);
        all.put("VersionsPerPolicyQuota", PolicyVersionCalls.MOST_VERSIONS);
        all.put("AttachedPoliciesPerGroupQuota", Attachments.MOST);
        all.put("AttachedPoliciesPerRoleQuota", Attachments.MOST);
        all.put("AttachedPoliciesPerUserQuota", Attachments.MOST);
        all.put("GroupsPerUserQuota", GroupCalls.MOST_GROUPS);
        all.put("AccessKeysPerUserQuota", KeyCalls.MOST_KEYS);
        all.put("PolicySizeQuota", PolicyKind.MANAGED.limit());
        all.put("UserPolicySizeQuota", PolicyKind.USER_INLINE.limit());
        all.put("GroupPolicySizeQuota", PolicyKind.GROUP_INLINE.limit());
        all.put("RolePolicySizeQuota", PolicyKind.ROLE_INLINE.limit());
        all.put("AssumeRolePolicySizeQuota", PolicyKind.TRUST.limit());
        boolean rootKeys = !call().records()
                .keyStore()
                .keys(handle, call().account(), Optional.empty())
                .isEmpty();
        all.put("AccountAccessKeysPresent", rootKeys ? 1 : 0);
        all.put("GlobalEndpointTokenVersion", 1);
        for (String none : List.of(
                "AccountMFAEnabled",
                "AccountPasswordPresent",
                "AccountSigningCertificatesPresent",
                "MFADevices",
                "MFADevicesInUse",
                "ServerCertificates",
                "ServerCertificatesQuota",
                "SigningCertificatesPerUserQuota")) {
            all.put(none, 0);
        }
        return all;
    }

    @Override
    default GetAccountAuthorizationDetailsResponse getAccountAuthorizationDetails(
            GetAccountAuthorizationDetailsRequest request) {
        Pages pages = Pages.of("details", request.marker(), request.maxItems());
        Set<String> wanted = Set.copyOf(request.filterAsStrings());
        call().allow("GetAccountAuthorizationDetails");
        return call().read(handle -> new Details(call(), handle).page(wanted, pages));
    }
}
