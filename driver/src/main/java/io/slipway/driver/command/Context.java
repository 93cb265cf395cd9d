package io.slipway.driver.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.DriverConfig;
import io.slipway.driver.Json;
import io.slipway.driver.kernel.Completion;
import io.slipway.driver.kernel.Kernel;
import io.slipway.driver.kernel.Kernels;
import io.slipway.driver.kernel.Outcome;
import io.slipway.driver.kernel.PythonSpare;
import io.slipway.driver.watch.SparkJobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private static final int COMMANDS_KEPT = 1_000;
    private static final long COMPLETION_SECONDS = 4;

    /** Whether commands can run. */
    enum Status {
        /** The session and the first kernel are being made; commands may be sent already. */
        PENDING("Pending"),
        /** Ready. */
        RUNNING("Running"),
        /** It could not be made; {@code message} says why. */
        ERROR("Error");

        private final String wire;

        Status(String wire) {
            this.wire = wire;
        }
    }

    private final String id;
    private final ContextSpec spec;
    private final SparkJobs jobs;
    private final ThreadPoolExecutor worker;
    private final Map<String, Command> commands = new LinkedHashMap<>();
    private @Nullable Scope scope;
    private @Nullable Kernels kernels;
    private @Nullable Kernel busy;
    private Status status = Status.PENDING;
    private String message = "";
    private boolean closed;
    private int readings;
    private long lastActivity = System.currentTimeMillis();

    Context(
            String id,
            ContextSpec spec,
            DriverConfig config,
            Path directory,
            SparkSession root,
            SparkJobs jobs,
            PythonSpare pythonSpare) {
        this.id = id;
        this.spec = spec;
        this.jobs = jobs;
        worker = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            var thread = new Thread(task, "context-" + id);
            thread.setDaemon(true);
            return thread;
        });
        worker.execute(() -> open(config, directory, root, pythonSpare));
    }

    private void open(DriverConfig config, Path directory, SparkSession root, PythonSpare pythonSpare) {
        try {
            Files.createDirectories(directory);
            var made = new Scope(id, spec, config, directory, root, pythonSpare);
            var hers = new Kernels(made);
            synchronized (this) {
                scope = made;
                kernels = hers;
            }
            hers.prepare();
            finishOpening(Status.RUNNING, "");
        } catch (IOException | RuntimeException | LinkageError e) {
            log.warn("context {} could not be made", id, e);
            finishOpening(Status.ERROR, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            finishOpening(Status.ERROR, "the context was deleted");
        }
    }

    private synchronized void finishOpening(Status result, String why) {
        status = result;
        message = why;
    }

    public synchronized ObjectNode view() {
        return Json.object().put("id", id).put("status", status.wire).put("message", message);
    }

    public synchronized int runningCommands() {
        return (int) commands.values().stream()
                .filter(command -> !command.state().terminal())
                .count();
    }

    public synchronized long lastActivity() {
        return readings > 0 ? System.currentTimeMillis() : lastActivity;
    }

    /** A repeated PUT renews what may change while a context lives: the token and the widget values. */
    synchronized void renew(ContextSpec again) {
        if (scope != null) {
            scope.renewToken(again.token());
            scope.addCatalogs(again.catalogs());
            scope.widgets().assign(again.arguments());
        }
    }

    public synchronized Command submit(String commandId, JsonNode body) {
        Command known = commands.get(commandId);
        if (known != null) {
            return known;
        }
        var command = new Command(id, commandId, CommandSpec.of(body));
        forgetOldest();
        commands.put(commandId, command);
        lastActivity = System.currentTimeMillis();
        worker.execute(() -> execute(command, Fresh.of(body)));
        return command;
    }

    /** What comes with a command because it may have changed since the one before: the rest of the context is as it was made. */
    private record Fresh(List<String> catalogs, String token, Optional<Map<String, String>> widgets) {
        static Fresh of(JsonNode body) {
            var catalogs = new ArrayList<String>();
            body.path("catalogs").forEach(name -> catalogs.add(name.asText()));
            var widgets = new LinkedHashMap<String, String>();
            body.path("widgets")
                    .properties()
                    .forEach(each -> widgets.put(each.getKey(), each.getValue().asText()));
            return new Fresh(
                    catalogs,
                    body.path("token").asText(""),
                    body.path("widgets").isObject() ? Optional.of(widgets) : Optional.empty());
        }
    }

    private void forgetOldest() {
        var all = commands.values().iterator();
        while (commands.size() >= COMMANDS_KEPT && all.hasNext()) {
            Command oldest = all.next();
            if (oldest.state().terminal()) {
                all.remove();
                jobs.forget(oldest.tag());
            }
        }
    }

    private void execute(Command command, Fresh fresh) {
        if (!command.start()) {
            return;
        }
        Outcome outcome = Outcome.ERROR;
        try {
            Scope mine;
            Kernels hers;
            synchronized (this) {
                mine = scope;
                hers = kernels;
                if (mine == null || hers == null || status == Status.ERROR) {
                    command.frames().error("ContextError", message, List.of());
                    return;
                }
            }
            mine.renewToken(fresh.token());
            mine.addCatalogs(fresh.catalogs());
            fresh.widgets().ifPresent(mine.widgets()::set);
            mine.current(command);
            Kernel kernel = hers.of(command.spec());
            synchronized (this) {
                busy = kernel;
            }
            if (command.cancelRequested()) {
                command.frames().error("Cancelled", "the command was cancelled", List.of());
                return;
            }
            outcome = kernel.run(command);
            if (mine.spark().isStopped()) {
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
                lastActivity = System.currentTimeMillis();
                if (scope != null) {
                    scope.current(null);
                }
            }
            command.finish(outcome);
        }
    }

    public synchronized @Nullable Command command(String commandId) {
        return commands.get(commandId);
    }

    public ObjectNode view(Command command, long since, long waitMillis) throws InterruptedException {
        if (waitMillis > 0) {
            command.frames().await(since, waitMillis);
        }
        return command.view(since, jobs);
    }

    public void cancel(Command command) {
        if (!command.requestCancel()) {
            return;
        }
        Kernel kernel;
        Scope mine;
        synchronized (this) {
            kernel = busy;
            mine = scope;
        }
        if (mine != null) {
            mine.spark().cancelJobsWithTag(command.tag());
        }
        if (kernel != null && mine != null && mine.current() == command && command.strike(System.currentTimeMillis())) {
            kernel.interrupt();
        }
    }

    public Completion complete(String language, String code, int cursor) throws InterruptedException {
        return ask(language, kernel -> Optional.of(kernel.complete(code, cursor)))
                .orElse(new Completion(List.of(), cursor, cursor));
    }

    /** What is known of the name at the cursor, as a Jupyter MIME bundle. */
    public Optional<JsonNode> inspect(String language, String code, int cursor) throws InterruptedException {
        return ask(language, kernel -> kernel.inspect(code, cursor));
    }

    private interface Question<T> {
        Optional<T> of(Kernel kernel) throws InterruptedException;
    }

    /** A busy context does not answer: its kernel cannot until the command ends. */
    private <T> Optional<T> ask(String language, Question<T> question) throws InterruptedException {
        Optional<Kernel> kernel;
        synchronized (this) {
            if (closed || runningCommands() > 0 || status != Status.RUNNING || kernels == null) {
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
        return Optional.ofNullable(scope).flatMap(mine -> mine.cutResults().find(result));
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
                lastActivity = System.currentTimeMillis();
            }
        }
    }

    void close() {
        List<Command> open;
        Kernels hers;
        Scope mine;
        synchronized (this) {
            closed = true;
            open = List.copyOf(commands.values());
            hers = kernels;
            mine = scope;
        }
        open.forEach(this::cancel);
        worker.shutdownNow();
        if (hers != null) {
            hers.close();
        }
        if (mine != null) {
            mine.close();
        }
        open.forEach(command -> {
            command.finish(Outcome.ERROR);
            jobs.forget(command.tag());
        });
    }
}
