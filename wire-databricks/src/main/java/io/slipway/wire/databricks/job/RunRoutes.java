package io.slipway.wire.databricks.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kit.Page;
import io.slipway.kit.PlatformException;
import io.slipway.platform.job.Run;
import io.slipway.platform.job.Runs;
import io.slipway.platform.job.TaskRun;
import io.slipway.wire.databricks.Call;
import io.slipway.wire.databricks.Dialect;
import io.slipway.wire.databricks.Paging;
import io.slipway.wire.databricks.Routes;
import io.slipway.wire.databricks.WireJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jobs API: runs. */
public final class RunRoutes {
    private final Runs runs;
    private final RunJson json;

    /** @param pageRoot what {@code run_page_url} begins with, up to and with the {@code #} */
    public RunRoutes(Runs runs, String pageRoot) {
        this.runs = runs;
        this.json = new RunJson(pageRoot);
    }

    public void add(Routes routes) {
        for (ApiVersion version : ApiVersion.values()) {
            routes.family(Dialect.MISSING_IS_INVALID, version.prefix() + "/runs")
                    .post("/submit", this::submit)
                    .get("/get", call -> get(call, version))
                    .get("/list", call -> list(call, version))
                    .get("/get-output", call -> output(call, version))
                    .get("/export", this::export)
                    .post("/cancel", this::cancel)
                    .post("/cancel-all", this::cancelAll)
                    .post("/delete", this::delete);
        }
    }

    record Submit(Optional<String> runName, Optional<String> idempotencyToken) {}

    private Object submit(Call call) {
        Submit asked = call.body(Submit.class);
        ObjectNode tree = call.tree();
        asked.runName().ifPresent(name -> tree.put("name", name));
        Run run = runs.submit(
                call.caller(),
                SettingsRequest.settings(tree, "Untitled"),
                asked.idempotencyToken().filter(token -> !token.isEmpty()));
        return Map.of("run_id", run.id());
    }

    record Id(Optional<Long> runId, Optional<Long> jobId, Optional<Boolean> allQueuedRuns) {
        long run() {
            return Call.require(runId, "run_id");
        }
    }

    private Object get(Call call, ApiVersion version) {
        long id = call.query(Id.class).run();
        Runs.Details details = runs.get(call.caller(), id);
        ObjectNode whole = json.run(details, version, true);
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

    record ListRequest(
            Optional<Long> jobId,
            Optional<Boolean> activeOnly,
            Optional<Boolean> completedOnly,
            Optional<Integer> limit,
            Optional<Integer> offset,
            Optional<String> pageToken,
            Optional<Boolean> expandTasks,
            Optional<String> runType,
            Optional<Long> startTimeFrom,
            Optional<Long> startTimeTo) {}

    private Object list(Call call, ApiVersion version) {
        ListRequest asked = call.query(ListRequest.class);
        boolean active = asked.activeOnly().orElse(false);
        boolean completed = asked.completedOnly().orElse(false);
        if (active && completed) {
            throw PlatformException.invalid("active_only and completed_only cannot both be true.");
        }
        List<Run> all = runs.list(call.caller(), asked.jobId()).stream()
                .filter(run -> !active || !run.state().ended())
                .filter(run -> !completed || run.state().ended())
                .filter(run -> asked.runType()
                        .map(type -> type.equals(run.jobId().isPresent() ? "JOB_RUN" : "SUBMIT_RUN"))
                        .orElse(true))
                .filter(run -> run.startedAt() >= asked.startTimeFrom().orElse(0L))
                .filter(run -> run.startedAt() <= asked.startTimeTo().orElse(Long.MAX_VALUE))
                .toList();
        int most = version == ApiVersion.V2_0 ? 1000 : 25;
        int size = Paging.size(asked.limit().orElse(0), 20, most, "limit");
        Page<Run> page = asked.pageToken().filter(token -> !token.isEmpty()).isPresent()
                ? Paging.page(all, asked.pageToken().get(), size)
                : Paging.page(all, asked.offset().orElse(0), size);
        ObjectNode out = WireJson.mapper().createObjectNode();
        boolean tasks = asked.expandTasks().orElse(false);
        List<ObjectNode> shown = new ArrayList<>();
        page.items().forEach(run -> shown.add(json.run(runs.get(call.caller(), run.id()), version, tasks)));
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

    private Object output(Call call, ApiVersion version) {
        Runs.Output output = runs.output(call.caller(), call.query(Id.class).run());
        return RunOutput.of(
                output, json.run(runs.get(call.caller(), output.run().id()), version, false));
    }

    record View(String content, String name, String type) {}

    private Object export(Call call) {
        long id = call.query(Id.class).run();
        Runs.Details details = runs.get(call.caller(), id);
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
                List.of(new View(RunPage.html(runs, call.caller(), details.run(), task), task.taskKey(), "NOTEBOOK")));
    }

    private Object cancel(Call call) {
        runs.cancel(call.caller(), call.body(Id.class).run());
        return Call.empty();
    }

    private Object cancelAll(Call call) {
        runs.cancelAll(call.caller(), Call.require(call.body(Id.class).jobId(), "job_id"));
        return Call.empty();
    }

    private Object delete(Call call) {
        runs.delete(call.caller(), call.body(Id.class).run());
        return Call.empty();
    }
}
