package io.slipway.driver.context;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.driver.clock.SteadyClock;
import io.slipway.driver.command.Command;
import io.slipway.driver.command.Scope;
import io.slipway.driver.kernel.Kernel;
import io.slipway.driver.kernel.Kernels;
import io.slipway.driver.kernel.PythonSpare;
import io.slipway.driver.output.Journal;
import io.slipway.driver.output.Redaction;
import io.slipway.driver.start.DriverConfig;
import io.slipway.driver.watch.SparkJobs;
import io.slipway.protocol.driver.CommandRequest;
import io.slipway.protocol.driver.CommandStatus;
import io.slipway.protocol.driver.CommandStatus.Outcome;
import io.slipway.protocol.driver.Completion;
import io.slipway.protocol.driver.ContextSpec;
import io.slipway.protocol.driver.ContextStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One REPL: a Spark session, its kernels, and its commands, which run one at a time in the order they came. */
public final class Context {
    private static final Logger log = LoggerFactory.getLogger(Context.class);
    /** Commands that the server has forgotten are known no longer than this many others. */
    private static final int ENDED_KEPT = 1_000;

    private static final long COMPLETION_SECONDS = 4;

    private final String id;
    private final ContextSpec spec;
    private final Path directory;
    private final SparkJobs jobs;
    private final Journal journal;
    private final Redaction redaction;
    private final ThreadPoolExecutor worker;
    private final Map<String, Command> commands = new LinkedHashMap<>();

    /** How commands ended of which the server knows it: all that is left of them. */
    private final Map<String, CommandStatus> ended = new LinkedHashMap<>();

    private @Nullable Scope scope;
    private @Nullable Kernels kernels;
    private @Nullable Kernel busy;
    private ContextStatus.State state = ContextStatus.State.PENDING;
    private String message = "";
    private boolean closed;
    private int readings;
    private long lastActivity = SteadyClock.millis();

