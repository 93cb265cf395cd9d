package io.slipway.driver.kernel;

import io.slipway.driver.command.Command;
import io.slipway.driver.command.Scope;
import io.slipway.driver.dbutils.DbUtils;
import io.slipway.driver.dbutils.NotebookExit;
import io.slipway.driver.output.FrameStream;
import io.slipway.driver.output.ThreadOutput;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.CommandStatus.Outcome;
import io.slipway.protocol.driver.Completion;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import scala.Console;
import scala.collection.immutable.Nil$;
import scala.jdk.javaapi.CollectionConverters;
import scala.tools.nsc.Settings;
import scala.tools.nsc.interpreter.IMain;
import scala.tools.nsc.interpreter.Results;
import scala.tools.nsc.interpreter.shell.Accumulator;
import scala.tools.nsc.interpreter.shell.CompletionResult;
import scala.tools.nsc.interpreter.shell.ReplCompletion;
import scala.tools.nsc.interpreter.shell.ReplReporterImpl;

/**
 * Scala: the compiler's own interpreter. Every context compiles into the one folder that Spark serves to executors
 * (spark.repl.class.outputDir), kept apart by the name of the packages: {@code $line<context>_<line>}.
 */
public final class ScalaKernel implements Kernel {
    private static final AtomicInteger CONTEXTS = new AtomicInteger();
    private static final Pattern PACKAGE = Pattern.compile(
            "\\A(?:\\s|//[^\\n]*\\n|/\\*(?s:.*?)\\*/)*package\\s+(?!object\\b)[\\w.`]+\\s*(?:;|\\n|\\{|\\z)");
    private static final String LAST_EXCEPTION = "lastException";

    private final Scope scope;
    private final IMain interpreter;
    private final StringWriter printed = new StringWriter();
    private final RunningThread running = new RunningThread();

    public ScalaKernel(Scope scope) {
        this.scope = scope;
        interpreter = open(scope.spark().conf().get("spark.repl.class.outputDir"));
        bind("spark", "org.apache.spark.sql.SparkSession", scope.session());
        bind("sc", "org.apache.spark.SparkContext", scope.spark());
        bind("sqlContext", "org.apache.spark.sql.SQLContext", scope.session().sqlContext());
        bind("dbutils", DbUtils.class.getName(), scope.dbutils());
        bind("slipwayDisplay", ScalaDisplay.class.getName(), new ScalaDisplay(scope));
        interpreter.interpretSynthetic("import spark.implicits._");
        interpreter.interpretSynthetic("import org.apache.spark.sql.functions._");
        interpreter.interpretSynthetic("import slipwayDisplay.{display, displayHTML, getArgument, sql, table}");
        // Streams are written to tables by Databricks' name of the method too.
        interpreter.interpretSynthetic(
                "implicit class SlipwayStreamWriter[T](writer: org.apache.spark.sql.streaming.DataStreamWriter[T])"
                        + " { def table(name: String) = writer.toTable(name) }");
        printed.getBuffer().setLength(0);
    }

    private IMain open(String outputDirectory) {
        // The names are read once, from a system property, when the interpreter is made and warmed.
        synchronized (CONTEXTS) {
            var settings = new Settings();
            settings.processArguments(
                    CollectionConverters.asScala(List.of(
                                    "-Yrepl-class-based",
                                    "-Yrepl-outdir",
                                    Path.of(outputDirectory).toString(),
                                    "-classpath",
                                    System.getProperty("java.class.path", "")))
                            .toList(),
                    true);
            return new IMain(settings, new ReplReporterImpl(settings, new PrintWriter(printed, true)));
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private void bind(String name, String type, Object value) {
        interpreter.bind(name, type, value, (scala.collection.immutable.List<String>) (scala.collection.immutable.List)
                CollectionConverters.asScala(List.of("@transient")).toList());
    }

    @Override
    public Outcome run(Command command) throws InterruptedException {
        String code = ((CommandSpec.Code) command.spec()).code();
        Optional<String> refusal = Magics.refusal(code, "Scala");
        if (refusal.isPresent()) {
            command.frames().error("UnknownMagic", refusal.get(), List.of());
            return Outcome.ERROR;
        }
        if (PACKAGE.matcher(code).find()) {
            return compile(code, command);
        }
        running.begin();
        printed.getBuffer().setLength(0);
        Object before = lastException();
        Results.Result result;
        try (var out = new FrameStream(command.frames(), "stdout");
                var err = new FrameStream(command.frames(), "stderr");
                var redirect = ThreadOutput.redirect(out, err)) {
            SparkSession.setActiveSession(scope.session());
            command.claim(scope.spark());
            var print = new PrintStream(out, true, StandardCharsets.UTF_8);
            var errors = new PrintStream(err, true, StandardCharsets.UTF_8);
            result = Console.withOut(print, () -> Console.withErr(errors, () -> interpreter.interpret(code)));
        } finally {
            running.end();
        }
        String text = printed.toString();
        if (result == Results.Success$.MODULE$) {
            command.frames().stream("stdout", text);
            return Outcome.OK;
        }
        if (result == Results.Incomplete$.MODULE$) {
            command.frames().error("IncompleteInput", "the Scala code ends in the middle of a statement", List.of());
            return Outcome.ERROR;
        }
        Object after = lastException();
        if (after instanceof NotebookExit) {
            return Outcome.EXIT;
        }
        if (after instanceof Throwable error && after != before) {
            return ErrorFrames.write(command.frames(), error);
        }
        command.frames().error("CompileError", text.strip(), text.lines().toList());
        return Outcome.ERROR;
    }

    /** A cell that declares a package is a source file of its own: nothing of other cells is known in it. */
    private Outcome compile(String code, Command command) {
        printed.getBuffer().setLength(0);
        boolean compiled = interpreter.compileString(code);
        String text = printed.toString().strip();
        if (!compiled) {
            command.frames().error("CompileError", text, text.lines().toList());
            return Outcome.ERROR;
        }
        if (!text.isEmpty()) {
            command.frames().stream("stdout", text + "\n");
        }
        return Outcome.OK;
    }

    private Object lastException() {
        return interpreter.valueOfTerm(LAST_EXCEPTION).getOrElse(() -> Nil$.MODULE$);
    }

    @Override
    public Completion complete(String code, int cursor) {
        try {
            CompletionResult result = new ReplCompletion(interpreter, new Accumulator()).complete(code, cursor, true);
            List<String> names = CollectionConverters.asJava(result.candidates()).stream()
                    .map(candidate -> candidate.name())
                    .distinct()
                    .toList();
            return names.isEmpty() ? Completion.none(cursor) : new Completion(names, result.cursor(), cursor);
        } catch (RuntimeException | LinkageError e) {
            // The presentation compiler gives up on much that is half written.
            return Completion.none(cursor);
        }
    }

    @Override
    public void interrupt() {
        running.interrupt();
    }

    @Override
    public void close() {
        interpreter.close();
    }
}
