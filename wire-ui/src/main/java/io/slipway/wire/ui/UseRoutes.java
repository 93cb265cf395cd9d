package io.slipway.wire.ui;

import io.slipway.content.notebook.Notebooks;
import io.slipway.content.tree.Tree;
import io.slipway.identity.Caller;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.spark.compute.Clusters;
import io.slipway.wire.Request;
import io.slipway.work.job.Run;
import io.slipway.work.job.Runs;
import java.util.List;
import java.util.Optional;

/** What would be lost if a cluster ended now: asked before somebody ends it. */
public final class UseRoutes {
    private final Clusters clusters;
    private final Notebooks notebooks;
    private final Tree tree;
    private final Runs runs;

    public UseRoutes(Clusters clusters, Notebooks notebooks, Tree tree, Runs runs) {
        this.clusters = clusters;
        this.notebooks = notebooks;
        this.tree = tree;
        this.runs = runs;
    }

    public void add(UiApi ui) {
        ui.missingIsInvalid("/ui-api/clusters/{id}").get("/uses", this::uses);
    }

    record UsingRun(long runId, long jobId, String name) {}

    /** @param otherNotebooks how many more there are that the caller does not see */
    record Uses(List<String> notebooks, int otherNotebooks, List<UsingRun> runs) {}

    private Object uses(Request request) {
        String cluster =
                clusters.details(request.caller(), request.path("id")).cluster().id();
        List<Long> attached = notebooks.attachedTo(cluster);
        List<String> seen = attached.stream()
                .flatMap(id -> path(request.caller(), id).stream())
                .sorted()
                .toList();
        List<UsingRun> using = runs.using(request.caller(), cluster).stream()
                .map(UseRoutes::using)
                .toList();
        return new Uses(seen, attached.size() - seen.size(), using);
    }

    private static UsingRun using(Run run) {
        return new UsingRun(run.id(), run.jobId().orElse(0L), run.name());
    }

    private Optional<String> path(Caller caller, long id) {
        try {
            return Optional.of(tree.byId(caller, id).path());
        } catch (PlatformException e) {
            if (e.code() != ErrorCode.NOT_FOUND && e.code() != ErrorCode.PERMISSION_DENIED) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
