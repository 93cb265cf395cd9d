package io.slipway.wire.databricks.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.AccountClient;
import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.DatabricksError;
import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.core.error.platform.ResourceConflict;
import com.databricks.sdk.service.iam.CreateAccountGroupRequest;
import com.databricks.sdk.service.iam.GetAssignableRolesForResourceRequest;
import com.databricks.sdk.service.iam.GetRuleSetRequest;
import com.databricks.sdk.service.iam.GrantRule;
import com.databricks.sdk.service.iam.Group;
import com.databricks.sdk.service.iam.ListAccountGroupsRequest;
import com.databricks.sdk.service.iam.PartialUpdate;
import com.databricks.sdk.service.iam.Patch;
import com.databricks.sdk.service.iam.PatchAccountGroupRequest;
import com.databricks.sdk.service.iam.PatchOp;
import com.databricks.sdk.service.iam.PatchSchema;
import com.databricks.sdk.service.iam.Role;
import com.databricks.sdk.service.iam.RuleSetResponse;
import com.databricks.sdk.service.iam.RuleSetUpdateRequest;
import com.databricks.sdk.service.iam.ServicePrincipal;
import com.databricks.sdk.service.iam.UpdateRuleSetRequest;
import com.databricks.sdk.service.oauth2.CreateServicePrincipalSecretRequest;
import io.slipway.identity.testing.People;
import io.slipway.wire.databricks.WireServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule sets as the SDK asks for them, of the account and of a workspace. */
@NullUnmarked
class RuleSetWireTest {
    private static final String ROOT = "accounts/" + WireServer.ACCOUNT;
    private static final String USE = "roles/servicePrincipal.user";
    private static final String MANAGE = "roles/servicePrincipal.manager";

