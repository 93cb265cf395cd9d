package io.slipway.spark.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.testing.FakeClock;
import io.slipway.kit.testing.Seam;
import io.slipway.protocol.driver.Answer;
import io.slipway.protocol.driver.CommandRequest;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.CommandStatus;
import io.slipway.protocol.driver.Completion;
import io.slipway.protocol.driver.ContextSpec;
import io.slipway.protocol.driver.ContextStatus;
import io.slipway.protocol.driver.DriverStatus;
import io.slipway.protocol.driver.Frame;
import io.slipway.protocol.driver.News;
import io.slipway.protocol.driver.ResultRequest;
import io.slipway.spark.driver.DriverClient;
import io.slipway.spark.driver.DriverEndpoint;
import io.slipway.spark.driver.DriverJson;
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
     * @param stays until it is told that others wait, or cancelled
     */
    public record Ending(CommandStatus.Outcome outcome, Duration after, List<ObjectNode> frames, boolean stays) {
        public Ending(CommandStatus.Outcome outcome, Duration after, List<ObjectNode> frames) {
            this(outcome, after, frames, false);
        }

        public static Ending ok(Duration after) {
            return new Ending(CommandStatus.Outcome.OK, after, List.of());
        }
    }

    /** A command that a driver has begun. */
    public record Begun(int port, String contextId, String commandId, long at) {}

    private static final class HeldCommand {
        final String context;
        final String id;
        final CommandSpec spec;
        CommandStatus.State state = CommandStatus.State.QUEUED;
        Optional<CommandStatus.Outcome> outcome = Optional.empty();
        long startedAt;
        long endedAt;
        long frames;
        boolean awaited;
        boolean stays;

        HeldCommand(String context, String id, CommandSpec spec) {
            this.context = context;
            this.id = id;
            this.spec = spec;
        }

        boolean ended() {
            return state.ended();
        }

        CommandStatus status() {
            return new CommandStatus(context, id, state, outcome.orElse(null), startedAt, endedAt);
        }
    }

    private static final class HeldContext {
        final String id;
        final Map<String, HeldCommand> commands = new LinkedHashMap<>();
        boolean ready;

        HeldContext(String id) {
            this.id = id;
        }

        ContextStatus status() {
            return new ContextStatus(id, ready ? ContextStatus.State.RUNNING : ContextStatus.State.PENDING, "");
        }
    }

    private static final class Driver {
        final FakeJournal journal;
        final Map<String, HeldContext> contexts = new TreeMap<>();
        final Map<String, DriverStatus.Executor> executors = new TreeMap<>();
        long lastActivity;
        int pendingTasks;
        boolean stopped;

        Driver(String boot) {
            journal = new FakeJournal(boot);
        }
    }

    private final Map<String, String> results = new HashMap<>();
    private final Map<String, String> answers = new HashMap<>();
    private final FakeClock clock;
    private final Seam seam;
    private final Script script;
    private final Map<Integer, Driver> drivers = new TreeMap<>();
    private final Map<String, String> catalogs = new TreeMap<>();
    private int boots;
    private final List<Begun> begun = new ArrayList<>();
    private final Map<String, Map<String, String>> handed = new TreeMap<>();

    public FakeDrivers(FakeClock clock, Seam seam, Script script) {
        this.clock = clock;
        this.seam = seam;
        this.script = script;
    }

    /** A driver process is up and listens on {@code port}. */
    public void open(int port) {
        Driver driver = new Driver("boot" + ++boots);
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
        drivers.values().forEach(driver -> {
            driver.stopped = true;
            driver.journal.status();
        });
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
        driver.journal.status();
    }

    /** So many tasks find no free core. */
    public void backlog(int tasks) {
        drivers.values().forEach(driver -> {
            driver.pendingTasks = tasks;
            driver.journal.status();
        });
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
        return status(driver(endpoint));
    }

    private DriverStatus status(Driver driver) {
        int running = (int) driver.contexts.values().stream()
                .flatMap(context -> context.commands.values().stream())
                .filter(command -> !command.ended())
                .count();
        return new DriverStatus(
                driver.stopped ? DriverStatus.State.STOPPED : DriverStatus.State.RUNNING,
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
    public ContextStatus putContext(DriverEndpoint endpoint, String contextId, ContextSpec spec) {
        seam.at("before putContext");
        Driver driver = driver(endpoint);
        if (!driver.contexts.containsKey(contextId)) {
            HeldContext made = new HeldContext(contextId);
            catalogs.put(contextId, spec.catalog());
            driver.contexts.put(contextId, made);
            driver.journal.open(contextId);
            driver.journal.status();
            clock.plan(driver, CONTEXT_TAKES, () -> {
                made.ready = true;
                driver.journal.context(made.status());
            });
        }
        seam.at("after putContext");
        return context(endpoint, contextId);
    }

    /** The catalog in which this context has begun. */
    public Optional<String> catalogOf(String contextId) {
        return Optional.ofNullable(catalogs.get(contextId));
    }

    @Override
    public ContextStatus context(DriverEndpoint endpoint, String contextId) {
        return held(endpoint, contextId).status();
    }

    @Override
    public void deleteContext(DriverEndpoint endpoint, String contextId) {
        seam.at("before deleteContext");
        Driver driver = driver(endpoint);
        driver.contexts.remove(contextId);
        driver.journal.drop(contextId);
        driver.journal.status();
        seam.at("after deleteContext");
    }

    @Override
    public CommandStatus putCommand(
            DriverEndpoint endpoint, String contextId, String commandId, CommandRequest request) {
        handed.put(commandId, Map.copyOf(request.widgets()));
        seam.at("before putCommand");
        HeldContext context = held(endpoint, contextId);
        HeldCommand made = new HeldCommand(contextId, commandId, request.spec());
        if (context.commands.putIfAbsent(commandId, made) == null) {
            driver(endpoint).journal.command(made.status());
            driver(endpoint).journal.status();
            begin(endpoint.port(), contextId);
        }
        seam.at("after putCommand");
        return command(endpoint, contextId, commandId).status();
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
                driver.journal.command(command.status());
                begun.add(new Begun(port, contextId, each.getKey(), clock.millis()));
                Ending ending = script.run(contextId, each.getKey(), command.spec);
                int parts = ending.frames().size() + 1;
                for (int i = 0; i < ending.frames().size(); i++) {
                    ObjectNode body = ending.frames().get(i);
                    clock.plan(
                            driver,
                            ending.after().multipliedBy(i + 1L).dividedBy(parts),
                            () -> put(driver, command, body));
                }
                clock.plan(driver, ending.after(), () -> {
                    if (ending.stays() && !command.awaited) {
                        command.stays = true;
                    } else {
                        finish(port, command, ending.outcome());
                    }
                });
                return;
            }
        }
    }

    private void finish(int port, HeldCommand command, CommandStatus.Outcome outcome) {
        end(port, command.context, command, CommandStatus.State.FINISHED, Optional.of(outcome));
    }

    private void put(Driver driver, HeldCommand command, ObjectNode body) {
        if (!command.ended()) {
            Frame frame = DriverJson.DOCUMENTS.read(body.toString(), Frame.class);
            driver.journal.output(
                    new News.Output(command.context, command.id, ++command.frames, clock.millis(), frame));
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
            driver.journal.command(command.status());
            driver.journal.status();
        }
        begin(port, contextId);
    }

    /** Answers earlier than it must, as the protocol allows: when anything happens anywhere. */
    @Override
    public News news(DriverEndpoint endpoint, String cursor, Duration wait) {
        seam.at("before news");
        Driver driver = driver(endpoint);
        driver.journal.acknowledge(cursor);
        if (!driver.journal.has(cursor)) {
            clock.advanceToNext(wait);
            driver = driver(endpoint);
        }
        Driver asked = driver;
        News news = asked.journal.since(cursor, () -> status(asked));
        seam.at("after news");
        return news;
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

    /** The answers that commands got, by their ids. Every running command takes one. */
    public Map<String, String> answers() {
        return answers;
    }

    @Override
    public void answer(DriverEndpoint endpoint, String contextId, String commandId, Answer answer) {
        HeldCommand command = command(endpoint, contextId, commandId);
        if (command.state != CommandStatus.State.RUNNING || answers.containsKey(commandId)) {
            throw PlatformException.invalidState("the command does not ask anything");
        }
        answers.put(commandId, answer.text());
    }

    @Override
    public void giveWay(DriverEndpoint endpoint, String contextId, String commandId) {
        seam.at("before giveWay");
        HeldCommand command = command(endpoint, contextId, commandId);
        command.awaited = true;
        if (command.stays) {
            finish(endpoint.port(), command, CommandStatus.Outcome.OK);
        }
        seam.at("after giveWay");
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
    public InputStream result(DriverEndpoint endpoint, String contextId, String result, ResultRequest request) {
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
