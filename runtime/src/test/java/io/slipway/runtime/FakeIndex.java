package io.slipway.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A package index on the loopback address that can cut connections, hold files back and give out wrong content. */
final class FakeIndex implements AutoCloseable {
    /** One request for a file; {@code range} is empty when the whole file was asked for. */
    record Request(String file, Optional<String> range) {}

    final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, Integer> cutOnceAfter = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> heldAfterHalf = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private boolean json;

    FakeIndex() throws IOException {
        this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    /** Speaks TLS. */
    FakeIndex(SSLContext tls) throws IOException {
        this(secure(tls));
    }

    private static HttpServer secure(SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return server;
    }

    private FakeIndex(HttpServer server) {
        this.server = server;
        server.createContext("/simple/", this::page);
        server.createContext("/files/", this::file);
        server.setExecutor(threads);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/simple");
    }

    Artefact offer(String project, String file, byte[] content) {
        files.put(file, content);
        return new Artefact(project, file, Sha256.of(content), content.length);
    }

    void answerInJson() {
        json = true;
    }

    void replace(String file, byte[] content) {
        files.put(file, content);
    }

    /** The next request for the file ends after so many bytes. */
    void cutOnce(String file, int after) {
        cutOnceAfter.put(file, after);
    }

    /** The next request for the file gets half of it, and the rest when the latch opens. */
    CountDownLatch holdAfterHalf(String file) {
        CountDownLatch latch = new CountDownLatch(1);
        heldAfterHalf.put(file, latch);
        return latch;
    }

    long requestsFor(String file) {
        return requests.stream().filter(request -> request.file().equals(file)).count();
    }

    private void page(HttpExchange exchange) throws IOException {
        String project = exchange.getRequestURI().getPath().split("/")[2];
        StringBuilder page = new StringBuilder(json ? "{\"files\":[" : "<html><body>\n");
        String separator = "";
        for (String file : files.keySet()) {
            if (file.startsWith(project + "-")) {
                page.append(
                        json
                                ? separator + "{\"filename\":\"" + file + "\",\"url\":\"../../files/" + file + "\"}"
                                : "<a href=\"../../files/" + file + "?x=1&amp;y=2#sha256=00\" data-x=\"&gt;=3\">" + file
                                        + "</a>\n");
                separator = ",";
            }
        }
        page.append(json ? "]}" : "</body></html>");
        exchange.getResponseHeaders().add("Content-Type", json ? "application/vnd.pypi.simple.v1+json" : "text/html");
        byte[] body = page.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void file(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getPath().substring("/files/".length());
        byte[] content = files.getOrDefault(name, new byte[0]);
        Optional<String> range =
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"));
        requests.add(new Request(name, range));
        int from = range.map(text -> Integer.parseInt(text.substring("bytes=".length(), text.length() - 1)))
                .orElse(0);
        if (range.isPresent()) {
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(range.isPresent() ? 206 : 200, content.length - from);
        Integer cut = cutOnceAfter.remove(name);
        CountDownLatch latch = heldAfterHalf.remove(name);
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        rest.write(content, from, content.length - from);
        byte[] body = rest.toByteArray();
        int first = cut != null ? cut : latch != null ? body.length / 2 : body.length;
        exchange.getResponseBody().write(body, 0, first);
        exchange.getResponseBody().flush();
        if (latch != null) {
            await(latch);
            exchange.getResponseBody().write(body, first, body.length - first);
        }
        exchange.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        heldAfterHalf.values().forEach(CountDownLatch::countDown);
        server.stop(0);
        threads.shutdownNow();
    }
}
