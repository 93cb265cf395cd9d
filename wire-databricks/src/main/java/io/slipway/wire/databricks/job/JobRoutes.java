package io.slipway.wire.databricks.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kit.Page;
import io.slipway.kit.PlatformException;
import io.slipway.platform.job.Job;
import io.slipway.platform.job.JobSettings;
import io.slipway.platform.job.Jobs;
import io.slipway.platform.job.RunParameters;
import io.slipway.platform.job.Runs;
import io.slipway.wire.databricks.Call;
import io.slipway.wire.databricks.Dialect;
import io.slipway.wire.databricks.Paging;
import io.slipway.wire.databricks.Routes;
import io.slipway.wire.databricks.WireJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jobs API: jobs. */
public final class JobRoutes {
    private static final String USUAL_NAME = "Untitled";

    private final Jobs jobs;
    private final Runs runs;

    public JobRoutes(Jobs jobs, Runs runs) {
        this.jobs = jobs;
        this.runs = runs;
    }

    public void add(Routes routes) {
        for (ApiVersion version : ApiVersion.values()) {
            routes.family(Dialect.MISSING_IS_INVALID, version.prefix())
                    .post("/create", this::create)
                    .get("/get", call -> get(call, version))
                    .get("/list", call -> list(call, version))
                    .post("/update", this::update)
                    .post("/reset", this::reset)
                    .post("/delete", this::delete)
                    .post("/run-now", this::runNow);
        }
    }

    private Object create(Call call) {
        Job job = jobs.create(call.caller(), SettingsRequest.settings(call.tree(), USUAL_NAME));
        return Map.of("job_id", job.id());
    }

    record Id(Optional<Long> jobId) {}

    private Object get(Call call, ApiVersion version) {
        long id = Call.require(call.query(Id.class).jobId(), "job_id");
        return JobJson.job(jobs.get(call.caller(), id), version, true);
    }

    record ListRequest(
            Optional<Integer> limit,
            Optional<Integer> offset,
            Optional<String> pageToken,
            Optional<String> name,
            Optional<Boolean> expandTasks) {}

    private Object list(Call call, ApiVersion version) {
        ListRequest asked = call.query(ListRequest.class);
        List<Job> all = jobs.list(call.caller(), asked.name());
        ObjectNode out = WireJson.mapper().createObjectNode();
        boolean whole = version == ApiVersion.V2_0 && asked.limit().isEmpty();
        int size = whole ? Math.max(1, all.size()) : Paging.size(asked.limit().orElse(0), 20, 100, "limit");
        Page<Job> page = asked.pageToken().filter(token -> !token.isEmpty()).isPresent()
                ? Paging.page(all, asked.pageToken().get(), size)
                : Paging.page(all, asked.offset().orElse(0), size);
        boolean tasks = version == ApiVersion.V2_0 || asked.expandTasks().orElse(false);
        if (!page.items().isEmpty()) {
            out.set(
                    "jobs",
                    WireJson.mapper()
                            .valueToTree(page.items().stream()
                                    .map(job -> JobJson.job(job, version, tasks))
                                    .toList()));
        }
        if (version != ApiVersion.V2_0) {
            out.put("has_more", !page.next().isEmpty());
            if (!page.next().isEmpty()) {
                out.put("next_page_token", page.next());
            }
            if (!page.previous().isEmpty()) {
                out.put("prev_page_token", page.previous());
            }
        }
        return out;
    }

    record UpdateRequest(Optional<Long> jobId, Optional<ObjectNode> newSettings, List<String> fieldsToRemove) {}

    /** Top-level fields of {@code new_settings} replace those of the job; tasks and job clusters are merged by key. */
    private Object update(Call call) {
        UpdateRequest asked = call.body(UpdateRequest.class);
        long id = Call.require(asked.jobId(), "job_id");
        jobs.change(call.caller(), id, settings -> {
            ObjectNode document = JobJson.document(settings);
            asked.fieldsToRemove().forEach(field -> SettingsMerge.remove(document, field));
            asked.newSettings().ifPresent(changes -> SettingsMerge.merge(document, changes));
            return SettingsRequest.settings(document, USUAL_NAME);
        });
        return Call.empty();
    }

    private Object reset(Call call) {
        UpdateRequest asked = call.body(UpdateRequest.class);
        long id = Call.require(asked.jobId(), "job_id");
        JobSettings settings = SettingsRequest.settings(Call.require(asked.newSettings(), "new_settings"), USUAL_NAME);
        jobs.change(call.caller(), id, old -> settings);
        return Call.empty();
    }

    private Object delete(Call call) {
        jobs.delete(call.caller(), Call.require(call.body(Id.class).jobId(), "job_id"));
        return Call.empty();
    }

    record RunNow(
            Optional<Long> jobId,
            Optional<String> idempotencyToken,
            Map<String, String> jobParameters,
            Map<String, String> notebookParams,
            List<String> jarParams,
            List<String> pythonParams,
            Map<String, String> pythonNamedParams,
            List<String> only) {}

    private Object runNow(Call call) {
        RunNow asked = call.body(RunNow.class);
        if (!asked.only().isEmpty()) {
            throw PlatformException.invalid("Running only some tasks of a job is not supported by this workspace yet.");
        }
        long id = Call.require(asked.jobId(), "job_id");
        long runId = runs.start(
                        call.caller(),
                        id,
                        new RunParameters(
                                asked.jobParameters(),
                                asked.notebookParams(),
                                asked.jarParams(),
                                asked.pythonParams(),
                                asked.pythonNamedParams()),
                        asked.idempotencyToken().filter(token -> !token.isEmpty()))
                .id();
        return Map.of("run_id", runId, "number_in_job", runId);
    }
}
