package io.slipway.platform.kernel;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kit.Clock;
import io.slipway.kit.Outcome;
import io.slipway.kit.PlatformException;
import io.slipway.kit.Reconciler;
import io.slipway.platform.compute.Drivers;
import io.slipway.platform.driver.CommandStatus;
import io.slipway.platform.driver.DriverClient;
import io.slipway.platform.driver.DriverEndpoint;
import io.slipway.platform.identity.Caller;
import io.slipway.platform.identity.SessionTokens;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Hands commands to drivers and stores what they put out. A command is handed over under its id, so that doing it twice, before and
 * after a crash of the server, runs it once.
 */
final class CommandReconciler implements Reconciler<String> {
    /** How long one pass waits for news; the driver answers earlier when there is some. */
    private static final Duration WAIT = Duration.ofSeconds(1);

    private static final Duration DRIVER_AWAY = Duration.ofMillis(500);

    private final Database database;
    private final Clock clock;
    private final Drivers drivers;
    private final DriverClient client;
    private final SessionTokens tokens;
    private final Supplier<List<String>> catalogs;
    private final Facts facts;
    private final KernelStore store = new KernelStore();

    CommandReconciler(
            Base base, Drivers drivers, DriverClient client, SessionTokens tokens, Supplier<List<String>> catalogs) {
        this.database = base.database();
        this.clock = base.clock();
        this.drivers = drivers;
        this.client = client;
        this.tokens = tokens;
        this.catalogs = catalogs;
        this.facts = base.facts();
    }

    @Override
    public Outcome reconcile(String commandId) {
        Optional<Command> found = database.read(handle -> store.command(handle, commandId));
        if (found.isEmpty() || found.get().state().ended()) {
            return Outcome.done();
        }
        Command command = found.get();
        Optional<Context> context = database.read(handle -> store.context(handle, command.contextId()));
        if (context.isEmpty() || context.get().state() == ContextState.ERROR) {
            return lose(command, context.map(Context::message).orElse("The context has been destroyed."));
        }
        if (context.get().state() == ContextState.PENDING) {
            // Its reconciler wakes this one.
            return Outcome.done();
        }
        Optional<DriverEndpoint> driver = drivers.find(context.get().clusterId())
                .filter(running -> running.launch() == context.get().launch())
                .map(Drivers.Running::endpoint);
        if (driver.isEmpty()) {
            return lose(
                    command,
                    "The Spark driver has stopped unexpectedly and is restarting, or its cluster was terminated.");
        }
        try {
            return command.state() == CommandState.QUEUED
                    ? handOver(command, context.get(), driver.get())
                    : follow(command, driver.get());
        } catch (PlatformException e) {
            return switch (e.code()) {
                case UNAVAILABLE -> Outcome.again(DRIVER_AWAY);
                case NOT_FOUND ->
                    command.state() == CommandState.CANCELLING
                            ? end(command, CommandState.CANCELLED, Optional.empty())
                            : lose(command, "The driver does not know this command any more.");
                default -> throw e;
            };
        }
    }

    private Outcome handOver(Command command, Context context, DriverEndpoint driver) {
        if (database.read(handle -> store.waitsBehind(handle, command))) {
            return Outcome.again(Duration.ofMillis(20));
        }
        client.putCommand(
                driver,
                context.id(),
                command.id(),
                command.spec(),
                context.options().arguments(),
                catalogs.get(),
                tokens.issue(context.owner(), Contexts.TOKEN_LIFE));
        if (!database.write(tx -> store.move(tx, command, CommandState.RUNNING))) {
            // Cancelled while it was being handed over.
            client.cancel(driver, context.id(), command.id());
        }
        return Outcome.again(Duration.ZERO);
    }

    private Outcome follow(Command command, DriverEndpoint driver) {
        if (command.state() == CommandState.CANCELLING) {
            client.cancel(driver, command.contextId(), command.id());
        }
        CommandStatus status = client.command(driver, command.contextId(), command.id(), command.nextFrame(), WAIT);
        boolean news = !status.frames().isEmpty() || !status.progress().equals(command.progress());
        if (news || status.startedAt() != command.startedAt()) {
            database.change(tx -> {
                store.append(tx, command.id(), status.frames());
                store.advance(tx, command.id(), status.next(), status.progress(), status.startedAt());
                if (news) {
                    facts.tell(tx, Caller.SYSTEM.userName(), new CommandFact.Moved(CommandFact.ref(command.id())));
                }
            });
        }
        if (!status.ended()) {
            return Outcome.again(Duration.ZERO);
        }
        return end(
                command,
                status.state() == CommandStatus.State.CANCELLED ? CommandState.CANCELLED : CommandState.FINISHED,
                status.outcome());
    }

    private Outcome lose(Command command, String why) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("type", "error");
        body.put("ename", "DriverLost");
        body.put("evalue", why);
        body.putArray("traceback").add(why);
        long seq = command.nextFrame() + 1;
        body.put("seq", seq);
        database.change(tx -> store.append(tx, command.id(), List.of(new CommandStatus.Frame(seq, body))));
        return end(command, CommandState.LOST, Optional.of(CommandStatus.Outcome.ERROR));
    }

    private Outcome end(Command command, CommandState state, Optional<CommandStatus.Outcome> outcome) {
        boolean moved = database.write(tx -> {
            if (!store.move(tx, command, state)) {
                return false;
            }
            store.ended(tx, command.id(), outcome, clock.millis());
            facts.tell(tx, Caller.SYSTEM.userName(), new CommandFact.Ended(CommandFact.ref(command.id())));
            return true;
        });
        // Not moved: a cancellation came in between; look again with the new state.
        return moved ? Outcome.done() : Outcome.again(Duration.ZERO);
    }

    @Override
    public List<String> unfinished() {
        return database.read(store::unfinished);
    }
}
