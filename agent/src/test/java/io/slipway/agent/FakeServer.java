package io.slipway.agent;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** The server's side of the agent protocol, as small as it can be. */
final class FakeServer implements AutoCloseable {
    static final String BOOTSTRAP = "bootstrap-token";
    private static final long HOLD_MILLIS = 20_000;

    private final Map<String, JsonObject> wanted = new LinkedHashMap<>();
    private final Map<String, JsonObject> requests = new LinkedHashMap<>();
    private final Map<String, JsonObject> answers = new HashMap<>();
    private final Map<String, Integer> answered = new HashMap<>();
    private JsonArray observed = new JsonArray();
    private String bootId = "";
    private long sequence;
    private long wantedVersion = 1;
    private boolean keyUsed;
    private boolean released;
    private int registrations;
    private int loseRegistrations;
    private int syncs;
    private Optional<JsonObject> credentials = Optional.empty();
    private Optional<JsonObject> storage = Optional.empty();
    private int credentialsAsked;

    private Optional<HttpServer> http = Optional.empty();
    private ExecutorService threads = Executors.newCachedThreadPool();
    private int port;

    private final Optional<SSLContext> tls;

    FakeServer() throws IOException {
        this(Optional.empty());
    }

    FakeServer(Optional<SSLContext> tls) throws IOException {
        this.tls = tls;
        up();
    }

