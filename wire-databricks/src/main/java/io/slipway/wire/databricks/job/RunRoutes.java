package io.slipway.wire.databricks.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kit.Page;
import io.slipway.kit.PageWanted;
import io.slipway.kit.PlatformException;
import io.slipway.wire.Request;
import io.slipway.wire.WireJson;
import io.slipway.wire.databricks.DatabricksApi;
import io.slipway.wire.databricks.DatabricksDialect;
import io.slipway.wire.databricks.Paging;
import io.slipway.work.job.Jobs;
import io.slipway.work.job.Run;
import io.slipway.work.job.RunFilter;
import io.slipway.work.job.Runs;
import io.slipway.work.job.TaskRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jobs API: runs. */
public final class RunRoutes {
    private final Jobs jobs;
    private final Runs runs;
    private final TaskClusters clusters;
    private final RunJson json;

    /**
     * @param clusters refuses a cluster that could not be made
     * @param server where people reach the web application: {@code run_page_url} begins with it
     */
    public RunRoutes(Jobs jobs, Runs runs, TaskClusters clusters, String server) {
        this.jobs = jobs;
        this.runs = runs;
        this.clusters = clusters;
        this.json = new RunJson(server);
    }

    public void add(DatabricksApi api) {
        for (ApiVersion version : ApiVersion.values()) {
            api.family(DatabricksDialect.MISSING_IS_INVALID, version.prefix() + "/runs")
                    .post("/submit", this::submit)
                    .get("/get", request -> get(request, version))
                    .get("/list", request -> list(request, version))
                    .get("/get-output", request -> output(request, version))
                    .get("/export", this::export)
                    .post("/cancel", this::cancel)
                    .post("/cancel-all", this::cancelAll)
                    .post("/delete", this::delete);
        }
    }

    record Submit(Optional<String> runName, Optional<String> idempotencyToken) {}

    private Object submit(Request request) {
        Submit asked = request.body(Submit.class);
        ObjectNode tree = request.tree();
        asked.runName().ifPresent(name -> tree.put("name", name));
        Run run = runs.submit(
                request.caller(),
                SettingsRequest.settings(tree, "Untitled", SettingsRules.of(clusters, request.caller())),
                asked.idempotencyToken().filter(token -> !token.isEmpty()));
        return Map.of("run_id", run.id());
    }

    record Id(Optional<Long> runId, Optional<Long> jobId, Optional<Boolean> allQueuedRuns) {
        long run() {
            return Request.require(runId, "run_id");
        }
    }

    record Get(Optional<Long> runId, Optional<Boolean> includeHistory) {}

    private Object get(Request request, ApiVersion version) {
        Get asked = request.query(Get.class);
        long id = Request.require(asked.runId(), "run_id");
        Runs.Details details = runs.get(request.caller(), id);
        ObjectNode whole = json.run(details, version, true);
        if (asked.includeHistory().orElse(false) && version != ApiVersion.V2_0) {
            RunJson.history(whole, details);
        }
        if (details.run().id() == id || version == ApiVersion.V2_0) {
            return whole;
        }
        // The id of a task's run: the run as seen from that task.
        whole.put("run_id", id);
        details.tasks().stream().filter(task -> task.id() == id).findFirst().ifPresent(task -> {
            whole.put("task_key", task.taskKey());
            whole.put("start_time", task.startedAt());
            whole.put("end_time", task.endedAt());
            RunJson.putState(
                    whole,
                    task.state(),
                    task.result(),
                    task.message(),
                    details.run().cancelRequested());
        });
        return whole;
    }

    enum RunType {
        JOB_RUN,
        WORKFLOW_RUN,
        SUBMIT_RUN
    }

    record ListRequest(
            Optional<Long> jobId,
            Optional<Boolean> activeOnly,
            Optional<Boolean> completedOnly,
            Optional<Integer> limit,
            Optional<Integer> offset,
            Optional<String> pageToken,
            Optional<Boolean> expandTasks,
            Optional<RunType> runType,
            Optional<Long> startTimeFrom,
            Optional<Long> startTimeTo) {}

