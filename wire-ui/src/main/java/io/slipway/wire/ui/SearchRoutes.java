package io.slipway.wire.ui;

import io.slipway.catalog.Tables;
import io.slipway.content.tree.Tree;
import io.slipway.identity.Caller;
import io.slipway.spark.compute.Clusters;
import io.slipway.wire.Request;
import io.slipway.work.job.Jobs;
import io.slipway.work.job.Run;
import io.slipway.work.job.RunCause;
import io.slipway.work.job.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Finding things: what was touched last, what failed, and everything whose name has some text in it. */
public final class SearchRoutes {
    private static final int RECENTS = 12;
    private static final int FAILED = 5;
    private static final int PER_KIND = 8;

    private final Tree tree;
    private final Clusters clusters;
    private final Jobs jobs;
    private final Runs runs;
    private final Tables tables;

    public SearchRoutes(Tree tree, Clusters clusters, Jobs jobs, Runs runs, Tables tables) {
        this.tree = tree;
        this.clusters = clusters;
        this.jobs = jobs;
        this.runs = runs;
        this.tables = tables;
    }

    public void add(UiApi ui) {
        ui.family("/ui-api").get("/home", this::home).get("/search", this::search);
    }

    record FailedRun(long runId, long jobId, String name, long endTime, String message) {}

    record Home(List<ObjectRoutes.Item> recents, List<FailedRun> failedRuns) {}

    private Object home(Request request) {
        List<Run> wrong = runs.failed(request.caller(), FAILED);
        Map<Long, String> causes = runs
                .causes(request.caller(), wrong.stream().map(Run::id).toList())
                .stream()
                .collect(Collectors.toMap(RunCause::runId, cause -> cause.taskKey() + ": " + cause.text()));
        List<FailedRun> failed = wrong.stream()
                .map(run -> new FailedRun(
                        run.id(),
                        run.jobId().orElse(0L),
                        run.name(),
                        run.endedAt(),
                        causes.getOrDefault(run.id(), run.message())))
                .toList();
        return new Home(
                tree.recent(request.caller(), RECENTS).stream()
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
            hits.addAll(inClusters(request.caller(), text));
            hits.addAll(inJobs(request.caller(), text));
            hits.addAll(inWorkspace(request.caller(), text));
            hits.addAll(inTables(request.caller(), text));
        }
        return new Hits(hits);
    }

    private List<Hit> inClusters(Caller caller, String text) {
        return clusters.search(caller, text, PER_KIND).stream()
                .map(cluster -> new Hit(
                        "cluster",
                        cluster.id(),
                        cluster.spec().name(),
                        cluster.state().name()))
                .toList();
    }

    private List<Hit> inJobs(Caller caller, String text) {
        return jobs.search(caller, text, PER_KIND).stream()
                .map(job -> new Hit(
                        "job",
                        String.valueOf(job.id()),
                        job.settings().name(),
                        job.creator().name()))
                .toList();
    }

    private List<Hit> inWorkspace(Caller caller, String text) {
        return tree.search(caller, text, PER_KIND).stream()
                .map(object -> new Hit(
                        object.type().name().toLowerCase(Locale.ROOT),
                        object.path(),
                        object.path().substring(object.path().lastIndexOf('/') + 1),
                        object.path()))
                .toList();
    }

    private List<Hit> inTables(Caller caller, String text) {
        return tables.search(caller, text, PER_KIND).stream()
                .map(table -> new Hit(
                        "table",
                        table.fullName(),
                        table.fullName(),
                        table.type().name()))
                .toList();
    }
}