    Context(
            String id,
            ContextSpec spec,
            DriverConfig config,
            Path directory,
            SparkSession root,
            SparkJobs jobs,
            Journal journal,
            Redaction redaction,
            PythonSpare pythonSpare) {
        this.id = id;
        this.spec = spec;
        this.directory = directory;
        this.jobs = jobs;
        this.journal = journal;
        this.redaction = redaction;
        worker = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            var thread = new Thread(task, "context-" + id);
            thread.setDaemon(true);
            return thread;
        });
        worker.execute(() -> open(config, root, pythonSpare));
    }

    private void open(DriverConfig config, SparkSession root, PythonSpare pythonSpare) {
        try {
            Files.createDirectories(directory);
            var made = new Scope(id, spec, config, directory, root, redaction);
            var itsKernels = new Kernels(made, pythonSpare);
            synchronized (this) {
                scope = made;
                kernels = itsKernels;
            }
            itsKernels.prepare();
            finishOpening(ContextStatus.State.RUNNING, "");
        } catch (IOException | RuntimeException | LinkageError e) {
            log.warn("context {} could not be made", id, e);
            finishOpening(ContextStatus.State.ERROR, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            finishOpening(ContextStatus.State.ERROR, "the context was deleted");
        }
    }

    private synchronized void finishOpening(ContextStatus.State result, String why) {
        state = result;
        message = why;
        journal.context(status());
    }

    public synchronized ContextStatus status() {
        return new ContextStatus(id, state, message);
    }

    public synchronized int runningCommands() {
        return (int) commands.values().stream()
                .filter(command -> !command.state().ended())
                .count();
    }

    public synchronized long lastActivity() {
        return readings > 0 ? SteadyClock.millis() : lastActivity;
    }

    /** A repeated PUT renews what may change while a context lives: the token and the widget values. */
    synchronized void renew(ContextSpec again) {
        if (scope != null) {
            scope.renewToken(again.token());
            scope.addCatalogs(again.catalogs());
            scope.widgets().assign(again.arguments());
        }
    }

    /** Runs the command after those that came before it, unless it has come before itself. */
    public synchronized CommandStatus submit(String commandId, CommandRequest request) {
        Optional<CommandStatus> known = command(commandId);
        if (known.isPresent()) {
            return known.get();
        }
        var command = new Command(id, commandId, request.spec(), journal, redaction, () -> bury(commandId));
        commands.put(commandId, command);
        lastActivity = SteadyClock.millis();
        worker.execute(() -> execute(command, request));
        journal.status();
        return command.status();
    }

    /** The server knows how the command ended: it may be forgotten, but that it must not run again if it is sent again. */
    private synchronized void bury(String commandId) {
        Command command = commands.remove(commandId);
        if (command != null) {
            jobs.forget(command.tag());
            ended.put(commandId, command.status());
        }
        var oldest = ended.keySet().iterator();
        while (ended.size() > ENDED_KEPT) {
            oldest.next();
            oldest.remove();
        }
    }

    private void execute(Command command, CommandRequest request) {
        if (!command.start()) {
            return;
        }
        Outcome outcome = Outcome.ERROR;
        try {
            Scope itsScope;
            Kernels itsKernels;
            synchronized (this) {
                itsScope = scope;
                itsKernels = kernels;
                if (itsScope == null || itsKernels == null || state == ContextStatus.State.ERROR) {
                    command.frames().error("ContextError", message, List.of());
                    return;
                }
            }
            itsScope.renewToken(request.token());
            itsScope.addCatalogs(request.catalogs());
            itsScope.widgets().set(request.widgets());
            itsScope.current(command);
            Kernel kernel = itsKernels.of(command.spec());
            synchronized (this) {
                busy = kernel;
            }
            if (command.cancelRequested()) {
                command.frames().error("Cancelled", "the command was cancelled", List.of());
                return;
            }
            Outcome ran = kernel.run(command);
            outcome = ran == Outcome.OK && itsScope.inOpenNotebook() ? stay(command) : ran;
            if (itsScope.spark().isStopped()) {
                journal.statusNow();
                outcome = Outcome.ERROR;
                command.frames()
                        .error(
                                "SparkStopped",
                                "the code stopped Spark, which ends this cluster for everybody",
                                List.of());
            }
        } catch (InterruptedException e) {
            command.frames().error("Cancelled", "the command was cancelled", List.of());
        } catch (IOException e) {
            command.frames().error("KernelStartFailed", String.valueOf(e.getMessage()), List.of());
        } catch (RuntimeException | LinkageError e) {
            log.error("command {} failed inside the driver", command.id(), e);
            command.frames().error(e.getClass().getSimpleName(), String.valueOf(e.getMessage()), List.of());
        } finally {
            synchronized (this) {
                busy = null;
                lastActivity = SteadyClock.millis();
                if (scope != null) {
                    scope.current(null);
                }
            }
            command.finish(outcome);
            journal.status();
        }
    }

    /** Its code has ended, and people look at what goes on. */
    private Outcome stay(Command command) throws InterruptedException {
        synchronized (this) {
            // Nothing of its code is left to be interrupted.
            busy = null;
        }
        List<String> problems = command.streams().stay();
        problems.forEach(problem -> command.frames().error("StreamingQueryException", problem, List.of(problem)));
        return problems.isEmpty() ? Outcome.OK : Outcome.ERROR;
    }

    /** How far a command has come; absent if it is not known. */
    public synchronized Optional<CommandStatus> command(String commandId) {
        return Optional.ofNullable(commands.get(commandId))
                .map(Command::status)
                .or(() -> Optional.ofNullable(ended.get(commandId)));
    }

    /** Returns when the command has ended. */
    public void await(String commandId) throws InterruptedException {
        Command command;
        synchronized (this) {
            command = commands.get(commandId);
        }
        if (command != null) {
            command.await();
        }
    }

    /** False if the command does not ask anything. */
    public boolean answer(String commandId, String text) {
        Command command;
        synchronized (this) {
            command = commands.get(commandId);
        }
        return command != null && command.answer(text);
    }

    /** Somebody waits for the end of this command, though not here. */
    public void giveWay(String commandId) {
        Command command;
        synchronized (this) {
            command = commands.get(commandId);
        }
        if (command != null) {
            command.streams().giveWay();
        }
    }

    public void cancel(String commandId) {
        Command command;
        synchronized (this) {
            command = commands.get(commandId);
        }
        if (command != null) {
            cancel(command);
        }
    }

    private void cancel(Command command) {
        if (!command.requestCancel()) {
            return;
        }
        Kernel kernel;
        Scope itsScope;
        synchronized (this) {
            kernel = busy;
            itsScope = scope;
        }
        if (itsScope == null) {
            return;
        }
        itsScope.spark().cancelJobsWithTag(command.tag());
        if (kernel != null && itsScope.current() == command && command.strike(SteadyClock.millis())) {
            kernel.interrupt();
        }
    }

    public Completion complete(String language, String code, int cursor) throws InterruptedException {
        return ask(language, kernel -> Optional.of(kernel.complete(code, cursor)))
                .orElse(Completion.none(cursor));
    }

    /** What is known of the name at the cursor, as a Jupyter MIME bundle. */
    public Optional<JsonNode> inspect(String language, String code, int cursor) throws InterruptedException {
        return ask(language, kernel -> kernel.inspect(code, cursor)).map(redaction::hide);
    }

    /** What is hidden in all that this context shows. */
    public Redaction redaction() {
        return redaction;
    }

    private interface Question<T> {
        Optional<T> of(Kernel kernel) throws InterruptedException;
    }

    /** A busy context does not answer: its kernel cannot until the command ends. */
    private <T> Optional<T> ask(String language, Question<T> question) throws InterruptedException {
        Optional<Kernel> kernel;
        synchronized (this) {
            if (closed || runningCommands() > 0 || state != ContextStatus.State.RUNNING || kernels == null) {
                return Optional.empty();
            }
            kernel = kernels.ready(language);
        }
        if (kernel.isEmpty()) {
            return Optional.empty();
        }
        var answer = worker.submit(() -> question.of(kernel.get()));
        try {
            return answer.get(COMPLETION_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(false);
            return Optional.empty();
        }
    }

    public synchronized void renewToken(String token) {
        if (scope != null) {
            scope.renewToken(token);
        }
    }

    /** The query of a result that was shown in part; empty when it is not known any more. */
    public synchronized Optional<Dataset<Row>> cutResult(String result) {
        return Optional.ofNullable(scope).flatMap(known -> known.cutResults().find(result));
    }

    /** Reads a result on the caller's thread, beside whatever runs; the context is active meanwhile. */
    public interface Reading<T> {
        T read() throws IOException;
    }

    public <T> T reading(Reading<T> reading) throws IOException {
        synchronized (this) {
            readings++;
            if (scope != null) {
                SparkSession.setActiveSession(scope.session());
            }
        }
        try {
            return reading.read();
        } finally {
            synchronized (this) {
                readings--;
                lastActivity = SteadyClock.millis();
            }
        }
    }

    void close() {
        List<Command> open;
        Kernels itsKernels;
        Scope itsScope;
        synchronized (this) {
            closed = true;
            open = List.copyOf(commands.values());
            itsKernels = kernels;
            itsScope = scope;
        }
        open.forEach(this::cancel);
        worker.shutdownNow();
        if (itsKernels != null) {
            itsKernels.close();
        }
        if (itsScope != null) {
            itsScope.close();
        }
        open.forEach(command -> {
            command.finish(Outcome.ERROR);
            jobs.forget(command.tag());
        });
        removeFiles();
    }

    /** Nobody can ask for the context any more, and the next may have its space. */
    private void removeFiles() {
        try {
            FolderRemoval.remove(directory);
        } catch (IOException left) {
            // What its last process still wrote goes with the node.
            log.info("the files of context {} could not all be deleted: {}", id, left.toString());
        }
    }
}
