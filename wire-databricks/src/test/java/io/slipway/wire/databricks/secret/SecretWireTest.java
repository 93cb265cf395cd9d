package io.slipway.wire.databricks.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.core.error.platform.ResourceAlreadyExists;
import com.databricks.sdk.core.error.platform.ResourceDoesNotExist;
import com.databricks.sdk.service.workspace.AclItem;
import com.databricks.sdk.service.workspace.AclPermission;
import com.databricks.sdk.service.workspace.CreateScope;
import com.databricks.sdk.service.workspace.DeleteAcl;
import com.databricks.sdk.service.workspace.DeleteSecret;
import com.databricks.sdk.service.workspace.PutAcl;
import com.databricks.sdk.service.workspace.PutSecret;
import com.databricks.sdk.service.workspace.ScopeBackendType;
import com.databricks.sdk.service.workspace.SecretMetadata;
import com.databricks.sdk.service.workspace.SecretScope;
import com.databricks.sdk.service.workspace.SecretsAPI;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.secret.SecretRoom;
import io.slipway.identity.testing.People;
import io.slipway.wire.databricks.WireServer;
import io.slipway.wire.databricks.tree.RawClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secrets as the official SDK and old scripts ask for them. */
@NullUnmarked
class SecretWireTest {
    private static final String SECRETS = "/api/2.0/secrets";

    private WireServer server;
    private RawClient raw;
    private SecretsAPI admin;
    private SecretsAPI ann;

