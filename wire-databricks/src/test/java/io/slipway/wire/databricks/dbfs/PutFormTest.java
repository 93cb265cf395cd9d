package io.slipway.wire.databricks.dbfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.content.dbfs.Dbfs;
import io.slipway.identity.Permissions;
import io.slipway.wire.databricks.WireServer;
import io.slipway.wire.databricks.tree.RawClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms as they come over a network: in any pieces, in any order, and broken. */
@NullUnmarked
@Timeout(60)
class PutFormTest {
    private static final String PUT = "/api/2.0/dbfs/put";

    private static WireServer server;
    private static RawClient raw;
    private static Path root;

    @BeforeAll
    static void start(@TempDir Path folder) {
        root = folder.resolve("dbfs");
        server = WireServer.start(
                folder,
                parts -> new DbfsRoutes(new Dbfs(parts.base(), new Permissions(), id -> root)).add(parts.api()));
        raw = new RawClient(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Whatever happened to a form, nothing of it is left beside what was asked for. */
    @AfterEach
    void nothing_is_left() throws IOException {
        try (var uploads = Files.list(root.resolveSibling("dbfs-uploads"))) {
            assertThat(uploads).isEmpty();
        }
    }

    private static String field(String name, String value) {
        return "--frontier\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static String file(String name, String content) {
        return "--frontier\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"x.bin\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n" + content + "\r\n";
    }

    private static HttpResponse<byte[]> put(String contentType, String form) throws Exception {
        return raw.send("POST", PUT, contentType, BodyPublishers.ofString(form, StandardCharsets.ISO_8859_1));
    }

    private static HttpResponse<byte[]> put(String form) throws Exception {
        return put("multipart/form-data; boundary=frontier", form);
    }

    private static String stored(String path) throws IOException {
        return Files.readString(root.resolve(path), StandardCharsets.ISO_8859_1);
    }

    private static final String CONTENT = "a\r\n--fronti\r\n--\r\n-frontier--frontier\n\u00ff\u0000" + "y".repeat(100);

    private static byte[] form() {
        return (field("path", "/pieces") + field("overwrite", "true") + file("contents", CONTENT) + "--frontier--\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Socket begun() throws IOException {
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(server.url()).getPort());
        socket.setSoTimeout(30_000);
        return socket;
    }

    /** One form in chunks that end at these places. */
    private static void send(Socket socket, byte[] form, List<Integer> ends) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("POST " + PUT + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + server.token()
                        + "\r\nContent-Type: multipart/form-data; boundary=\"frontier\"\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        int at = 0;
        for (int end : ends) {
            out.writeBytes((Integer.toHexString(end - at) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(form, at, end - at);
            out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
            at = end;
        }
        out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(out.toByteArray());
        socket.getOutputStream().flush();
    }

    private static void stored(List<Integer> ends) throws IOException {
        try (Socket socket = begun()) {
            send(socket, form(), ends);
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8))
                    .as("cut at %s", ends)
                    .isEqualTo("HTTP/1.1 200");
        }
        assertThat(stored("pieces")).as("cut at %s", ends).isEqualTo(CONTENT);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 4096})
    void a_form_means_the_same_in_whatever_pieces_it_comes(int size) throws Exception {
        List<Integer> ends = new ArrayList<>();
        int length = form().length;
        for (int end = size; end < length; end += size) {
            ends.add(end);
        }
        ends.add(length);
        stored(ends);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "multipart/form-data|The multipart form cannot be read.",
                "multipart/form-data; boundary=|MALFORMED_REQUEST",
                "multipart/form-data; boundary=other|The multipart form cannot be read.",
                "multipart/mixed|The multipart form cannot be read."
            })
    void a_form_whose_boundary_is_not_told_or_not_there_is_malformed(String contentType, String words)
            throws Exception {
        HttpResponse<byte[]> refused =
                put(contentType, field("path", "/none") + file("contents", "x") + "--frontier--\r\n");
        assertThat(refused.statusCode()).as(RawClient.text(refused)).isEqualTo(400);
        assertThat(RawClient.text(refused)).contains("error_code").contains(words);
        assertThat(root.resolve("none")).doesNotExist();
    }

