package io.slipway.spark.kernel;

import io.slipway.identity.Caller;
import io.slipway.identity.Permissions;
import io.slipway.identity.Right;
import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.Kind;
import io.slipway.kit.Loop;
import io.slipway.kit.PlatformException;
import io.slipway.kit.Ref;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.spark.compute.Cluster;
import io.slipway.spark.compute.Clusters;
import io.slipway.spark.compute.Drivers;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import io.slipway.store.Tx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The door to contexts and commands. */
public final class Contexts {
    /** Of the token with which code acts as its user: longer than any command is expected to run; renewed with every command. */
    public static final Duration TOKEN_LIFE = Duration.ofHours(24);

    private static final int SWEPT_AT_ONCE = 100;

    private final Database database;
    private final Clock clock;
    private final Ids ids;
    private final Permissions permissions;
    private final Clusters clusters;
    private final Drivers drivers;
    private final Facts facts;
    private final Loop<String> contexts;
    private final Loop<String> commands;
    private final CommandOutput output;
    private final KernelStore store = new KernelStore();
    private final LeftoverStore leftovers = new LeftoverStore();

    Contexts(
            Base base,
            Permissions permissions,
            Clusters clusters,
            Drivers drivers,
            Loop<String> contexts,
            Loop<String> commands) {
        this.database = base.database();
        this.clock = base.clock();
        this.ids = base.ids();
        this.permissions = permissions;
        this.clusters = clusters;
        this.drivers = drivers;
        this.facts = base.facts();
        this.output = new CommandOutput(base.database());
        this.contexts = contexts;
        this.commands = commands;
    }

    /** A command with all of its output so far. */
    public record Result(Command command, List<OutputFrame> frames) {}

    /** Makes a context on a cluster that is up. */
    public Context create(Caller caller, String clusterId, String language, ContextOptions options) {
        String id = ids.uuid();
        return create(caller, Ref.of(Kind.CONTEXT, caller.workspace(), id), id, clusterId, language, options);
    }

    /** As {@link #create}, for a notebook or task run, under an id that follows from it; the same id makes one context only. */
    public Context create(
            Caller caller, Ref partOf, String id, String clusterId, String language, ContextOptions options) {
        requireUse(caller, clusterId);
        Drivers.Running driver = drivers.running(clusterId);
        return database.write(tx -> store.context(tx.sql(), id).orElseGet(() -> {
            Context context = new Context(
                    id,
                    partOf,
                    clusterId,
                    driver.launch(),
                    caller.principal(),
                    language,
                    ContextState.PENDING,
                    "",
                    options,
                    clock.millis());
            store.insert(tx, context);
            tx.wake(contexts, id);
            return context;
        }));
    }

    public Context get(Caller caller, String contextId) {
        Context context = database.read(handle -> store.context(handle, contextId))
                .filter(found -> caller.reaches(found.workspace()))
                .orElseThrow(() -> KernelStore.missing(contextId));
        permissions.require(caller, Right.USE, context.owned());
        return context;
    }

    public Optional<Context> find(Caller caller, String contextId) {
        return database.read(handle -> store.context(handle, contextId))
                .filter(context -> permissions.owns(caller, context.owned()));
    }

    /** Why a context cannot run anything any more; empty while it can, or will as soon as it is made. */
    public Optional<String> lost(String contextId) {
        Optional<Context> context = database.read(handle -> store.context(handle, contextId));
        if (context.isEmpty() || context.get().state() == ContextState.DESTROYING) {
            return Optional.of("The context has been destroyed.");
        }
        if (context.get().state() == ContextState.ERROR) {
            return Optional.of(context.get().message());
        }
        boolean driverThere = drivers.find(context.get().clusterId())
                .filter(running -> running.launch() == context.get().launch())
                .isPresent();
        return driverThere
                ? Optional.empty()
                : Optional.of("The Spark driver of cluster " + context.get().clusterId()
                        + " has stopped or is being restarted.");
    }

    /** Throws unless {@code caller} may run code on this cluster. */
    public void requireUse(Caller caller, String clusterId) {
        Cluster cluster = clusters.get(caller, Right.USE, clusterId);
        if (cluster.ownerRun().isPresent()) {
            permissions.require(caller, Right.USE, cluster.owned());
        }
    }

    /** Gives the widgets of a context other values, if it is still there; commands that are handed over from now on find them. */
    public void assign(Tx tx, String contextId, Map<String, String> arguments) {
        store.context(tx.sql(), contextId)
                .ifPresent(context ->
                        store.options(tx, contextId, context.options().with(arguments)));
    }

    /** As {@link #destroy(Caller, String)}, together with other changes; one that has gone already is fine. */
    public void destroy(Tx tx, String contextId) {
        store.context(tx.sql(), contextId)
                .filter(context -> context.state() != ContextState.DESTROYING)
                .ifPresent(context -> store.move(tx, context, ContextState.DESTROYING, context.message()));
        tx.wake(contexts, contextId);
    }

    /** Ids of live contexts that are part of this notebook or task run. */
    public List<String> of(Kind kind, String id) {
        return database.read(handle -> store.contextsOf(handle, kind, id));
    }

    /** Ids of things of this kind that have live contexts. */
    public List<String> thingsWithContexts(Kind kind) {
        return database.read(handle -> store.withContexts(handle, kind));
    }

