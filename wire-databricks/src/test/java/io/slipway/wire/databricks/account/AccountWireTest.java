package io.slipway.wire.databricks.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.AccountClient;
import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.ResourceConflict;
import com.databricks.sdk.service.iam.AccountUser;
import com.databricks.sdk.service.iam.ComplexValue;
import com.databricks.sdk.service.iam.CreateAccountUserRequest;
import com.databricks.sdk.service.iam.ListAccountUsersRequest;
import com.databricks.sdk.service.iam.MeRequest;
import com.databricks.sdk.service.iam.Patch;
import com.databricks.sdk.service.iam.PatchAccountUserRequest;
import com.databricks.sdk.service.iam.PatchOp;
import com.databricks.sdk.service.iam.PatchSchema;
import com.databricks.sdk.service.iam.PermissionAssignment;
import com.databricks.sdk.service.iam.ServicePrincipal;
import com.databricks.sdk.service.iam.UpdateWorkspaceAssignments;
import com.databricks.sdk.service.iam.WorkspacePermission;
import com.databricks.sdk.service.provisioning.CreateCredentialAwsCredentials;
import com.databricks.sdk.service.provisioning.CreateCredentialRequest;
import com.databricks.sdk.service.provisioning.CreateCredentialStsRole;
import com.databricks.sdk.service.provisioning.CreateNetworkRequest;
import com.databricks.sdk.service.provisioning.CreateStorageConfigurationRequest;
import com.databricks.sdk.service.provisioning.CreateWorkspaceRequest;
import com.databricks.sdk.service.provisioning.Credential;
import com.databricks.sdk.service.provisioning.Network;
import com.databricks.sdk.service.provisioning.RootBucketInfo;
import com.databricks.sdk.service.provisioning.StorageConfiguration;
import com.databricks.sdk.service.provisioning.VpcStatus;
import com.databricks.sdk.service.provisioning.Workspace;
import com.databricks.sdk.service.provisioning.WorkspaceStatus;
import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.identity.SessionTokens;
import io.slipway.kit.Clock;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import io.slipway.wire.WireJson;
import io.slipway.wire.databricks.WireServer;
import io.slipway.wire.databricks.tree.RawClient;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The account as its SDK speaks to it, and workspaces by their addresses. */
@NullUnmarked
class AccountWireTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/cross";
    private static final String ACCOUNT = "/api/2.0/accounts/" + WireServer.ACCOUNT;

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    private static WireServer server;
    private static RawClient raw;
    private static AccountClient account;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = WireServer.start(folder, parts -> {});
        raw = new RawClient(server);
        account = new AccountClient(new DatabricksConfig()
                .setHost(server.url())
                .setAccountId(WireServer.ACCOUNT)
                .setToken(server.token()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Workspace made(String name) throws TimeoutException {
        return account.workspaces()
                .create(new CreateWorkspaceRequest().setWorkspaceName(name).setDeploymentName(name))
                .get();
    }

    @Test
    void a_workspace_is_made_of_credentials_storage_and_a_network_which_then_stay() throws Exception {
        Credential role = account.credentials()
                .create(new CreateCredentialRequest()
                        .setCredentialsName("cross")
                        .setAwsCredentials(new CreateCredentialAwsCredentials()
                                .setStsRole(new CreateCredentialStsRole().setRoleArn(ROLE))));
        assertThat(role.getAwsCredentials().getStsRole().getRoleArn()).isEqualTo(ROLE);
        StorageConfiguration storage = account.storage()
                .create(new CreateStorageConfigurationRequest()
                        .setStorageConfigurationName("root")
                        .setRootBucketInfo(new RootBucketInfo().setBucketName("my-bucket")));
        Network network = account.networks()
                .create(new CreateNetworkRequest()
                        .setNetworkName("net")
                        .setVpcId("vpc-1")
                        .setSubnetIds(List.of("subnet-1", "subnet-2"))
                        .setSecurityGroupIds(List.of("sg-1")));
        assertThat(network.getVpcStatus()).isEqualTo(VpcStatus.UNATTACHED);
        Workspace workspace = account.workspaces()
                .create(new CreateWorkspaceRequest()
                        .setWorkspaceName("Made of parts")
                        .setAwsRegion("eu-central-1")
                        .setCustomTags(Map.of("team", "a"))
                        .setCredentialsId(role.getCredentialsId())
                        .setStorageConfigurationId(storage.getStorageConfigurationId())
                        .setNetworkId(network.getNetworkId()))
                .get();
        assertThat(workspace.getWorkspaceStatus()).isEqualTo(WorkspaceStatus.RUNNING);
        assertThat(workspace.getDeploymentName()).isEqualTo("made-of-parts");
        assertThat(workspace.getAwsRegion()).isEqualTo("eu-central-1");
        assertThat(workspace.getCustomTags()).containsEntry("team", "a");
        assertThat(account.networks().get(network.getNetworkId()).getWorkspaceId())
                .isEqualTo(workspace.getWorkspaceId());
        assertThatThrownBy(() -> account.credentials().delete(role.getCredentialsId()))
                .isInstanceOf(ResourceConflict.class)
                .hasMessageContaining("Made of parts");
        assertThat(account.workspaces().list())
                .extracting(Workspace::getWorkspaceName)
                .contains("Made of parts");

        JsonNode changed = RawClient.tree(raw.json(
                "PATCH",
                ACCOUNT + "/workspaces/" + workspace.getWorkspaceId() + "?update_mask=custom_tags",
                "{\"custom_tags\":{\"team\":\"b\"},\"workspace_name\":\"not named by the mask\"}"));
        assertThat(changed.path("custom_tags").path("team").asText()).isEqualTo("b");
        assertThat(changed.path("workspace_name").asText()).isEqualTo("Made of parts");
        assertThat(changed.path("aws_region").asText()).isEqualTo("eu-central-1");

        account.workspaces().delete(workspace.getWorkspaceId());
        assertThatThrownBy(() -> account.workspaces().get(workspace.getWorkspaceId()))
                .isInstanceOf(NotFound.class);
        account.networks().delete(network.getNetworkId());
        account.storage().delete(storage.getStorageConfigurationId());
        account.credentials().delete(role.getCredentialsId());
        assertThat(account.credentials().list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "credentials | {\"credentials_name\":\"c\"} | aws_credentials.sts_role.role_arn",
                "credentials | {\"credentials_name\":\"c\",\"aws_credentials\":{\"sts_role\":{\"role_arn\":\"x\"}}} | the ARN of a role",
                "storage-configurations | {\"storage_configuration_name\":\"s\",\"root_bucket_info\":{\"bucket_name\":\"A\"}} | the name of a bucket",
                "networks | {\"network_name\":\"n\",\"vpc_id\":\"vpc-1\",\"subnet_ids\":[\"subnet-1\"],\"security_group_ids\":[\"sg-1\"]} | subnet_ids must be 2",
                "networks | {\"vpc_id\":\"vpc-1\"} | network_name",
                "workspaces | {} | workspace_name",
                "workspaces | {\"workspace_name\":\"w\",\"cloud\":\"gcp\"} | cloud",
                "workspaces | {\"workspace_name\":\"w\",\"compute_mode\":\"SERVERLESS\"} | compute_mode",
                "workspaces | {\"workspace_name\":\"w\",\"private_access_settings_id\":\"x\"} | private_access_settings_id",
                "workspaces | {\"workspace_name\":\"w\",\"deployment_name\":\"a.b\"} | deployment_name",
            })
    void what_cannot_be_made_is_refused_by_the_name_of_its_field(String what, String body, String message)
            throws Exception {
        HttpResponse<byte[]> refused = raw.json("POST", ACCOUNT + "/" + what, body);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(RawClient.tree(refused).path("message").asText()).contains(message);
    }

    @Test
    void what_this_account_does_not_have_is_refused_by_name_and_another_account_is_not_here() throws Exception {
        for (String version : List.of("2.0", "2.1")) {
            String account = ACCOUNT.replace("2.0", version);
            assertThat(RawClient.text(raw.get(account + "/budgets"))).contains("FEATURE_DISABLED", "budgets");
            assertThat(RawClient.text(raw.get(account + "/usage/download")))
                    .contains("FEATURE_DISABLED", "reports of usage");
            assertThat(RawClient.text(raw.json("POST", account + "/ip-access-lists", "{}")))
                    .contains("FEATURE_DISABLED", "IP access lists are not");
            assertThat(RawClient.text(raw.json("PUT", account + "/workspaces/1/network", "{}")))
                    .contains("FEATURE_DISABLED", "network settings");
        }
        assertThat(RawClient.text(raw.get(ACCOUNT + "/settings/types/disable_legacy_features/names/default")))
                .contains("FEATURE_DISABLED", "settings of the account");
        HttpResponse<byte[]> other = raw.get("/api/2.0/accounts/11111111-0000-4000-8000-000000000001/workspaces");
        assertThat(other.statusCode()).isEqualTo(404);
    }

    @Test
    void the_token_of_an_admins_code_on_a_cluster_opens_the_workspace_and_not_the_account() throws Exception {
        long admin = Long.parseLong(
                RawClient.sdk(server).currentUser().me(new MeRequest()).getId());
        String token = new SessionTokens(new byte[32], Clock.system())
                .issue(WorkspaceId.FIRST, new PrincipalId(admin), Duration.ofMinutes(1));
        assertThat(at("127.0.0.1", "/api/2.0/preview/scim/v2/Me", token).status())
                .isEqualTo(200);
        for (String path : List.of("/workspaces", "/scim/v2/Users")) {
            Answer refused = at("127.0.0.1", ACCOUNT + path, token);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains("of its workspace, not of the account");
        }
    }

    @Test
    void people_of_the_account_are_assigned_to_workspaces() throws Exception {
        Workspace team = made("assigned");
        AccountUser ann = account.usersV2().create(new CreateAccountUserRequest().setUserName("assigned@example.com"));
        assertThat(account.usersV2()
                        .list(new ListAccountUsersRequest().setFilter("userName eq \"assigned@example.com\"")))
                .hasSize(1);
        long id = Long.parseLong(ann.getId());
        PermissionAssignment as = account.workspaceAssignment()
                .update(new UpdateWorkspaceAssignments()
                        .setWorkspaceId(team.getWorkspaceId())
                        .setPrincipalId(id)
                        .setPermissions(List.of(WorkspacePermission.ADMIN)));
        assertThat(as.getPrincipal().getUserName()).isEqualTo("assigned@example.com");
        assertThat(assigned(team)).containsEntry(id, List.of(WorkspacePermission.ADMIN));
        account.workspaceAssignment().delete(team.getWorkspaceId(), id);
        assertThat(assigned(team)).doesNotContainKey(id);
        assertThat(account.workspaceAssignment().get(team.getWorkspaceId()).getPermissions())
                .hasSize(2);
        account.usersV2()
                .patch(new PatchAccountUserRequest()
                        .setId(ann.getId())
                        .setSchemas(List.of(PatchSchema.URN_IETF_PARAMS_SCIM_API_MESSAGES_2_0_PATCH_OP))
                        .setOperations(List.of(new Patch()
                                .setOp(PatchOp.ADD)
                                .setPath("roles")
                                .setValue(List.of(new ComplexValue().setValue("account_admin"))))));
        assertThat(account.usersV2().get(ann.getId()).getRoles())
                .extracting(ComplexValue::getValue)
                .containsExactly("account_admin");
    }

    private static Map<Long, List<WorkspacePermission>> assigned(Workspace workspace) {
        return StreamSupport.stream(
                        account.workspaceAssignment()
                                .list(workspace.getWorkspaceId())
                                .spliterator(),
                        false)
                .collect(Collectors.toMap(
                        each -> each.getPrincipal().getPrincipalId(), each -> List.copyOf(each.getPermissions())));
    }

    /** An answer to a client that has reached the server by this name. */
    private record Answer(int status, String head, String body) {
        JsonNode json() throws IOException {
            return WireJson.mapper().readTree(body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1));
        }
    }

    private static Answer at(String host, String path, String token, String... headers) throws IOException {
        URI url = URI.create(server.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            StringBuilder head = new StringBuilder(
                    "GET " + path + " HTTP/1.1\r\nHost: " + host + ":" + url.getPort() + "\r\nConnection: close\r\n");
            if (!token.isEmpty()) {
                head.append("Authorization: Bearer " + token + "\r\n");
            }
            for (String header : headers) {
                head.append(header + "\r\n");
            }
            socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            InputStream in = new BufferedInputStream(socket.getInputStream());
            StringBuilder answer = new StringBuilder();
            while (answer.indexOf("\r\n\r\n") < 0) {
                answer.append((char) in.read());
            }
            // The server waits some seconds for its client to close the connection first.
            Matcher length = LENGTH.matcher(answer);
            assertThat(length.find()).as(answer.toString()).isTrue();
            byte[] body = in.readNBytes(Integer.parseInt(length.group(1)));
            return new Answer(
                    Integer.parseInt(answer.substring(9, 12)),
                    answer.toString(),
                    new String(body, StandardCharsets.UTF_8));
        }
    }

    @Test
    void each_workspace_has_a_host_that_tells_its_clients_where_they_are() throws Exception {
        Workspace team = made("own-host");
        String document = "/.well-known/databricks-config";
        Answer there = at("OWN-host.localhost", document, "");
        assertThat(there.json().path("workspace_id").asText()).isEqualTo(String.valueOf(team.getWorkspaceId()));
        assertThat(there.json().path("oidc_endpoint").asText()).startsWith("http://OWN-host.localhost:");
        assertThat(at("localhost", document, "").json().path("workspace_id").asText())
                .isEqualTo("1001");
        JsonNode accounts = at("accounts.localhost", document, "").json();
        assertThat(accounts.path("host_type").asText()).isEqualTo("account");
        assertThat(accounts.has("workspace_id")).isFalse();
        assertThat(accounts.path("oidc_endpoint").asText()).endsWith("/oidc/accounts/" + WireServer.ACCOUNT);
        Answer nowhere = at("nowhere.localhost", document, "");
        assertThat(nowhere.status()).isEqualTo(404);
        assertThat(nowhere.body()).contains("no workspace at nowhere.localhost");
    }

    @Test
    void a_token_opens_its_own_workspace_however_another_one_is_named() throws Exception {
        Workspace team = made("closed");
        String path = "/api/2.0/preview/scim/v2/Me";
        String number = String.valueOf(team.getWorkspaceId());
        String token = server.token();
        assertThat(at("slipway.localhost", path, token).head().toLowerCase(Locale.ROOT))
                .contains("x-databricks-org-id: 1001");
        assertThat(at("127.0.0.1", path + "?o=1001", token).status()).isEqualTo(200);
        for (Answer refused : List.of(
                at("closed.localhost", path, token),
                at("127.0.0.1", path, token, "X-Databricks-Workspace-Id: " + number),
                at("127.0.0.1", path, token, "X-Databricks-Org-Id: " + number),
                at("127.0.0.1", path + "?o=" + number, token),
                at("127.0.0.1", path + "?o=4711", token))) {
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains("This token is of workspace 1001");
        }
        for (Answer refused : List.of(
                at("closed.localhost", path, token, "X-Databricks-Org-Id: 1001"),
                at("slipway.localhost", path + "?o=" + number, token),
                at("127.0.0.1", path + "?o=x", token),
                at("127.0.0.1", path, token, "X-Databricks-Org-Id: 1001", "X-Databricks-Workspace-Id: " + number))) {
            assertThat(refused.status()).isEqualTo(400);
        }
    }

    @Test
    void a_token_of_the_account_opens_each_workspace_that_its_program_is_in() throws Exception {
        Workspace team = made("of-robots");
        Workspace other = made("of-others");
        WorkspaceClient first = RawClient.sdk(server);
        var robot = first.servicePrincipals().create(new ServicePrincipal());
        String secret = RawClient.tree(raw.json(
                        "POST", ACCOUNT + "/servicePrincipals/" + robot.getId() + "/credentials/secrets", "{}"))
                .path("secret")
                .asText();
        account.workspaceAssignment()
                .update(new UpdateWorkspaceAssignments()
                        .setWorkspaceId(team.getWorkspaceId())
                        .setPrincipalId(Long.parseLong(robot.getId()))
                        .setPermissions(List.of(WorkspacePermission.USER)));
        HttpResponse<byte[]> issued = raw.send(
                "POST",
                "/oidc/accounts/" + WireServer.ACCOUNT + "/v1/token",
                "application/x-www-form-urlencoded",
                HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&scope=all-apis&client_id="
                        + robot.getApplicationId() + "&client_secret=" + secret));
        String token = RawClient.tree(issued).path("access_token").asText();
        String me = "/api/2.0/preview/scim/v2/Me";
        assertThat(at("of-robots.localhost", me, token).status()).isEqualTo(200);
        Answer named = at("127.0.0.1", me, token, "X-Databricks-Org-Id: " + team.getWorkspaceId());
        assertThat(named.json().path("userName").asText()).isEqualTo(robot.getApplicationId());
        assertThat(at("of-others.localhost", me, token).status()).isEqualTo(403);
        assertThat(at("127.0.0.1", me, token, "X-Databricks-Org-Id: " + other.getWorkspaceId())
                        .status())
                .isEqualTo(403);
        assertThat(at("127.0.0.1", me, token).status())
                .as("no workspace is named")
                .isEqualTo(403);
    }
}
