package io.slipway.wire.ui;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.kit.PlatformException;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.spark.kernel.OutputFrame;
import io.slipway.store.Json;
import io.slipway.wire.Request;
import io.slipway.work.job.Run;
import io.slipway.work.job.RunCause;
import io.slipway.work.job.Runs;
import io.slipway.work.job.TaskRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What pages show of runs beside the Jobs API: the last runs of many jobs, why runs failed, and what a task put out, cell by cell. */
public final class RunViewRoutes {
    private static final int MOST_IDS = 100;
    private static final int LAST = 5;

    /** Characters of output after which an answer ends; the rest is asked for by itself. */
    private static final long ENOUGH = 4 << 20;

    private final Runs runs;

    public RunViewRoutes(Runs runs) {
        this.runs = runs;
    }

    public void add(UiApi ui) {
        ui.family("/ui-api")
                .get("/last-runs", this::last)
                .get("/run-causes", this::causes)
                .get("/task-runs/{id}/cells", this::cells);
    }

    record JobsRequest(List<Long> jobId) {}

    record State(String lifeCycleState, Optional<String> resultState) {}

    record LastRun(long runId, State state, long startTime, long endTime) {}

    record LastRuns(long jobId, List<LastRun> runs) {}

    record AllLastRuns(List<LastRuns> jobs) {}

    private Object last(Request request) {
        List<Long> ids = few(request.query(JobsRequest.class).jobId());
        Map<Long, List<Run>> found = runs.last(request.caller(), ids, LAST);
        return new AllLastRuns(ids.stream()
                .map(id -> new LastRuns(
                        id,
                        found.getOrDefault(id, List.of()).stream()
                                .map(RunViewRoutes::shown)
                                .toList()))
                .toList());
    }

    private static LastRun shown(Run run) {
        Optional<String> result =
                run.result().filter(any -> run.state().ended()).map(Enum::name);
        return new LastRun(run.id(), new State(run.state().name(), result), run.startedAt(), run.endedAt());
    }

    record RunsRequest(List<Long> runId) {}

    record Causes(List<RunCause> causes) {}

    private Object causes(Request request) {
        return new Causes(runs.causes(
                request.caller(), few(request.query(RunsRequest.class).runId())));
    }

    private static List<Long> few(List<Long> ids) {
        if (ids.size() > MOST_IDS) {
            throw PlatformException.invalid("At most " + MOST_IDS + " can be asked for at once.");
        }
        return ids.stream().distinct().toList();
    }

    record From(Optional<Integer> from) {}

    /** @param frames of the driver protocol, in order */
    record Cell(int index, String language, String text, List<JsonNode> frames) {}

    /** @param next the first cell that is not in this answer; absent after the last */
    record Cells(List<Cell> cells, Optional<Integer> next, Optional<String> error, Optional<String> errorTrace) {}

    private Object cells(Request request) {
        long id = number(request.path("id"));
        Runs.Details details = runs.get(request.caller(), id);
        TaskRun task = details.tasks().stream()
                .filter(each -> each.id() == id)
                .findFirst()
                .orElseThrow(() -> PlatformException.notFound("Task run " + id + " does not exist."));
        List<Cell> cells = new ArrayList<>();
        long size = 0;
        int at = Math.max(0, request.query(From.class).from().orElse(0));
        while (at < task.plan().size() && size < ENOUGH) {
            CommandSpec command = task.plan().get(at);
            List<JsonNode> frames =
                    at > task.position() ? List.of() : frames(runs.output(request.caller(), details.run(), task, at));
            size += command.text().length()
                    + frames.stream()
                            .mapToLong(each -> Json.write(each).length())
                            .sum();
            cells.add(new Cell(at, language(command), command.text(), frames));
            at++;
        }
        return new Cells(
                cells, at < task.plan().size() ? Optional.of(at) : Optional.empty(), task.error(), task.trace());
    }

    private static List<JsonNode> frames(List<OutputFrame> frames) {
        return frames.stream().map(OutputFrame::body).toList();
    }

    private static String language(CommandSpec command) {
        if (command instanceof CommandSpec.Code code) {
            return code.language();
        }
        return command instanceof CommandSpec.PythonFile ? "python" : "text";
    }

    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw PlatformException.invalid("The id of a run is a number.");
        }
    }
}
