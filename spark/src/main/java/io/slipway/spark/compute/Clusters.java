package io.slipway.spark.compute;

import io.slipway.identity.Caller;
import io.slipway.identity.Directory;
import io.slipway.identity.Idempotency;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.Permissions;
import io.slipway.identity.Right;
import io.slipway.identity.workspace.WorkspaceFact;
import io.slipway.kit.Clock;
import io.slipway.kit.Ids;
import io.slipway.kit.Kind;
import io.slipway.kit.Loop;
import io.slipway.kit.Page;
import io.slipway.kit.PageWanted;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import io.slipway.runtime.RuntimeLines;
import io.slipway.spark.profile.InstanceProfiles;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Described;
import io.slipway.store.FactFilter;
import io.slipway.store.Facts;
import io.slipway.store.Manifest;
import io.slipway.store.Tx;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The door to clusters. Every method authorizes, validates, writes in one transaction what is wanted, and returns; the reconciler
 * does the rest.
 */
public final class Clusters {
    /** Clusters API: a terminated cluster is listed for 30 days. */
    private static final Duration LISTED = Duration.ofDays(30);

    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final Ids ids;
    private final Permissions permissions;
    private final Directory directory;
    private final InstanceProfiles profiles;
    private final ClusterRules rules;
    private final Loop<String> loop;
    private final ClusterStore store = new ClusterStore();
    private final NodeStore nodes = new NodeStore();

    public Clusters(
            Base base,
            IdentityArea identity,
            InstanceProfiles profiles,
            NodeTypes nodeTypes,
            RuntimeLines runtimes,
            Loop<String> loop) {
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.ids = base.ids();
        this.permissions = identity.permissions();
        this.directory = identity.directory();
        this.profiles = profiles;
        this.rules = new ClusterRules(nodeTypes, runtimes);
        this.loop = loop;
        facts.on(WorkspaceFact.Deleted.class, (tx, fact) -> end(tx, fact.workspace()));
    }

    /** Refuses what no cluster could be made of; jobs ask before they keep the cluster of a task. */
    public void check(ClusterSpec spec) {
        rules.check(spec);
    }

    /** A fact about a cluster and when it happened. */
    public record Happened(long at, ClusterFact event) {}

    /**
     * @param source UI, API or JOB
     * @param ownerRun the task run it is made for
     * @param idempotencyToken the same token makes one cluster only
     */
    public Cluster create(
            Caller caller,
            Described<ClusterSpec> wanted,
            String source,
            Optional<Long> ownerRun,
            Optional<String> idempotencyToken) {
        directory.requireEntitled(caller, "allow-cluster-create", "create clusters");
        Optional<String> key = idempotencyToken.map(token -> Idempotency.key(caller, "cluster", token));
        ClusterSpec spec = wanted.thing();
        rules.check(spec);
        spec.instanceProfile().ifPresent(arn -> profiles.requireUse(caller, arn));
        return database.write(tx -> {
            Optional<Cluster> earlier = key.flatMap(known -> store.byToken(tx.sql(), known));
            if (earlier.isPresent()) {
                return earlier.get();
            }
            Cluster cluster = Cluster.asked(caller, ids.cluster(), spec, source, ownerRun, clock.millis());
            store.insert(tx, cluster, wanted.manifest(), key);
            permissions.made(tx, caller.principal(), cluster.ref());
            note(tx, caller, new ClusterFact.Creating(cluster.ref(), spec, caller.name()));
            return cluster;
        });
    }

    public Cluster get(Caller caller, String id) {
        return get(caller, Right.VIEW, id);
    }

    /** As {@link #get(Caller, String)}; throws PERMISSION_DENIED unless the caller has this right on it. */
    public Cluster get(Caller caller, Right right, String id) {
        return database.read(handle -> {
            Cluster cluster = store.get(handle, caller, id);
            permissions.require(handle, caller, right, cluster.guarded());
            return cluster;
        });
    }

    /** With a workspace go its clusters. */
    private void end(Tx tx, WorkspaceId workspace) {
        store.of(tx.sql(), workspace).forEach(cluster -> {
            terminate(tx, Caller.SYSTEM, cluster, TerminationReason.userRequest(Caller.SYSTEM.name()));
            forget(tx, cluster.ref());
            tx.wake(loop, cluster.id());
        });
    }

    /** Whether anything is left of it: also of one that was deleted for good and is on its way. */
    boolean exists(String id) {
        return database.read(handle -> store.find(handle, id)).isPresent();
    }

    /** A cluster with what was sent for it, and its nodes: in lists those of its present launch, none if it is at rest. */
    public record Details(Cluster cluster, Manifest manifest, List<Node> nodes) {}

    public Details details(Caller caller, String id) {
        return database.read(handle -> {
            Described<Cluster> found = store.described(handle, caller, id);
            permissions.require(handle, caller, Right.VIEW, found.thing().guarded());
            return new Details(found.thing(), found.manifest(), nodes.of(handle, id));
        });
    }

