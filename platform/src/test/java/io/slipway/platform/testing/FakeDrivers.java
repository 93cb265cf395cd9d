package io.slipway.platform.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.platform.driver.CommandSpec;
import io.slipway.platform.driver.CommandStatus;
import io.slipway.platform.driver.ContextSpec;
import io.slipway.platform.driver.DriverClient;
import io.slipway.platform.driver.DriverEndpoint;
import io.slipway.platform.driver.DriverStatus;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Drivers that keep contexts and commands in memory and behave as docs/protocols/driver.md says: PUTs are idempotent by their ids,
 * commands of a context run one at a time in order of arrival, and everything is lost with the driver.
 */
public final class FakeDrivers implements DriverClient {
    private static final Duration CONTEXT_TAKES = Duration.ofMillis(300);
    private static final Duration CANCEL_TAKES = Duration.ofMillis(100);

    /** What commands do. */
    @FunctionalInterface
    public interface Script {
        /** Called once when the command begins. */
        Ending run(String contextId, String commandId, CommandSpec spec);
    }

    /**
     * How a command goes.
     *
     * @param frames bodies of what it puts out, evenly spread over its time
     */
    public record Ending(CommandStatus.Outcome outcome, Duration after, List<ObjectNode> frames) {
        public static Ending ok(Duration after) {
            return new Ending(CommandStatus.Outcome.OK, after, List.of());
        }
    }

    /** A command that a driver has begun. */
    public record Begun(int port, String contextId, String commandId, long at) {}

    private static final class HeldCommand {
        final CommandSpec spec;
        CommandStatus.State state = CommandStatus.State.QUEUED;
        Optional<CommandStatus.Outcome> outcome = Optional.empty();
        long startedAt;
        long endedAt;
        final List<CommandStatus.Frame> frames = new ArrayList<>();

        HeldCommand(CommandSpec spec) {
            this.spec = spec;
        }

        boolean ended() {
            return state == CommandStatus.State.FINISHED || state == CommandStatus.State.CANCELLED;
        }
    }

    private static final class HeldContext {
        final long readyAt;
        final Map<String, HeldCommand> commands = new LinkedHashMap<>();

        HeldContext(long readyAt) {
            this.readyAt = readyAt;
        }
    }

    private static final class Driver {
        final Map<String, HeldContext> contexts = new TreeMap<>();
        final Map<String, DriverStatus.Executor> executors = new TreeMap<>();
        long lastActivity;
        int pendingTasks;
        boolean stopped;
    }

    private final Map<String, String> results = new HashMap<>();
    private final FakeClock clock;
    private final Seam seam;
    private final Script script;
    private final Map<Integer, Driver> drivers = new TreeMap<>();
    private final List<Begun> begun = new ArrayList<>();
    private final Map<String, Map<String, String>> handed = new TreeMap<>();

    public FakeDrivers(FakeClock clock, Seam seam, Script script) {
        this.clock = clock;
        this.seam = seam;
        this.script = script;
    }

    /** A driver process is up and listens on {@code port}. */
    public void open(int port) {
        Driver driver = new Driver();
        driver.lastActivity = clock.millis();
        drivers.put(port, driver);
    }

    /** The process is gone, and all it knew. */
    public void close(int port) {
        Driver driver = drivers.remove(port);
        if (driver != null) {
            clock.drop(driver);
        }
    }

    /** User code stops Spark in every driver that is up. */
    public void stopSpark() {
        drivers.values().forEach(driver -> driver.stopped = true);
    }

    /** What Spark would say of its workers. */
    public void executor(int port, String host, boolean there) {
        Driver driver = drivers.get(port);
        if (driver == null) {
            return;
        }
        if (there) {
            driver.executors.put(host, new DriverStatus.Executor(host, host, 2, clock.millis(), 0, clock.millis()));
        } else {
            driver.executors.remove(host);
        }
    }

    /** So many tasks find no free core. */
    public void backlog(int tasks) {
        drivers.values().forEach(driver -> driver.pendingTasks = tasks);
    }

    /** Every command that any driver ever began, in order. */
    public List<Begun> begun() {
        return List.copyOf(begun);
    }