    @Test
    void a_form_without_its_end_stores_nothing() throws Exception {
        for (String form : List.of(
                field("path", "/cut") + file("contents", "x"),
                field("path", "/cut") + "--frontier\r\nContent-Disposition: form-data; name=\"contents\"\r\n\r\nhal",
                field("path", "/cut") + "--f\r\nContent-Disp",
                "--frontier")) {
            HttpResponse<byte[]> refused = put(form);
            assertThat(refused.statusCode()).as(form).isEqualTo(400);
            assertThat(root.resolve("cut")).doesNotExist();
        }
    }

    @Test
    void an_empty_file_is_a_file_and_so_is_none_at_all() throws Exception {
        assertThat(put(field("path", "/empty") + file("contents", "") + "--frontier--\r\n")
                        .statusCode())
                .isEqualTo(200);
        assertThat(stored("empty")).isEmpty();
    }

    @Test
    void two_files_in_one_form_are_one_after_the_other() throws Exception {
        HttpResponse<byte[]> reply =
                put(file("file", "first ") + field("path", "/two") + file("contents", "second") + "--frontier--\r\n");
        assertThat(reply.statusCode()).as(RawClient.text(reply)).isEqualTo(200);
        assertThat(stored("two")).isEqualTo("first second");
    }

    @Test
    void the_last_of_two_fields_of_one_name_counts_and_other_fields_do_nothing() throws Exception {
        assertThat(put(field("path", "/wrong") + field("odd", "x") + field("path", "/right") + file("contents", "x")
                                + "--frontier--\r\n")
                        .statusCode())
                .isEqualTo(200);
        assertThat(root.resolve("right")).exists();
        assertThat(root.resolve("wrong")).doesNotExist();
    }

    @Test
    void a_path_may_have_letters_of_any_script() throws Exception {
        String path = new String("/\u20ac\u00e4".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(put(field("path", path) + file("contents", "x") + "--frontier--\r\n")
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<byte[]> listed = raw.get("/api/2.0/dbfs/get-status?path=/%E2%82%AC%C3%A4");
        assertThat(RawClient.tree(listed).path("path").asText()).isEqualTo("/\u20ac\u00e4");
    }

    @Test
    void a_field_that_is_too_long_is_refused() throws Exception {
        HttpResponse<byte[]> refused =
                put(field("path", "/" + "p".repeat(9000)) + file("contents", "x") + "--frontier--\r\n");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(RawClient.text(refused)).contains("The field path of the form is too long.");
    }

    @Test
    void what_exists_is_kept_unless_it_shall_be_overwritten() throws Exception {
        String first = field("path", "/kept") + file("contents", "one") + "--frontier--\r\n";
        String second = field("path", "/kept") + file("contents", "two");
        assertThat(put(first).statusCode()).isEqualTo(200);
        HttpResponse<byte[]> refused = put(second + field("overwrite", "false") + "--frontier--\r\n");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(RawClient.text(refused)).contains("RESOURCE_ALREADY_EXISTS");
        assertThat(stored("kept")).isEqualTo("one");
        assertThat(put(second + field("overwrite", "true") + "--frontier--\r\n").statusCode())
                .isEqualTo(200);
        assertThat(stored("kept")).isEqualTo("two");
    }

    @Test
    void a_form_to_a_place_outside_is_refused() throws Exception {
        for (String path : List.of("/../out", "relative", "")) {
            HttpResponse<byte[]> refused = put(field("path", path) + file("contents", "x") + "--frontier--\r\n");
            assertThat(refused.statusCode()).as(path).isEqualTo(400);
        }
        assertThat(root.resolveSibling("out")).doesNotExist();
    }
}