    /** Forgets all commands of this notebook or task run that have ended. */
    public void forgetAll(Tx tx, Kind kind, String id) {
        forget(tx, store.commandsOf(tx.sql(), kind, id));
    }

    /** Ends the context and whatever runs in it; what it has put out stays. */
    public void destroy(Caller caller, String contextId) {
        get(caller, contextId);
        database.change(tx -> {
            store.requireContext(tx.sql(), contextId);
            destroy(tx, contextId);
        });
    }

    public Command execute(Caller caller, String contextId, CommandSpec spec) {
        return execute(caller, ids.uuid(), contextId, spec);
    }

    /** As {@link #execute}, under an id of the caller's choice; the same id runs once only. */
    public Command execute(Caller caller, String id, String contextId, CommandSpec spec) {
        get(caller, contextId);
        return database.write(tx -> execute(tx, id, contextId, spec));
    }

    /** As {@link #execute(Caller, String, String, CommandSpec)}, together with other changes; for the platform itself. */
    public Command execute(Tx tx, String id, String contextId, CommandSpec spec) {
        return store.command(tx.sql(), id).orElseGet(() -> insert(tx, id, contextId, spec));
    }

    private Command insert(Tx tx, String id, String contextId, CommandSpec spec) {
        Context context = store.requireContext(tx.sql(), contextId);
        if (context.state() == ContextState.DESTROYING) {
            throw PlatformException.invalidState("Context " + contextId + " is being destroyed.");
        }
        Command command = Command.queued(context, id, store.nextOrdinal(tx.sql(), contextId), spec, clock.millis());
        store.insert(tx, command);
        tx.wake(commands, id);
        return command;
    }

    /** A command and what it has put out after frame {@code after}. */
    public Result result(Caller caller, String commandId, long after) {
        Command command = database.read(handle -> store.command(handle, commandId))
                .filter(found -> caller.reaches(found.partOf().workspace()))
                .orElseThrow(() -> unknown(commandId));
        permissions.require(caller, Right.USE, command.owned());
        // Read after the command: what has ended has all of its output.
        return new Result(command, output.frames(commandId, after, Long.MAX_VALUE));
    }

    /** Whether the command has ended; reads nothing of its output. */
    public boolean ended(Caller caller, String commandId) {
        return result(caller, commandId, Long.MAX_VALUE).command().state().ended();
    }

    /** As {@link #result}; empty if there is no such command. */
    public Optional<Result> find(Caller caller, String commandId, long after) {
        return database.read(handle -> store.command(handle, commandId))
                .filter(found -> caller.reaches(found.partOf().workspace()))
                .map(found -> result(caller, commandId, after));
    }

    /** Forgets commands that have ended, and their output. */
    public void forget(Tx tx, List<String> commandIds) {
        output.forget(tx, commandIds.stream().filter(id -> store.forget(tx, id)).toList());
    }

    /**
     * Forgets at most so many commands that are part of nothing but their context and ended before this time, with their output, and
     * as many contexts that failed before it; for the platform itself. True if there may be more.
     */
    public boolean forget(long before, int most) {
        return database.write(tx -> {
            List<String> ended = leftovers.commandsEndedBefore(tx.sql(), before, most);
            List<String> failed = leftovers.contextsFailedBefore(tx.sql(), before, most);
            forget(tx, ended);
            failed.forEach(id -> store.deleteContext(tx, id));
            return ended.size() == most || failed.size() == most;
        });
    }

    /**
     * Forgets output that no command names: left by a crash between a command's row and its output, which are in two files. No command
     * is made while its output goes; the first look sees that its row is gone for certain, not only in a transaction that may yet fail.
     */
    public void sweepOutput() {
        String after = "";
        while (true) {
            List<String> page = output.commands(after, SWEPT_AT_ONCE);
            List<String> unknown = database.read(handle -> leftovers.unknown(handle, page));
            if (!unknown.isEmpty()) {
                database.change(tx -> output.forget(leftovers.unknown(tx.sql(), unknown)));
            }
            if (page.size() < SWEPT_AT_ONCE) {
                return;
            }
            after = page.get(page.size() - 1);
        }
    }

    /** Asks the command to end; one that has ended stays as it is. */
    public void cancel(Caller caller, String commandId) {
        result(caller, commandId, Long.MAX_VALUE);
        database.change(tx -> {
            Command command = store.command(tx.sql(), commandId).orElseThrow(() -> unknown(commandId));
            boolean neverSent = store.context(tx.sql(), command.contextId())
                    .filter(context -> context.state() == ContextState.PENDING)
                    .isPresent();
            if (command.state() == CommandState.QUEUED && neverSent) {
                store.move(tx, command, CommandState.CANCELLED);
                store.ended(tx, commandId, Optional.empty(), clock.millis());
                facts.tell(tx, caller.id(), CommandFact.ended(command));
            } else if (command.state() == CommandState.QUEUED || command.state() == CommandState.RUNNING) {
                // Also a queued one: the driver may have it, and only its answer was lost.
                store.move(tx, command, CommandState.CANCELLING);
            }
            tx.wake(commands, commandId);
        });
    }

    private static PlatformException unknown(String commandId) {
        return new PlatformException(
                ErrorCode.NOT_FOUND, "Unknown command " + commandId, Map.of("reason", "CommandNotFound"));
    }
}