    /** The values of widgets that came with a command. */
    public Map<String, String> widgets(String commandId) {
        return handed.getOrDefault(commandId, Map.of());
    }

    /** Commands that any driver is at right now. */
    public List<String> running() {
        return drivers.values().stream()
                .flatMap(driver -> driver.contexts.values().stream())
                .flatMap(context -> context.commands.entrySet().stream())
                .filter(each -> !each.getValue().ended())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Contexts that live on any driver. */
    public List<String> contexts() {
        return drivers.values().stream()
                .flatMap(driver -> driver.contexts.keySet().stream())
                .toList();
    }

    @Override
    public DriverStatus status(DriverEndpoint endpoint) {
        seam.at("before status");
        Driver driver = driver(endpoint);
        int running = (int) driver.contexts.values().stream()
                .flatMap(context -> context.commands.values().stream())
                .filter(command -> !command.ended())
                .count();
        return new DriverStatus(
                driver.stopped ? "stopped" : "running",
                clock.millis(),
                running > 0 ? clock.millis() : driver.lastActivity,
                running,
                driver.contexts.size(),
                List.copyOf(driver.executors.values()),
                driver.pendingTasks,
                running,
                2,
                List.of());
    }

    @Override
    public Context putContext(DriverEndpoint endpoint, String contextId, ContextSpec spec) {
        seam.at("before putContext");
        driver(endpoint)
                .contexts
                .computeIfAbsent(contextId, id -> new HeldContext(clock.millis() + CONTEXT_TAKES.toMillis()));
        seam.at("after putContext");
        return context(endpoint, contextId);
    }

    @Override
    public Context context(DriverEndpoint endpoint, String contextId) {
        return new Context(
                held(endpoint, contextId).readyAt <= clock.millis() ? ContextState.RUNNING : ContextState.PENDING, "");
    }

    @Override
    public void deleteContext(DriverEndpoint endpoint, String contextId) {
        seam.at("before deleteContext");
        held(endpoint, contextId);
        driver(endpoint).contexts.remove(contextId);
        seam.at("after deleteContext");
    }

    @Override
    public void putCommand(
            DriverEndpoint endpoint,
            String contextId,
            String commandId,
            CommandSpec spec,
            Map<String, String> arguments,
            List<String> catalogs,
            String token) {
        handed.put(commandId, Map.copyOf(arguments));
        seam.at("before putCommand");
        HeldContext context = held(endpoint, contextId);
        if (context.commands.putIfAbsent(commandId, new HeldCommand(spec)) == null) {
            begin(endpoint.port(), contextId);
        }
        seam.at("after putCommand");
    }

    /** Begins the oldest command of a context that is not over, unless it has begun. */
    private void begin(int port, String contextId) {
        Driver driver = drivers.get(port);
        if (driver == null || !driver.contexts.containsKey(contextId)) {
            return;
        }
        HeldContext context = driver.contexts.get(contextId);
        for (Map.Entry<String, HeldCommand> each : context.commands.entrySet()) {
            HeldCommand command = each.getValue();
            if (command.state == CommandStatus.State.RUNNING) {
                return;
            }
            if (command.state == CommandStatus.State.QUEUED) {
                command.state = CommandStatus.State.RUNNING;
                command.startedAt = clock.millis();
                begun.add(new Begun(port, contextId, each.getKey(), clock.millis()));
                Ending ending = script.run(contextId, each.getKey(), command.spec);
                int parts = ending.frames().size() + 1;
                for (int i = 0; i < ending.frames().size(); i++) {
                    ObjectNode body = ending.frames().get(i);
                    clock.plan(driver, ending.after().multipliedBy(i + 1L).dividedBy(parts), () -> put(command, body));
                }
                clock.plan(
                        driver,
                        ending.after(),
                        () -> end(
                                port, contextId, command, CommandStatus.State.FINISHED, Optional.of(ending.outcome())));
                return;
            }
        }
    }

    private static void put(HeldCommand command, ObjectNode body) {
        if (!command.ended()) {
            long seq = command.frames.size() + 1L;
            command.frames.add(new CommandStatus.Frame(seq, body.deepCopy().put("seq", seq)));
        }
    }

    private void end(
            int port,
            String contextId,
            HeldCommand command,
            CommandStatus.State state,
            Optional<CommandStatus.Outcome> outcome) {
        if (command.ended()) {
            return;
        }
        command.state = state;
        command.outcome = outcome;
        command.endedAt = clock.millis();
        Driver driver = drivers.get(port);
        if (driver != null) {
            driver.lastActivity = clock.millis();
        }
        begin(port, contextId);
    }

    /** Answers earlier than it must, as the protocol allows: a part of the time passes. */
    @Override
    public CommandStatus command(
            DriverEndpoint endpoint, String contextId, String commandId, long since, Duration wait) {
        seam.at("before command");
        HeldCommand command = command(endpoint, contextId, commandId);
        if (!command.ended() && command.frames.size() <= since) {
            clock.advance(wait.dividedBy(4));
            command = command(endpoint, contextId, commandId);
        }
        List<CommandStatus.Frame> fresh =
                command.frames.stream().filter(frame -> frame.seq() > since).toList();
        return new CommandStatus(
                command.state,
                command.outcome,
                command.startedAt,
                command.endedAt,
                fresh,
                fresh.isEmpty() ? since : fresh.get(fresh.size() - 1).seq(),
                JsonNodeFactory.instance.arrayNode());
    }

    @Override
    public void cancel(DriverEndpoint endpoint, String contextId, String commandId) {
        seam.at("before cancel");
        HeldCommand command = command(endpoint, contextId, commandId);
        Driver driver = driver(endpoint);
        if (command.state == CommandStatus.State.QUEUED) {
            end(endpoint.port(), contextId, command, CommandStatus.State.CANCELLED, Optional.empty());
        } else if (command.state == CommandStatus.State.RUNNING) {
            clock.plan(
                    driver,
                    CANCEL_TAKES,
                    () -> end(endpoint.port(), contextId, command, CommandStatus.State.CANCELLED, Optional.empty()));
        }
    }

    @Override
    public Completion complete(DriverEndpoint endpoint, String contextId, String language, String code, int cursor) {
        seam.at("before complete");
        boolean busy = held(endpoint, contextId).commands.values().stream().anyMatch(command -> !command.ended());
        return new Completion(busy ? List.of() : List.of("made_up"), cursor, cursor);
    }

    @Override
    public Optional<JsonNode> inspect(
            DriverEndpoint endpoint, String contextId, String language, String code, int cursor) {
        seam.at("before inspect");
        held(endpoint, contextId);
        return Optional.empty();
    }

    /** The text of the results that can be read whole, by their names. */
    public Map<String, String> results() {
        return results;
    }

    @Override
    public boolean knowsResult(DriverEndpoint endpoint, String contextId, String result) {
        return driver(endpoint).contexts.containsKey(contextId) && results.containsKey(result);
    }

    @Override
    public InputStream result(DriverEndpoint endpoint, String contextId, String result, String format, String token) {
        return Optional.ofNullable(results.get(result))
                .filter(text -> knowsResult(endpoint, contextId, result))
                .map(text -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .orElseThrow(() -> PlatformException.notFound("result " + result + " does not exist"));
    }

    @Override
    public void decommission(DriverEndpoint endpoint, String host) {
        seam.at("before decommission");
        driver(endpoint);
        clock.plan(driver(endpoint), Duration.ofSeconds(1), () -> executor(endpoint.port(), host, false));
    }

    private Driver driver(DriverEndpoint endpoint) {
        Driver driver = drivers.get(endpoint.port());
        if (driver == null) {
            throw new PlatformException(ErrorCode.UNAVAILABLE, "the driver at " + endpoint + " does not answer");
        }
        return driver;
    }

    private HeldContext held(DriverEndpoint endpoint, String contextId) {
        HeldContext context = driver(endpoint).contexts.get(contextId);
        if (context == null) {
            throw new PlatformException(ErrorCode.NOT_FOUND, "no context " + contextId);
        }
        return context;
    }

    private HeldCommand command(DriverEndpoint endpoint, String contextId, String commandId) {
        HeldCommand command = held(endpoint, contextId).commands.get(commandId);
        if (command == null) {
            throw new PlatformException(ErrorCode.NOT_FOUND, "no command " + commandId);
        }
        return command;
    }
}