    @BeforeEach
    void start(@TempDir Path folder) {
        server = WireServer.start(folder, parts -> {
            SecretRoom room = new SecretRoom(parts.base(), new IdentityArea(parts.base(), new byte[32]));
            new SecretRoutes(room.scopes(), room.values()).add(parts.api());
        });
        raw = new RawClient(server);
        admin = RawClient.sdk(server).secrets();
        ann = new WorkspaceClient(new DatabricksConfig().setHost(server.url()).setToken(server.tokenOf(People.ANN)))
                .secrets();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void post(String path, String body, int status, String answer) throws Exception {
        HttpResponse<byte[]> reply = raw.json("POST", SECRETS + path, body);
        assertThat(RawClient.text(reply)).contains(answer);
        assertThat(reply.statusCode()).isEqualTo(status);
    }

    @Test
    void the_sdk_puts_gets_lists_and_deletes_secrets() {
        long before = System.currentTimeMillis();
        admin.createScope(new CreateScope().setScope("app"));
        admin.putSecret(new PutSecret().setScope("app").setKey("text").setStringValue("pässword"));
        admin.putSecret(new PutSecret().setScope("app").setKey("bytes").setBytesValue("AAH/"));
        admin.putSecret(new PutSecret().setScope("app").setKey("empty").setStringValue(""));
        assertThat(admin.getSecret("app", "text").getValue()).isEqualTo(base64("pässword"));
        assertThat(admin.getSecret("app", "text").getKey()).isEqualTo("text");
        assertThat(admin.getSecret("app", "bytes").getValue()).isEqualTo("AAH/");
        assertThat(admin.getSecret("app", "empty").getValue()).isEmpty();
        assertThat(admin.listSecrets("app"))
                .extracting(SecretMetadata::getKey)
                .containsExactly("bytes", "empty", "text");
        assertThat(admin.listSecrets("app"))
                .allSatisfy(each -> assertThat(each.getLastUpdatedTimestamp()).isGreaterThanOrEqualTo(before));
        admin.deleteSecret(new DeleteSecret().setScope("app").setKey("text"));
        assertThatThrownBy(() -> admin.getSecret("app", "text"))
                .isInstanceOf(ResourceDoesNotExist.class)
                .hasMessage("Secret does not exist with scope: app and key: text");
        assertThatThrownBy(() ->
                        admin.deleteSecret(new DeleteSecret().setScope("app").setKey("text")))
                .isInstanceOf(ResourceDoesNotExist.class);
    }

    @Test
    void the_sdk_makes_lists_and_deletes_scopes() {
        admin.createScope(new CreateScope().setScope("b").setScopeBackendType(ScopeBackendType.DATABRICKS));
        ann.createScope(new CreateScope().setScope("a"));
        assertThat(ann.listScopes())
                .containsExactly(
                        new SecretScope().setName("a").setBackendType(ScopeBackendType.DATABRICKS),
                        new SecretScope().setName("b").setBackendType(ScopeBackendType.DATABRICKS));
        assertThatThrownBy(() -> ann.createScope(new CreateScope().setScope("B")))
                .isInstanceOf(ResourceAlreadyExists.class)
                .hasMessage("Scope B already exists!");
        admin.deleteScope("b");
        assertThatThrownBy(() -> admin.deleteScope("b"))
                .isInstanceOf(ResourceDoesNotExist.class)
                .hasMessage("Scope b does not exist!");
        assertThat(admin.listScopes()).hasSize(1);
    }

    @Test
    void the_sdk_shares_a_scope_and_takes_it_back() {
        admin.createScope(new CreateScope().setScope("app"));
        admin.putSecret(new PutSecret().setScope("app").setKey("key").setStringValue("v"));
        assertThatThrownBy(() -> ann.getSecret("app", "key"))
                .isInstanceOf(PermissionDenied.class)
                .hasMessage("User ann@example.com does not have READ permission on scope app");
        admin.putAcl(
                new PutAcl().setScope("app").setPrincipal("ann@example.com").setPermission(AclPermission.READ));
        assertThat(ann.getSecret("app", "key").getValue()).isEqualTo(base64("v"));
        assertThatThrownBy(() -> ann.putSecret(
                        new PutSecret().setScope("app").setKey("key").setStringValue("w")))
                .isInstanceOf(PermissionDenied.class)
                .hasMessage("User ann@example.com does not have WRITE permission on scope app");
        assertThatThrownBy(() -> ann.listAcls("app"))
                .isInstanceOf(PermissionDenied.class)
                .hasMessage("User ann@example.com does not have MANAGE permission on scope app");
        assertThat(admin.listAcls("app"))
                .containsExactly(
                        new AclItem().setPrincipal("admin@example.com").setPermission(AclPermission.MANAGE),
                        new AclItem().setPrincipal("ann@example.com").setPermission(AclPermission.READ));
        assertThat(admin.getAcl("app", "ann@example.com").getPermission()).isEqualTo(AclPermission.READ);
        admin.deleteAcl(new DeleteAcl().setScope("app").setPrincipal("ann@example.com"));
        assertThatThrownBy(() -> admin.getAcl("app", "ann@example.com")).isInstanceOf(ResourceDoesNotExist.class);
        assertThatThrownBy(() -> ann.listSecrets("app")).isInstanceOf(PermissionDenied.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/scopes/create | {} | Missing required field 'scope'",
                "/scopes/create | {\"scope\":\"a b\"} | Scope name may have",
                "/scopes/create | {\"scope\":\"x\",\"initial_manage_principal\":\"admins\"} | initial_manage_principal must be users",
                "/scopes/create | {\"scope\":\"x\",\"scope_backend_type\":\"AZURE_KEYVAULT\"} | scope_backend_type must be DATABRICKS",
                "/scopes/create | {\"scope\":\"x\",\"backend_azure_keyvault\":{\"dns_name\":\"d\"}} | scope_backend_type must be DATABRICKS",
                "/put | {\"scope\":\"app\",\"string_value\":\"v\"} | Missing required field 'key'",
                "/put | {\"scope\":\"app\",\"key\":\"k\"} | Exactly one of string_value and bytes_value",
                "/put | {\"scope\":\"app\",\"key\":\"k\",\"string_value\":\"v\",\"bytes_value\":\"AA==\"} | Exactly one of",
                "/put | {\"scope\":\"app\",\"key\":\"k\",\"bytes_value\":\"?\"} | Field 'bytes_value' is not valid base64.",
                "/put | {\"scope\":\"app\",\"key\":\"k y\",\"string_value\":\"v\"} | Secret key may have",
                "/acls/put | {\"scope\":\"app\",\"principal\":\"ann@example.com\",\"permission\":\"OWN\"} | permission must be READ, WRITE or MANAGE.",
                "/acls/put | {\"scope\":\"app\",\"principal\":\"ann@example.com\"} | Missing required field 'permission'",
                "/acls/put | {\"scope\":\"app\",\"permission\":\"READ\"} | Missing required field 'principal'",
                "/delete | {\"scope\":\"app\"} | Missing required field 'key'",
                "/acls/delete | {\"principal\":\"x\"} | Missing required field 'scope'"
            })
    void what_cannot_be_is_refused_by_name(String path, String body, String message) throws Exception {
        admin.createScope(new CreateScope().setScope("app"));
        post(path, body, 400, "INVALID_PARAMETER_VALUE");
        post(path, body, 400, message);
    }

    @Test
    void a_value_that_is_too_long_is_refused_and_the_longest_is_not() throws Exception {
        admin.createScope(new CreateScope().setScope("app"));
        String longest = "ä".repeat(64 * 1024);
        admin.putSecret(new PutSecret().setScope("app").setKey("k").setStringValue(longest));
        assertThat(admin.getSecret("app", "k").getValue()).isEqualTo(base64(longest));
        post(
                "/put",
                "{\"scope\":\"app\",\"key\":\"k\",\"string_value\":\"" + longest + "x\"}",
                400,
                "The value of a secret has at most 131072 bytes.");
    }

    @Test
    void old_scripts_send_what_they_ask_for_as_the_body_of_a_get() throws Exception {
        admin.createScope(new CreateScope().setScope("app"));
        admin.putSecret(new PutSecret().setScope("app").setKey("k").setStringValue("v"));
        HttpResponse<byte[]> listed = raw.json("GET", SECRETS + "/list", "{\"scope\":\"app\"}");
        assertThat(RawClient.text(listed)).startsWith("{\"secrets\":[{\"key\":\"k\",\"last_updated_timestamp\":1");
    }
}
