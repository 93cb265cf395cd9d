package io.slipway.agent;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Gives the keys of the node's role to the node's processes, as AWS does: to containers at an address that the environment names, with a
 * token, and to machines by version 2 of the instance metadata service (EC2 user guide). Those of the platform's storage are beside the
 * former. Only who knows the token, which is in the environment of the node's processes, is answered: other nodes may be on the same
 * machine.
 */
final class CredentialService {
    private static final String JSON = "application/json";
    private static final String METADATA = "/latest/meta-data/";
    private static final String ROLES = METADATA + "iam/security-credentials/";

    private final Path file;
    private final String nodeId;
    private final RoleKeys keys;
    private final RoleKeys storage;
    private final Supplier<String> secrets;
    private final AgentLog log;

    private Optional<Served> served = Optional.empty();

    /**
     * @param file where what is served is remembered: processes outlive the agent
     * @param secrets texts that nobody guesses
     */
    CredentialService(
            Path file, String nodeId, RoleKeys keys, RoleKeys storage, Supplier<String> secrets, AgentLog log) {
        this.file = file;
        this.nodeId = nodeId;
        this.keys = keys;
        this.storage = storage;
        this.secrets = secrets;
        this.log = log;
    }

    /**
     * Where a process is to find its keys.
     *
     * @param role whether it is told where those of the node's role are
     * @param storage whether it is told where those of the platform's storage are
     */
    record Place(String address, String region, boolean role, boolean storage) {
        static Place of(JsonObject json) {
            return new Place(
                    json.getString("address", ""),
                    json.getString("region", ""),
                    // Servers that knew of no other keys did not say so.
                    json.getBoolean("role", true),
                    json.getBoolean("storage", false));
        }
    }

    private record Served(Place place, int port, String token) {
        JsonObject json() {
            JsonObject json = new JsonObject();
            json.put("address", place.address());
            json.put("region", place.region());
            json.put("role", place.role());
            json.put("storage", place.storage());
            json.put("port", port);
            json.put("token", token);
            return json;
        }

        static Served of(JsonObject json) {
            return new Served(Place.of(json), json.getInt("port", 0), json.getString("token", ""));
        }

        /** Variables that all SDKs of AWS look at, for the role; for the storage those that the driver looks at. */
        Map<String, String> environment(Place wanted) {
            String url = "http://" + place.address() + ":" + port;
            Map<String, String> environment = new HashMap<>();
            if (wanted.role()) {
                environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", url + "/credentials");
                environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", token);
                environment.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", url + "/" + token);
            }
            if (wanted.storage()) {
                environment.put("SLIPWAY_STORE_KEYS_URI", url + "/storage");
                environment.put("SLIPWAY_STORE_KEYS_TOKEN", token);
            }
            return environment;
        }
    }

    /** Goes on where the agent before this one served. */
    synchronized void resume() {
        if (!Files.exists(file)) {
            return;
        }
        try {
            open(Served.of(JsonParser.object().from(Files.readString(file))));
        } catch (IOException | JsonParserException e) {
            log.say("keys of the role cannot be given to processes that run: " + e.getMessage());
        }
    }

    /** The environment of processes that shall have the keys. */
    synchronized Map<String, String> at(Place place) throws IOException {
        if (served.isEmpty()) {
            Served opened = open(new Served(place, 0, secrets.get()));
            SafeFile.write(file, JsonWriter.string(opened.json()), 0600);
        }
        return served.orElseThrow().environment(place);
    }

