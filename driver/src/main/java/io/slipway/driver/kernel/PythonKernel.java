package io.slipway.driver.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.command.Command;
import io.slipway.driver.command.Scope;
import io.slipway.driver.json.Json;
import io.slipway.driver.output.Frames;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.CommandStatus.Outcome;
import io.slipway.protocol.driver.Completion;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import py4j.ClientServer;

/** Python: an ipykernel child process that works on this JVM's Spark session through py4j. */
public final class PythonKernel implements Kernel {
    private static final Logger log = LoggerFactory.getLogger(PythonKernel.class);
    private static final long DEATH_MILLIS = 2_000;

    /** Bytes of a log: a crash of an interpreter with many threads begins that far from its end. */
    private static final int LAST_WORDS = 16_384;

    private final Scope scope;
    private final Path sockets;
    private final Path folder;
    private final ClientServer gateway;
    private final JupyterConnection connection;
    private final Process process;
    private final Interrupts interrupts;
    private final int restarts;

    PythonKernel(Scope scope, PythonSpare pythonSpare) throws IOException, InterruptedException {
        this.scope = scope;
        restarts = scope.pythonRestarts();
        folder = scope.directory();
        String secret = UUID.randomUUID().toString().replace("-", "") + UUID.randomUUID();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        gateway = new ClientServer.ClientServerBuilder(new PythonEntry(scope))
                .authToken(secret)
                .javaPort(0)
                .javaAddress(loopback)
                .build();
        gateway.startServer(true);
        sockets = PythonProcess.socketFolder();
        connection = new JupyterConnection(sockets);
        interrupts = new Interrupts(connection);
        process = PythonProcess.startKernel(
                scope,
                pythonSpare,
                connection.writeConnectionFile(),
                gateway.getJavaServer().getListeningPort(),
                secret);
        try {
            connection.open(process::isAlive);
            pythonSpare.refill();
        } catch (IOException | InterruptedException e) {
            close();
            throw e;
        }
    }

    /** A kernel whose restart was asked for takes no more commands. */
    @Override
    public boolean alive() {
        return process.isAlive() && !restarted();
    }

    private boolean restarted() {
        return scope.pythonRestarts() != restarts;
    }

    @Override
    public Outcome run(Command command) throws InterruptedException {
        try {
            connection.inbox().clear();
            String id = UUID.randomUUID().toString();
            ObjectNode request = Json.object()
                    .put("code", code(command.spec()))
                    .put("silent", false)
                    .put("store_history", true)
                    .put("allow_stdin", false)
                    .put("stop_on_error", false);
            interrupts.begin(() -> connection.shell(id, "execute_request", request));
            Outcome outcome = follow(id, command.frames());
            interrupts.end();
            interrupts.await(process::isAlive);
            return outcome;
        } catch (IOException e) {
            return died(command.frames());
        } finally {
            interrupts.end();
        }
    }

    private String code(CommandSpec spec) throws IOException {
        if (spec instanceof CommandSpec.Code cell) {
            return cell.code();
        }
        if (spec instanceof CommandSpec.PythonFile file) {
            Path name = Path.of(file.name()).getFileName();
            Path path = Files.createDirectories(folder.resolve("files"))
                    .resolve(name == null ? "main.py" : name.toString());
            Files.writeString(path, file.code());
            return call("run_file", path.toString(), file.name(), file.arguments());
        }
        if (spec instanceof CommandSpec.Wheel wheel) {
            return call(
                    "run_wheel", wheel.packageName(), wheel.entryPoint(), wheel.arguments(), wheel.namedArguments());
        }
        throw new IllegalArgumentException("not Python: " + spec);
    }

    /** JSON texts of strings, lists and objects of strings are Python literals too. */
    private static String call(String function, Object... arguments) {
        var literals = new ArrayList<String>();
        for (Object argument : arguments) {
            literals.add(Json.text(argument));
        }
        return "__import__('slipway_kernel')." + function + "(" + String.join(", ", literals) + ")";
    }

