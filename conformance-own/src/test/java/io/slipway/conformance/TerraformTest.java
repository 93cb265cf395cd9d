package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.databricks.sdk.AccountClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.service.iam.ListAccountUsersRequest;
import com.databricks.sdk.service.provisioning.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code examples/team} by Terraform and the provider of Databricks as they are published, at a server with TLS and a domain. */
@Tag("soak")
@ExtendWith(OneMoreCluster.class)
class TerraformTest {
    private static final String VERSION = "1.113.0";
    private static final String DOMAIN = "slipway.test";

    /** Of {@code terraform plan -detailed-exitcode}. */
    private static final int NO_CHANGE = 0;

    @TempDir
    static Path folder;

    private static PlatformProcess platform;
    private static Tunnel tunnel;
    private static Path terraform;
    private static String account;
    private static final Map<String, String> ENVIRONMENT = new HashMap<>();

    @BeforeAll
    static void start() throws Exception {
        terraform = GoPrograms.installed("github.com/hashicorp/terraform", "1.5.7");
        Path provider = GoPrograms.installed("github.com/databricks/terraform-provider-databricks", VERSION);
        platform = PlatformProcess.startWithTls("domain = " + DOMAIN + "\n");
        tunnel = new Tunnel(platform.tlsPort());
        account = new Raw(platform)
                .get("/.well-known/databricks-config")
                .body()
                .path("account_id")
                .asText();
        Path mirror = folder.resolve("mirror");
        String machine = System.getProperty("os.arch").equals("aarch64") ? "linux_arm64" : "linux_amd64";
        Path place = mirror.resolve("registry.terraform.io/databricks/databricks/" + VERSION + "/" + machine);
        Files.createDirectories(place);
        Files.copy(provider, place.resolve("terraform-provider-databricks_v" + VERSION));
        Path settings = Files.writeString(
                folder.resolve("terraform.rc"),
                "provider_installation {\n  filesystem_mirror {\n    path = \"" + mirror + "\"\n  }\n}\n");
        Files.copy(Path.of("..", "examples", "team", "main.tf"), folder.resolve("main.tf"));
        String port = ":" + platform.tlsPort();
        ENVIRONMENT.putAll(Map.of(
                "HTTPS_PROXY",
                tunnel.url(),
                "SSL_CERT_FILE",
                platform.authority().toString(),
                "TF_CLI_CONFIG_FILE",
                settings.toString(),
                "CHECKPOINT_DISABLE",
                "1",
                "TF_VAR_host",
                "https://" + DOMAIN + port,
                "TF_VAR_account_host",
                "https://accounts." + DOMAIN + port,
                "TF_VAR_account_id",
                account,
                "TF_VAR_token",
                platform.token()));
        assertThat(terraform("init").status()).isZero();
    }

    @AfterAll
    static void stop() throws IOException {
        if (platform != null) {
            tunnel.close();
            platform.close();
        }
    }

    private static GoPrograms.Run terraform(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(terraform.toString()));
        command.addAll(List.of(words));
        return GoPrograms.Run.of(folder, ENVIRONMENT, command);
    }

    private static void done(String... words) throws Exception {
        GoPrograms.Run run = terraform(words);
        assertThat(run.status()).as(run.said()).isZero();
    }

    private static AccountClient client() {
        return new AccountClient(new DatabricksConfig()
                .setHost(platform.url())
                .setAccountId(account)
                .setToken(platform.token())
                .setAuthType("pat"));
    }

    private static List<String> workspaces() {
        List<String> names = new ArrayList<>();
        for (Workspace each : client().workspaces().list()) {
            names.add(each.getWorkspaceName());
        }
        return names;
    }

    @Test
    void a_team_is_made_by_one_plan_the_second_is_empty_and_all_of_it_can_go_and_come_again() throws Exception {
        for (int i = 0; i < 2; i++) {
            done("apply", "-auto-approve", "-no-color");
            assertThat(workspaces()).contains("research");
            assertThat(client().users().list(new ListAccountUsersRequest().setFilter("userName sw \"ada@\"")))
                    .hasSize(1);
            GoPrograms.Run second = terraform("plan", "-detailed-exitcode", "-no-color");
            assertThat(second.status()).as(second.said()).isEqualTo(NO_CHANGE);
            done("destroy", "-auto-approve", "-no-color");
            assertThat(workspaces()).doesNotContain("research");
        }
    }
}
