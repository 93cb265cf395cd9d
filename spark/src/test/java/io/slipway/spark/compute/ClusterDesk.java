package io.slipway.spark.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.identity.Caller;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.testing.People;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.PageWanted;
import io.slipway.kit.PlatformException;
import io.slipway.kit.testing.FakeClock;
import io.slipway.runtime.RuntimeLines;
import io.slipway.spark.profile.InstanceProfiles;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Described;
import io.slipway.store.FactFilter;
import io.slipway.store.TestBase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The door to clusters over one database. No loop runs: states are moved by hand. */
@NullUnmarked
abstract class ClusterDesk {
    static final Caller ADMIN = People.ADMIN;
    static final Caller ANN = People.ANN;
    static final Caller BOB = People.BOB;

    @TempDir
    private Path folder;

    final FakeClock clock = new FakeClock(1_700_000_000_000L);
    Base base;
    final List<String> woken = new ArrayList<>();
    final ClusterStore store = new ClusterStore();
    Database database;
    Clusters clusters;

    abstract Database open(Path folder);

    @BeforeEach
    void make() {
        database = open(folder);
        People.known(database);
        base = TestBase.of(database, clock, new Ids(clock, new Random(1)));
        IdentityArea identity = new IdentityArea(base, new byte[32]);
        clusters = new Clusters(
                base,
                identity,
                new InstanceProfiles(base, identity, arn -> true),
                NodeTypes.bundled(),
                RuntimeLines.bundled(),
                TestBase.told(base, woken::add));
    }

    @AfterEach
    void close() {
        database.close();
    }

    static ClusterSpec spec(Optional<Integer> workers, Optional<ClusterSpec.Autoscale> autoscale) {
        return new ClusterSpec(
                "mine",
                "18.0.x-scala2.13",
                "m5.large",
                "m5.large",
                workers,
                autoscale,
                Map.of("spark.x", "y"),
                Map.of(),
                Map.of(),
                0);
    }

    static ClusterSpec fixed(int workers) {
        return spec(Optional.of(workers), Optional.empty());
    }

    static ClusterSpec minutes(int minutes) {
        ClusterSpec base = fixed(0);
        return new ClusterSpec(
                base.name(),
                base.sparkVersion(),
                base.nodeTypeId(),
                base.driverNodeTypeId(),
                base.workers(),
                base.autoscale(),
                base.sparkConf(),
                base.sparkEnvVars(),
                base.customTags(),
                minutes);
    }

    static ClusterSpec variable(String name, String value) {
        ClusterSpec base = fixed(0);
        return new ClusterSpec(
                base.name(),
                base.sparkVersion(),
                base.nodeTypeId(),
                base.driverNodeTypeId(),
                base.workers(),
                base.autoscale(),
                base.sparkConf(),
                Map.of(name, value),
                base.customTags(),
                0);
    }

    Cluster create(ClusterSpec spec) {
        return clusters.create(ANN, Described.plainly(spec), "API", Optional.empty(), Optional.empty());
    }

    String running(ClusterSpec spec) {
        Cluster cluster = create(spec);
        database.change(tx -> store.move(tx, cluster, ClusterState.RUNNING, ""));
        return cluster.id();
    }

    String terminated() {
        String id = running(fixed(0));
        clusters.terminate(ANN, id);
        database.change(tx -> {
            store.move(tx, store.get(tx.sql(), Caller.SYSTEM, id), ClusterState.TERMINATED, "");
            store.terminated(tx, id, clock.millis());
        });
        return id;
    }

    Optional<ClusterState> state(String id) {
        return database.read(handle -> store.find(handle, id)).map(Cluster::state);
    }

    List<Cluster> listed(Caller caller) {
        return clusters.list(caller, ClusterFilter.ALL, ClusterFilter.Sort.NEWEST, PageWanted.ALL)
                .map(Clusters.Details::cluster)
                .items();
    }

    List<Clusters.Happened> events(Caller caller, String id) {
        return clusters.events(caller, id, FactFilter.ALL, false, PageWanted.ALL)
                .page()
                .items();
    }

    List<String> told(String id) {
        return events(ADMIN, id).stream()
                .map(happened -> happened.event().type())
                .toList();
    }

    static void refused(ErrorCode code, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessage(message);
    }
}