    private Outcome follow(String id, Frames frames) throws InterruptedException {
        boolean idle = false;
        boolean failed = false;
        boolean replied = false;
        boolean passed = false;
        while (!(idle && replied)) {
            JupyterMessage message = connection.inbox().poll(1, TimeUnit.SECONDS);
            if (message == null) {
                if (!process.isAlive()) {
                    return died(frames);
                }
                if (passed) {
                    return Outcome.ERROR;
                }
                continue;
            }
            if (message.equals(JupyterConnection.CLOSED)) {
                return died(frames);
            }
            passed |= interrupts.ended(message);
            if (!message.parentId().equals(id)) {
                continue;
            }
            JsonNode content = message.content();
            switch (message.type()) {
                case "stream" ->
                    frames.stream(
                            content.path("name").asText(), content.path("text").asText());
                case "display_data" ->
                    frames.display(
                            content.path("data"),
                            content.path("metadata"),
                            content.path("transient").path("display_id").asText(""));
                case "execute_result" -> frames.result(content.path("data"), content.path("metadata"));
                case "update_display_data" ->
                    frames.update(
                            content.path("transient").path("display_id").asText(),
                            content.path("data"),
                            content.path("metadata"));
                case "error" ->
                    frames.error(
                            content.path("ename").asText(),
                            content.path("evalue").asText(),
                            lines(content.path("traceback")));
                case "status" ->
                    idle |= "idle".equals(content.path("execution_state").asText());
                case "execute_reply" -> {
                    replied = true;
                    failed = !"ok".equals(content.path("status").asText());
                }
                default -> {
                    // execute_input and comm messages mean nothing to a command.
                }
            }
        }
        // A restart ends the cell by an exception that nobody is told of.
        return (failed && !restarted()) || frames.sawError() ? Outcome.ERROR : Outcome.OK;
    }

    private Outcome died(Frames frames) throws InterruptedException {
        if (!process.waitFor(DEATH_MILLIS, TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            process.waitFor();
        }
        int status = process.exitValue();
        String how = status > 128 ? "was killed by signal " + (status - 128) : "exited with status " + status;
        frames.error(
                "KernelDied",
                "The Python process " + how + ". Its variables are gone; the next command starts a new one.",
                List.of());
        return Outcome.ERROR;
    }

    /** Its log goes with the context, and says why it died; the driver's stays with the cluster's. */
    private void keepLastWords() {
        String words = LogTail.of(PythonProcess.kernelLog(scope), LAST_WORDS);
        log.warn(
                "the Python process of context {} ended by itself with status {}{}",
                scope.directory().getFileName(),
                process.exitValue(),
                words.isEmpty() ? "" : "; the end of its log:\n" + words);
    }

    private static List<String> lines(JsonNode array) {
        var lines = new ArrayList<String>();
        array.forEach(line -> lines.add(line.asText()));
        return lines;
    }

    @Override
    public void interrupt() {
        try {
            interrupts.strike();
        } catch (IOException gone) {
            process.destroyForcibly();
        }
    }

    @Override
    public Completion complete(String code, int cursor) throws InterruptedException {
        // Jupyter counts code points, the protocol counts UTF-16 units.
        ObjectNode question = Json.object().put("code", code).put("cursor_pos", code.codePointCount(0, cursor));
        return ask("complete_request", "complete_reply", question)
                .map(content -> new Completion(
                        lines(content.path("matches")),
                        code.offsetByCodePoints(0, content.path("cursor_start").asInt()),
                        code.offsetByCodePoints(0, content.path("cursor_end").asInt())))
                .orElse(Completion.none(cursor));
    }

    @Override
    public Optional<JsonNode> inspect(String code, int cursor) throws InterruptedException {
        ObjectNode question = Json.object()
                .put("code", code)
                .put("cursor_pos", code.codePointCount(0, cursor))
                .put("detail_level", 0);
        return ask("inspect_request", "inspect_reply", question)
                .filter(content -> content.path("found").asBoolean())
                .map(content -> content.path("data"));
    }

    private Optional<JsonNode> ask(String request, String reply, ObjectNode question) throws InterruptedException {
        String id = UUID.randomUUID().toString();
        try {
            connection.inbox().clear();
            connection.shell(id, request, question);
            @Nullable JupyterMessage message;
            while ((message = connection.inbox().poll(3, TimeUnit.SECONDS)) != null
                    && !message.equals(JupyterConnection.CLOSED)) {
                if (message.parentId().equals(id) && message.type().equals(reply)) {
                    return Optional.of(message.content());
                }
            }
        } catch (IOException gone) {
            // No kernel, no answer.
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        if (!process.isAlive()) {
            keepLastWords();
        }
        process.destroyForcibly();
        connection.close();
        gateway.shutdown();
        PythonProcess.removeFolder(sockets);
    }
}