    public Page<Details> list(Caller caller, ClusterFilter filter, ClusterFilter.Sort sort, PageWanted wanted) {
        return database.read(handle -> {
            Page<Described<Cluster>> page = store.list(
                    handle, permissions.visible(caller, Kind.CLUSTER, "id"), listedSince(), filter, sort, wanted);
            Map<String, List<Node>> of = nodes.of(
                    handle,
                    page.items().stream()
                            .map(Described::thing)
                            .filter(cluster -> cluster.state() != ClusterState.TERMINATED)
                            .map(Cluster::id)
                            .toList());
            return page.map(found -> new Details(
                    found.thing(),
                    found.manifest(),
                    of.getOrDefault(found.thing().id(), List.of())));
        });
    }

    /** Whatever has {@code text} in its name or id, in any case, newest first. */
    public List<Cluster> search(Caller caller, String text, int limit) {
        return database.read(handle ->
                store.search(handle, permissions.visible(caller, Kind.CLUSTER, "id"), listedSince(), text, limit));
    }

    private long listedSince() {
        return clock.millis() - LISTED.toMillis();
    }

    /** Those made for this run or task run. */
    public List<Cluster> ownedBy(Caller caller, long ownerRun) {
        return database.read(handle -> store.ownedBy(handle, ownerRun));
    }

    public List<Node> nodes(Caller caller, String id) {
        get(caller, id);
        return database.read(handle -> nodes.of(handle, id));
    }

    /** A page of what happened, and how much happened in all pages. */
    public record Events(Page<Happened> page, long total) {}

    /** @param filter whose kinds are types of events, in the words of the API; none = all */
    public Events events(Caller caller, String id, FactFilter filter, boolean oldestFirst, PageWanted wanted) {
        Cluster cluster = get(caller, id);
        FactFilter known = new FactFilter(ClusterFacts.kinds(filter.kinds()), filter.from(), filter.to());
        return database.read(handle -> new Events(
                facts.of(handle, cluster.ref(), known, oldestFirst, wanted)
                        .map(event -> new Happened(event.at(), ClusterFacts.read(event))),
                facts.count(handle, cluster.ref(), known)));
    }

    /** Terminated -> pending. */
    public void start(Caller caller, String id) {
        change(caller, id, Right.OPERATE, (tx, cluster) -> {
            if (cluster.state() != ClusterState.TERMINATED) {
                throw PlatformException.invalidState(
                        "Cluster " + id + " is in unexpected state " + spoken(cluster.state()) + ".");
            }
            launch(tx, cluster, cluster.spec(), clock.millis());
            store.move(tx, cluster, ClusterState.PENDING, "Starting Spark");
        });
    }

    /** Running -> restarting, with the present specification. */
    public void restart(Caller caller, String id) {
        change(caller, id, Right.OPERATE, (tx, cluster) -> {
            if (!cluster.state().up()) {
                throw PlatformException.invalidState(
                        "Cluster " + id + " is in unexpected state " + spoken(cluster.state()) + ".");
            }
            relaunch(tx, caller, cluster, cluster.spec());
        });
    }

    /** Clusters API 2.1, delete: terminates; nothing happens to a cluster that is stopping or stopped. */
    public void terminate(Caller caller, String id) {
        terminate(caller, id, TerminationReason.userRequest(caller.name()));
    }

    public void terminate(Caller caller, String id, TerminationReason reason) {
        change(caller, id, Right.OPERATE, (tx, cluster) -> terminate(tx, caller, cluster, reason));
    }

    private void terminate(Tx tx, Caller caller, Cluster cluster, TerminationReason reason) {
        if (cluster.state() == ClusterState.TERMINATING || cluster.state() == ClusterState.TERMINATED) {
            return;
        }
        store.terminate(tx, cluster, reason);
        note(tx, caller, new ClusterFact.Terminating(cluster.ref(), reason, Optional.of(caller.name())));
    }

    /** Terminates if need be and forgets: no call sees the cluster again. */
    public void deleteForGood(Caller caller, String id) {
        change(caller, id, Right.MANAGE, (tx, cluster) -> {
            if (cluster.pinned()) {
                throw PlatformException.invalidState(
                        "Cluster " + id + " is currently pinned, please unpin the cluster first");
            }
            terminate(tx, caller, cluster, TerminationReason.userRequest(caller.name()));
            forget(tx, cluster.ref());
        });
    }

    /**
     * Deletes for good at most so many clusters that terminated before this time, unless they are pinned (Clusters API: 30 days), for
     * the platform itself; true if there may be more.
     */
    public boolean forget(long before, int most) {
        return database.write(tx -> {
            List<Cluster> old = store.terminatedBefore(tx.sql(), before, most);
            old.forEach(cluster -> forget(tx, cluster.ref()));
            return old.size() == most;
        });
    }

