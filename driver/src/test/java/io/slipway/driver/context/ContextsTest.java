package io.slipway.driver.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.driver.json.Json;
import io.slipway.driver.output.Journal;
import io.slipway.driver.output.Redaction;
import io.slipway.driver.output.ThreadOutput;
import io.slipway.driver.standin.LocalSpark;
import io.slipway.driver.standin.Programs;
import io.slipway.driver.standin.TestScope;
import io.slipway.driver.watch.SparkJobs;
import io.slipway.protocol.driver.CommandRequest;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.CommandStatus;
import io.slipway.protocol.driver.CommandStatus.Outcome;
import io.slipway.protocol.driver.CommandStatus.State;
import io.slipway.protocol.driver.ContextSpec;
import io.slipway.protocol.driver.ContextStatus;
import io.slipway.protocol.driver.Frame;
import io.slipway.protocol.driver.Mime;
import io.slipway.protocol.driver.News;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contexts and their commands in all languages that need no process of Python or the Scala compiler. */
class ContextsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final Journal journal = new Journal();
    private final Redaction redaction = new Redaction();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private Contexts contexts;
    private int commands;

    @BeforeEach
    void start() throws IOException {
        Path python = folder.resolve("python");
        Files.writeString(python, """
                #!/bin/sh
                echo "asked: $@ with $SLIPWAY_PREFIX"
                case "$*" in *bad*) echo no such thing >&2; exit 3;; esac
                """);
        assertThat(python.toFile().setExecutable(true)).isTrue();
        contexts = new Contexts(
                TestScope.config("http://127.0.0.1:1", python.toString(), LocalSpark.dbfs()),
                folder,
                LocalSpark.session(),
                new SparkJobs(journal),
                journal,
                redaction);
    }

    @AfterEach
    void stop() {
        contexts.close();
        System.setOut(out);
        System.setErr(err);
    }

    private Context context(ContextSpec spec) {
        Context context = contexts.put("a", spec);
        await().atMost(PATIENCE).until(() -> context.status().state() != ContextStatus.State.PENDING);
        return context;
    }

    private static CommandRequest request(CommandSpec spec) {
        return new CommandRequest(spec, Map.of(), List.of(), "");
    }

    private static CommandRequest code(String language, String text) {
        return request(new CommandSpec.Code(language, text));
    }

    /** How a command ended and all that it has put out. */
    private record Result(CommandStatus status, List<Frame> frames) {
        String text() {
            return frames.stream()
                    .map(frame -> frame instanceof Frame.Stream stream ? stream.text() : "")
                    .collect(Collectors.joining());
        }

        String problem() {
            return frames.stream()
                    .map(frame -> frame instanceof Frame.Problem error ? error.ename() + ": " + error.evalue() : "")
                    .collect(Collectors.joining());
        }

        List<JsonNode> tables() {
            return frames.stream()
                    .filter(frame -> frame instanceof Frame.DisplayData)
                    .map(frame -> Json.tree(((Frame.DisplayData) frame).data()).path(Mime.TABLE))
                    .filter(JsonNode::isObject)
                    .toList();
        }

        JsonNode rows() {
            return tables().get(0).path("data");
        }
    }

    private Result run(Context context, CommandRequest request) throws InterruptedException {
        String id = "k" + ++commands;
        context.submit(id, request);
        context.await(id);
        return result(context, id);
    }

    private Result result(Context context, String id) throws InterruptedException {
        var frames = new ArrayList<Frame>();
        String cursor = "";
        News news;
        do {
            news = journal.since(cursor, 0);
            news.outputs().stream()
                    .filter(output -> output.command().equals(id))
                    .forEach(output -> frames.add(output.frame()));
            cursor = news.next();
        } while (!news.quiet());
        return new Result(context.command(id).orElseThrow(), frames);
    }

    private static void ended(Result result, Outcome outcome) {
        assertThat(result.status().outcome()).as(result.frames().toString()).isEqualTo(outcome);
    }

    // ---- contexts

    @ParameterizedTest
    @ValueSource(strings = {"", "../a", "a/b", "a.b", "a b", "ü"})
    void a_name_that_would_lead_out_of_the_folder_of_contexts_is_refused(String id) {
        assertThatThrownBy(() -> contexts.put(id, TestScope.spec("sql"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> contexts.put("x".repeat(129), TestScope.spec("sql")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(contexts.all()).isEmpty();
    }

    @Test
    void a_context_that_is_asked_for_twice_is_made_once() {
        Context first = context(TestScope.spec("sql"));
        assertThat(contexts.put("a", TestScope.spec("scala"))).isSameAs(first);
        assertThat(contexts.all()).containsExactly(first);
    }

    @Test
    void contexts_share_tables_of_nobody() throws InterruptedException {
        Context a = context(TestScope.spec("sql"));
        Context b = contexts.put("b", TestScope.spec("sql"));
        ended(run(a, code("sql", "create temporary view v as select 1 as x")), Outcome.OK);
        assertThat(run(a, code("sql", "select x from v")).rows()).hasToString("[[1]]");
        assertThat(run(b, code("sql", "select x from v")).problem()).contains("TABLE_OR_VIEW_NOT_FOUND");
    }

    @Test
    void a_context_whose_libraries_cannot_be_installed_says_why_and_so_does_each_command() throws InterruptedException {
        Context context = context(TestScope.spec("sql", List.of(new ContextSpec.Library("pypi", "bad==9"))));
        assertThat(context.status().state()).isEqualTo(ContextStatus.State.ERROR);
        assertThat(context.status().message()).contains("could not be installed", "no such thing", "bad==9");
        Result result = run(context, code("sql", "select 1"));
        ended(result, Outcome.ERROR);
        assertThat(result.problem()).startsWith("ContextError: ").contains("no such thing");
    }

    @Test
    void libraries_of_other_kinds_are_refused() {
        Context context = context(TestScope.spec("sql", List.of(new ContextSpec.Library("cran", "x"))));
        assertThat(context.status().message()).contains("cran");
    }

    @Test
    void libraries_are_installed_together_in_the_context_and_wheels_are_found_on_dbfs() {
        Context context = context(TestScope.spec(
                "sql",
                List.of(
                        new ContextSpec.Library("whl", "dbfs:/libs/a.whl"),
                        new ContextSpec.Library("requirements", "/Workspace/Shared/r.txt"),
                        new ContextSpec.Library("pypi", "x>=1"))));
        assertThat(context.status().state()).isEqualTo(ContextStatus.State.RUNNING);
    }

    @Test
    void a_deleted_context_takes_its_files_and_its_commands_along() throws InterruptedException {
        Context context = context(TestScope.spec("sql"));
        context.submit("running", code("sh", "touch begun; sleep 600"));
        context.submit("waiting", code("sql", "select 1"));
        Path files = folder.resolve("contexts/a");
        await().atMost(PATIENCE).until(() -> Files.exists(files.resolve("work/begun")));
        contexts.delete("a");
        assertThat(contexts.find("a")).isNull();
        context.await("running");
        context.await("waiting");
        assertThat(context.command("running").orElseThrow().state()).isEqualTo(State.CANCELLED);
        assertThat(context.command("waiting").orElseThrow().state()).isEqualTo(State.CANCELLED);
        await().atMost(PATIENCE).until(() -> !Files.exists(files));
        assertThat(journal.since("", 0).commands()).as("nobody asks any more").isEmpty();
        contexts.delete("a");
    }

    // ---- commands

    @Test
    void a_command_that_is_sent_again_runs_once_even_after_the_server_has_heard_of_its_end()
            throws InterruptedException {
        Context context = context(TestScope.spec("sql"));
        for (int i = 0; i < 3; i++) {
            context.submit("k", code("sh", "echo x >> count; cat count"));
        }
        context.await("k");
        assertThat(result(context, "k").text()).isEqualTo("x\n");
        CommandStatus end = context.command("k").orElseThrow();
        assertThat(context.submit("k", code("sh", "echo x >> count"))).isEqualTo(end);
        context.await("k");
        assertThat(run(context, code("sh", "cat count")).text()).isEqualTo("x\n");
    }

    @Test
    void commands_run_one_after_the_other_in_their_order() throws InterruptedException {
        Context context = context(TestScope.spec("sql"));
        for (int i = 0; i < 20; i++) {
            context.submit("c" + i, code("sh", "echo " + i + " >> order"));
        }
        assertThat(context.runningCommands()).isPositive();
        assertThat(run(context, code("sh", "tr '\\n' ' ' < order")).text())
                .isEqualTo("0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 ");
        assertThat(context.runningCommands()).isZero();
    }

    @Test
    void a_cancelled_command_stops_with_its_children_and_the_next_one_runs() throws InterruptedException {
        Context context = context(TestScope.spec("sql"));
        context.submit("sleep", code("sh", "sleep 601 & echo $! > child; echo here; wait"));
        Path child = folder.resolve("contexts/a/work/child");
        await().atMost(PATIENCE).until(() -> Files.exists(child) && Files.size(child) > 1);
        context.submit("behind", code("sh", "echo never"));
        context.cancel("behind");
        context.cancel("sleep");
        context.cancel("unknown");
        context.await("sleep");
        assertThat(context.command("sleep").orElseThrow().state()).isEqualTo(State.CANCELLED);
        assertThat(context.command("behind").orElseThrow().state()).isEqualTo(State.CANCELLED);
        long pid = Long.parseLong(read(child));
        await().atMost(PATIENCE)
                .until(() ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
        assertThat(run(context, code("sh", "echo on")).text()).isEqualTo("on\n");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_cancelled_query_stops_its_spark_jobs() throws InterruptedException {
        Context context = context(TestScope.spec("sql"));
        context.submit("long", code("sql", "select sum(id % 7) from range(0, 100000000000, 1, 2)"));
        await().atMost(PATIENCE)
                .until(() -> LocalSpark.session().sparkContext().statusTracker().getActiveJobIds().length > 0);
        context.cancel("long");
        context.await("long");
        assertThat(context.command("long").orElseThrow().state()).isEqualTo(State.CANCELLED);
        assertThat(run(context, code("sql", "select 1")).rows()).hasToString("[[1]]");
    }

    @Test
    void scripts_fail_only_when_they_say_so() throws InterruptedException {
        Context context = context(TestScope.spec("sql"));
        Result lenient = run(context, code("sh", "echo grüße; echo oh >&2; false; echo on; exit 7"));
        ended(lenient, Outcome.OK);
        assertThat(lenient.text()).contains("grüße\n", "oh\n", "on\n");
        Result strict = run(context, code("sh", "-e\nfalse\necho on"));
        ended(strict, Outcome.ERROR);
        assertThat(strict.problem()).isEqualTo("ExitStatus: the script ended with status 1");
        assertThat(strict.text()).isEmpty();
        assertThat(run(context, code("sh", "cat; echo end")).text())
                .as("nobody types")
                .isEqualTo("end\n");
        assertThat(run(context, code("sh", "sleep 600 & echo done")).text()).isEqualTo("done\n");
    }

    @Test
    void statements_take_widgets_and_say_what_is_wrong_with_them() throws InterruptedException {
        Context context = context(TestScope.spec("sql"));
        var widgets = new CommandRequest(
                new CommandSpec.Code("sql", "select :w as w, ':w' as t -- :x"), Map.of("w", "☃"), List.of(), "");
        assertThat(run(context, widgets).rows()).hasToString("[[\"☃\",\":w\"]]");
        assertThat(run(context, code("sql", "select :w")).problem()).contains("UNBOUND_SQL_PARAMETER");
        ended(run(context, code("sql", " -- nothing\n;")), Outcome.OK);
        assertThat(run(context, code("sql", "selec 1")).problem()).contains("PARSE_SYNTAX_ERROR");
        Result late = run(context, code("sql", "select raise_error('half way')"));
        ended(late, Outcome.ERROR);
        assertThat(late.problem()).contains("half way");
    }

    @Test
    void a_cell_of_several_statements_runs_them_in_turn_and_shows_what_its_queries_give() throws InterruptedException {
        Context context = context(TestScope.spec("sql"));
        Result result = run(context, code("sql", """
                -- first
                CREATE OR REPLACE TEMP VIEW two AS SELECT 1 AS a; -- a remark; with a semicolon
                SET spark.sql.shuffle.partitions = 2;
                SELECT 7 AS early;
                SELECT count(*) + 1 AS n FROM two;
                """));
        ended(result, Outcome.OK);
        assertThat(result.tables())
                .extracting(table -> table.path("data").toString())
                .containsExactly("[[7]]", "[[2]]");
        Result last = run(context, code("sql", "SELECT 1; SET spark.sql.shuffle.partitions = 2"));
        assertThat(last.tables()).hasSize(2);
    }

    @Test
    void a_statement_that_fails_is_told_with_its_place_and_line_in_the_cell() throws InterruptedException {
        Context context = context(TestScope.spec("sql"));
        Result syntax = run(context, code("sql", "select 1;\n\n-- wrong\nselect (1;\nselect 2"));
        ended(syntax, Outcome.ERROR);
        assertThat(syntax.tables()).hasSize(1);
        assertThat(syntax.problem())
                .contains("(line 4, pos ", "== SQL ==\nselect (1", "statement 2 of 3, which begins in line 4")
                .contains("Those before it were run");
        assertThat(run(context, code("sql", "\nselect\n nope")).problem()).contains("line 3 pos 1");
        assertThat(run(context, code("sql", "%timeit select 1")).problem())
                .contains("%timeit is not a magic of SQL cells");
    }

    @Test
    void widgets_stand_in_statements_by_every_way_to_name_them() throws InterruptedException {
        Context context = context(TestScope.spec("sql"));
        var asked = new CommandRequest(
                new CommandSpec.Code(
                        "sql",
                        "select '${env}/$env' as a, :env as b, getArgument('env') as c; select * from identifier(:env)"),
                Map.of("env", "dev"),
                List.of(),
                "");
        LocalSpark.session().sql("select 1 as x").createOrReplaceGlobalTempView("unused");
        Result first = run(context, asked);
        assertThat(first.tables().get(0).path("data")).hasToString("[[\"dev/dev\",\"dev\",\"dev\"]]");
        assertThat(first.problem()).contains("`dev`");
        Result unknown = run(context, code("sql", "select\n '${nobody}'"));
        ended(unknown, Outcome.ERROR);
        assertThat(unknown.problem()).startsWith("InputWidgetNotDefined").contains("${nobody} in line 2");
        assertThat(run(context, code("sql", "set my.own = 5; select ${my.own}")).rows())
                .hasToString("[[5]]");
    }

    @Test
    void statements_make_and_remove_widgets() throws InterruptedException {
        Context context = context(TestScope.spec("sql"));
        Result made = run(context, code("sql", """
                CREATE WIDGET TEXT day DEFAULT '2024-01-01';
                CREATE WIDGET DROPDOWN kind DEFAULT 'b' CHOICES SELECT * FROM (VALUES ('a'), ('b'));
                SELECT :day, '${kind}'"""));
        assertThat(made.rows()).hasToString("[[\"2024-01-01\",\"b\"]]");
        assertThat(made.frames().toString()).contains("\"choices\":[\"a\",\"b\"]");
        ended(run(context, code("sql", "REMOVE WIDGET kind")), Outcome.OK);
        assertThat(run(context, code("sql", "SELECT '${kind}'")).problem()).contains("InputWidgetNotDefined");
        assertThat(run(context, code("sql", "CREATE WIDGET DROPDOWN k DEFAULT 'x' CHOICES SELECT 'y'"))
                        .problem())
                .contains("the default of dropdown k is not among its choices");
        ended(run(context, code("widgets", "{\"day\":\"today\"}")), Outcome.OK);
        assertThat(run(context, code("sql", "SELECT :day")).rows()).hasToString("[[\"today\"]]");
    }

    @Test
    void files_are_handled_by_command_lines() throws InterruptedException {
        Context context = context(TestScope.spec("sql"));
        Result result = run(context, code("fs", """
                put "/fs test/f" 'größe x'
                cp "/fs test/f" "/fs test/g"
                head "/fs test/g"
                """));
        ended(result, Outcome.OK);
        assertThat(result.text()).isEqualTo("true\ntrue\ngröße x");
        assertThat(run(context, code("fs", "ls '/fs test'")).rows().toString()).contains("dbfs:/fs test/f", "\"g\",9");
        ended(run(context, code("fs", "rm '/fs test'")), Outcome.ERROR);
        assertThat(run(context, code("fs", "rm -r '/fs test'")).text()).isEqualTo("true\n");
        assertThat(run(context, code("fs", "cp /x")).problem()).contains("an argument is missing: to");
        ended(run(context, code("fs", "ls")), Outcome.OK);
        assertThat(run(context, code("fs", "put /o a\nput /o b")).problem()).contains("/o exists");
        ended(
                run(context, code("fs", "put /o b true\nput -f /o c\nmkdirs /od\ncp -r /od /oe\nrm /oe true")),
                Outcome.OK);
        assertThat(run(context, code("fs", "# what is there\nhead /o 1")).text())
                .isEqualTo("c");
        assertThat(run(context, code("fs", "mounts")).rows()).hasToString("[[\"/\",\"DatabricksRoot\",\"\"]]");
        assertThat(run(context, code("fs", "refreshMounts\nhelp cp")).text()).startsWith("true\ncp(from");
        assertThat(run(context, code("fs", "mount gs://b /mnt")).problem())
                .contains("only buckets of S3 can be mounted");
        assertThat(run(context, code("fs", "ls /a b")).problem()).contains("nobody knows what to do with b");
        assertThat(run(context, code("fs", "format /")).problem()).contains("%fs does not know format");
        assertThat(run(context, code("fs", "put 'x")).problem()).contains("a quote is not closed");
    }

    @Test
    void pip_is_told_each_line_and_ends_at_the_first_that_fails() throws InterruptedException {
        Context context = context(TestScope.spec("sql"));
        Result good = run(context, code("pip", "install 'a b' c\n\npip list"));
        ended(good, Outcome.OK);
        String prefix = folder.resolve("contexts/a/python").toString();
        assertThat(good.text())
                .isEqualTo("asked: -m pip install a b c with " + prefix + "\nasked: -m pip list with " + prefix + "\n");
        Result bad = run(context, code("pip", "install bad\ninstall c"));
        ended(bad, Outcome.ERROR);
        assertThat(bad.problem()).isEqualTo("PipError: pip ended with status 3");
        assertThat(bad.text()).contains("no such thing").doesNotContain("install c");
        ended(run(context, code("pip", "install 'x")), Outcome.ERROR);
    }

    @Test
    void languages_that_are_not_there_say_so() throws InterruptedException {
        Context context = context(TestScope.spec("sql"));
        assertThat(run(context, code("r", "1")).problem()).contains("R is not installed");
        assertThat(run(context, code("cobol", "1")).problem()).contains("unknown language: cobol");
        assertThat(run(context, code("python", "1")).problem()).startsWith("KernelStartFailed: ");
    }

    @Test
    void nobody_answers_questions_before_there_is_a_kernel() throws InterruptedException {
        Context context = context(TestScope.spec("sql"));
        assertThat(context.complete("python", "spa", 3).matches()).isEmpty();
        assertThat(context.inspect("scala", "spark", 3)).isEmpty();
        run(context, code("sql", "select 1"));
        assertThat(context.complete("sql", "sel", 3).matches()).isEmpty();
    }

    @Test
    void a_context_is_active_while_somebody_reads_a_result_of_it() throws IOException {
        Context context = context(TestScope.spec("sql"));
        long seen = context.reading(() -> {
            long before = context.lastActivity();
            await().atMost(PATIENCE).until(() -> context.lastActivity() > before);
            return before;
        });
        assertThat(context.lastActivity()).isGreaterThan(seen);
        long rest = context.lastActivity();
        assertThatThrownBy(() -> context.reading(() -> {
                    throw new IOException("half way");
                }))
                .hasMessage("half way");
        assertThat(context.lastActivity()).isGreaterThanOrEqualTo(rest);
    }

    // ---- programs

    private Result program(String body, String... arguments) throws IOException, InterruptedException {
        ThreadOutput.install();
        Path jar = Programs.jar(folder, body);
        Context context = context(TestScope.spec("sql", List.of(new ContextSpec.Library("jar", jar.toString()))));
        assertThat(context.status().message()).isEmpty();
        return run(context, request(new CommandSpec.Jar("org.example.Program", List.of(arguments))));
    }

    @Test
    void a_program_runs_on_the_session_of_its_context() throws Exception {
        Result result = program("""
                public static void main(String[] args) {
                    var spark = org.apache.spark.sql.SparkSession.active();
                    System.out.println(args[0] + " " + spark.range(7).count());
                    System.err.println("note");
                    Thread.currentThread().setContextClassLoader(null);
                    System.exit(0);
                }
                """, "größe ☃");
        ended(result, Outcome.OK);
        assertThat(result.text()).contains("größe ☃ 7\n", "note\n");
    }

    @Test
    void a_program_fails_by_its_status_or_its_exception() throws Exception {
        Result status = program("public static void main(String[] args) { System.exit(4); }");
        ended(status, Outcome.ERROR);
        assertThat(status.problem()).contains("System.exit(4)");
        Context context = Objects.requireNonNull(contexts.find("a"));
        assertThat(run(context, request(new CommandSpec.Jar("org.example.Missing", List.of())))
                        .problem())
                .startsWith("ClassNotFoundException");
        contexts.delete("a");
        Result thrown =
                program("public static void main(String[] args) { throw new IllegalStateException(\"mine\"); }");
        assertThat(thrown.problem()).isEqualTo("IllegalStateException: mine");
        contexts.delete("a");
        Result instance = program("public void main(String[] args) { }");
        assertThat(instance.problem()).contains("no static main");
    }
}
