package io.slipway.wire.databricks.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.core.error.platform.BadRequest;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.service.workspace.Delete;
import com.databricks.sdk.service.workspace.ExportFormat;
import com.databricks.sdk.service.workspace.ExportRequest;
import com.databricks.sdk.service.workspace.ExportResponse;
import com.databricks.sdk.service.workspace.Import;
import com.databricks.sdk.service.workspace.ImportFormat;
import com.databricks.sdk.service.workspace.Language;
import com.databricks.sdk.service.workspace.ObjectInfo;
import com.databricks.sdk.service.workspace.ObjectType;
import com.databricks.sdk.service.workspace.WorkspaceAPI;
import io.slipway.content.tree.OpenNotebooks;
import io.slipway.content.tree.Tree;
import io.slipway.content.tree.TreeRoom;
import io.slipway.identity.Permissions;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.WorkspaceId;
import io.slipway.wire.databricks.WireServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class TreeWireTest {
    private static final String HOME = "/Users/admin@example.com";
    private static final String SOURCE = "# Databricks notebook source\nprint(1)\n\n# COMMAND ----------\n\nprint(2)";

    private WireServer server;
    private RawClient raw;
    private WorkspaceAPI sdk;
    private volatile boolean closed;

    @BeforeEach
    void start(@TempDir Path folder) {
        server = WireServer.start(folder, parts -> {
            Tree tree = new TreeRoom(parts.base(), new Permissions(), OpenNotebooks.NONE, folder.resolve("tree"), false)
                    .tree();
            tree.bootstrap(WorkspaceId.FIRST);
            new TreeRoutes(tree, caller -> {
                        if (closed) {
                            throw new PlatformException(ErrorCode.PERMISSION_DENIED, "no exports");
                        }
                    })
                    .add(parts.api());
        });
        raw = new RawClient(server);
        sdk = RawClient.sdk(server).workspace();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String plain(ExportResponse exported) {
        return new String(Base64.getDecoder().decode(exported.getContent()), StandardCharsets.UTF_8);
    }

    private void importNotebook(String path) {
        sdk.importContent(new Import()
                .setPath(path)
                .setFormat(ImportFormat.SOURCE)
                .setLanguage(Language.PYTHON)
                .setContent(base64(SOURCE)));
    }

    @Test
    void the_sdk_imports_lists_exports_and_deletes_a_notebook() {
        sdk.mkdirs(HOME + "/project");
        importNotebook(HOME + "/project/nb");
        ObjectInfo info = sdk.getStatus(HOME + "/project/nb");
        assertThat(info.getObjectType()).isEqualTo(ObjectType.NOTEBOOK);
        assertThat(info.getLanguage()).isEqualTo(Language.PYTHON);
        assertThat(info.getObjectId()).isPositive();
        assertThat(info.getModifiedAt()).isPositive();
        assertThat(sdk.list(HOME + "/project")).extracting(ObjectInfo::getPath).containsExactly(HOME + "/project/nb");

        ExportResponse exported = sdk.export(HOME + "/project/nb");
        assertThat(plain(exported)).isEqualTo(SOURCE);
        assertThat(exported.getFileType()).isEqualTo("py");
        assertThat(plain(sdk.export(
                        new ExportRequest().setPath(HOME + "/project/nb").setFormat(ExportFormat.JUPYTER))))
                .contains("\"nbformat\": 4");

        assertThatThrownBy(() -> sdk.delete(new Delete().setPath(HOME + "/project")))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("not empty");
        sdk.delete(new Delete().setPath(HOME + "/project").setRecursive(true));
        assertThatThrownBy(() -> sdk.getStatus(HOME + "/project/nb"))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("Path (" + HOME + "/project/nb) doesn't exist.");
    }

    @Test
    void nothing_is_exported_where_exports_are_forbidden() {
        importNotebook("/n");
        assertThat(plain(sdk.export("/n"))).isEqualTo(SOURCE);
        closed = true;
        assertThatThrownBy(() -> sdk.export("/n"))
                .isInstanceOf(PermissionDenied.class)
                .hasMessage("no exports");
        assertThat(sdk.getStatus("/n").getPath()).isEqualTo("/n");
    }

    @Test
    void errors_carry_the_codes_of_the_real_service() throws Exception {
        importNotebook(HOME + "/nb");
        HttpResponse<byte[]> clash = raw.json(
                "POST",
                "/api/2.0/workspace/import",
                "{\"path\":\"" + HOME + "/nb\",\"language\":\"SQL\",\"content\":\"\"}");
        assertThat(clash.statusCode()).isEqualTo(400);
        assertThat(RawClient.text(clash)).contains("\"error_code\":\"RESOURCE_ALREADY_EXISTS\"");
        HttpResponse<byte[]> orphan = raw.json(
                "POST",
                "/api/2.0/workspace/import",
                "{\"path\":\"" + HOME + "/no/nb\",\"language\":\"SQL\",\"content\":\"\"}");
        assertThat(orphan.statusCode()).isEqualTo(404);
        assertThat(RawClient.text(orphan)).contains("RESOURCE_DOES_NOT_EXIST").contains("The parent folder (");
        assertThat(RawClient.text(raw.json("POST", "/api/2.0/workspace/delete", "{\"path\":\"/Shared\"}")))
                .contains("DIRECTORY_PROTECTED");
        assertThat(RawClient.text(
                        raw.json("POST", "/api/2.0/workspace/import", "{\"path\":\"/x\",\"format\":\"PDF\"}")))
                .contains("INVALID_PARAMETER_VALUE")
                .contains("SOURCE");
        assertThat(RawClient.text(raw.json("POST", "/api/2.0/workspace/mkdirs", "{}")))
                .contains("Missing required field 'path'");
        assertThat(RawClient.text(raw.json("POST", "/api/2.0/workspace/import", "{\"path\":\"/x\",\"content\":\"!\"}")))
                .contains("error_code");
        String large = Base64.getEncoder().encodeToString(new byte[(10 << 20) + 1]);
        assertThat(RawClient.text(raw.json(
                        "POST",
                        "/api/2.0/workspace/import",
                        "{\"path\":\"/Shared/l\",\"format\":\"RAW\",\"content\":\"" + large + "\"}")))
                .contains("MAX_NOTEBOOK_SIZE_EXCEEDED");
    }

    @Test
    void a_multipart_import_and_a_direct_download_carry_plain_bytes() throws Exception {
        byte[] bytes = {0, 1, 2, '\r', '\n', (byte) 0xff};
        HttpResponse<byte[]> imported = raw.form(
                "/api/2.0/workspace/import",
                Map.of("path", HOME + "/data.bin", "format", "AUTO", "overwrite", "true"),
                "content",
                bytes,
                false);
        assertThat(imported.statusCode()).isEqualTo(200);
        assertThat(RawClient.tree(imported).path("object_id").isIntegralNumber())
                .isTrue();
        HttpResponse<byte[]> exported =
                raw.get("/api/2.0/workspace/export?direct_download=true&path=" + HOME + "/data.bin");
        assertThat(exported.body()).isEqualTo(bytes);
        assertThat(sdk.getStatus(HOME + "/data.bin").getSize()).isEqualTo(bytes.length);
    }

    @Test
    void bundles_upload_files_take_locks_and_read_them_back() throws Exception {
        String url = "/api/2.0/workspace-files/import-file" + HOME + "/b/deploy.lock?overwrite=false";
        HttpResponse<byte[]> orphan =
                raw.send("POST", url, "application/octet-stream", BodyPublishers.ofString("{\"id\":1}"));
        assertThat(orphan.statusCode()).isEqualTo(404);
        sdk.mkdirs(HOME + "/b");
        assertThat(raw.send("POST", url, "application/octet-stream", BodyPublishers.ofString("{\"id\":1}"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(raw.send("POST", url, "application/octet-stream", BodyPublishers.ofString("{\"id\":2}"))
                        .statusCode())
                .isEqualTo(409);
        assertThat(RawClient.text(raw.get("/api/2.0/workspace-files" + HOME + "/b/deploy.lock")))
                .isEqualTo("{\"id\":1}");
        raw.send(
                "POST",
                "/api/2.0/workspace-files/import-file" + HOME.replace("@", "%40") + "/b/nb.py?overwrite=true",
                "application/octet-stream",
                BodyPublishers.ofString(SOURCE));
        assertThat(sdk.getStatus(HOME + "/b/nb").getObjectType()).isEqualTo(ObjectType.NOTEBOOK);
    }
}
