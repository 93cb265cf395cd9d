package io.slipway.wire.databricks.permission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.content.tree.ObjectType;
import io.slipway.content.tree.OpenNotebooks;
import io.slipway.content.tree.Tree;
import io.slipway.content.tree.TreeRoom;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.SignIn;
import io.slipway.identity.testing.People;
import io.slipway.kit.WorkspaceId;
import io.slipway.wire.WireJson;
import io.slipway.wire.databricks.WireServer;
import io.slipway.wire.databricks.tree.RawClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Permissions of folders and of tokens, as clients write and read them. */
@NullUnmarked
class PermissionWireTest {
    private WireServer server;
    private RawClient raw;
    private Tree tree;
    private String folder;

    @BeforeEach
    void start(@TempDir Path home) {
        server = WireServer.start(home, parts -> {
            IdentityArea identity = new IdentityArea(parts.base(), new byte[32]);
            tree = new TreeRoom(parts.base(), identity.permissions(), OpenNotebooks.NONE, home.resolve("tree"), false)
                    .tree();
            tree.bootstrap(WorkspaceId.FIRST);
            new PermissionRoutes(
                            identity.grants(),
                            List.of(
                                    Shareable.numbered(
                                            "directories",
                                            "directory",
                                            (caller, id) -> tree.guarded(caller, id, ObjectType.DIRECTORY)),
                                    Shareable.numbered(
                                            "notebooks",
                                            "notebook",
                                            (caller, id) -> tree.guarded(caller, id, ObjectType.NOTEBOOK)),
                                    new Shareable(
                                            "authorization",
                                            "authorization",
                                            (caller, id) -> SignIn.named(id).of(caller.workspace()))))
                    .add(parts.api());
        });
        raw = new RawClient(server);
        String ann = server.tokenOf(People.ANN);
        assertThat(ann).isNotEmpty();
        folder = "/api/2.0/permissions/directories/"
                + tree.mkdirs(People.ANN, "/Users/ann@example.com/team").id();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode json(String method, String path, String body) throws Exception {
        HttpResponse<byte[]> reply = raw.json(method, path, body.replace('\'', '"'));
        assertThat(reply.statusCode()).as(RawClient.text(reply)).isEqualTo(200);
        return WireJson.mapper().readTree(reply.body());
    }

    @Test
    void a_folder_shows_what_is_given_on_it_and_above_it() throws Exception {
        JsonNode now = json(
                "PATCH",
                folder,
                "{'access_control_list':[{'group_name':'users','permission_level':'CAN_READ'},{'user_name':'ANN@example.com','permission_level':'CAN_RUN'}]}");
        assertThat(now.path("object_id").asText()).startsWith("/directories/");
        assertThat(now.path("object_type").asText()).isEqualTo("directory");
        long home = tree.status(People.ANN, "/Users/ann@example.com").id();
        assertThat(now.path("access_control_list").toString())
                .contains(
                        "{\"user_name\":\"ann@example.com\",\"display_name\":\"ann@example.com\",\"all_permissions\":["
                                + "{\"permission_level\":\"CAN_RUN\",\"inherited\":false},"
                                + "{\"permission_level\":\"CAN_MANAGE\",\"inherited\":true,\"inherited_from_object\":[\"/directories/"
                                + home + "\"]}]}",
                        "{\"group_name\":\"users\",\"all_permissions\":[{\"permission_level\":\"CAN_READ\",\"inherited\":false}]}",
                        "{\"group_name\":\"admins\",\"all_permissions\":[{\"permission_level\":\"CAN_MANAGE\",\"inherited\":true,\"inherited_from_object\":[\"/directories/\"]}]}");
        assertThat(json("PUT", folder, "{'access_control_list':[]}").toString()).doesNotContain("users", "CAN_RUN");
    }

    @Test
    void the_root_of_a_workspace_is_folder_0_for_clients() throws Exception {
        JsonNode now = json(
                "PATCH",
                "/api/2.0/permissions/directories/0",
                "{'access_control_list':[{'user_name':'','group_name':'users','permission_level':'CAN_READ'}]}");
        assertThat(now.path("access_control_list").toString())
                .contains("{\"group_name\":\"users\",\"all_permissions\":[{\"permission_level\":\"CAN_READ\"");
    }

    @Test
    void tokens_and_passwords_have_levels_of_their_own() throws Exception {
        JsonNode tokens = json("GET", "/api/2.0/permissions/authorization/tokens", "");
        assertThat(tokens.path("object_id").asText()).isEqualTo("authorization/tokens");
        assertThat(tokens.path("object_type").asText()).isEqualTo("tokens");
        assertThat(tokens.toString())
                .contains(
                        "\"group_name\":\"users\"",
                        "CAN_USE",
                        "{\"group_name\":\"admins\",\"all_permissions\":[{\"permission_level\":\"CAN_MANAGE\",\"inherited\":false}]}");
        assertThat(json("GET", "/api/2.0/permissions/authorization/tokens/permissionLevels", "")
                        .findValuesAsText("permission_level"))
                .containsExactly("CAN_USE", "CAN_MANAGE");
        assertThat(json("GET", "/api/2.0/permissions/authorization/passwords/permissionLevels", "")
                        .findValuesAsText("permission_level"))
                .containsExactly("CAN_USE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'permission_level':'CAN_READ'} | names exactly one of user_name, group_name and service_principal_name",
                "{'user_name':'a','group_name':'b','permission_level':'CAN_READ'} | names exactly one of",
                "{'user_name':'ann@example.com'} | Missing required field 'permission_level'",
                "{'user_name':'ann@example.com','permission_level':'CAN_FLY'} | CAN_FLY",
                "{'user_name':'ann@example.com','permission_level':'CAN_RESTART'} | CAN_RESTART is not one of directory: it knows [CAN_READ, CAN_RUN, CAN_EDIT, CAN_MANAGE].",
                "{'group_name':'admins','permission_level':'CAN_READ'} | Group admins has CAN_MANAGE on everything"
            })
    void entries_that_say_nothing_true_are_refused(String entry, String message) throws Exception {
        HttpResponse<byte[]> reply =
                raw.json("PUT", folder, ("{'access_control_list':[" + entry + "]}").replace('\'', '"'));
        assertThat(RawClient.text(reply)).contains("INVALID_PARAMETER_VALUE", message);
        assertThat(reply.statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "instance-pools/1 | 400 | There are no permissions on instance-pools",
                "directories/x | 400 | 'x' is not an id of a directory.",
                "directories/7 | 404 | Object 7 doesn't exist.",
                "authorization/keys | 404 | There is no authorization/keys."
            })
    void what_is_not_there_is_said_to_be_so(String thing, int status, String message) throws Exception {
        HttpResponse<byte[]> reply = raw.json("GET", "/api/2.0/permissions/" + thing, "");
        assertThat(RawClient.text(reply)).contains(message);
        assertThat(reply.statusCode()).isEqualTo(status);
        String notebook = folder.replace("directories", "notebooks");
        assertThat(raw.json("GET", notebook, "").statusCode())
                .as("a folder is no notebook")
                .isEqualTo(404);
    }

    @Test
    void somebody_who_does_not_exist_is_told_by_name() throws Exception {
        HttpResponse<byte[]> reply = raw.json(
                "PATCH",
                folder,
                "{\"access_control_list\":[{\"user_name\":\"nobody\",\"permission_level\":\"CAN_READ\"}]}");
        assertThat(reply.statusCode()).isEqualTo(404);
        assertThat(RawClient.text(reply)).contains("User nobody does not exist.");
    }
}
