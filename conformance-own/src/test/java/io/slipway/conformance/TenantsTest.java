package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.AccountClient;
import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.service.iam.MeRequest;
import com.databricks.sdk.service.provisioning.CreateWorkspaceRequest;
import com.databricks.sdk.service.provisioning.Workspace;
import com.databricks.sdk.service.workspace.ObjectInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A second workspace, as the SDK makes it and code on a cluster finds it. */
@ExtendWith(OneMoreCluster.class)
class TenantsTest {
    private static PlatformProcess platform;
    private static AccountClient account;

    @BeforeAll
    static void start() {
        platform = PlatformProcess.start(0);
        Raw raw = new Raw(platform);
        account = new AccountClient(new DatabricksConfig()
                .setHost(platform.url())
                .setAccountId(raw.get("/.well-known/databricks-config")
                        .body()
                        .path("account_id")
                        .asText())
                .setToken(platform.token())
                .setAuthType("pat"));
    }

    private static Workspace made(String name) throws Exception {
        return account.workspaces()
                .create(new CreateWorkspaceRequest().setWorkspaceName(name))
                .get();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static WorkspaceClient in(Workspace workspace, String token) {
        return new WorkspaceClient(new DatabricksConfig()
                .setHost(platform.url())
                .setWorkspaceId(String.valueOf(workspace.getWorkspaceId()))
                .setToken(token)
                .setAuthType("pat"));
    }

    /** One of the admin, as they make it in a browser there. */
    private static String token(Workspace workspace) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        HttpResponse<String> session = http.send(
                HttpRequest.newBuilder(URI.create(platform.url() + "/ui-api/session"))
                        .POST(HttpRequest.BodyPublishers.ofString("{\"token\":\"" + platform.token() + "\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        JsonNode begun = new ObjectMapper().readTree(session.body());
        HttpResponse<String> made = http.send(
                HttpRequest.newBuilder(
                                URI.create(platform.url() + "/api/2.0/token/create?o=" + workspace.getWorkspaceId()))
                        .header(
                                "Cookie",
                                session.headers()
                                        .firstValue("set-cookie")
                                        .orElseThrow()
                                        .split(";", 2)[0])
                        .header("X-CSRF-Token", begun.path("csrf_token").asText())
                        .header("Origin", platform.url())
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new ObjectMapper().readTree(made.body()).path("token_value").asText();
    }

    @Test
    void the_sdk_is_where_its_configuration_says_and_a_token_opens_no_other_workspace() throws Exception {
        Workspace team = made("signed in");
        WorkspaceClient there = in(team, token(team));
        assertThat(there.currentUser().me(new MeRequest()).getUserName()).isEqualTo("admin@slipway.local");
        assertThatThrownBy(() -> in(team, platform.token()).currentUser().me(new MeRequest()))
                .isInstanceOf(PermissionDenied.class)
                .hasMessageContaining("This token is of workspace 1001");
    }

    @Test
    void code_on_a_cluster_finds_the_files_and_catalogs_of_its_workspace() throws Exception {
        Workspace team = made("team");
        WorkspaceClient there = in(team, token(team));
        platform.client().dbfs().mkdirs("/only-of-the-first");
        String cluster = there.clusters()
                .create(SharedPlatform.singleNode("team"))
                .getResponse()
                .getClusterId();
        Awaitility.await("the cluster runs")
                .atMost(PlatformProcess.PATIENCE)
                .until(() -> there.clusters().get(cluster).getState().name().equals("RUNNING"));
        try (Repl repl = new Repl(there, cluster)) {
            assertThat(repl.python("""
                            import os
                            spark.range(3).write.parquet("/numbers")
                            open("/Workspace/Shared/made.txt", "w").write("by code")
                            print(sorted(os.listdir("/dbfs")), spark.read.parquet("dbfs:/numbers").count())
                            """)).contains("['numbers'] 3");
            assertThat(repl.sql("SHOW CATALOGS")).contains("main").doesNotContain("hive_metastore");
            assertThat(repl.python("""
                            spark.sql("create table main.default.shared_by_all as select 7 as n")
                            from databricks.sdk import WorkspaceClient
                            print(WorkspaceClient().get_workspace_id())
                            """)).contains(String.valueOf(team.getWorkspaceId()));
        }
        Awaitility.await("the tree has what code has written")
                .until(() -> names(there, "/Shared").contains("/Shared/made.txt"));
        assertThat(there.dbfs().getStatus("/numbers").getIsDir()).isTrue();
        assertThatThrownBy(() -> platform.client().dbfs().getStatus("/numbers")).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> platform.client().workspace().getStatus("/Shared/made.txt"))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> platform.client().clusters().get(cluster)).hasMessageContaining("does not exist");
        assertThat(platform.client().tables().get("main.default.shared_by_all").getName())
                .isEqualTo("shared_by_all");

        account.workspaces().delete(team.getWorkspaceId());
        assertThatThrownBy(() -> there.clusters().get(cluster)).isInstanceOf(PermissionDenied.class);
        Awaitility.await("nothing of the cluster is left")
                .atMost(PlatformProcess.PATIENCE)
                .until(() -> platform.nodes().isEmpty());
    }

    private static List<String> names(WorkspaceClient there, String folder) {
        List<String> names = new ArrayList<>();
        there.workspace().list(folder).forEach((ObjectInfo each) -> names.add(each.getPath()));
        return names;
    }
}
