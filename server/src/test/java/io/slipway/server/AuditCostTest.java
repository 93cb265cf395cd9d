package io.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.wire.CallLog;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many requests a server answers with its audit log, and without it: two of them in one process, asked in turn. The figure stands in
 * {@code docs/performance.md}; what is held here is that nothing is missing from the log.
 */
@NullUnmarked
@Tag("soak")
class AuditCostTest {
    private static final int CONNECTIONS = 8;
    private static final int ROUNDS = Integer.getInteger("slipway.rounds", 5);
    private static final long ROUND = Duration.ofSeconds(3).toNanos();

    /** @param name as it is printed */
    private record Asked(String name, String method, String path, String body) {
        byte[] bytes(String token) {
            return (method + " " + path + " HTTP/1.1\r\nhost: here\r\nauthorization: Bearer " + token
                            + "\r\ncontent-type: application/json\r\ncontent-length: " + body.length() + "\r\n\r\n"
                            + body)
                    .getBytes(StandardCharsets.US_ASCII);
        }
    }

    private static final List<Asked> ALL = List.of(
            new Asked("clusters/list", "GET", "/api/2.0/clusters/list", ""),
            new Asked("scim/v2/Me", "GET", "/api/2.0/preview/scim/v2/Me", ""),
            new Asked("refused: no such token", "GET", "/api/2.0/clusters/list", "?"),
            new Asked(
                    "secrets/put",
                    "POST",
                    "/api/2.0/secrets/put",
                    "{\"scope\":\"s\",\"key\":\"k\",\"string_value\":\"some value of a secret\"}"));

    private final AtomicLong answered = new AtomicLong();
    private Composition logged;

    @Test
    void everything_that_was_answered_under_load_is_in_the_log(@TempDir Path folder) throws Exception {
        try (RunningPlatform with = new RunningPlatform(folder.resolve("with"), UnaryOperator.identity());
                RunningPlatform without = new RunningPlatform(folder.resolve("without"), log -> CallLog.NONE)) {
            logged = with.composition();
            Asked scope = new Asked("", "POST", "/api/2.0/secrets/scopes/create", "{\"scope\":\"s\"}");
            ask(with, scope, 1);
            ask(without, scope, 1);
            for (Asked asked : ALL) {
                double rate = ask(with, asked, ROUND);
                double unused = ask(without, asked, ROUND);
                List<Double> ratios = new ArrayList<>();
                for (int i = 0; i < ROUNDS; i++) {
                    double a = i % 2 == 0 ? ask(with, asked, ROUND) : -1;
                    double b = ask(without, asked, ROUND);
                    a = a < 0 ? ask(with, asked, ROUND) : a;
                    ratios.add(a / b);
                    rate = a;
                }
                ratios.sort(Double::compare);
                System.out.printf(
                        Locale.ROOT,
                        "%-24s %8.0f/s with the log; with / without %.3f (%.3f to %.3f)%n",
                        asked.name(),
                        rate,
                        ratios.get(ratios.size() / 2),
                        ratios.get(0),
                        ratios.get(ratios.size() - 1));
            }
        }
        assertThat(lines(folder.resolve("with"))).isGreaterThanOrEqualTo(answered.get());
        assertThat(lines(folder.resolve("without"))).isZero();
    }

    private static long lines(Path home) throws IOException {
        long all = 0;
        try (Stream<Path> files = Files.walk(home.resolve("data").resolve("audit"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
                try (Stream<String> lines = Files.lines(file)) {
                    all += lines.count();
                }
            }
        }
        return all;
    }

    /** Requests a second. */
    private double ask(RunningPlatform server, Asked asked, long nanos) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            long began = System.nanoTime();
            byte[] request = new Asked(
                            asked.name(),
                            asked.method(),
                            asked.path(),
                            asked.body().equals("?") ? "" : asked.body())
                    .bytes(asked.body().equals("?") ? "dapi" + "0".repeat(32) : server.token());
            List<Future<Integer>> counts = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                counts.add(clients.submit(() -> client(server.composition().port(), request, began + nanos)));
            }
            long all = 0;
            for (Future<Integer> count : counts) {
                all += count.get(1, TimeUnit.MINUTES);
            }
            if (server.composition() == logged) {
                answered.addAndGet(all);
            }
            return all * 1e9 / (System.nanoTime() - began);
        } finally {
            clients.shutdownNow();
        }
    }

    private static int client(int port, byte[] request, long until) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            OutputStream out = socket.getOutputStream();
            int count = 0;
            do {
                out.write(request);
                answer(in);
                count++;
            } while (System.nanoTime() < until);
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(InputStream in) throws IOException {
        int length = 0;
        StringBuilder line = new StringBuilder();
        while (true) {
            int each = in.read();
            if (each < 0) {
                throw new IOException("closed");
            }
            if (each != '\n') {
                line.append((char) each);
                continue;
            }
            String head = line.toString().strip().toLowerCase(Locale.ROOT);
            line.setLength(0);
            if (head.isEmpty()) {
                in.skipNBytes(length);
                return;
            }
            if (head.startsWith("content-length:")) {
                length = Integer.parseInt(head.substring(15).strip());
            }
        }
    }
}
