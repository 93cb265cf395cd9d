package io.slipway.wire.ui;

import io.slipway.platform.catalog.Catalogs;
import io.slipway.platform.catalog.PageRequest;
import io.slipway.platform.catalog.Tables;
import io.slipway.platform.compute.Clusters;
import io.slipway.platform.identity.Caller;
import io.slipway.platform.job.Jobs;
import io.slipway.platform.job.Runs;
import io.slipway.platform.workspace.Workspaces;
import io.slipway.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finding things: what was touched last, what failed, and everything whose name has some text in it. */
public final class SearchRoutes {
    private static final int RECENTS = 12;
    private static final int FAILED = 5;
    private static final int PER_KIND = 8;

    private final Workspaces workspaces;
    private final Clusters clusters;
    private final Jobs jobs;
    private final Runs runs;
    private final Catalogs catalogs;
    private final Tables tables;

    public SearchRoutes(
            Workspaces workspaces, Clusters clusters, Jobs jobs, Runs runs, Catalogs catalogs, Tables tables) {
        this.workspaces = workspaces;
        this.clusters = clusters;
        this.jobs = jobs;
        this.runs = runs;
        this.catalogs = catalogs;
        this.tables = tables;
    }

    public void add(UiApi ui) {
        ui.family("/ui-api").get("/home", this::home).get("/search", this::search);
    }

    record FailedRun(long runId, long jobId, String name, long endTime, String message) {}

    record Home(List<ObjectRoutes.Item> recents, List<FailedRun> failedRuns) {}

    private Object home(Request request) {
        List<FailedRun> failed = runs.failed(request.caller(), FAILED).stream()
                .map(run -> new FailedRun(run.id(), run.jobId().orElse(0L), run.name(), run.endedAt(), run.message()))
                .toList();
        return new Home(
                workspaces.recent(request.caller(), RECENTS).stream()
                        .map(ObjectRoutes.Item::of)
                        .toList(),
                failed);
    }

    record Hit(String kind, String id, String name, String detail) {}

    record Hits(List<Hit> hits) {}

    private Object search(Request request) {
        String text = request.query("q").orElse("").strip();
        List<Hit> hits = new ArrayList<>();
        if (!text.isEmpty()) {
            String folded = text.toLowerCase(Locale.ROOT);
            hits.addAll(inClusters(request.caller(), folded));
            hits.addAll(inJobs(request.caller(), folded));
            hits.addAll(inWorkspace(request.caller(), text));
            hits.addAll(inTables(request.caller(), folded));
        }
        return new Hits(hits);
    }

    private List<Hit> inClusters(Caller caller, String text) {
        return clusters.list(caller).stream()
                .filter(cluster ->
                        cluster.spec().name().toLowerCase(Locale.ROOT).contains(text)
                                || cluster.id().contains(text))
                .limit(PER_KIND)
                .map(cluster -> new Hit(
                        "cluster",
                        cluster.id(),
                        cluster.spec().name(),
                        cluster.state().name()))
                .toList();
    }

    private List<Hit> inJobs(Caller caller, String text) {
        return jobs.list(caller, Optional.empty()).stream()
                .filter(job -> job.settings().name().toLowerCase(Locale.ROOT).contains(text)
                        || String.valueOf(job.id()).equals(text))
                .limit(PER_KIND)
                .map(job ->
                        new Hit("job", String.valueOf(job.id()), job.settings().name(), job.creator()))
                .toList();
    }

    private List<Hit> inWorkspace(Caller caller, String text) {
        return workspaces.search(caller, text, PER_KIND).stream()
                .map(object -> new Hit(
                        object.type().name().toLowerCase(Locale.ROOT),
                        object.path(),
                        object.path().substring(object.path().lastIndexOf('/') + 1),
                        object.path()))
                .toList();
    }

    /** Patterns of the catalog take {@code %} and {@code _} as wildcards, which does no harm here. */
    private List<Hit> inTables(Caller caller, String text) {
        PageRequest page = new PageRequest(Optional.of(PER_KIND), Optional.empty());
        return catalogs.list(caller, PageRequest.ALL).items().stream()
                .flatMap(catalog ->
                        tables.summaries(caller, catalog.name(), "%", "%" + text + "%", page).items().stream())
                .limit(PER_KIND)
                .map(table -> new Hit(
                        "table",
                        table.fullName(),
                        table.fullName(),
                        table.type().name()))
                .toList();
    }
}
