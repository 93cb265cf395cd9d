package io.slipway.wire.databricks.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.content.tree.OpenNotebooks;
import io.slipway.content.tree.Tree;
import io.slipway.content.tree.TreeRoom;
import io.slipway.identity.Permissions;
import io.slipway.kit.WorkspaceId;
import io.slipway.wire.databricks.WireServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Imports as JSON and as forms, whole and broken. */
@NullUnmarked
class ImportWireTest {
    private static final String IMPORT = "/api/2.0/workspace/import";

    private static WireServer server;
    private static RawClient raw;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = WireServer.start(folder, parts -> {
            Tree tree = new TreeRoom(parts.base(), new Permissions(), OpenNotebooks.NONE, folder.resolve("tree"), false)
                    .tree();
            tree.bootstrap(WorkspaceId.FIRST);
            new TreeRoutes(tree, caller -> {}).add(parts.api());
        });
        raw = new RawClient(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String part(String name, String content) {
        return "--frontier\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content + "\r\n";
    }

    private static HttpResponse<byte[]> form(String contentType, String body) throws Exception {
        return raw.send("POST", IMPORT, contentType, BodyPublishers.ofString(body, StandardCharsets.ISO_8859_1));
    }

    private static HttpResponse<byte[]> form(String body) throws Exception {
        return form("multipart/form-data; boundary=\"frontier\"", body);
    }

    private static String exported(String path) throws Exception {
        return new String(
                raw.get("/api/2.0/workspace/export?direct_download=true&format=AUTO&path=" + path)
                        .body(),
                StandardCharsets.ISO_8859_1);
    }

    @Test
    void a_form_brings_bytes_as_they_are_in_any_order_of_its_parts() throws Exception {
        String bytes = "\u00ff\u0000\r\n--fronti\r\n--\r\n\r\n-frontier";
        HttpResponse<byte[]> reply = form(part("content", bytes) + part("format", "AUTO") + part("overwrite", "true")
                + part("odd", "x") + part("path", "/Shared/bytes.bin") + "--frontier--\r\n");
        assertThat(reply.statusCode()).as(RawClient.text(reply)).isEqualTo(200);
        assertThat(exported("/Shared/bytes.bin")).isEqualTo(bytes);
    }

    @Test
    void an_empty_content_is_an_empty_file_and_none_is_missing() throws Exception {
        assertThat(form(part("path", "/Shared/empty.txt") + part("format", "AUTO") + part("content", "")
                                + "--frontier--\r\n")
                        .statusCode())
                .isEqualTo(200);
        assertThat(exported("/Shared/empty.txt")).isEmpty();
        HttpResponse<byte[]> none =
                form(part("path", "/Shared/none.txt") + part("format", "AUTO") + "--frontier--\r\n");
        assertThat(none.statusCode()).isEqualTo(400);
        assertThat(RawClient.text(none)).contains("Missing required field 'content'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--frontier",
                "--frontier\r\nContent-Disposition: form-data; name=\"path\"\r\n\r\n/Shared/cut",
                "--other\r\n\r\n--other--\r\n"
            })
    void what_is_no_whole_form_is_malformed(String body) throws Exception {
        HttpResponse<byte[]> refused = form(body);
        assertThat(refused.statusCode()).as(RawClient.text(refused)).isEqualTo(400);
        assertThat(RawClient.text(refused)).contains("error_code");
    }

    @Test
    void a_form_without_a_boundary_is_malformed() throws Exception {
        HttpResponse<byte[]> refused = form("multipart/form-data", part("path", "/Shared/x") + "--frontier--\r\n");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(RawClient.text(refused)).contains("The multipart form cannot be read.");
    }

    @ParameterizedTest
    @CsvSource({
        "format, PDF, INVALID_PARAMETER_VALUE",
        "language, COBOL, INVALID_PARAMETER_VALUE",
        "overwrite, yes, MALFORMED_REQUEST"
    })
    void a_field_of_a_form_is_looked_at_like_one_of_json(String field, String value, String code) throws Exception {
        HttpResponse<byte[]> refused =
                form(part("path", "/Shared/f") + part("content", "x") + part(field, value) + "--frontier--\r\n");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(RawClient.text(refused))
                .contains("\"error_code\":\"" + code + "\"")
                .contains(field);
        String quoted = field.equals("overwrite") ? "\"yes\"" : "\"" + value + "\"";
        HttpResponse<byte[]> json = raw.json(
                "POST", IMPORT, "{\"path\":\"/Shared/f\",\"content\":\"eA==\",\"" + field + "\":" + quoted + "}");
        assertThat(RawClient.text(json)).isEqualTo(RawClient.text(refused));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "====", "eA==eA", "eA=", "-_-_", "e#A==", "aGVs*bG8="})
    void contents_that_are_no_base64_are_refused(String content) throws Exception {
        HttpResponse<byte[]> refused = raw.json(
                "POST", IMPORT, "{\"path\":\"/Shared/b.txt\",\"format\":\"AUTO\",\"content\":\"" + content + "\"}");
        assertThat(refused.statusCode()).as(RawClient.text(refused)).isEqualTo(400);
        assertThat(RawClient.text(refused)).contains("Field 'content' is not valid base64.");
    }

    @Test
    void base64_may_have_line_breaks() throws Exception {
        HttpResponse<byte[]> reply = raw.json(
                "POST",
                IMPORT,
                "{\"path\":\"/Shared/lines.txt\",\"format\":\"AUTO\",\"content\":\"aGVs\\nbG8=\\r\\n\"}");
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(exported("/Shared/lines.txt")).isEqualTo("hello");
    }

    @Test
    void a_file_has_no_slash_at_its_end_and_a_folder_no_bytes() throws Exception {
        assertThat(raw.get("/api/2.0/workspace-files/Shared/").statusCode()).isEqualTo(400);
        assertThat(raw.get("/api/2.0/workspace-files/Shared").statusCode()).isEqualTo(400);
        assertThat(raw.get("/api/2.0/workspace-files/Shared/none").statusCode()).isEqualTo(404);
        assertThat(raw.send(
                                "POST",
                                "/api/2.0/workspace-files/import-file/Shared/f.txt?overwrite=maybe",
                                "x/y",
                                BodyPublishers.ofString("x"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void only_notebooks_are_left_out_of_a_list_by_their_time() throws Exception {
        raw.json("POST", IMPORT, "{\"path\":\"/Shared/old\",\"language\":\"PYTHON\",\"content\":\"eA==\"}");
        raw.json("POST", IMPORT, "{\"path\":\"/Shared/kept.txt\",\"format\":\"AUTO\",\"content\":\"eA==\"}");
        String far =
                RawClient.text(raw.get("/api/2.0/workspace/list?path=/Shared&notebooks_modified_after=99999999999999"));
        assertThat(far).contains("kept.txt").doesNotContain("/Shared/old\"");
        assertThat(RawClient.text(raw.get("/api/2.0/workspace/list?path=/Shared&notebooks_modified_after=0")))
                .contains("/Shared/old\"");
    }
}
