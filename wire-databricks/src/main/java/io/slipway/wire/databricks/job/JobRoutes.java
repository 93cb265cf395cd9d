package io.slipway.wire.databricks.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kit.Page;
import io.slipway.kit.PageWanted;
import io.slipway.kit.PlatformException;
import io.slipway.store.Described;
import io.slipway.wire.Request;
import io.slipway.wire.WireJson;
import io.slipway.wire.databricks.DatabricksApi;
import io.slipway.wire.databricks.DatabricksDialect;
import io.slipway.wire.databricks.ManifestJson;
import io.slipway.wire.databricks.Paging;
import io.slipway.work.job.Compute;
import io.slipway.work.job.Job;
import io.slipway.work.job.JobWanted;
import io.slipway.work.job.Jobs;
import io.slipway.work.job.RunParameters;
import io.slipway.work.job.Runs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Jobs API: jobs. */
public final class JobRoutes {
    private static final String USUAL_NAME = "Untitled";

    private final Jobs jobs;
    private final Runs runs;
    private final TaskClusters clusters;

    public JobRoutes(Jobs jobs, Runs runs, TaskClusters clusters) {
        this.jobs = jobs;
        this.runs = runs;
        this.clusters = clusters;
    }

    public void add(DatabricksApi api) {
        for (ApiVersion version : ApiVersion.values()) {
            api.family(DatabricksDialect.MISSING_IS_INVALID, version.prefix())
                    .post("/create", request -> create(request, version))
                    .get("/get", request -> get(request, version))
                    .get("/list", request -> list(request, version))
                    .post("/update", this::update)
                    .post("/reset", request -> reset(request, version))
                    .post("/delete", this::delete)
                    .post("/run-now", this::runNow);
        }
    }

    /** Jobs API 2.2: a job that says nothing of a queue has one. */
    private static ObjectNode queueing(ObjectNode settings, ApiVersion version) {
        if (version == ApiVersion.V2_2 && !settings.hasNonNull("queue")) {
            settings.putObject("queue").put("enabled", true);
        }
        return settings;
    }

    private Object create(Request request, ApiVersion version) {
        Job job = jobs.create(
                request.caller(),
                SettingsRequest.settings(
                        queueing(request.tree(), version), USUAL_NAME, SettingsRules.of(clusters, request.caller())));
        return Map.of("job_id", job.id());
    }

    private SettingsRules rules(Request request, long jobId) {
        Job job = jobs.get(request.caller(), jobId);
        Set<String> known = job.settings().tasks().stream()
                .flatMap(task ->
                        task.compute() instanceof Compute.Existing it ? Stream.of(it.clusterId()) : Stream.empty())
                .collect(Collectors.toUnmodifiableSet());
        return new SettingsRules(clusters, request.caller(), known);
    }

    record Id(Optional<Long> jobId) {}

    private Object get(Request request, ApiVersion version) {
        long id = Request.require(request.query(Id.class).jobId(), "job_id");
        return JobJson.job(jobs.described(request.caller(), id), version, true);
    }

    record ListRequest(
            Optional<Integer> limit,
            Optional<Integer> offset,
            Optional<String> pageToken,
            Optional<String> name,
            Optional<Boolean> expandTasks) {}

    private Object list(Request request, ApiVersion version) {
        ListRequest asked = request.query(ListRequest.class);
        ObjectNode out = WireJson.mapper().createObjectNode();
        boolean whole = version == ApiVersion.V2_0 && asked.limit().isEmpty();
        int size = whole ? PageWanted.ALL.size() : Paging.size(asked.limit().orElse(0), 20, 100, "limit");
        Page<Described<Job>> page =
                jobs.list(request.caller(), asked.name(), Paging.wanted(asked.pageToken(), asked.offset(), size));
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
    private Object update(Request request) {
        UpdateRequest asked = request.body(UpdateRequest.class);
        long id = Request.require(asked.jobId(), "job_id");
        SettingsRules rules = rules(request, id);
        jobs.change(request.caller(), id, earlier -> {
            ObjectNode document = ManifestJson.read(earlier.manifest());
            asked.fieldsToRemove().forEach(field -> SettingsMerge.remove(document, field));
            asked.newSettings().ifPresent(changes -> SettingsMerge.merge(document, withoutGrants(changes)));
            return SettingsRequest.settings(document, USUAL_NAME, rules);
        });
        return Request.nothing();
    }

    private Object reset(Request request, ApiVersion version) {
        UpdateRequest asked = request.body(UpdateRequest.class);
        long id = Request.require(asked.jobId(), "job_id");
        JobWanted settings = SettingsRequest.settings(
                queueing(withoutGrants(Request.require(asked.newSettings(), "new_settings")), version),
                USUAL_NAME,
                rules(request, id));
        jobs.change(request.caller(), id, old -> settings);
        return Request.nothing();
    }

    /** Jobs API 2.1 takes them with a new job only. */
    private static ObjectNode withoutGrants(ObjectNode settings) {
        if (settings.path("access_control_list").size() > 0) {
            throw PlatformException.invalid(
                    "access_control_list is for new jobs; the permissions API changes it for those that are there.");
        }
        return settings;
    }

    private Object delete(Request request) {
        jobs.delete(request.caller(), Request.require(request.body(Id.class).jobId(), "job_id"));
        return Request.nothing();
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

    private Object runNow(Request request) {
        RunNow asked = request.body(RunNow.class);
        if (!asked.only().isEmpty()) {
            throw PlatformException.invalid("Running only some tasks of a job is not supported by this workspace yet.");
        }
        long id = Request.require(asked.jobId(), "job_id");
        long runId = runs.start(
                        request.caller(),
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
