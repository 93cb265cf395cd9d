package io.slipway.spark.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.kit.Clock;
import io.slipway.kit.Loop;
import io.slipway.kit.PrincipalId;
import io.slipway.protocol.driver.CommandStatus;
import io.slipway.protocol.driver.ContextStatus;
import io.slipway.protocol.driver.News;
import io.slipway.spark.driver.DriverJson;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import io.slipway.store.Tx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Writes down what a driver says of its contexts and commands. It is believed in what is its own only: user code runs in a driver,
 * and could name what belongs to somebody else's cluster.
 */
final class NewsStoring {
    private final Clock clock;
    private final Facts facts;
    private final Loop<String> commands;
    private final Database database;
    private final CommandOutput output;
    private final KernelStore store = new KernelStore();

    /** @param commands woken when the context that they wait for has news */
    NewsStoring(Base base, Loop<String> commands) {
        this.clock = base.clock();
        this.facts = base.facts();
        this.database = base.database();
        this.output = new CommandOutput(base.database());
        this.commands = commands;
    }

    /** Writes down these news and how far they go, which is what the driver may forget; repeating it changes nothing. */
    void store(String clusterId, int launch, News news) {
        Collection<Put> outputs = outputs(news);
        for (Put put : outputs) {
            if (database.read(handle -> mayTell(handle, clusterId, launch, put.contextId(), put.commandId()))) {
                output.append(put.commandId(), put.frames());
            }
        }
        // After its output, since that row says how far it goes.
        database.change(tx -> {
            store(tx, clusterId, launch, news, outputs);
            store.cursor(tx, clusterId, launch, news.next());
        });
    }

    private boolean mayTell(Handle handle, String clusterId, int launch, String contextId, String commandId) {
        return store.command(handle, commandId)
                        .filter(command ->
                                !command.state().ended() && command.contextId().equals(contextId))
                        .isPresent()
                && context(handle, clusterId, launch, contextId).isPresent();
    }

    /** Output goes before states: the end of a command is written after all it has put out. */
    private void store(Tx tx, String clusterId, int launch, News news, Collection<Put> outputs) {
        Map<String, CommandFact.Moved> moved = new LinkedHashMap<>();
        for (Put put : outputs) {
            known(tx, clusterId, launch, put.contextId(), put.commandId()).ifPresent(command -> {
                store.advance(tx, command.id(), put.last());
                moved.put(
                        command.id(),
                        new CommandFact.Moved(command.ref(), command.partOf(), put.frames(), command.progress()));
            });
        }
        for (News.Progress progress : news.progress()) {
            known(tx, clusterId, launch, progress.context(), progress.command()).ifPresent(command -> {
                JsonNode jobs = DriverJson.DOCUMENTS.tree(progress.jobs());
                store.progress(tx, command.id(), jobs);
                List<OutputFrame> frames = Optional.ofNullable(moved.get(command.id()))
                        .map(CommandFact.Moved::output)
                        .orElse(List.of());
                moved.put(command.id(), new CommandFact.Moved(command.ref(), command.partOf(), frames, jobs));
            });
        }
        moved.values().forEach(fact -> tell(tx, fact));
        for (CommandStatus status : news.commands()) {
            known(tx, clusterId, launch, status.context(), status.command())
                    .ifPresent(command -> come(tx, command, status));
        }
        for (ContextStatus status : news.contexts()) {
            context(tx.sql(), clusterId, launch, status.context())
                    .filter(context -> context.state() == ContextState.PENDING)
                    .ifPresent(context -> settle(tx, context, status));
        }
    }

    /** What one command has put out. */
    private record Put(String contextId, String commandId, List<OutputFrame> frames) {
        long last() {
            return frames.get(frames.size() - 1).seq();
        }
    }

    private static Collection<Put> outputs(News news) {
        Map<String, Put> byCommand = new LinkedHashMap<>();
        for (News.Output each : news.outputs()) {
            byCommand
                    .computeIfAbsent(each.command(), id -> new Put(each.context(), id, new ArrayList<>()))
                    .frames()
                    .add(OutputFrame.of(each.seq(), each.frame()));
        }
        return byCommand.values();
    }

    /** A command that this driver may speak of and that has not ended. That it does says that it has been handed over. */
    private Optional<Command> known(Tx tx, String clusterId, int launch, String contextId, String commandId) {
        return store.command(tx.sql(), commandId)
                .filter(command ->
                        !command.state().ended() && command.contextId().equals(contextId))
                .filter(command ->
                        context(tx.sql(), clusterId, launch, contextId).isPresent())
                .flatMap(command ->
                        command.state() == CommandState.QUEUED && store.move(tx, command, CommandState.RUNNING)
                                ? store.command(tx.sql(), commandId)
                                : Optional.of(command));
    }

    private Optional<Context> context(Handle handle, String clusterId, int launch, String contextId) {
        return store.context(handle, contextId)
                .filter(context -> context.clusterId().equals(clusterId) && context.launch() == launch);
    }

    private void come(Tx tx, Command command, CommandStatus status) {
        if (status.startedAt() != command.startedAt()) {
            store.started(tx, command.id(), status.startedAt());
        }
        if (!status.ended()) {
            return;
        }
        CommandState state =
                status.state() == CommandStatus.State.CANCELLED ? CommandState.CANCELLED : CommandState.FINISHED;
        if (store.move(tx, command, state)) {
            store.ended(tx, command.id(), Optional.ofNullable(status.outcome()), clock.millis());
            tell(tx, CommandFact.ended(command));
        }
    }

    private void settle(Tx tx, Context context, ContextStatus status) {
        if (status.state() == ContextStatus.State.PENDING) {
            return;
        }
        if (status.state() == ContextStatus.State.RUNNING) {
            store.move(tx, context, ContextState.RUNNING, status.message());
        } else {
            store.fail(tx, context, status.message(), clock.millis());
        }
        store.unfinishedOf(tx.sql(), context.id()).forEach(id -> tx.wake(commands, id));
    }

    private void tell(Tx tx, CommandFact fact) {
        facts.tell(tx, PrincipalId.SYSTEM, fact);
    }
}