    private void forget(Tx tx, Ref cluster) {
        store.forget(tx, cluster.id());
        store.deleteForgotten(tx, cluster.id());
        permissions.gone(tx, cluster);
    }

    public void resize(Caller caller, String id, Optional<Integer> workers, Optional<ClusterSpec.Autoscale> autoscale) {
        change(caller, id, Right.EDIT, (tx, cluster) -> {
            ClusterSpec wanted = cluster.spec().resized(workers, autoscale);
            ClusterRules.size(wanted);
            if (!cluster.state().up()) {
                throw PlatformException.invalidState(
                        "Cluster " + id + " is in unexpected state " + spoken(cluster.state()) + ".");
            }
            if (wanted.size().singleNode() != cluster.spec().size().singleNode()) {
                throw PlatformException.invalid(
                        "A single node cluster cannot be resized to one with workers, nor back; edit it instead.");
            }
            store.spec(tx, id, wanted);
            int target = clamp(cluster.targetWorkers(), wanted.size());
            store.target(tx, id, target);
            note(
                    tx,
                    caller,
                    new ClusterFact.Resizing(
                            cluster.ref(), cluster.targetWorkers(), target, "USER_REQUEST", caller.name()));
            if (cluster.state() == ClusterState.RUNNING) {
                store.move(tx, cluster, ClusterState.RESIZING, "Resizing to " + target + " workers");
            }
        });
    }

    private static int clamp(int current, ClusterSize size) {
        return size instanceof ClusterSize.Autoscale auto
                ? Math.max(auto.minWorkers(), Math.min(auto.maxWorkers(), current))
                : size.initialWorkers();
    }

    /** Replaces the whole specification; a running cluster restarts with it. */
    public void edit(Caller caller, String id, Described<ClusterSpec> wanted) {
        ClusterSpec spec = wanted.thing();
        rules.check(spec);
        Optional<String> before = get(caller, Right.EDIT, id).spec().instanceProfile();
        spec.instanceProfile()
                .filter(arn -> before.filter(arn::equals).isEmpty())
                .ifPresent(arn -> profiles.requireUse(caller, arn));
        change(caller, id, Right.EDIT, (tx, cluster) -> {
            if (cluster.ownerRun().isPresent()) {
                throw PlatformException.invalidState("Cluster " + id + " was created by a job and cannot be edited.");
            }
            if (cluster.state() != ClusterState.RUNNING && cluster.state() != ClusterState.TERMINATED) {
                throw PlatformException.invalidState("Cluster " + id
                        + " is in unexpected state " + spoken(cluster.state())
                        + ": only a running or terminated cluster can be edited.");
            }
            store.spec(tx, id, spec);
            store.manifest(tx, id, wanted.manifest());
            note(tx, caller, new ClusterFact.Edited(cluster.ref(), spec, cluster.spec(), caller.name()));
            if (cluster.state() == ClusterState.RUNNING) {
                relaunch(tx, caller, cluster, spec);
            }
        });
    }

    private void relaunch(Tx tx, Caller caller, Cluster cluster, ClusterSpec spec) {
        launch(tx, cluster, spec, cluster.startedAt());
        store.restarted(tx, cluster.id(), clock.millis());
        store.move(tx, cluster, ClusterState.RESTARTING, "Restarting Spark");
        note(tx, caller, new ClusterFact.Restarting(cluster.ref(), caller.name()));
    }

    public void pin(Caller caller, String id, boolean pinned) {
        permissions.requireAdmin(caller, pinned ? "pin clusters" : "unpin clusters");
        change(caller, id, Right.VIEW, (tx, cluster) -> {
            if (cluster.pinned() != pinned) {
                store.pin(tx, id, pinned);
                note(
                        tx,
                        caller,
                        pinned
                                ? new ClusterFact.Pinned(cluster.ref(), caller.name())
                                : new ClusterFact.Unpinned(cluster.ref(), caller.name()));
            }
        });
    }

    private interface Change {
        void apply(Tx tx, Cluster cluster);
    }

    private void change(Caller caller, String id, Right right, Change change) {
        database.change(tx -> {
            Cluster cluster = store.get(tx.sql(), caller, id);
            permissions.require(tx, caller, right, cluster.guarded());
            change.apply(tx, cluster);
            tx.wake(loop, id);
        });
    }

    /** Another launch: what runs on its nodes belongs to an earlier one. */
    private void launch(Tx tx, Cluster cluster, ClusterSpec spec, long startedAt) {
        store.launch(tx, cluster.id(), cluster.launch() + 1, spec.size().initialWorkers(), startedAt);
        facts.tell(tx, PrincipalId.SYSTEM, new ClusterFact.Replanned(cluster.ref()));
    }

    private void note(Tx tx, Caller caller, ClusterFact fact) {
        facts.tell(tx, caller.id(), fact);
        tx.wake(loop, fact.subject().id());
    }

    /** {@code Terminated}, as the real service writes states in messages. */
    private static String spoken(ClusterState state) {
        String name = state.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }
}
