package io.slipway.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.server.ServerState;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Far more than the memory of a server, sent to it all at once. */
class FloodTest {
    private static final int CONNECTIONS = 60;
    private static final int BODY = 16 << 20;

    @TempDir
    Path folder;

    private Platform platform;

    @BeforeEach
    void make() throws IOException {
        platform = new Platform(folder);
    }

    private void start(String heap) throws Exception {
        Path dist = Files.createDirectories(folder.resolve("dist"));
        Files.writeString(
                dist.resolve("server.args"),
                "-Xmx" + heap + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError -cp \""
                        + System.getProperty("java.class.path") + "\"");
        assertThat(platform.up().status()).isZero();
    }

    @AfterEach
    void stop() throws Exception {
        platform.run("down");
    }

    /** All bodies but their last byte are sent, or what the server takes of them, before anybody ends or leaves. */
    private void wave(String path) throws Exception {
        CountDownLatch arrived = new CountDownLatch(CONNECTIONS);
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Thread sender = new Thread(() -> send(path, arrived));
            sender.start();
            senders.add(sender);
        }
        for (Thread sender : senders) {
            sender.join();
        }
    }

    private void send(String path, CountDownLatch arrived) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), platform.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            try {
                out.write(("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: "
                                + BODY + "\r\n\r\n{\"a\":\"")
                        .getBytes(StandardCharsets.US_ASCII));
                byte[] piece = "x".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
                for (int sent = 8; sent + piece.length < BODY; sent += piece.length) {
                    out.write(piece);
                }
            } finally {
                arrived.countDown();
            }
            arrived.await();
        } catch (IOException refused) {
            // The server has answered and will hear no more.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void strangers_cannot_fill_the_memory_of_the_server() throws Exception {
        start("128m");
        ServerState before = ServerState.living(platform.home()).orElseThrow();
        ApiClient api = ApiClient.asAdmin(platform.home(), before);
        for (String path : List.of("/agent/v1/register", "/api/2.0/dbfs/put", "/agent/v1/sync")) {
            wave(path);
            assertThat(api.get("/api/2.0/token/list").path("token_infos"))
                    .as(path)
                    .isNotEmpty();
        }
        assertThat(ServerState.living(platform.home())).hasValue(before);
    }

    @Test
    void known_callers_are_told_to_come_later_before_the_memory_ends() throws Exception {
        start("384m");
        ServerState before = ServerState.living(platform.home()).orElseThrow();
        ApiClient api = ApiClient.asAdmin(platform.home(), before);
        String contents = "A".repeat(15 << 20);
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(before.url() + "/api/2.0/dbfs/put"))
                    .header("Authorization", "Bearer " + api.token())
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"path\":\"/flood/" + i + "\",\"overwrite\":true,\"contents\":\"" + contents + "\"}"))
                    .build();
            answers.add(client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                    .thenApply(HttpResponse::statusCode)
                    // The answer may be lost to whoever goes on sending.
                    .exceptionally(cut -> 429));
        }
        assertThat(answers.stream().map(CompletableFuture::join).distinct().toList())
                .isSubsetOf(400, 200, 429);
        assertThat(api.get("/api/2.0/token/list").path("token_infos")).isNotEmpty();
        assertThat(ServerState.living(platform.home())).hasValue(before);
    }
}
