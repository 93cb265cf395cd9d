package io.slipway.work.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.content.notebook.CellCommands;
import io.slipway.identity.testing.People;
import io.slipway.kit.PlatformException;
import io.slipway.kit.WorkspaceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the parameters of a job, a run and a task meet. */
class WorkTest {
    private static final TaskRun TASK = new TaskRun(
            7,
            5,
            "second",
            2,
            RunState.PENDING,
            Optional.empty(),
            "",
            "",
            List.of(),
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            0,
            0,
            0,
            0,
            0);
    private static final String URL = "http://workspace.test";
    private static final TaskRun FIRST = new TaskRun(
            76,
            5,
            "first",
            1,
            RunState.TERMINATED,
            Optional.of(RunResult.UPSTREAM_FAILED),
            "",
            "",
            List.of(),
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of("text", "\"a b\"", "number", "3", "list", "[1,2]"),
            0,
            0,
            0,
            0,
            0);
    private static final Map<String, TaskRun> TASKS = Map.of("first", FIRST, "second", TASK);

    private static TaskSpec notebook(String key) {
        return new TaskSpec(
                key,
                List.of(),
                TaskSpec.RunIf.ALL_SUCCESS,
                new Compute.Existing("c"),
                new Work.NotebookTask("/Shared/" + key, Map.of()),
                List.of(),
                0,
                0,
                0,
                false);
    }

    private static Run run(RunParameters parameters) {
        return new Run(
                5,
                WorkspaceId.FIRST,
                Optional.of(3L),
                Run.Origin.ONE_TIME,
                "nightly",
                People.ANN.principal(),
                People.ANN.principal(),
                new JobSettings(
                        "nightly",
                        List.of(notebook("first"), notebook("second")),
                        Map.of(),
                        Map.of("day", "monday", "hour", "1"),
                        0,
                        1,
                        false,
                        Optional.empty()),
                parameters,
                RunState.RUNNING,
                Optional.empty(),
                "",
                false,
                1_700_000_000_000L,
                1_700_000_000_000L,
                0);
    }

    private static Work.Given given(RunParameters parameters) {
        return Work.Given.of(run(parameters), TASK, TASKS, URL);
    }

    private static String resolved(String text) {
        return new References(run(RunParameters.NONE), TASK, Map.of("day", "monday", "cost", "$1"), TASKS, URL)
                .resolve(text);
    }

    @Test
    void references_stand_for_what_they_name() {
        assertThat(resolved("{{job.id}} {{job_id}} {{job.name}} {{job.run_id}} {{parent_run_id}}"))
                .isEqualTo("3 3 nightly 5 5");
        assertThat(resolved("{{task.run_id}}{{run_id}}{{task.name}}{{task_key}}"))
                .isEqualTo("77secondsecond");
        assertThat(resolved("{{task.execution_count}}-{{ task_retry_count }}")).isEqualTo("2-2");
        assertThat(resolved("{{job.start_time.timestamp_ms}}")).isEqualTo("1700000000000");
        assertThat(resolved("on {{ job.parameters.day }}!")).isEqualTo("on monday!");
    }

    @ParameterizedTest
    @CsvSource({
        "job.repair_count, 0",
        "job.trigger.type, onetime",
        "job.start_time.iso_date, 2023-11-14",
        "job.start_time.iso_datetime, 2023-11-14T22:13:20",
        "job.start_time.iso_weekday, 2",
        "job.start_time.is_weekday, true",
        "job.start_time.year, 2023",
        "job.start_time.month, 11",
        "job.start_time.day, 14",
        "job.start_time.hour, 22",
        "job.start_time.minute, 13",
        "job.start_time.second, 20",
        "start_date, 2023-11-14",
        "start_time, 1700000000000",
        "workspace.id, 1001",
        "workspace.url, http://workspace.test",
        "task.notebook_path, /Shared/second",
        "tasks.first.run_id, 76",
        "tasks.first.result_state, upstream_failed",
        "tasks.first.execution_count, 1",
        "tasks.first.notebook_path, /Shared/first",
    })
    void references_know_the_time_the_trigger_the_workspace_and_other_tasks(String name, String value) {
        assertThat(resolved("{{" + name + "}}")).isEqualTo(value);
    }

    @Test
    void values_of_tasks_are_plain_texts_or_json() {
        assertThat(resolved("{{tasks.first.values.text}}|{{tasks.first.values.number}}|{{tasks.first.values.list}}"))
                .isEqualTo("a b|3|[1,2]");
    }

    @Test
    void what_is_not_there_stays_as_it_is_written() {
        for (String text : List.of(
                "{{job.parameters.x}}",
                "{{ tasks.first.values.x }}",
                "{{nothing}}",
                "{{tasks.third.run_id}}",
                "{{tasks.second.result_state}}",
                "{{job.start_time.x}}",
                "{{}}",
                "{x}")) {
            assertThat(resolved(text)).isEqualTo(text);
        }
    }

    @Test
    void signs_of_regular_expressions_in_values_are_just_signs() {
        assertThat(resolved("{{job.parameters.cost}}")).isEqualTo("$1");
    }

    @Test
    void widgets_of_a_notebook_are_overridden_from_the_job_to_the_run() {
        RunParameters given =
                new RunParameters(Map.of("hour", "2"), Map.of("extra", "run"), List.of(), List.of(), Map.of());
        Work work =
                new Work.NotebookTask("/n", Map.of("day", "task", "extra", "task", "own", "{{job.parameters.hour}}"));
        assertThat(work.widgets(given(given)))
                .isEqualTo(Map.of("day", "monday", "hour", "2", "extra", "run", "own", "2"));
    }

    @Test
    void arguments_of_the_run_replace_those_of_the_task() {
        Work work = new Work.PythonFile("/x.py", List.of("{{job.parameters.day}}", "b"));
        assertThat(work.with(given(RunParameters.NONE)))
                .isEqualTo(new Work.PythonFile("/x.py", List.of("monday", "b")));
        RunParameters given = new RunParameters(Map.of(), Map.of(), List.of("j"), List.of("p"), Map.of("n", "run"));
        assertThat(work.with(given(given))).isEqualTo(new Work.PythonFile("/x.py", List.of("p")));
        assertThat(new Work.Jar("Main", List.of("a")).with(given(given))).isEqualTo(new Work.Jar("Main", List.of("j")));
        assertThat(new Work.Wheel("pkg", "main", List.of("a"), Map.of("n", "task", "m", "task")).with(given(given)))
                .isEqualTo(new Work.Wheel("pkg", "main", List.of("p"), Map.of("n", "run", "m", "task")));
    }

    @Test
    void a_relative_notebook_starts_at_the_folder_of_the_one_that_names_it() {
        assertThat(CellCommands.resolve("/a/b/c", "d")).isEqualTo("/a/b/d");
        assertThat(CellCommands.resolve("/a/b/c", "./d/e")).isEqualTo("/a/b/d/e");
        assertThat(CellCommands.resolve("/a/b/c", "../d")).isEqualTo("/a/d");
        assertThat(CellCommands.resolve("/a/b/c", "../../d")).isEqualTo("/d");
        assertThat(CellCommands.resolve("/a/b/c", "/x/y")).isEqualTo("/x/y");
        assertThatThrownBy(() -> CellCommands.resolve("/a/b", "../../d"))
                .isInstanceOf(PlatformException.class)
                .hasMessage("Path ../../d leaves the workspace.");
    }
}