    private HttpServer made(InetSocketAddress address) throws IOException {
        if (tls.isEmpty()) {
            return HttpServer.create(address, 0);
        }
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls.get()));
        return server;
    }

    void up() throws IOException {
        HttpServer server = made(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        port = server.getAddress().getPort();
        threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/agent/v1/", this::handle);
        server.start();
        http = Optional.of(server);
    }

    void down() {
        http.ifPresent(server -> server.stop(0));
        http = Optional.empty();
        threads.shutdownNow();
    }

    URI url() {
        return URI.create((tls.isPresent() ? "https" : "http") + "://127.0.0.1:" + port);
    }

    synchronized void want(JsonObject process) {
        wanted.put(process.getString("name"), process);
        wantedVersion++;
        notifyAll();
    }

    synchronized void unwant(String name) {
        wanted.remove(name);
        wantedVersion++;
        notifyAll();
    }

    synchronized void ask(JsonObject request) {
        requests.put(request.getString("id"), request);
        notifyAll();
    }

    synchronized void release() {
        released = true;
        notifyAll();
    }

    synchronized void loseNextRegistration() {
        loseRegistrations = 1;
    }

    /** @param id of the access key */
    synchronized void give(String id, Instant issued, Instant expires) {
        JsonObject json = keys(id, issued, expires);
        json.put("roleArn", "arn:aws:iam::111122223333:role/data/reader");
        json.put("profileArn", "arn:aws:iam::111122223333:instance-profile/reader");
        credentials = Optional.of(json);
    }

    /** As {@link #give}, for the platform's storage. */
    synchronized void giveStorage(String id, Instant issued, Instant expires) {
        storage = Optional.of(keys(id, issued, expires));
    }

    private static JsonObject keys(String id, Instant issued, Instant expires) {
        JsonObject json = new JsonObject();
        json.put("accessKeyId", id);
        json.put("secretAccessKey", "secret of " + id);
        json.put("sessionToken", "token of " + id);
        json.put("issued", issued.toString());
        json.put("expires", expires.toString());
        return json;
    }

    synchronized void takeRoleAway() {
        credentials = Optional.empty();
    }

    synchronized int credentialsAsked() {
        return credentialsAsked;
    }

    synchronized int registrations() {
        return registrations;
    }

    synchronized int syncs() {
        return syncs;
    }

    synchronized String bootId() {
        return bootId;
    }

    synchronized JsonObject observed(String name) {
        for (Object process : observed) {
            if (((JsonObject) process).getString("name").equals(name)) {
                return (JsonObject) process;
            }
        }
        return new JsonObject();
    }

    synchronized JsonObject answer(String id) {
        return answers.getOrDefault(id, new JsonObject());
    }

    synchronized int timesAnswered(String id) {
        return answered.getOrDefault(id, 0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String call = exchange.getRequestURI().getPath().substring("/agent/v1/".length());
        String bearer = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        try {
            JsonObject json = JsonParser.object().from(body);
            switch (call) {
                case "register" -> register(exchange, bearer);
                case "sync" -> sync(exchange, bearer, json);
                case "report" -> report(exchange, bearer, json);
                case "credentials" -> credentials(exchange, bearer);
                case "storage" -> storage(exchange, bearer);
                default -> reply(exchange, 404, new JsonObject());
            }
        } catch (JsonParserException e) {
            reply(exchange, 400, new JsonObject());
        } catch (InterruptedException e) {
            exchange.close();
        }
    }

    private void register(HttpExchange exchange, String bearer) throws IOException {
        boolean lost;
        boolean good;
        synchronized (this) {
            registrations++;
            lost = loseRegistrations-- > 0;
            good = bearer.equals("Bearer " + BOOTSTRAP) && !keyUsed;
        }
        if (lost) {
            exchange.close();
            return;
        }
        JsonObject answer = new JsonObject();
        answer.put("key", "the-key");
        reply(exchange, good ? 200 : 401, answer);
    }

    private void credentials(HttpExchange exchange, String bearer) throws IOException {
        Optional<JsonObject> given;
        synchronized (this) {
            credentialsAsked++;
            given = bearer.equals("Bearer the-key") ? credentials : Optional.empty();
        }
        reply(exchange, given.isPresent() ? 200 : 404, given.orElseGet(JsonObject::new));
    }

    private synchronized void storage(HttpExchange exchange, String bearer) throws IOException {
        Optional<JsonObject> given = storage.filter(keys -> bearer.equals("Bearer the-key"));
        reply(exchange, given.isPresent() ? 200 : 404, given.orElseGet(JsonObject::new));
    }

    private void report(HttpExchange exchange, String bearer, JsonObject body) throws IOException {
        int status;
        synchronized (this) {
            status = status(bearer);
            if (status == 200) {
                take(body);
            }
        }
        reply(exchange, status, new JsonObject());
    }

    private void sync(HttpExchange exchange, String bearer, JsonObject body) throws IOException, InterruptedException {
        JsonObject answer = new JsonObject();
        int status;
        synchronized (this) {
            syncs++;
            status = status(bearer);
            if (status == 200) {
                take(body);
                long until = System.currentTimeMillis() + HOLD_MILLIS;
                while (!released
                        && body.getLong("ackWanted") == wantedVersion
                        && requests.isEmpty()
                        && System.currentTimeMillis() < until) {
                    wait(100);
                }
                status = status(bearer);
                answer.put("wantedVersion", wantedVersion);
                if (body.getLong("ackWanted") != wantedVersion) {
                    answer.put("wanted", new JsonArray(wanted.values()));
                }
                answer.put("requests", new JsonArray(requests.values()));
                answer.put("waitMillis", 0);
            }
        }
        reply(exchange, status, answer);
    }

    private int status(String bearer) {
        if (!bearer.equals("Bearer the-key")) {
            return 401;
        }
        keyUsed = true;
        return released ? 410 : 200;
    }

    private void take(JsonObject body) {
        for (Object answer : body.getArray("answers")) {
            String id = ((JsonObject) answer).getString("id");
            answers.put(id, (JsonObject) answer);
            answered.merge(id, 1, Integer::sum);
            requests.remove(id);
        }
        boolean newer = !body.getString("bootId").equals(bootId) || body.getLong("sequence") > sequence;
        if (newer) {
            bootId = body.getString("bootId");
            sequence = body.getLong("sequence");
            observed = body.getArray("observed");
        }
    }

    private static void reply(HttpExchange exchange, int status, JsonObject body) throws IOException {
        byte[] bytes = JsonWriter.string(body).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        down();
    }
}
