package io.slipway.nodes.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.util.TimeoutMode;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.slipway.identity.Caller;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.Timer;
import io.slipway.spark.compute.Fleet;
import io.slipway.spark.compute.NodeLoad;
import io.slipway.spark.compute.ObservedProcess;
import io.slipway.spark.compute.WantedProcess;
import io.slipway.store.Json;
import io.slipway.wire.Family;
import io.slipway.wire.PlainDialect;
import io.slipway.wire.Reply;
import io.slipway.wire.Request;
import io.slipway.wire.Routes;
import io.slipway.wire.ShownToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers agents: hands out keys, takes down what they see, and holds their polls until there is something new to do.
 *
 * <p>What shall run is computed from rows at every poll; a poll that waits is looked at again whenever {@link #poke} says that
 * something may have changed on the nodes of a cluster, so nothing here needs to survive a restart.
 */
public final class AgentHub {
    private static final Duration HOLD = Duration.ofSeconds(20);
    /** How much longer an answer may take than a poll is held. */
    private static final Duration SLACK = Duration.ofSeconds(40);

    private static final int PROTOCOL = 1;
    private static final int GONE = 410;
    private static final String NODE = "x-slipway-node";

    private final Fleet fleet;
    private final NodeRoles roles;
    private final NodeStorage storage;
    private final Timer timer;
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final Map<String, Heard> heard = new ConcurrentHashMap<>();

    /** The newest body of an agent that was taken down. */
    private record Heard(String bootId, long sequence) {}

    /** A poll that is held, and the cluster of its node. */
    private record Waiting(String clusterId, CompletableFuture<Boolean> poll) {}

    /** What shall run, and its number. */
    private record Wanted(int version, List<WantedProcess> processes) {}

    public AgentHub(Fleet fleet, NodeRoles roles, NodeStorage storage, Timer timer) {
        this.fleet = fleet;
        this.roles = roles;
        this.storage = storage;
        this.timer = timer;
        fleet.onReplanned(this::poke);
    }

    public void add(Routes routes) {
        routes.ground(new Family(AgentHub::told, this::node, "/agent/"));
        routes.family(new Family(AgentHub::told, this::node, "/agent/v1"))
                // Its token is looked at with the body, which is short; it is good for one key only.
                .open(HttpMethod.POST, "/register", this::register)
                .post("/report", this::report)
                .post("/credentials", this::credentials)
                .post("/storage", this::storage)
                .follow(HttpMethod.POST, "/sync", this::sync);
    }

    /** A node that is not there any more is gone for good: its agent shall end. */
    private static Reply told(PlatformException error) {
        Reply reply = PlainDialect.PLAIN.error(error);
        return error.code() == ErrorCode.NOT_FOUND ? reply.withStatus(GONE) : reply;
    }

    /** Agents say in the head which node they are of, so that a stranger's body is not read. Older ones say it in the body only. */
    private Caller node(Request request) {
        Optional<String> nodeId = request.header(NODE);
        if (nodeId.isPresent() && !fleet.authentic(nodeId.get(), bearer(request))) {
            throw unknown();
        }
        return nodeId.map(Caller::stranger).orElse(Caller.NOBODY);
    }

    /** Something may have changed for the nodes of this cluster: looks at their waiting polls again. */
    private void poke(String clusterId) {
        waiting.values().stream()
                .filter(each -> each.clusterId().equals(clusterId))
                .forEach(each -> each.poll().complete(true));
    }

    private Object register(Request request) {
        JsonNode body = body(request);
        return fleet.register(body.path("nodeId").asText(), bearer(request))
                .map(key -> Map.of("key", key))
                .orElseThrow(AgentHub::unknown);
    }

    private Object report(Request request) {
        JsonNode body = body(request);
        check(request, body);
        takeDown(body);
        return Request.nothing();
    }

    /** Keys are given to who is known by the head. */
    private static String known(Request request) {
        if (request.caller().equals(Caller.NOBODY)) {
            throw unknown();
        }
        return request.caller().name();
    }

    private Object storage(Request request) {
        String nodeId = known(request);
        return fleet.workspaceOf(nodeId)
                .flatMap(workspace -> storage.keys(workspace, nodeId))
                .map(Json::tree)
                .orElseThrow(() -> new PlatformException(
                        ErrorCode.ENDPOINT_NOT_FOUND, "The platform keeps nothing on a bucket that the node uses."));
    }

    private Object credentials(Request request) {
        String nodeId = known(request);
        String profile = fleet.instanceProfile(nodeId).orElseThrow(AgentHub::noRole);
        return roles.keys(profile, nodeId).map(Json::tree).orElseThrow(AgentHub::noRole);
    }

    private CompletionStage<Object> sync(Request request) {
        JsonNode body = body(request);
        check(request, body);
        takeDown(body);
        ServiceRequestContext context = request.context();
        context.setRequestTimeout(TimeoutMode.SET_FROM_NOW, HOLD.plus(SLACK));
        return hold(context, body, System.nanoTime());
    }

    private static JsonNode body(Request request) {
        JsonNode body = request.tree();
        if (body.path("protocol").asInt() != PROTOCOL) {
            throw PlatformException.invalid("This server speaks protocol " + PROTOCOL + " of agents.");
        }
        return body;
    }

    private void check(Request request, JsonNode body) {
        String nodeId = body.path("nodeId").asText();
        boolean authentic = request.caller().equals(Caller.NOBODY)
                ? fleet.authentic(nodeId, bearer(request))
                : request.caller().name().equals(nodeId);
        if (!authentic) {
            throw unknown();
        }
        if (!fleet.known(nodeId)) {
            throw gone();
        }
    }

    private static PlatformException unknown() {
        return new PlatformException(ErrorCode.UNAUTHENTICATED, "Neither token nor key is that of this node.");
    }

    private static PlatformException noRole() {
        return new PlatformException(ErrorCode.ENDPOINT_NOT_FOUND, "The node has no role.");
    }

    private static PlatformException gone() {
        return PlatformException.notFound("The node was released.");
    }

    private CompletableFuture<Object> hold(ServiceRequestContext context, JsonNode body, long since) {
        String nodeId = body.path("nodeId").asText();
        int known = body.path("ackWanted").asInt();
        CompletableFuture<Boolean> poll = new CompletableFuture<>();
        return CompletableFuture.supplyAsync(() -> look(nodeId, poll), context.blockingTaskExecutor())
                .thenCompose(wanted -> {
                    if (wanted.isEmpty()) {
                        return CompletableFuture.<Object>failedFuture(gone());
                    }
                    long left = HOLD.toNanos() - (System.nanoTime() - since);
                    if (wanted.get().version() != known || left <= 0) {
                        waiting.computeIfPresent(nodeId, (id, held) -> held.poll() == poll ? null : held);
                        return CompletableFuture.<Object>completedFuture(answer(wanted.get(), known));
                    }
                    Timer.Alarm alarm = timer.after(Duration.ofNanos(left), () -> poll.complete(false));
                    return poll.thenCompose(again -> {
                        alarm.cancel();
                        return hold(context, body, since);
                    });
                });
    }

    /** What shall run on the node; empty if there is no such node any more. */
    private Optional<Wanted> look(String nodeId, CompletableFuture<Boolean> poll) {
        Optional<String> cluster = fleet.clusterOf(nodeId);
        if (cluster.isEmpty()) {
            waiting.remove(nodeId);
            return Optional.empty();
        }
        // Registered before it looks, so that a change between the two is not missed.
        waiting.put(nodeId, new Waiting(cluster.get(), poll));
        return Optional.of(wanted(nodeId));
    }

    private void takeDown(JsonNode body) {
        String nodeId = body.path("nodeId").asText();
        Heard now =
                new Heard(body.path("bootId").asText(), body.path("sequence").asLong());
        Heard newest = heard.merge(
                nodeId,
                now,
                (old, fresh) -> old.bootId().equals(fresh.bootId()) && old.sequence() > fresh.sequence() ? old : fresh);
        if (!newest.equals(now)) {
            return;
        }
        List<ObservedProcess> processes = new ArrayList<>();
        body.path("observed").forEach(each -> processes.add(process(each)));
        fleet.observed(nodeId, processes, load(body.path("load")));
    }

    private static Optional<NodeLoad> load(JsonNode node) {
        return node.isObject()
                ? Optional.of(new NodeLoad(
                        node.path("at").asLong(),
                        node.path("cpuCores").asDouble(),
                        node.path("memoryBytes").asLong(),
                        node.path("diskFreeBytes").asLong()))
                : Optional.empty();
    }

    private static ObservedProcess process(JsonNode node) {
        return new ObservedProcess(
                node.path("name").asText(),
                node.path("generation").asInt(),
                state(node.path("state").asText()),
                node.hasNonNull("exitCode") ? Optional.of(node.path("exitCode").asInt()) : Optional.empty(),
                node.hasNonNull("ready") ? Optional.of(Json.write(node.path("ready"))) : Optional.empty(),
                node.hasNonNull("failure") ? Optional.of(Json.write(node.path("failure"))) : Optional.empty(),
                node.path("stderrTail").asText(""));
    }

    private static ObservedProcess.State state(String name) {
        return Arrays.stream(ObservedProcess.State.values())
                .filter(state -> state.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> PlatformException.invalid("There is no state " + name + " of a process."));
    }

    private Wanted wanted(String nodeId) {
        List<WantedProcess> processes = fleet.wanted(nodeId);
        // 0 means that an agent has heard nothing yet.
        return new Wanted(1 + (Json.write(processes).hashCode() & 0x3fffffff), processes);
    }

    private static ObjectNode answer(Wanted wanted, int known) {
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("wantedVersion", wanted.version());
        if (wanted.version() != known) {
            body.set("wanted", Json.tree(wanted.processes()));
        }
        body.putArray("requests");
        body.put("waitMillis", 0);
        return body;
    }

    private static String bearer(Request request) {
        return ShownToken.in(request.headers()).orElse("");
    }
}
