package io.slipway.wire.databricks.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.error.platform.BadRequest;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.core.error.platform.ResourceConflict;
import com.databricks.sdk.service.settings.BooleanMessage;
import com.databricks.sdk.service.settings.CreateIpAccessList;
import com.databricks.sdk.service.settings.DefaultNamespaceSetting;
import com.databricks.sdk.service.settings.DeleteDefaultNamespaceSettingRequest;
import com.databricks.sdk.service.settings.DisableLegacyAccess;
import com.databricks.sdk.service.settings.EnableExportNotebook;
import com.databricks.sdk.service.settings.GetDefaultNamespaceSettingRequest;
import com.databricks.sdk.service.settings.GetDisableLegacyAccessRequest;
import com.databricks.sdk.service.settings.GetRestrictWorkspaceAdminsSettingRequest;
import com.databricks.sdk.service.settings.IpAccessListInfo;
import com.databricks.sdk.service.settings.ListType;
import com.databricks.sdk.service.settings.ReplaceIpAccessList;
import com.databricks.sdk.service.settings.RestrictWorkspaceAdminsMessageStatus;
import com.databricks.sdk.service.settings.StringMessage;
import com.databricks.sdk.service.settings.UpdateDefaultNamespaceSettingRequest;
import com.databricks.sdk.service.settings.UpdateDisableLegacyAccessRequest;
import com.databricks.sdk.service.settings.UpdateEnableExportNotebookRequest;
import com.databricks.sdk.service.settings.UpdateIpAccessList;
import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.identity.testing.People;
import io.slipway.wire.databricks.WireServer;
import io.slipway.wire.databricks.tree.RawClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings of a workspace and lists of addresses as the SDK and Terraform speak of them. */
@NullUnmarked
class SettingWireTest {
    private WireServer server;
    private RawClient raw;
    private WorkspaceClient sdk;

