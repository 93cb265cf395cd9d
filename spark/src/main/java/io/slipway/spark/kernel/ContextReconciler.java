package io.slipway.spark.kernel;

import io.slipway.identity.SessionTokens;
import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Loop;
import io.slipway.kit.Outcome;
import io.slipway.kit.PlatformException;
import io.slipway.kit.Reconciler;
import io.slipway.protocol.driver.ContextSpec;
import io.slipway.protocol.driver.ContextStatus;
import io.slipway.spark.compute.Drivers;
import io.slipway.spark.compute.Places;
import io.slipway.spark.driver.DriverClient;
import io.slipway.spark.driver.DriverEndpoint;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Tx;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes contexts on drivers and ends them. */
final class ContextReconciler implements Reconciler<String> {

    private final Database database;
    private final Clock clock;
    private final Drivers drivers;
    private final DriverClient client;
    private final SessionTokens tokens;
    private final SessionCatalogs catalogs;
    private final Loop<String> commands;
    private final KernelStore store = new KernelStore();

    /**
     * @param commands woken when the context that they wait for has news
     */
    ContextReconciler(
            Base base,
            Drivers drivers,
            DriverClient client,
            SessionTokens tokens,
            SessionCatalogs catalogs,
            Loop<String> commands) {
        this.database = base.database();
        this.clock = base.clock();
        this.drivers = drivers;
        this.client = client;
        this.tokens = tokens;
        this.catalogs = catalogs;
        this.commands = commands;
    }

    @Override
    public Outcome reconcile(String contextId) {
        return database.read(handle -> store.context(handle, contextId))
                .map(context -> switch (context.state()) {
                    case PENDING -> make(context);
                    case DESTROYING -> destroy(context);
                    case RUNNING, ERROR -> Outcome.done();
                })
                .orElse(Outcome.done());
    }

    private Outcome make(Context context) {
        Optional<DriverEndpoint> driver = driver(context);
        if (driver.isEmpty()) {
            return fail(context, "Cluster " + context.clusterId() + " is not running any more.");
        }
        try {
            ContextStatus made = client.putContext(driver.get(), context.id(), spec(context));
            return switch (made.state()) {
                // The driver's news tell when it is made.
                case PENDING -> Outcome.done();
                case RUNNING -> settle(context, tx -> store.move(tx, context, ContextState.RUNNING, ""));
                case ERROR -> fail(context, made.message());
            };
        } catch (PlatformException e) {
            if (e.code() == ErrorCode.UNAVAILABLE) {
                return Outcome.again(Duration.ofMillis(500));
            }
            return fail(context, e.message());
        }
    }

    private ContextSpec spec(Context context) {
        ContextOptions options = context.options();
        return new ContextSpec(
                context.language().toLowerCase(Locale.ROOT),
                context.owner().name(),
                tokens.issue(context.workspace(), context.owner().id(), Contexts.TOKEN_LIFE),
                catalogs.first(context.workspace()),
                "default",
                catalogs.names(context.workspace()),
                options.arguments(),
                options.taskValues(),
                options.libraries(),
                Places.folderOf(options.notebookPath()),
                options.notebookPath(),
                options.run());
    }

    private Outcome fail(Context context, String message) {
        return settle(context, tx -> store.fail(tx, context, message, clock.millis()));
    }

    private Outcome settle(Context context, Consumer<Tx> move) {
        database.change(tx -> {
            move.accept(tx);
            store.unfinishedOf(tx.sql(), context.id()).forEach(id -> tx.wake(commands, id));
        });
        return Outcome.done();
    }

    private Outcome destroy(Context context) {
        driver(context).ifPresent(driver -> {
            try {
                client.deleteContext(driver, context.id());
            } catch (PlatformException e) {
                if (e.code() != ErrorCode.NOT_FOUND) {
                    throw e;
                }
            }
        });
        database.change(tx -> {
            store.unfinishedOf(tx.sql(), context.id()).forEach(id -> tx.wake(commands, id));
            store.deleteContext(tx, context.id());
        });
        return Outcome.done();
    }

    private Optional<DriverEndpoint> driver(Context context) {
        return drivers.find(context.clusterId())
                .filter(running -> running.launch() == context.launch())
                .map(Drivers.Running::endpoint);
    }

    @Override
    public List<String> unfinished() {
        return database.read(store::contextsToDo);
    }

    /** Contexts of a cluster that has gone: they are in error now, and their commands lost. */
    void clusterEnded(Tx tx, String clusterId) {
        store.forgetCursor(tx, clusterId);
        for (String id : store.contextsOf(tx.sql(), clusterId)) {
            store.context(tx.sql(), id)
                    .filter(context ->
                            context.state() == ContextState.PENDING || context.state() == ContextState.RUNNING)
                    .ifPresent(context ->
                            store.fail(tx, context, "The cluster " + clusterId + " has terminated.", clock.millis()));
            store.unfinishedOf(tx.sql(), id).forEach(command -> tx.wake(commands, command));
        }
    }
}
