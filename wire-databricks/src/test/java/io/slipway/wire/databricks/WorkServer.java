package io.slipway.wire.databricks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.identity.Caller;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.SessionTokens;
import io.slipway.kit.Ids;
import io.slipway.kit.testing.FakeClock;
import io.slipway.kit.testing.Seam;
import io.slipway.runtime.RuntimeLines;
import io.slipway.spark.compute.ClusterSpec;
import io.slipway.spark.compute.Clusters;
import io.slipway.spark.compute.Drivers;
import io.slipway.spark.compute.NodeTypes;
import io.slipway.spark.compute.StillClusters;
import io.slipway.spark.kernel.KernelSteps;
import io.slipway.spark.profile.InstanceProfiles;
import io.slipway.spark.testing.FakeDrivers;
import io.slipway.store.Base;
import io.slipway.store.TestBase;
import io.slipway.wire.WireJson;
import io.slipway.wire.databricks.compute.ClusterRoutes;
import io.slipway.wire.databricks.compute.InstanceProfileRoutes;
import io.slipway.wire.databricks.job.JobRoutes;
import io.slipway.wire.databricks.job.RunRoutes;
import io.slipway.wire.databricks.job.TaskClusters;
import io.slipway.work.job.Jobs;
import io.slipway.work.job.Runs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;

/** Clusters, jobs and runs over HTTP, in a time that stands still; no loop runs, tests write what loops would have come to. */
@NullUnmarked
public final class WorkServer implements AutoCloseable {
    public final FakeClock clock = new FakeClock(1_700_000_000_000L);
    private final HttpClient client = HttpClient.newHttpClient();
    private final WireServer server;
    private Base base;

    public WorkServer(Path folder) {
        server = WireServer.start(folder, clock, new Ids(clock, new Random(1)), parts -> {
            base = parts.base();
            Clusters clusters = StillClusters.of(base);
            SessionTokens tokens = new SessionTokens(new byte[32], clock);
            FakeDrivers drivers = new FakeDrivers(
                    clock, Seam.QUIET, (context, command, spec) -> FakeDrivers.Ending.ok(Duration.ofSeconds(1)));
            Jobs jobs = new Jobs(base, new IdentityArea(base, new byte[32]), TestBase.deaf(base));
            Runs runs = new Runs(
                    base,
                    new IdentityArea(base, new byte[32]),
                    new KernelSteps(base, tokens, clusters, new Drivers(base, tokens), drivers).contexts,
                    TestBase.deaf(base));
            new InstanceProfileRoutes(new InstanceProfiles(base, new IdentityArea(base, new byte[32]), arn -> false))
                    .add(parts.api());
            new ClusterRoutes(clusters, NodeTypes.bundled(), RuntimeLines.bundled()).add(parts.api());
            TaskClusters some = named(TaskClusters.of(clusters));
            new JobRoutes(jobs, runs, some).add(parts.api());
            new RunRoutes(jobs, runs, some, "https://here").add(parts.api());
        });
    }

    /** Most tests are not about clusters: one called c, or c-1, is always there. */
    private static TaskClusters named(TaskClusters real) {
        return new TaskClusters() {
            @Override
            public void fresh(ClusterSpec spec) {
                real.fresh(spec);
            }

            @Override
            public void existing(Caller caller, String id) {
                if (!id.equals("c") && !id.equals("c-1")) {
                    real.existing(caller, id);
                }
            }
        };
    }

    /** An answer and how it was meant. */
    public record Answer(int status, JsonNode body) {
        public String message() {
            return body.path("message").asText();
        }
    }

    public Answer get(String path) {
        return call(HttpRequest.newBuilder(URI.create(server.url() + path)).GET());
    }

    /** @param body JSON, with single quotes for double ones */
    public Answer post(String path, String body) {
        return call(HttpRequest.newBuilder(URI.create(server.url() + path))
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    private Answer call(HttpRequest.Builder request) {
        try {
            HttpResponse<String> reply = client.send(
                    request.header("Authorization", "Bearer " + server.token()).build(),
                    HttpResponse.BodyHandlers.ofString());
            return new Answer(reply.statusCode(), WireJson.mapper().readTree(reply.body()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON", e);
        } catch (IOException e) {
            throw new IllegalStateException("no answer", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** What a loop would have written. */
    public void write(String sql, Object... values) {
        base.database().change(tx -> tx.sql().execute(sql, values));
    }

    @Override
    public void close() {
        server.close();
    }
}
