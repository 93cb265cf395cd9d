package io.slipway.wire.databricks.dbfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.mixin.DbfsExt;
import com.databricks.sdk.service.files.Delete;
import com.databricks.sdk.service.files.FileInfo;
import com.databricks.sdk.service.files.Move;
import com.databricks.sdk.service.files.Put;
import io.slipway.content.dbfs.Dbfs;
import io.slipway.identity.Permissions;
import io.slipway.wire.databricks.WireServer;
import io.slipway.wire.databricks.tree.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class DbfsWireTest {
    private WireServer server;
    private RawClient raw;
    private DbfsExt sdk;
    private Path root;

    @BeforeEach
    void start(@TempDir Path folder) {
        root = folder.resolve("dbfs");
        server = WireServer.start(
                folder,
                parts -> new DbfsRoutes(new Dbfs(parts.base(), new Permissions(), id -> root)).add(parts.api()));
        raw = new RawClient(server);
        sdk = RawClient.sdk(server).dbfs();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    @Test
    void the_sdk_streams_a_file_up_and_down_in_blocks() throws IOException {
        byte[] bytes = noise(5 * (1 << 19) + 17);
        try (OutputStream out = sdk.getOutputStream("/a/big.bin")) {
            out.write(bytes);
        }
        assertThat(root.resolve("a/big.bin")).hasBinaryContent(bytes);
        try (InputStream in = sdk.open("/a/big.bin")) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void the_sdk_puts_lists_moves_and_deletes() {
        sdk.mkdirs("dbfs:/d/e");
        sdk.put(new Put()
                .setPath("/d/e/f")
                .setContents(Base64.getEncoder().encodeToString("hi".getBytes(StandardCharsets.UTF_8))));
        FileInfo info = sdk.getStatus("/d/e/f");
        assertThat(info.getFileSize()).isEqualTo(2);
        assertThat(info.getIsDir()).isFalse();
        sdk.move(new Move().setSourcePath("/d/e/f").setDestinationPath("/d/g"));
        assertThat(sdk.list("/d")).extracting(FileInfo::getPath).containsExactly("/d/e", "/d/g");
        assertThat(sdk.list("/d/e")).isEmpty();
        sdk.delete(new Delete().setPath("/d").setRecursive(true));
        assertThatThrownBy(() -> sdk.getStatus("/d"))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("No file or directory exists on path /d.");
    }

    @Test
    void a_form_streams_a_file_larger_than_any_json_body() throws Exception {
        byte[] bytes = noise(40 << 20);
        HttpResponse<byte[]> reply = raw.form(
                "/api/2.0/dbfs/put", Map.of("path", "dbfs:/form.bin", "overwrite", "true"), "file", bytes, true);
        assertThat(RawClient.text(reply)).isEqualTo("{}");
        assertThat(Arrays.equals(Files.readAllBytes(root.resolve("form.bin")), bytes))
                .isTrue();
    }

    @Test
    void a_form_may_name_its_fields_first_and_may_be_refused() throws Exception {
        byte[] bytes = noise(100);
        assertThat(raw.form("/api/2.0/dbfs/put", Map.of("path", "/small"), "file", bytes, false)
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<byte[]> again = raw.form("/api/2.0/dbfs/put", Map.of("path", "/small"), "file", bytes, false);
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(RawClient.text(again)).contains("RESOURCE_ALREADY_EXISTS");
        HttpResponse<byte[]> slip =
                raw.form("/api/2.0/dbfs/put", Map.of("path", "/small", "overwrite", "yes"), "file", bytes, false);
        assertThat(slip.statusCode()).isEqualTo(400);
        assertThat(RawClient.text(slip)).contains("MALFORMED_REQUEST", "overwrite");
        assertThat(raw.form("/api/2.0/dbfs/put", Map.of("path", "/small", "overwrite", "True"), "file", bytes, false)
                        .statusCode())
                .isEqualTo(200);
        assertThat(RawClient.text(raw.form("/api/2.0/dbfs/put", Map.of(), "file", bytes, false)))
                .contains("Missing required field 'path'");
        try (var uploads = Files.list(root.resolveSibling("dbfs-uploads"))) {
            assertThat(uploads).isEmpty();
        }
    }

    @Test
    void errors_carry_the_codes_of_the_real_service() throws Exception {
        raw.json("POST", "/api/2.0/dbfs/put", "{\"path\":\"/d/f\",\"contents\":\"aGk=\"}");
        assertThat(RawClient.text(raw.get("/api/2.0/dbfs/read?path=/d/f&length=2000000")))
                .contains("MAX_READ_SIZE_EXCEEDED");
        assertThat(RawClient.text(raw.get("/api/2.0/dbfs/read?path=/d/f&offset=1")))
                .isEqualTo("{\"bytes_read\":1,\"data\":\"aQ==\"}");
        assertThat(RawClient.text(raw.json("POST", "/api/2.0/dbfs/delete", "{\"path\":\"/d\"}")))
                .contains("\"error_code\":\"IO_ERROR\"");
        assertThat(RawClient.text(raw.json("POST", "/api/2.0/dbfs/close", "{\"handle\":7}")))
                .contains("RESOURCE_DOES_NOT_EXIST");
        String large = Base64.getEncoder().encodeToString(new byte[(1 << 20) + 1]);
        assertThat(RawClient.text(
                        raw.json("POST", "/api/2.0/dbfs/put", "{\"path\":\"/l\",\"contents\":\"" + large + "\"}")))
                .contains("MAX_BLOCK_SIZE_EXCEEDED");
        assertThat(RawClient.text(raw.json("POST", "/api/2.0/dbfs/mkdirs", "{\"path\":\"/../etc\"}")))
                .contains("INVALID_PARAMETER_VALUE");
    }

    private Socket stalled(String contentType, String begin) throws IOException {
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(server.url()).getPort());
        socket.setSoTimeout(60_000);
        String head = "POST /api/2.0/dbfs/put HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + server.token()
                + "\r\nContent-Type: " + contentType + "\r\nContent-Length: 1000000\r\n\r\n" + begin;
        socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return socket;
    }

    @Test
    void uploads_that_stall_keep_nobody_waiting_and_are_let_go() throws Exception {
        String form = "--f\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\nbegin";
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 250; i++) {
                sockets.add(stalled("application/json", "{"));
                sockets.add(stalled("multipart/form-data; boundary=f", form));
            }
            assertThat(raw.get("/api/2.0/dbfs/list?path=/").statusCode()).isEqualTo(200);
            for (Socket socket : List.of(sockets.get(0), sockets.get(1))) {
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).startsWith("HTTP/1.1 408").contains("DEADLINE_EXCEEDED");
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void contents_in_json_are_bounded_like_any_other_body() throws Exception {
        String tooMuch = "{\"path\":\"/x\",\"contents\":\"" + "A".repeat(17 << 20) + "\"}";
        assertThat(raw.json("POST", "/api/2.0/dbfs/put", tooMuch).statusCode()).isEqualTo(413);
    }
}