    private Served open(Served wanted) throws IOException {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(wanted.place().address(), wanted.port()), 0);
        } catch (BindException e) {
            throw new IOException(wanted.place().address() + ":" + wanted.port() + ": " + e.getMessage(), e);
        }
        Served opened = new Served(wanted.place(), server.getAddress().getPort(), wanted.token());
        server.createContext("/", exchange -> answer(opened, exchange));
        server.start();
        served = Optional.of(opened);
        return opened;
    }

    private void answer(Served here, HttpExchange exchange) throws IOException {
        Reply reply;
        try {
            reply = reply(here, exchange);
        } catch (IOException e) {
            reply = Reply.error(503, "The keys cannot be had now: " + e.getMessage());
        }
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", reply.type());
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private record Reply(int status, String type, String body) {
        static Reply text(String body) {
            return new Reply(200, "text/plain", body);
        }

        static Reply json(JsonObject body) {
            return new Reply(200, JSON, JsonWriter.string(body));
        }

        static Reply error(int status, String message) {
            JsonObject body = new JsonObject();
            body.put("code", status);
            body.put("message", message);
            return new Reply(status, JSON, JsonWriter.string(body));
        }
    }

    private Reply reply(Served here, HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        if (path.equals("/credentials") || path.equals("/storage")) {
            return !same(here.token(), header(exchange, "Authorization"))
                    ? Reply.error(401, "The token is missing or wrong.")
                    : container(path.equals("/storage") ? storage : keys);
        }
        String prefix = "/" + here.token();
        if (!path.startsWith(prefix + "/")) {
            return Reply.error(404, "Not found.");
        }
        String asked = path.substring(prefix.length());
        if (asked.equals("/latest/api/token")) {
            return method.equals("PUT") ? Reply.text(here.token()) : Reply.error(405, "PUT is needed.");
        }
        if (!same(here.token(), header(exchange, "X-aws-ec2-metadata-token"))) {
            return Reply.error(401, "The token is missing or wrong.");
        }
        return metadata(here, asked);
    }

    private Reply container(RoleKeys asked) throws IOException {
        Optional<RoleKeys.Keys> current = asked.current();
        if (current.isEmpty()) {
            return Reply.error(
                    404, asked == keys ? "The node has no role." : "The platform keeps nothing on a bucket.");
        }
        JsonObject json = shown(current.get());
        json.put("RoleArn", current.get().roleArn());
        return Reply.json(json);
    }

    private Reply metadata(Served here, String asked) throws IOException {
        String zone = here.place().region() + "a";
        Optional<Reply> ofMachine = Optional.ofNullable(Map.of(
                                METADATA + "placement/region",
                                here.place().region(),
                                METADATA + "placement/availability-zone",
                                zone,
                                METADATA + "instance-id",
                                nodeId,
                                METADATA + "local-ipv4",
                                here.place().address())
                        .get(asked))
                .map(Reply::text);
        if (ofMachine.isPresent()) {
            return ofMachine.get();
        }
        if (asked.equals("/latest/dynamic/instance-identity/document")) {
            JsonObject identity = new JsonObject();
            identity.put("region", here.place().region());
            identity.put("availabilityZone", zone);
            identity.put("instanceId", nodeId);
            identity.put("privateIp", here.place().address());
            return Reply.json(identity);
        }
        return asked.startsWith(METADATA + "iam/") ? role(asked) : Reply.error(404, "Not found.");
    }

    private Reply role(String asked) throws IOException {
        Optional<RoleKeys.Keys> current = keys.current();
        if (current.isEmpty()) {
            return Reply.error(404, "The node has no role.");
        }
        RoleKeys.Keys found = current.get();
        if (asked.equals(ROLES)) {
            return Reply.text(found.roleName());
        }
        JsonObject json = new JsonObject();
        if (asked.equals(ROLES + found.roleName())) {
            json = shown(found);
            json.put("Type", "AWS-HMAC");
        } else if (asked.equals(METADATA + "iam/info")) {
            json.put("InstanceProfileArn", found.profileArn());
        } else {
            return Reply.error(404, "Not found.");
        }
        json.put("Code", "Success");
        json.put("LastUpdated", seconds(found.issued()));
        return Reply.json(json);
    }

    private static JsonObject shown(RoleKeys.Keys found) {
        JsonObject json = new JsonObject();
        json.put("AccessKeyId", found.id());
        json.put("SecretAccessKey", found.secret());
        json.put("Token", found.token());
        json.put("Expiration", seconds(found.expires()));
        return json;
    }

    /** Some clients understand whole seconds only. */
    private static String seconds(java.time.Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static boolean same(String token, String shown) {
        return MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }
}
