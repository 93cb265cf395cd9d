package io.slipway.spark.kernel;

import io.slipway.identity.IdentityArea;
import io.slipway.identity.SessionTokens;
import io.slipway.kit.Loop;
import io.slipway.spark.compute.ClusterFact;
import io.slipway.spark.compute.ComputeRoom;
import io.slipway.spark.driver.DriverClient;
import io.slipway.store.Base;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Contexts and commands on clusters, put together. */
public final class KernelRoom {
    private final Contexts contexts;
    private final CommandReconciler commands;

    /**
     * How drivers are followed.
     *
     * @param longestPoll how long a driver may keep a poll without news
     * @param followers run the polls of drivers, one for each
     */
    public record Following(Duration longestPoll, Executor followers) {}

    public KernelRoom(
            Base base,
            IdentityArea identity,
            ComputeRoom compute,
            DriverClient client,
            Following following,
            SessionCatalogs catalogs) {
        SessionTokens tokens = identity.tokens();
        Loop<String> contextLoop = base.loops().loop("context");
        Loop<String> commandLoop = base.loops().loop("command");
        contexts = new Contexts(
                base, identity.permissions(), compute.clusters(), compute.drivers(), contextLoop, commandLoop);
        ContextReconciler contextSteps =
                new ContextReconciler(base, compute.drivers(), client, tokens, catalogs, commandLoop);
        commands = new CommandReconciler(base, compute.drivers(), client, tokens, catalogs::names);
        base.loops().run(contextLoop, contextSteps);
        base.loops().run(commandLoop, commands);
        Loop<String> newsLoop = base.loops().loop("news");
        base.loops()
                .run(
                        newsLoop,
                        new DriverNews(
                                base,
                                compute.drivers(),
                                client,
                                compute.statuses(),
                                following.longestPoll(),
                                commandLoop),
                        following.followers());
        base.facts()
                .on(
                        ClusterFact.Running.class,
                        (tx, running) -> tx.wake(newsLoop, running.subject().id()));
        base.facts()
                .on(
                        ClusterFact.Ended.class,
                        (tx, ended) ->
                                contextSteps.clusterEnded(tx, ended.subject().id()));
    }

    public Contexts contexts() {
        return contexts;
    }

    /** Whether some command waits or runs. */
    public boolean busy() {
        return !commands.unfinished().isEmpty();
    }
}