    @BeforeEach
    void start(@TempDir Path folder) {
        server = WireServer.start(folder, parts -> {});
        raw = new RawClient(server);
        sdk = RawClient.sdk(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** The SDK for Java forgets to send the keys that it asks for. */
    private String conf(String keys) throws Exception {
        return RawClient.text(raw.get("/api/2.0/workspace-conf?keys=" + keys));
    }

    private WorkspaceClient ann() {
        return new WorkspaceClient(new DatabricksConfig().setHost(server.url()).setToken(server.tokenOf(People.ANN)));
    }

    @Test
    void values_of_the_workspace_are_texts_that_come_back_as_they_were_sent() throws Exception {
        String both = "enableIpAccessLists,maxTokenLifetimeDays";
        assertThat(conf(both)).isEqualTo("{\"enableIpAccessLists\":\"false\",\"maxTokenLifetimeDays\":\"\"}");
        sdk.workspaceConf().setStatus(Map.of("enableIpAccessLists", "TRue", "maxTokenLifetimeDays", "90"));
        assertThat(conf(both)).isEqualTo("{\"enableIpAccessLists\":\"TRue\",\"maxTokenLifetimeDays\":\"90\"}");
        assertThat(RawClient.text(raw.get("/api/2.0/preview/workspace-conf?keys=" + both)))
                .isEqualTo(conf(both));
    }

    @Test
    void terraform_reads_the_names_of_unknown_keys_and_refused_values_from_the_error() throws Exception {
        HttpResponse<byte[]> unknown = raw.get("/api/2.0/workspace-conf?keys=enableIpAccessLists,invalidKey");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(RawClient.tree(unknown).path("message").asText()).isEqualTo("Invalid keys: [\"invalidKey\"]");
        assertThat(RawClient.tree(raw.json("PATCH", "/api/2.0/workspace-conf", "{\"invalidKey\":\"\"}"))
                        .path("message")
                        .asText())
                .isEqualTo("Invalid keys: [\"invalidKey\"]");
        assertThatThrownBy(() -> sdk.workspaceConf().setStatus(Map.of("enableIpAccessLists", "")))
                .isInstanceOf(BadRequest.class)
                .hasMessageStartingWith("Some values are not allowed: {\"enableIpAccessLists\":\"\"}");
        JsonNode number = RawClient.tree(raw.json("PATCH", "/api/2.0/workspace-conf", "{\"maxTokenLifetimeDays\":90}"));
        assertThat(number.path("error_code").asText()).isEqualTo("BAD_REQUEST");
        assertThat(number.path("message").asText()).isEqualTo("Values must be strings");
    }

    @Test
    void a_user_neither_sees_nor_changes_settings() {
        WorkspaceClient ann = ann();
        assertThatThrownBy(() -> ann.workspaceConf().setStatus(Map.of("enableIpAccessLists", "true")))
                .isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> ann.ipAccessLists().list().iterator()).isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> ann.settings().DefaultNamespace().get(new GetDefaultNamespaceSettingRequest()))
                .isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> ann.tokenManagement()
                        .list(new com.databricks.sdk.service.settings.ListTokenManagementRequest())
                        .iterator())
                .isInstanceOf(PermissionDenied.class);
    }

    @Test
    void lists_of_addresses_are_made_changed_replaced_and_deleted() {
        IpAccessListInfo made = sdk.ipAccessLists()
                .create(new CreateIpAccessList()
                        .setLabel("office")
                        .setListType(ListType.BLOCK)
                        .setIpAddresses(List.of("1.1.1.1", "10.0.0.0/8")))
                .getIpAccessList();
        assertThat(made.getAddressCount()).isEqualTo(2);
        assertThat(made.getEnabled()).isTrue();
        assertThat(made.getCreatedBy()).isPositive();
        sdk.ipAccessLists()
                .update(new UpdateIpAccessList()
                        .setIpAccessListId(made.getListId())
                        .setLabel("home"));
        IpAccessListInfo changed = sdk.ipAccessLists().get(made.getListId()).getIpAccessList();
        assertThat(changed.getLabel()).isEqualTo("home");
        assertThat(changed.getIpAddresses()).containsExactly("1.1.1.1", "10.0.0.0/8");
        sdk.ipAccessLists()
                .replace(new ReplaceIpAccessList()
                        .setIpAccessListId(made.getListId())
                        .setLabel("all")
                        .setListType(ListType.ALLOW)
                        .setIpAddresses(List.of("2.2.2.2"))
                        .setEnabled(false));
        List<IpAccessListInfo> all = StreamSupport.stream(
                        sdk.ipAccessLists().list().spliterator(), false)
                .toList();
        assertThat(all).hasSize(1);
        assertThat(all.get(0).getListType()).isEqualTo(ListType.ALLOW);
        assertThat(all.get(0).getEnabled()).isFalse();
        sdk.ipAccessLists().delete(made.getListId());
        assertThat(sdk.ipAccessLists().list()).isEmpty();
        assertThatThrownBy(() -> sdk.ipAccessLists().get(made.getListId())).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> sdk.ipAccessLists()
                        .create(new CreateIpAccessList()
                                .setLabel("x")
                                .setListType(ListType.ALLOW)
                                .setIpAddresses(List.of("1.2.3"))))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("1.2.3");
    }

    @Test
    void a_setting_without_a_value_says_which_version_a_first_one_is_made_from() throws Exception {
        JsonNode unset = RawClient.tree(raw.get("/api/2.0/settings/types/default_namespace_ws/names/default"));
        assertThat(unset.path("error_code").asText()).isEqualTo("RESOURCE_DOES_NOT_EXIST");
        String etag = unset.at("/details/0/metadata/etag").asText();
        assertThat(etag).isNotEmpty();
        assertThatThrownBy(() -> namespace("a", null)).isInstanceOf(NotFound.class);
        DefaultNamespaceSetting set = namespace("a", etag);
        assertThat(set.getNamespace().getValue()).isEqualTo("a");
        assertThat(set.getSettingName()).isEqualTo("default");
        assertThat(sdk.settings()
                        .DefaultNamespace()
                        .get(new GetDefaultNamespaceSettingRequest().setEtag(set.getEtag()))
                        .getNamespace()
                        .getValue())
                .isEqualTo("a");
        String gone = sdk.settings()
                .DefaultNamespace()
                .delete(new DeleteDefaultNamespaceSettingRequest().setEtag(set.getEtag()))
                .getEtag();
        assertThat(gone).isNotEqualTo(set.getEtag());
        assertThatThrownBy(() -> sdk.settings().DefaultNamespace().get(new GetDefaultNamespaceSettingRequest()))
                .isInstanceOf(NotFound.class);
        assertThat(namespace("b", gone).getNamespace().getValue()).isEqualTo("b");
    }

    private DefaultNamespaceSetting namespace(String value, String etag) {
        return sdk.settings()
                .DefaultNamespace()
                .update(new UpdateDefaultNamespaceSettingRequest()
                        .setAllowMissing(true)
                        .setFieldMask("namespace.value")
                        .setSetting(new DefaultNamespaceSetting()
                                .setEtag(etag)
                                .setNamespace(new StringMessage().setValue(value))));
    }

    @Test
    void of_two_writers_the_second_is_told_the_version_that_there_is() {
        String first = namespace("a", "v0").getEtag();
        String second = namespace("b", first).getEtag();
        ResourceConflict late = catchThrowableOfType(ResourceConflict.class, () -> namespace("c", first));
        assertThat(late.getErrorDetails().errorInfo().orElseThrow().metadata()).containsEntry("etag", second);
    }

    @Test
    void what_the_platform_does_not_do_cannot_be_set_and_says_what_is_so() throws Exception {
        assertThat(sdk.settings()
                        .DisableLegacyAccess()
                        .get(new GetDisableLegacyAccessRequest())
                        .getDisableLegacyAccess()
                        .getValue())
                .isFalse();
        assertThat(legacyAccess(false).getDisableLegacyAccess().getValue()).isFalse();
        assertThatThrownBy(() -> legacyAccess(true))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("disable_legacy_access cannot be true");
        assertThat(sdk.settings()
                        .RestrictWorkspaceAdmins()
                        .get(new GetRestrictWorkspaceAdminsSettingRequest())
                        .getRestrictWorkspaceAdmins()
                        .getStatus())
                .isEqualTo(RestrictWorkspaceAdminsMessageStatus.ALLOW_ALL);
        assertThat(raw.get("/api/2.0/settings/types/default_warehouse_id/names/default")
                        .statusCode())
                .isEqualTo(404);
    }

    private DisableLegacyAccess legacyAccess(boolean disabled) {
        return sdk.settings()
                .DisableLegacyAccess()
                .update(new UpdateDisableLegacyAccessRequest()
                        .setAllowMissing(true)
                        .setFieldMask("disable_legacy_access.value")
                        .setSetting(new DisableLegacyAccess()
                                .setDisableLegacyAccess(new BooleanMessage().setValue(disabled))));
    }

    @Test
    void a_setting_and_a_key_of_the_same_meaning_are_one() throws Exception {
        sdk.settings()
                .EnableExportNotebook()
                .patchEnableExportNotebook(new UpdateEnableExportNotebookRequest()
                        .setAllowMissing(true)
                        .setFieldMask("boolean_val.value")
                        .setSetting(new EnableExportNotebook().setBooleanVal(new BooleanMessage().setValue(false))));
        assertThat(conf("enableExportNotebook")).isEqualTo("{\"enableExportNotebook\":\"false\"}");
        assertThat(sdk.settings()
                        .EnableExportNotebook()
                        .getEnableExportNotebook()
                        .getBooleanVal()
                        .getValue())
                .isFalse();
    }
}