    private static WireServer server;
    private static WorkspaceClient sdk;
    private static WorkspaceClient ann;
    private static AccountClient account;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = WireServer.start(folder, parts -> {});
        sdk = workspace(server.token());
        ann = workspace(server.tokenOf(People.ANN));
        account = account(server.token());
        assertThat(server.tokenOf(People.BOB)).as("he is in the account").isNotEmpty();
    }

    private static WorkspaceClient workspace(String token) {
        return new WorkspaceClient(new DatabricksConfig().setHost(server.url()).setToken(token));
    }

    private static AccountClient account(String token) {
        return new AccountClient(new DatabricksConfig()
                .setHost(server.url())
                .setAccountId(WireServer.ACCOUNT)
                .setToken(token));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String program() {
        return sdk.servicePrincipals()
                .create(new ServicePrincipal().setDisplayName("ci"))
                .getApplicationId();
    }

    private static String of(String resource) {
        return ROOT + resource + "/ruleSets/default";
    }

    private static RuleSetResponse read(WorkspaceClient by, String name) {
        return by.accountAccessControlProxy()
                .getRuleSet(new GetRuleSetRequest().setName(name).setEtag(""));
    }

    private static GrantRule rule(String role, String... principals) {
        return new GrantRule().setRole(role).setPrincipals(List.of(principals));
    }

    private static UpdateRuleSetRequest update(String name, String etag, GrantRule... rules) {
        return new UpdateRuleSetRequest()
                .setName(name)
                .setRuleSet(
                        new RuleSetUpdateRequest().setName(name).setEtag(etag).setGrantRules(List.of(rules)));
    }

    private static RuleSetResponse write(WorkspaceClient by, String name, GrantRule... rules) {
        return by.accountAccessControlProxy()
                .updateRuleSet(update(name, read(sdk, name).getEtag(), rules));
    }

    @Test
    void a_rule_set_is_read_and_replaced_through_a_workspace_and_the_account() {
        String id = program();
        String name = of("/servicePrincipals/" + id);
        RuleSetResponse made = read(sdk, name);
        assertThat(made.getName()).isEqualTo(name);
        assertThat(made.getGrantRules()).containsExactly(rule(MANAGE, "users/admin@example.com"));
        RuleSetResponse given = write(
                sdk,
                name,
                rule(MANAGE, "users/admin@example.com"),
                rule(USE, "users/Ann@example.com", "servicePrincipals/" + id));
        assertThat(given.getGrantRules())
                .containsExactly(
                        rule(USE, "servicePrincipals/" + id, "users/ann@example.com"),
                        rule(MANAGE, "users/admin@example.com"));
        assertThat(account.accessControl()
                        .getRuleSet(new GetRuleSetRequest().setName(name).setEtag(given.getEtag())))
                .isEqualTo(given);
        assertThat(account.accessControl()
                        .updateRuleSet(update(name, given.getEtag()))
                        .getGrantRules())
                .isNullOrEmpty();
    }

    @Test
    void a_stale_version_is_a_conflict_and_none_is_refused() {
        String name = of("/servicePrincipals/" + program());
        String before = read(sdk, name).getEtag();
        write(sdk, name, rule(USE, "users/ann@example.com"));
        assertThatThrownBy(() -> sdk.accountAccessControlProxy().updateRuleSet(update(name, before)))
                .isInstanceOfSatisfying(ResourceConflict.class, conflict -> {
                    assertThat(conflict.getErrorCode()).isEqualTo("RESOURCE_CONFLICT");
                    assertThat(conflict.getErrorDetails()
                                    .errorInfo()
                                    .orElseThrow()
                                    .metadata())
                            .containsEntry("etag", read(sdk, name).getEtag());
                });
        assertThatThrownBy(() -> sdk.accountAccessControlProxy().updateRuleSet(update(name, "")))
                .hasMessageContaining("rule_set.etag");
    }

    @Test
    void assignable_roles_are_those_that_act_here() {
        String group = account.groupsV2()
                .create(new CreateAccountGroupRequest().setDisplayName("assignable"))
                .getId();
        assertThat(assignable("/servicePrincipals/" + program())).containsExactly(USE, MANAGE);
        assertThat(account.accessControl()
                        .getAssignableRolesForResource(
                                new GetAssignableRolesForResourceRequest().setResource(ROOT + "/groups/" + group))
                        .getRoles())
                .extracting(Role::getName)
                .containsExactly("roles/group.manager");
        assertThat(assignable("")).containsExactly(MANAGE, "roles/group.manager");
    }

    private static List<String> assignable(String resource) {
        return sdk
                .accountAccessControlProxy()
                .getAssignableRolesForResource(new GetAssignableRolesForResourceRequest().setResource(ROOT + resource))
                .getRoles()
                .stream()
                .map(Role::getName)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            roles/marketplace.admin | users/ann@example.com | Role roles/marketplace.admin is of a service that this platform does not have.
            roles/budgetPolicy.user | users/ann@example.com | Role roles/budgetPolicy.user is of a service that this platform does not have.
            roles/group.manager | users/ann@example.com | roles/group.manager cannot be given on
            roles/servicePrincipal.user | ann@example.com | Unsupported principal: ann@example.com
            roles/servicePrincipal.user | users/ | Unsupported principal: users/
            roles/servicePrincipal.user | tokens/x | Unsupported principal: tokens/x
            roles/servicePrincipal.user | groups/none | Group none does not exist in the account.""")
    void what_cannot_be_given_is_refused_by_its_name(String role, String principal, String why) {
        String name = of("/servicePrincipals/" + program());
        assertThatThrownBy(() -> write(sdk, name, rule(role, principal)))
                .isInstanceOf(DatabricksError.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            accounts/{account}/servicePrincipals/none/ruleSets/default | Service principal none does not exist.
            accounts/{account}/groups/none/ruleSets/default | Group none does not exist.
            accounts/{account}/groups/1/ruleSets/default | Group 1 does not exist.
            accounts/{account}/tagPolicies/7/ruleSets/default | tagPolicies are not available in this account.
            accounts/other/ruleSets/default | Account other does not exist.
            accounts/{account}/ruleSets/special | Rule set accounts/{account}/ruleSets/special is not
            accounts/{account}/groups/ruleSets/default | is not accounts/<id>""")
    void a_rule_set_that_there_is_not_is_refused_by_its_name(String name, String why) {
        assertThatThrownBy(() -> read(sdk, name.replace("{account}", WireServer.ACCOUNT)))
                .isInstanceOf(DatabricksError.class)
                .hasMessageContaining(why.replace("{account}", WireServer.ACCOUNT));
    }

    @Test
    void who_manages_a_service_principal_makes_its_secrets_without_being_an_admin() {
        ServicePrincipal ci = sdk.servicePrincipals().create(new ServicePrincipal().setDisplayName("ci"));
        String name = of("/servicePrincipals/" + ci.getApplicationId());
        assertThatThrownBy(() -> ann.servicePrincipalSecretsProxy().create(secretOf(ci)))
                .isInstanceOf(PermissionDenied.class)
                .hasMessageContaining("ann@example.com does not have the role " + MANAGE);
        assertThatThrownBy(() -> write(ann, name, rule(MANAGE, "users/ann@example.com")))
                .isInstanceOf(PermissionDenied.class);
        write(sdk, name, rule(MANAGE, "users/ann@example.com"));
        assertThat(ann.servicePrincipalSecretsProxy().create(secretOf(ci)).getSecret())
                .isNotEmpty();
        assertThat(write(ann, name).getGrantRules()).isNullOrEmpty();
        assertThatThrownBy(() -> ann.servicePrincipalSecretsProxy().create(secretOf(ci)))
                .isInstanceOf(PermissionDenied.class);
    }

    private static CreateServicePrincipalSecretRequest secretOf(ServicePrincipal program) {
        return new CreateServicePrincipalSecretRequest().setServicePrincipalId(program.getId());
    }

    @Test
    void who_manages_a_group_changes_its_members_through_the_account() {
        AccountClient anns = account(server.tokenOf(People.ANN));
        String id = account.groupsV2()
                .create(new CreateAccountGroupRequest().setDisplayName("managed"))
                .getId();
        account.accessControl()
                .updateRuleSet(update(
                        of("/groups/" + id),
                        account.accessControl()
                                .getRuleSet(new GetRuleSetRequest()
                                        .setName(of("/groups/" + id))
                                        .setEtag(""))
                                .getEtag(),
                        rule("roles/group.manager", "users/ann@example.com")));
        anns.groupsV2()
                .patch(new PatchAccountGroupRequest()
                        .setId(id)
                        .setSchemas(List.of(PatchSchema.URN_IETF_PARAMS_SCIM_API_MESSAGES_2_0_PATCH_OP))
                        .setOperations(List.of(new Patch()
                                .setOp(PatchOp.ADD)
                                .setPath("members")
                                .setValue(List.of(Map.of(
                                        "value", String.valueOf(People.BOB.id().number())))))));
        assertThat(anns.groupsV2().get(id).getMembers()).hasSize(1);
        assertThatThrownBy(() -> anns.groupsV2()
                        .list(new ListAccountGroupsRequest())
                        .iterator()
                        .hasNext())
                .isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> ann.groups().patch(new PartialUpdate().setId("1")))
                .isInstanceOf(PermissionDenied.class)
                .hasMessageContaining("roles/group.manager on group 1");
        assertThat(read(ann, of("/groups/" + id)).getGrantRules()).hasSize(1);
        Group local = sdk.groups().create(new Group().setDisplayName("local"));
        assertThat(read(sdk, of("/groups/" + local.getId())).getGrantRules()).hasSize(1);
    }
}