    private Object list(Request request, ApiVersion version) {
        ListRequest asked = request.query(ListRequest.class);
        boolean active = asked.activeOnly().orElse(false);
        boolean completed = asked.completedOnly().orElse(false);
        if (active && completed) {
            throw PlatformException.invalid("active_only and completed_only cannot both be true.");
        }
        RunFilter filter = new RunFilter(
                asked.jobId(),
                active || completed ? Optional.of(completed) : Optional.empty(),
                asked.runType().map(type -> type == RunType.JOB_RUN),
                asked.startTimeFrom(),
                asked.startTimeTo());
        int most = version == ApiVersion.V2_0 ? 1000 : 25;
        PageWanted wanted = Paging.wanted(
                asked.pageToken(), asked.offset(), Paging.size(asked.limit().orElse(0), 20, most, "limit"));
        // Runs of dbutils.notebook.run are no runs of their own here, so that there is none of this type.
        boolean none = asked.runType().filter(RunType.WORKFLOW_RUN::equals).isPresent();
        Page<Runs.Details> page = none ? Page.whole(List.of()) : runs.list(request.caller(), filter, wanted);
        ObjectNode out = WireJson.mapper().createObjectNode();
        boolean tasks = asked.expandTasks().orElse(false);
        List<ObjectNode> shown = page.items().stream()
                .map(details -> json.run(details, version, tasks))
                .toList();
        if (!shown.isEmpty()) {
            out.set("runs", WireJson.mapper().valueToTree(shown));
        }
        out.put("has_more", !page.next().isEmpty());
        if (version != ApiVersion.V2_0) {
            if (!page.next().isEmpty()) {
                out.put("next_page_token", page.next());
            }
            if (!page.previous().isEmpty()) {
                out.put("prev_page_token", page.previous());
            }
        }
        return out;
    }

    private Object output(Request request, ApiVersion version) {
        Runs.Output output =
                runs.output(request.caller(), request.query(Id.class).run());
        return RunOutput.of(
                output, json.run(runs.get(request.caller(), output.run().id()), version, false));
    }

    record View(String content, String name, String type) {}

    private Object export(Request request) {
        long id = request.query(Id.class).run();
        Runs.Details details = runs.get(request.caller(), id);
        List<TaskRun> tasks = details.tasks().stream()
                .filter(task -> task.id() == id
                        || (details.run().id() == id
                                && details.run().settings().tasks().size() == 1))
                .toList();
        if (tasks.isEmpty()) {
            throw PlatformException.invalid(
                    "Only the run of a task can be exported; run " + id + " has several tasks.");
        }
        TaskRun task = tasks.get(tasks.size() - 1);
        return Map.of(
                "views",
                List.of(new View(
                        RunPage.html(runs, request.caller(), details.run(), task), task.taskKey(), "NOTEBOOK")));
    }

    private Object cancel(Request request) {
        runs.cancel(request.caller(), request.body(Id.class).run());
        return Request.nothing();
    }

    private Object cancelAll(Request request) {
        Id asked = request.body(Id.class);
        boolean queued = asked.allQueuedRuns().orElse(false);
        if (queued && asked.jobId().isEmpty()) {
            runs.cancelQueued(request.caller(), Optional.empty());
            return Request.nothing();
        }
        long job = jobs.get(request.caller(), Request.require(asked.jobId(), "job_id"))
                .id();
        if (queued) {
            runs.cancelQueued(request.caller(), Optional.of(job));
        } else {
            runs.cancelAll(request.caller(), job);
        }
        return Request.nothing();
    }

    private Object delete(Request request) {
        runs.delete(request.caller(), request.body(Id.class).run());
        return Request.nothing();
    }
}
