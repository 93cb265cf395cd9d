package io.slipway.nodes.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.slipway.kit.Timer;
import io.slipway.platform.compute.Fleet;
import io.slipway.platform.compute.NodeLoad;
import io.slipway.platform.compute.ObservedProcess;
import io.slipway.platform.compute.WantedProcess;
import io.slipway.store.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers agents: hands out keys, takes down what they see, and holds their polls until there is something new to do.
 *
 * <p>What shall run is computed from rows at every poll; a poll that waits is looked at again whenever {@link #poke} says that
 * something may have changed on the nodes of a cluster, so nothing here needs to survive a restart.
 */
public final class AgentHub {
    private static final Logger log = LoggerFactory.getLogger(AgentHub.class);
    private static final Duration HOLD = Duration.ofSeconds(20);
    private static final int PROTOCOL = 1;

    private final Fleet fleet;
    private final Timer timer;
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final Map<String, Heard> heard = new ConcurrentHashMap<>();

    /** The newest body of an agent that was taken down. */
    private record Heard(String bootId, long sequence) {}

    /** A poll that is held, and the cluster of its node. */
    private record Waiting(String clusterId, CompletableFuture<Boolean> poll) {}

    /** What shall run, and its number. */
    private record Wanted(int version, List<WantedProcess> processes) {}

    public AgentHub(Fleet fleet, Timer timer) {
        this.fleet = fleet;
        this.timer = timer;
        fleet.onReplanned(this::poke);
    }

    public void install(ServerBuilder server) {
        server.service("/agent/v1/register", (context, request) -> blocking(context, request, this::register));
        server.service("/agent/v1/report", (context, request) -> blocking(context, request, this::report));
        server.service("/agent/v1/sync", (context, request) -> {
            // An agent may wait longer than the server's usual time limit.
            context.clearRequestTimeout();
            return HttpResponse.of(request.aggregate()
                    .thenApplyAsync(whole -> parse(whole.contentUtf8()), context.blockingTaskExecutor())
                    .thenCompose(body -> sync(context, request, body)));
        });
    }

    /** Something may have changed for the nodes of this cluster: looks at their waiting polls again. */
    private void poke(String clusterId) {
        waiting.values().stream()
                .filter(each -> each.clusterId().equals(clusterId))
                .forEach(each -> each.poll().complete(true));
    }

    private interface Answer {
        HttpResponse answer(HttpRequest request, JsonNode body);
    }

    private static HttpResponse blocking(ServiceRequestContext context, HttpRequest request, Answer answer) {
        return HttpResponse.of(request.aggregate()
                .thenApplyAsync(
                        whole -> answer.answer(request, parse(whole.contentUtf8())), context.blockingTaskExecutor()));
    }

    private HttpResponse register(HttpRequest request, JsonNode body) {
        String nodeId = body.path("nodeId").asText();
        if (body.path("protocol").asInt() != PROTOCOL) {
            return HttpResponse.of(HttpStatus.BAD_REQUEST);
        }
        return fleet.register(nodeId, bearer(request))
                .map(key -> json(Json.mapper().createObjectNode().put("key", key)))
                .orElseGet(() -> HttpResponse.of(HttpStatus.UNAUTHORIZED));
    }

    private HttpResponse report(HttpRequest request, JsonNode body) {
        Optional<HttpStatus> refusal = refusal(request, body);
        if (refusal.isPresent()) {
            return HttpResponse.of(refusal.get());
        }
        takeDown(body);
        return json(Json.mapper().createObjectNode());
    }

    private CompletableFuture<HttpResponse> sync(ServiceRequestContext context, HttpRequest request, JsonNode body) {
        return CompletableFuture.supplyAsync(
                        () -> {
                            Optional<HttpStatus> refusal = refusal(request, body);
                            if (refusal.isEmpty()) {
                                takeDown(body);
                            }
                            return refusal;
                        },
                        context.blockingTaskExecutor())
                .thenCompose(refusal -> refusal.isPresent()
                        ? CompletableFuture.completedFuture(HttpResponse.of(refusal.get()))
                        : hold(context, body, System.nanoTime()));
    }

    private CompletableFuture<HttpResponse> hold(ServiceRequestContext context, JsonNode body, long since) {
        String nodeId = body.path("nodeId").asText();
        int known = body.path("ackWanted").asInt();
        CompletableFuture<Boolean> poll = new CompletableFuture<>();
        return CompletableFuture.supplyAsync(() -> look(nodeId, poll), context.blockingTaskExecutor())
                .thenCompose(wanted -> {
                    if (wanted.isEmpty()) {
                        return CompletableFuture.completedFuture(HttpResponse.of(HttpStatus.GONE));
                    }
                    long left = HOLD.toNanos() - (System.nanoTime() - since);
                    if (wanted.get().version() != known || left <= 0) {
                        waiting.computeIfPresent(nodeId, (id, held) -> held.poll() == poll ? null : held);
                        return CompletableFuture.completedFuture(answer(wanted.get(), known));
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

    private Optional<HttpStatus> refusal(HttpRequest request, JsonNode body) {
        String nodeId = body.path("nodeId").asText();
        if (body.path("protocol").asInt() != PROTOCOL) {
            return Optional.of(HttpStatus.BAD_REQUEST);
        }
        if (!fleet.authentic(nodeId, bearer(request))) {
            return Optional.of(HttpStatus.UNAUTHORIZED);
        }
        return fleet.known(nodeId) ? Optional.empty() : Optional.of(HttpStatus.GONE);
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
                ObservedProcess.State.valueOf(node.path("state").asText().toUpperCase(Locale.ROOT)),
                node.hasNonNull("exitCode") ? Optional.of(node.path("exitCode").asInt()) : Optional.empty(),
                node.hasNonNull("ready") ? Optional.of(Json.write(node.path("ready"))) : Optional.empty(),
                node.hasNonNull("failure") ? Optional.of(Json.write(node.path("failure"))) : Optional.empty(),
                node.path("stderrTail").asText(""));
    }

    private Wanted wanted(String nodeId) {
        List<WantedProcess> processes = fleet.wanted(nodeId);
        // 0 means that an agent has heard nothing yet.
        return new Wanted(1 + (Json.write(processes).hashCode() & 0x3fffffff), processes);
    }

    private static HttpResponse answer(Wanted wanted, int known) {
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("wantedVersion", wanted.version());
        if (wanted.version() != known) {
            body.set("wanted", Json.tree(wanted.processes()));
        }
        body.putArray("requests");
        body.put("waitMillis", 0);
        return json(body);
    }

    private static String bearer(HttpRequest request) {
        String header = request.headers().get("authorization", "");
        return header.startsWith("Bearer ") ? header.substring(7) : "";
    }

    private static JsonNode parse(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (IOException e) {
            log.warn("an agent sent what is not JSON");
            return Json.mapper().createObjectNode();
        }
    }

    private static HttpResponse json(ObjectNode body) {
        return HttpResponse.of(
                HttpStatus.OK, MediaType.JSON_UTF_8, Json.write(body).getBytes(StandardCharsets.UTF_8));
    }
}
