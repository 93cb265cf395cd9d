package io.slipway.spark.kernel;

import io.slipway.identity.SessionTokens;
import io.slipway.kit.Clock;
import io.slipway.kit.Outcome;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Reconciler;
import io.slipway.kit.WorkspaceId;
import io.slipway.protocol.driver.CommandRequest;
import io.slipway.protocol.driver.CommandStatus;
import io.slipway.protocol.driver.Frame;
import io.slipway.spark.compute.Drivers;
import io.slipway.spark.driver.DriverClient;
import io.slipway.spark.driver.DriverEndpoint;
import io.slipway.spark.driver.DriverJson;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Hands commands to drivers, cancels them, and ends those that no driver will end. A command is handed over under its id, so that
 * doing it twice, before and after a crash of the server, runs it once. What comes of it is told by {@link DriverNews}.
 */
final class CommandReconciler implements Reconciler<String> {
    /** A cancellation is repeated until its command has ended: code may catch an interrupt. */
    private static final Duration CANCELLING = Duration.ofSeconds(1);

    private static final Duration DRIVER_AWAY = Duration.ofMillis(500);

    private final Database database;
    private final Clock clock;
    private final Drivers drivers;
    private final DriverClient client;
    private final SessionTokens tokens;
    private final Function<WorkspaceId, List<String>> catalogs;
    private final Facts facts;
    private final CommandOutput output;
    private final KernelStore store = new KernelStore();

    CommandReconciler(
            Base base,
            Drivers drivers,
            DriverClient client,
            SessionTokens tokens,
            Function<WorkspaceId, List<String>> catalogs) {
        this.database = base.database();
        this.clock = base.clock();
        this.drivers = drivers;
        this.client = client;
        this.tokens = tokens;
        this.catalogs = catalogs;
        this.facts = base.facts();
        this.output = new CommandOutput(base.database());
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
            return switch (command.state()) {
                case QUEUED -> handOver(command, context.get(), driver.get());
                case CANCELLING -> {
                    client.cancel(driver.get(), command.contextId(), command.id());
                    yield Outcome.again(CANCELLING);
                }
                default -> Outcome.done();
            };
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
                new CommandRequest(
                        command.spec(),
                        context.options().arguments(),
                        catalogs.apply(context.workspace()),
                        tokens.issue(context.workspace(), context.owner().id(), Contexts.TOKEN_LIFE)));
        boolean moved = database.write(tx -> store.move(tx, command, CommandState.RUNNING));
        // Not moved: it was cancelled meanwhile, or the driver has told of it already.
        return moved ? Outcome.done() : Outcome.again(Duration.ZERO);
    }

    private Outcome lose(Command command, String why) {
        boolean lost = database.write(tx -> {
            // Output may have come since the command was read: what is said now stands behind it.
            Optional<Command> now = store.command(tx.sql(), command.id());
            if (now.isEmpty() || !store.move(tx, command, CommandState.LOST)) {
                return false;
            }
            Frame problem = new Frame.Problem("DriverLost", why, List.of(why));
            output.add(command.id(), DriverJson.DOCUMENTS.tree(problem));
            store.ended(tx, command.id(), Optional.of(CommandStatus.Outcome.ERROR), clock.millis());
            facts.tell(tx, PrincipalId.SYSTEM, CommandFact.ended(command));
            return true;
        });
        return lost ? Outcome.done() : Outcome.again(Duration.ZERO);
    }

    private Outcome end(Command command, CommandState state, Optional<CommandStatus.Outcome> outcome) {
        boolean moved = database.write(tx -> {
            if (!store.move(tx, command, state)) {
                return false;
            }
            store.ended(tx, command.id(), outcome, clock.millis());
            facts.tell(tx, PrincipalId.SYSTEM, CommandFact.ended(command));
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
