package io.slipway.wire.databricks.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.ResourceConflict;
import com.databricks.sdk.service.iam.ComplexValue;
import com.databricks.sdk.service.iam.Group;
import com.databricks.sdk.service.iam.ListGroupsRequest;
import com.databricks.sdk.service.iam.ListUsersRequest;
import com.databricks.sdk.service.iam.PartialUpdate;
import com.databricks.sdk.service.iam.Patch;
import com.databricks.sdk.service.iam.PatchOp;
import com.databricks.sdk.service.iam.PatchSchema;
import com.databricks.sdk.service.iam.ServicePrincipal;
import com.databricks.sdk.service.iam.User;
import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.wire.databricks.WireServer;
import io.slipway.wire.databricks.tree.RawClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SCIM as the SDK speaks it, and as directories of companies do. */
@NullUnmarked
class ScimWireTest {
    private static final String SCIM = "/api/2.0/preview/scim/v2";

    private static WireServer server;
    private static RawClient raw;
    private static WorkspaceClient sdk;
    private static int made;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = WireServer.start(folder, parts -> {});
        raw = new RawClient(server);
        sdk = RawClient.sdk(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String fresh(String begin) {
        return begin + ++made;
    }

    private static JsonNode answer(int status, HttpResponse<byte[]> response) throws Exception {
        assertThat(response.statusCode()).as(RawClient.text(response)).isEqualTo(status);
        return response.body().length == 0
                ? com.fasterxml.jackson.databind.node.MissingNode.getInstance()
                : RawClient.tree(response);
    }

    private static JsonNode patch(String path, String operations) throws Exception {
        HttpResponse<byte[]> response = raw.json(
                "PATCH",
                SCIM + path,
                "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":" + operations + "}");
        assertThat(response.statusCode()).as(RawClient.text(response)).isIn(200, 204);
        return RawClient.tree(raw.get(SCIM + path));
    }

    private static String user() throws Exception {
        return answer(201, raw.json("POST", SCIM + "/Users", "{\"userName\":\"" + fresh("user") + "@example.com\"}"))
                .path("id")
                .asText();
    }

    private static String group() throws Exception {
        return answer(201, raw.json("POST", SCIM + "/Groups", "{\"displayName\":\"" + fresh("group") + "\"}"))
                .path("id")
                .asText();
    }

    private static List<String> values(JsonNode node, String field) {
        return node.path(field).findValuesAsText("value");
    }

    @Test
    void the_sdk_makes_reads_changes_and_deletes_a_user() {
        String name = fresh("ann") + "@example.com";
        User ann = sdk.users().create(new User().setUserName(name).setDisplayName("Ann"));
        assertThat(sdk.users().get(ann.getId()).getDisplayName()).isEqualTo("Ann");
        assertThat(ann.getActive()).isTrue();
        sdk.users()
                .update(new User()
                        .setId(ann.getId())
                        .setUserName(name)
                        .setDisplayName("Ann Lee")
                        .setActive(false));
        assertThat(sdk.users().get(ann.getId()).getActive()).isFalse();
        sdk.users()
                .patch(new PartialUpdate()
                        .setId(ann.getId())
                        .setSchemas(List.of(PatchSchema.URN_IETF_PARAMS_SCIM_API_MESSAGES_2_0_PATCH_OP))
                        .setOperations(List.of(new Patch()
                                .setOp(PatchOp.REPLACE)
                                .setPath("active")
                                .setValue("true"))));
        assertThat(sdk.users().get(ann.getId()).getActive()).isTrue();
        var found = sdk.users().list(new ListUsersRequest().setFilter("userName eq \"" + name + "\""));
        assertThat(StreamSupport.stream(found.spliterator(), false).map(User::getId))
                .containsExactly(ann.getId());
        assertThatThrownBy(() -> sdk.users().create(new User().setUserName(name)))
                .isInstanceOf(ResourceConflict.class)
                .hasMessageContaining("already exists");
        sdk.users().delete(ann.getId());
        assertThatThrownBy(() -> sdk.users().get(ann.getId())).isInstanceOf(NotFound.class);
    }

    @Test
    void the_sdk_puts_people_and_programs_into_groups() {
        User ann = sdk.users().create(new User().setUserName(fresh("ann") + "@example.com"));
        ServicePrincipal ci = sdk.servicePrincipals().create(new ServicePrincipal().setDisplayName("ci"));
        assertThat(ci.getApplicationId()).isNotBlank();
        Group group = sdk.groups()
                .create(new Group()
                        .setDisplayName(fresh("team"))
                        .setMembers(List.of(new ComplexValue().setValue(ann.getId()))));
        sdk.groups()
                .patch(new PartialUpdate()
                        .setId(group.getId())
                        .setOperations(List.of(new Patch()
                                .setOp(PatchOp.ADD)
                                .setValue(Map.of("members", List.of(Map.of("value", ci.getId())))))));
        assertThat(sdk.groups().get(group.getId()).getMembers())
                .extracting(ComplexValue::getValue)
                .containsExactlyInAnyOrder(ann.getId(), ci.getId());
        assertThat(sdk.users().get(ann.getId()).getGroups())
                .extracting(ComplexValue::getDisplay)
                .contains(group.getDisplayName(), "users");
        var admins = sdk.groups().list(new ListGroupsRequest().setFilter("displayName eq admins"));
        assertThat(StreamSupport.stream(admins.spliterator(), false).map(Group::getId))
                .containsExactly("1");
        sdk.groups().delete(group.getId());
        sdk.servicePrincipals().delete(ci.getId());
    }

    @Test
    void okta_sends_a_replacement_without_a_path() throws Exception {
        JsonNode after = patch("/Users/" + user(), "[{\"op\":\"replace\",\"value\":{\"active\":false}}]");
        assertThat(after.path("active").asBoolean(true)).isFalse();
    }

    @Test
    void entra_id_writes_operations_with_capitals_and_flags_as_texts() throws Exception {
        JsonNode after = patch("/Users/" + user(), """
                [{"op":"Replace","path":"active","value":"False"},
                 {"op":"Add","path":"name.givenName","value":"Ann"},
                 {"op":"Add","path":"emails[type eq \\"work\\"].value","value":"ann@work.example"},
                 {"op":"Add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department","value":"x"},
                 {"op":"Add","value":{"name.familyName":"Lee","externalId":"e1"}}]
                """);
        assertThat(after.path("active").asBoolean(true)).isFalse();
        assertThat(after.path("name").toString()).isEqualTo("{\"givenName\":\"Ann\",\"familyName\":\"Lee\"}");
        assertThat(after.path("emails").toString())
                .isEqualTo("[{\"type\":\"work\",\"value\":\"ann@work.example\",\"primary\":false}]");
        assertThat(after.path("externalId").asText()).isEqualTo("e1");
    }

    @Test
    void members_come_and_go_in_all_forms() throws Exception {
        String group = "/Groups/" + group();
        String a = user();
        String b = user();
        String c = user();
        String all = "[{\"value\":\"%s\"},{\"value\":\"%s\"},{\"value\":\"%s\"}]".formatted(a, b, c);
        assertThat(values(patch(group, "[{\"op\":\"add\",\"path\":\"members\",\"value\":" + all + "}]"), "members"))
                .containsExactlyInAnyOrder(a, b, c);
        assertThat(values(
                        patch(group, "[{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + a + "\\\"]\"}]"),
                        "members"))
                .containsExactlyInAnyOrder(b, c);
        assertThat(values(
                        patch(
                                group,
                                "[{\"op\":\"Remove\",\"path\":\"members\",\"value\":[{\"value\":\"" + b + "\"}]}]"),
                        "members"))
                .containsExactly(c);
        assertThat(values(
                        patch(
                                group,
                                "[{\"op\":\"replace\",\"path\":\"members\",\"value\":[{\"value\":\"" + a + "\"}]}]"),
                        "members"))
                .containsExactly(a);
        assertThat(patch(group, "[{\"op\":\"remove\",\"path\":\"members\"}]").has("members"))
                .isFalse();
    }

    @Test
    void terraform_makes_without_entitlements_asks_for_a_program_by_its_user_name_and_deactivates_by_a_list()
            throws Exception {
        String name = fresh("Tina") + "@Example.com";
        String asked = "{\"userName\":\"" + name + "\",\"entitlements\":[{}],\"roles\":[{\"value\":\"\"}]}";
        JsonNode tina = answer(201, raw.json("POST", SCIM + "/Users", asked));
        assertThat(tina.path("userName").asText()).isEqualTo(name.toLowerCase(Locale.ROOT));
        assertThat(values(tina, "entitlements")).isEmpty();
        String id = tina.path("id").asText();
        assertThat(patch("/Users/" + id, "[{\"op\":\"replace\",\"path\":\"active\",\"value\":[{\"value\":\"false\"}]}]")
                        .path("active")
                        .asBoolean(true))
                .isFalse();
        JsonNode again = answer(409, raw.json("POST", SCIM + "/Users", asked));
        assertThat(again.path("detail").asText())
                .isEqualTo("User with username " + name.toLowerCase(Locale.ROOT) + " already exists.");
        String program = answer(201, raw.json("POST", SCIM + "/ServicePrincipals", "{\"displayName\":\"ci\"}"))
                .path("id")
                .asText();
        JsonNode seen =
                answer(200, raw.get(SCIM + "/ServicePrincipals/" + program + "?attributes=userName,displayName"));
        assertThat(seen.path("applicationId").asText()).hasSize(36);
        assertThat(seen.has("active")).isFalse();
    }

    @Test
    void terraform_gives_entitlements_and_roles_and_takes_them_back() throws Exception {
        String group = "/Groups/" + group();
        JsonNode given = patch(group, """
                [{"op":"add","path":"entitlements","value":[{"value":"allow-cluster-create"},{"value":"workspace-access"}]},
                 {"op":"add","path":"roles","value":[{"value":"arn:aws:iam::1:instance-profile/x"}]}]
                """);
        assertThat(values(given, "entitlements")).containsExactly("allow-cluster-create", "workspace-access");
        assertThat(values(given, "roles")).containsExactly("arn:aws:iam::1:instance-profile/x");
        JsonNode taken = patch(group, """
                [{"op":"remove","path":"roles[value eq \\"arn:aws:iam::1:instance-profile/x\\"]"},
                 {"op":"replace","path":"entitlements","value":[{"value":"workspace-access"}]}]
                """);
        assertThat(taken.has("roles")).isFalse();
        assertThat(values(taken, "entitlements")).containsExactly("workspace-access");
    }

    @Test
    void a_whole_replacement_keeps_groups_that_it_does_not_name() throws Exception {
        String ann = user();
        String group = group();
        patch("/Groups/" + group, "[{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + ann + "\"}]}]");
        JsonNode after = answer(
                200,
                raw.json(
                        "PUT",
                        SCIM + "/Users/" + ann,
                        "{\"id\":\"" + ann + "\",\"USERNAME\":\"" + fresh("put") + "@example.com\",\"active\":true}"));
        assertThat(values(after, "groups")).contains(group);
        answer(400, raw.json("PUT", SCIM + "/Users/" + ann, "{\"id\":\"1\",\"userName\":\"x\"}"));
        JsonNode nameless = answer(400, raw.json("PUT", SCIM + "/Users/" + ann, "{\"entitlements\":[]}"));
        assertThat(nameless.path("detail").asText())
                .isEqualTo("Required attribute userName is missing in the SCIM Object.");
        assertThat(nameless.path("scimType").asText()).isEqualTo("invalidValue");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "userName eq \"admin@example.com\" | 1",
                "USERNAME EQ 'ADMIN@example.com' | 1",
                "userName sw 'admin@' and userName ew '.com' | 1",
                "userName co '\\'' or userName eq 'a b' | 0",
                "userName eq o'neil@example.com | 0",
                "userName sw 'admin | 0",
                "userName eq admin@EXAMPLE.com | 1",
                "userName sw \"admin\" and active eq true | 1",
                "not (userName co \"admin\") and userName eq \"admin@example.com\" | 0",
                "(userName eq \"nobody\" or userName ew \"in@example.com\") and active eq \"true\" | 1",
                "emails[value eq \"nobody@example.com\"] | 0",
                "urn:ietf:params:scim:schemas:core:2.0:User:userName eq \"admin@example.com\" | 1",
                "userName eq \"a\\\"b\" | 0",
                "groups.value eq \"1\" and id pr | 1"
            })
    void filters_are_read_as_the_standard_has_them(String filter, int total) throws Exception {
        JsonNode found = answer(
                200,
                raw.get(SCIM + "/Users?filter="
                        + java.net.URLEncoder.encode(filter, java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(found.path("totalResults").asInt()).as(filter).isEqualTo(total);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "userName",
                "userName eq",
                "userName is \"x\"",
                "(userName eq \"x\"",
                "userName eq \"x\" and",
                "userName eq \"x",
                "favouriteColour eq \"x\"",
                "userName eq \"x\" userName eq \"y\""
            })
    void what_is_no_filter_is_refused_as_such(String filter) throws Exception {
        JsonNode refused = answer(
                400,
                raw.get(SCIM + "/Users?filter="
                        + java.net.URLEncoder.encode(filter, java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(refused.path("scimType").asText()).isEqualTo("invalidFilter");
        assertThat(refused.path("status").asText()).isEqualTo("400");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[{\"op\":\"move\",\"path\":\"active\",\"value\":true}]",
                "[{\"op\":\"add\",\"path\":\"active\"}]",
                "[{\"op\":\"remove\"}]",
                "[{\"op\":\"add\",\"path\":\"members[value eq\",\"value\":\"x\"}]",
                "[{\"op\":\"replace\",\"path\":\"active\",\"value\":\"perhaps\"}]",
                "[{\"op\":\"replace\",\"path\":\"userName\",\"value\":\"\"}]",
                "[{\"op\":\"replace\",\"path\":\"userName\",\"value\":{\"a\":1}}]",
                "[{\"op\":\"add\",\"path\":\"groups\",\"value\":[{\"value\":\"no number\"}]}]",
                "[{\"op\":\"add\",\"path\":\"groups\",\"value\":[{\"value\":\"4711\"}]}]",
                "[{\"op\":\"replace\",\"value\":7}]"
            })
    void what_is_no_change_is_refused_and_changes_nothing(String operations) throws Exception {
        String ann = user();
        JsonNode before = RawClient.tree(raw.get(SCIM + "/Users/" + ann));
        HttpResponse<byte[]> refused = raw.json("PATCH", SCIM + "/Users/" + ann, "{\"Operations\":" + operations + "}");
        assertThat(refused.statusCode()).as(RawClient.text(refused)).isIn(400, 404);
        assertThat(RawClient.tree(raw.get(SCIM + "/Users/" + ann))).isEqualTo(before);
    }

    @Test
    void a_list_has_pages_and_shows_what_is_wanted() throws Exception {
        String prefix = fresh("page");
        for (String name : List.of("a", "b", "c")) {
            answer(201, raw.json("POST", SCIM + "/Groups", "{\"displayName\":\"" + prefix + name + "\"}"));
        }
        String asked =
                SCIM + "/Groups?sortBy=displayName&sortOrder=descending&attributes=displayName&filter=displayName+sw+"
                        + prefix;
        JsonNode first = answer(200, raw.get(asked + "&startIndex=1&count=2"));
        assertThat(first.path("totalResults").asInt()).isEqualTo(3);
        assertThat(first.path("itemsPerPage").asInt()).isEqualTo(2);
        assertThat(first.path("Resources").findValuesAsText("displayName")).containsExactly(prefix + "c", prefix + "b");
        assertThat(first.path("Resources").get(0).properties()).hasSize(3);
        assertThat(answer(200, raw.get(asked + "&startIndex=3&count=2"))
                        .path("Resources")
                        .findValuesAsText("displayName"))
                .containsExactly(prefix + "a");
        assertThat(answer(200, raw.get(asked + "&startIndex=4&count=2")).path("Resources"))
                .isEmpty();
        answer(400, raw.get(asked + "&startIndex=x"));
    }

    @Test
    void ids_that_are_nobodys_are_not_found() throws Exception {
        for (String path : List.of("/Users/4711", "/Users/x", "/Users/1", "/Groups/0", "/ServicePrincipals/4711")) {
            JsonNode missing = answer(404, raw.get(SCIM + path));
            assertThat(missing.path("schemas").get(0).asText())
                    .isEqualTo("urn:ietf:params:scim:api:messages:2.0:Error");
        }
        answer(404, raw.json("DELETE", SCIM + "/Users/4711", ""));
    }

    private static JsonNode groups(String call, String body) throws Exception {
        return answer(200, raw.json("POST", "/api/2.0/groups/" + call, body));
    }

    @Test
    void the_older_groups_api_knows_everything_by_its_name() throws Exception {
        String outer = fresh("outer");
        String inner = fresh("inner");
        assertThat(groups("create", "{\"group_name\":\"" + outer + "\"}")
                        .path("group_name")
                        .asText())
                .isEqualTo(outer);
        groups("create", "{\"group_name\":\"" + inner + "\"}");
        groups("add-member", "{\"parent_name\":\"" + outer + "\",\"group_name\":\"" + inner + "\"}");
        groups("add-member", "{\"parent_name\":\"" + outer + "\",\"user_name\":\"admin@example.com\"}");
        answer(
                400,
                raw.json(
                        "POST",
                        "/api/2.0/groups/add-member",
                        "{\"parent_name\":\"" + inner + "\",\"group_name\":\"" + outer + "\"}"));
        assertThat(RawClient.tree(raw.get("/api/2.0/groups/list-members?group_name=" + outer))
                        .path("members")
                        .toString())
                .contains("{\"user_name\":\"admin@example.com\"}", "{\"group_name\":\"" + inner + "\"}");
        assertThat(RawClient.tree(raw.get("/api/2.0/groups/list-parents?group_name=" + inner))
                        .path("group_names")
                        .toString())
                .isEqualTo("[\"" + outer + "\"]");
        groups("remove-member", "{\"parent_name\":\"" + outer + "\",\"group_name\":\"" + inner + "\"}");
        groups("delete", "{\"group_name\":\"" + outer + "\"}");
        assertThat(RawClient.tree(raw.get("/api/2.0/groups/list"))
                        .path("group_names")
                        .toString())
                .contains("admins", "users", inner)
                .doesNotContain(outer);
        answer(404, raw.get("/api/2.0/groups/list-members?group_name=" + outer));
    }
}
