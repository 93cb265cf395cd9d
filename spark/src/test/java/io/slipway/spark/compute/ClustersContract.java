package io.slipway.spark.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.slipway.identity.Caller;
import io.slipway.identity.Grant;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.Level;
import io.slipway.identity.PrincipalKind;
import io.slipway.identity.testing.People;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Page;
import io.slipway.kit.PageWanted;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Described;
import io.slipway.store.Event;
import io.slipway.store.FactFilter;
import io.slipway.store.Manifest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** The door to clusters, on any database. */
@NullUnmarked
abstract class ClustersContract extends ClusterDesk {
    @Test
    void a_new_cluster_is_pending_and_its_loop_is_woken() {
        Cluster made = create(fixed(2));
        assertThat(clusters.get(ANN, made.id())).isEqualTo(made);
        assertThat(made.state()).isEqualTo(ClusterState.PENDING);
        assertThat(made.launch()).isEqualTo(1);
        assertThat(made.targetWorkers()).isEqualTo(2);
        assertThat(woken).containsExactly(made.id());
        assertThat(told(made.id())).containsExactly("CREATING");
    }

    @Test
    void the_same_token_makes_one_cluster_only() {
        Cluster first = clusters.create(ANN, Described.plainly(fixed(0)), "API", Optional.empty(), Optional.of("once"));
        Cluster second =
                clusters.create(ANN, Described.plainly(fixed(1)), "API", Optional.empty(), Optional.of("once"));
        assertThat(second).isEqualTo(first);
        assertThat(listed(ANN)).hasSize(1);
        assertThat(clusters.create(BOB, Described.plainly(fixed(1)), "API", Optional.empty(), Optional.of("once"))
                        .id())
                .as("the token of another user")
                .isNotEqualTo(first.id());
    }

    @Test
    void specifications_that_cannot_be_are_refused_and_leave_nothing() {
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "Exactly 1 of num_workers or autoscale must be specified.",
                () -> create(spec(Optional.empty(), Optional.empty())));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "Exactly 1 of num_workers or autoscale must be specified.",
                () -> create(spec(Optional.of(1), Optional.of(new ClusterSpec.Autoscale(1, 2)))));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "num_workers must be between 0 and 1000, got -1.",
                () -> create(fixed(-1)));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "autoscale.min_workers (2) must be at least 0 and less than autoscale.max_workers (2),"
                        + " which must be at most 1000.",
                () -> create(spec(Optional.empty(), Optional.of(new ClusterSpec.Autoscale(2, 2)))));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "autotermination_minutes must be 0 (never) or between 10 and 10000, got 9.",
                () -> create(minutes(9)));
        assertThat(listed(ADMIN)).isEmpty();
        assertThat(woken).isEmpty();
        List<Event> written = database.read(handle -> base.facts().after(handle, 0, 10));
        assertThat(written).isEmpty();
    }

    @Test
    void environment_variables_that_no_process_can_have_are_refused_by_name() {
        for (String name : List.of("", "A=B", "=A", "A\0B")) {
            refused(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "spark_env_vars: \"" + name.replace("\0", "\\0")
                            + "\" cannot be the name of an environment variable.",
                    () -> create(variable(name, "x")));
        }
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "spark_env_vars: the value of GREETING contains a NUL character.",
                () -> create(variable("GREETING", "a\0b")));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "spark_env_vars: LONG is too long: with its name it has 131073 bytes, at most 131072 are allowed.",
                () -> create(variable("LONG", "é".repeat(65533) + "x")));
        assertThat(listed(ADMIN)).isEmpty();

        create(variable("LONG", "é".repeat(65533)));
        assertThat(listed(ADMIN)).hasSize(1);
    }

    @Test
    void only_a_terminated_cluster_starts_and_each_start_is_a_new_launch() {
        String id = terminated();
        clusters.start(ANN, id);
        Cluster started = clusters.get(ANN, id);
        assertThat(started.state()).isEqualTo(ClusterState.PENDING);
        assertThat(started.launch()).isEqualTo(2);
        assertThat(started.termination()).isEmpty();
        refused(
                ErrorCode.INVALID_STATE,
                "Cluster " + id + " is in unexpected state Pending.",
                () -> clusters.start(ANN, id));
    }

    @Test
    void only_a_cluster_that_is_up_restarts() {
        String id = running(fixed(1));
        clusters.restart(ANN, id);
        assertThat(clusters.get(ANN, id).state()).isEqualTo(ClusterState.RESTARTING);
        assertThat(clusters.get(ANN, id).launch()).isEqualTo(2);
        refused(
                ErrorCode.INVALID_STATE,
                "Cluster " + id + " is in unexpected state Restarting.",
                () -> clusters.restart(ANN, id));
        assertThat(told(id)).containsExactly("RESTARTING", "CREATING");
    }

    @Test
    void terminating_twice_is_terminating_once() {
        String id = running(fixed(0));
        clusters.terminate(ANN, id);
        clusters.terminate(ADMIN, id);
        assertThat(clusters.get(ANN, id).termination().map(TerminationReason::parameters))
                .contains(Map.of("username", "ann@example.com"));
        assertThat(told(id)).containsExactly("TERMINATING", "CREATING");
        String ended = terminated();
        clusters.terminate(ANN, ended);
        assertThat(clusters.get(ANN, ended).state()).isEqualTo(ClusterState.TERMINATED);
    }

    @Test
    void a_cluster_is_resized_while_it_is_up() {
        String id = running(fixed(1));
        clusters.resize(ANN, id, Optional.of(3), Optional.empty());
        Cluster resized = clusters.get(ANN, id);
        assertThat(resized.state()).isEqualTo(ClusterState.RESIZING);
        assertThat(resized.targetWorkers()).isEqualTo(3);
        assertThat(resized.spec().workers()).contains(3);
        clusters.resize(ANN, id, Optional.empty(), Optional.of(new ClusterSpec.Autoscale(1, 2)));
        assertThat(clusters.get(ANN, id).targetWorkers()).isEqualTo(2);
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "A single node cluster cannot be resized to one with workers, nor back; edit it instead.",
                () -> clusters.resize(ANN, id, Optional.of(0), Optional.empty()));
        assertThat(clusters.get(ANN, id).targetWorkers()).isEqualTo(2);
        assertThat(told(id)).containsExactly("RESIZING", "RESIZING", "CREATING");
    }

    @Test
    void an_edit_restarts_what_runs_and_only_changes_what_rests() {
        String runs = running(fixed(1));
        clusters.edit(ANN, runs, Described.plainly(fixed(2)));
        assertThat(clusters.get(ANN, runs).state()).isEqualTo(ClusterState.RESTARTING);
        assertThat(clusters.get(ANN, runs).targetWorkers()).isEqualTo(2);
        assertThat(told(runs)).containsExactly("RESTARTING", "EDITED", "CREATING");
        String rests = terminated();
        clusters.edit(ANN, rests, Described.plainly(fixed(2)));
        assertThat(clusters.get(ANN, rests).state()).isEqualTo(ClusterState.TERMINATED);
        assertThat(clusters.get(ANN, rests).spec()).isEqualTo(fixed(2));
        refused(
                ErrorCode.INVALID_STATE,
                "Cluster " + runs + " is in unexpected state Restarting:"
                        + " only a running or terminated cluster can be edited.",
                () -> clusters.edit(ANN, runs, Described.plainly(fixed(3))));
    }

    @Test
    void what_was_sent_for_a_cluster_comes_back_with_it_until_it_is_edited() {
        Described<ClusterSpec> wanted = new Described<>(fixed(0), Manifest.of("sent"));
        Cluster cluster = clusters.create(ANN, wanted, "API", Optional.empty(), Optional.empty());
        assertThat(clusters.details(ANN, cluster.id()))
                .isEqualTo(new Clusters.Details(cluster, Manifest.of("sent"), List.of()));
        assertThat(clusters.list(ANN, ClusterFilter.ALL, ClusterFilter.Sort.NEWEST, PageWanted.ALL)
                        .items())
                .containsExactly(clusters.details(ANN, cluster.id()));
        String runs = running(fixed(1));
        assertThat(clusters.details(ANN, runs).manifest()).isEqualTo(Manifest.NONE);
        clusters.edit(ANN, runs, new Described<>(fixed(2), Manifest.of("edited")));
        assertThat(clusters.details(ANN, runs).manifest()).isEqualTo(Manifest.of("edited"));
    }

    @Test
    void the_cluster_of_a_job_cannot_be_edited() {
        Cluster cluster = clusters.create(ANN, Described.plainly(fixed(0)), "JOB", Optional.of(7L), Optional.empty());
        refused(
                ErrorCode.INVALID_STATE,
                "Cluster " + cluster.id() + " was created by a job and cannot be edited.",
                () -> clusters.edit(ANN, cluster.id(), Described.plainly(fixed(1))));
        assertThat(clusters.ownedBy(ANN, 7)).containsExactly(cluster);
        assertThat(clusters.ownedBy(ANN, 8)).isEmpty();
    }

    @Test
    void what_is_deleted_for_good_is_not_there_any_more() {
        String rests = terminated();
        clusters.deleteForGood(ANN, rests);
        refused(ErrorCode.NOT_FOUND, "Cluster " + rests + " does not exist", () -> clusters.get(ADMIN, rests));
        assertThat(state(rests)).isEmpty();
        String runs = running(fixed(0));
        clusters.deleteForGood(ANN, runs);
        refused(ErrorCode.NOT_FOUND, "Cluster " + runs + " does not exist", () -> clusters.start(ADMIN, runs));
        assertThat(state(runs)).contains(ClusterState.TERMINATING);
        assertThat(listed(ADMIN)).isEmpty();
    }

    @Test
    void a_pinned_cluster_is_kept() {
        String id = terminated();
        clusters.pin(ADMIN, id, true);
        clusters.pin(ADMIN, id, true);
        refused(
                ErrorCode.INVALID_STATE,
                "Cluster " + id + " is currently pinned, please unpin the cluster first",
                () -> clusters.deleteForGood(ANN, id));
        refused(ErrorCode.PERMISSION_DENIED, "Only admins can unpin clusters.", () -> clusters.pin(ANN, id, false));
        assertThat(told(id)).containsExactly("PINNED", "TERMINATING", "CREATING");
        clock.advance(Duration.ofDays(31));
        assertThat(listed(ANN)).extracting(Cluster::id).containsExactly(id);
    }

    @Test
    void clusters_are_listed_newest_first_and_terminated_ones_for_thirty_days() {
        String old = terminated();
        clock.advance(Duration.ofSeconds(1));
        String young = running(fixed(0));
        assertThat(listed(ANN)).extracting(Cluster::id).containsExactly(young, old);
        clock.advance(Duration.ofDays(30));
        assertThat(listed(ANN)).extracting(Cluster::id).containsExactly(young);
    }

    @Test
    void clusters_are_filtered_and_sorted_before_they_are_paged() {
        String rests = terminated();
        clock.advance(Duration.ofSeconds(1));
        String up = running(fixed(0));
        clusters.pin(ADMIN, up, true);
        PageWanted one = PageWanted.first(1);
        Page<Clusters.Details> first = clusters.list(ANN, ClusterFilter.ALL, ClusterFilter.Sort.OLDEST, one);
        assertThat(first.items()).extracting(listed -> listed.cluster().id()).containsExactly(rests);
        Page<Clusters.Details> second =
                clusters.list(ANN, ClusterFilter.ALL, ClusterFilter.Sort.OLDEST, PageWanted.at(first.next(), 1));
        assertThat(second.items()).extracting(listed -> listed.cluster().id()).containsExactly(up);
        assertThat(second.next()).isEmpty();
        for (ClusterFilter filter : List.of(
                new ClusterFilter(Set.of(ClusterState.RUNNING), Set.of("API"), Optional.empty()),
                new ClusterFilter(Set.of(), Set.of(), Optional.of(true)))) {
            assertThat(clusters.list(ANN, filter, ClusterFilter.Sort.NAME_BACKWARD, PageWanted.ALL)
                            .items())
                    .extracting(listed -> listed.cluster().id())
                    .containsExactly(up);
        }
        ClusterFilter none = new ClusterFilter(Set.of(), Set.of("UI"), Optional.empty());
        assertThat(clusters.list(ANN, none, ClusterFilter.Sort.NAME, PageWanted.ALL)
                        .items())
                .isEmpty();
        assertThat(clusters.search(ANN, up.substring(2).toUpperCase(Locale.ROOT), 8))
                .extracting(Cluster::id)
                .containsExactly(up);
    }

    @Test
    void events_are_filtered_counted_and_paged() {
        String id = running(fixed(0));
        long began = clock.millis();
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofSeconds(1));
            clusters.pin(ADMIN, id, i % 2 == 0);
        }
        database.change(tx -> base.facts()
                .tell(tx, PrincipalId.SYSTEM, new ClusterFact.Ended(ClusterFact.ref(WorkspaceId.FIRST, id))));
        Clusters.Events all = clusters.events(ANN, id, FactFilter.ALL, true, PageWanted.first(3));
        assertThat(all.total()).isEqualTo(4);
        assertThat(all.page().items())
                .extracting(each -> each.event().type())
                .containsExactly("CREATING", "PINNED", "UNPINNED");
        assertThat(clusters.events(
                                ANN,
                                id,
                                FactFilter.ALL,
                                true,
                                PageWanted.at(all.page().next(), 3))
                        .page()
                        .items())
                .extracting(each -> each.event().type())
                .containsExactly("PINNED");
        FactFilter pinned =
                new FactFilter(Set.of("PINNED", "DBFS_DOWN"), Optional.of(began + 1), Optional.of(began + 1500));
        Clusters.Events some = clusters.events(ANN, id, pinned, false, PageWanted.first(3));
        assertThat(some.total()).isEqualTo(1);
        assertThat(some.page().items())
                .extracting(each -> each.event().type(), Clusters.Happened::at)
                .containsExactly(tuple("PINNED", began + 1000));
    }

    @Test
    void others_do_with_a_cluster_what_was_given_to_them() {
        String id = running(fixed(1));
        assertThat(clusters.search(BOB, id, 10)).isEmpty();
        assertThat(listed(BOB)).isEmpty();
        String missing = "bob@example.com does not have %s permission on Cluster " + id;
        refused(ErrorCode.PERMISSION_DENIED, missing.formatted("CAN_ATTACH_TO"), () -> clusters.get(BOB, id));
        give(BOB, id, Level.CAN_ATTACH_TO);
        assertThat(listed(BOB)).extracting(Cluster::id).containsExactly(id);
        assertThat(events(BOB, id)).isNotEmpty();
        assertThat(clusters.nodes(BOB, id)).isEmpty();
        String restart = missing.formatted("CAN_RESTART");
        refused(ErrorCode.PERMISSION_DENIED, restart, () -> clusters.restart(BOB, id));
        refused(ErrorCode.PERMISSION_DENIED, restart, () -> clusters.terminate(BOB, id));
        give(BOB, id, Level.CAN_RESTART);
        String manage = missing.formatted("CAN_MANAGE");
        refused(ErrorCode.PERMISSION_DENIED, manage, () -> clusters.resize(BOB, id, Optional.of(2), Optional.empty()));
        refused(ErrorCode.PERMISSION_DENIED, manage, () -> clusters.edit(BOB, id, Described.plainly(fixed(2))));
        refused(ErrorCode.PERMISSION_DENIED, manage, () -> clusters.deleteForGood(BOB, id));
        assertThat(clusters.get(BOB, id).state()).isEqualTo(ClusterState.RUNNING);
        assertThat(told(id)).containsExactly("CREATING");
        clusters.terminate(BOB, id);
        assertThat(clusters.get(BOB, id).state()).isEqualTo(ClusterState.TERMINATING);
    }

    private void give(Caller user, String id, Level level) {
        new IdentityArea(base, new byte[32])
                .grants()
                .add(
                        ADMIN,
                        clusters.get(ADMIN, id).guarded(),
                        List.of(new Grant(PrincipalKind.USER, user.name(), level)));
    }

    @Test
    void a_move_from_a_state_that_is_past_is_a_conflict() {
        Cluster pending = create(fixed(0));
        clusters.terminate(ANN, pending.id());
        refused(
                ErrorCode.CONFLICT,
                "Cluster " + pending.id() + " has been changed meanwhile.",
                () -> database.change(tx -> store.move(tx, pending, ClusterState.RUNNING, "")));
        assertThatThrownBy(() -> database.change(
                        tx -> store.terminate(tx, clusters.get(ANN, pending.id()), TerminationReason.userRequest("x"))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void another_workspace_knows_nothing_of_a_cluster_not_even_its_admins() {
        String id = create(fixed(0)).id();
        Caller elsewhere = People.elsewhere(ADMIN);
        refused(ErrorCode.NOT_FOUND, "Cluster " + id + " does not exist", () -> clusters.get(elsewhere, id));
        refused(ErrorCode.NOT_FOUND, "Cluster " + id + " does not exist", () -> clusters.terminate(elsewhere, id));
        assertThat(clusters.list(elsewhere, ClusterFilter.ALL, ClusterFilter.Sort.NEWEST, PageWanted.ALL)
                        .items())
                .isEmpty();
        assertThat(clusters.search(elsewhere, id, 10)).isEmpty();
        assertThat(clusters.search(ANN, id, 10)).hasSize(1);
    }

    @Test
    void who_is_not_entitled_to_clusters_makes_none_and_uses_those_that_there_are() {
        database.change(tx -> tx.sql().execute("update assigned set entitlements = '[]' where principal_id = 3"));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "ann@example.com may not create clusters: the entitlement allow-cluster-create is missing.",
                () -> create(fixed(0)));
        Cluster made = clusters.create(ADMIN, Described.plainly(fixed(0)), "API", Optional.empty(), Optional.empty());
        give(ANN, made.id(), Level.CAN_ATTACH_TO);
        assertThat(clusters.get(ANN, made.id())).isEqualTo(made);
        database.change(tx -> tx.sql()
                .execute(
                        "update assigned set entitlements = '[\"allow-cluster-create\"]' where principal_id = ?",
                        ANN.id().number()));
        assertThat(create(fixed(0)).creator()).isEqualTo(ANN.principal());
    }

    @Test
    void the_same_token_of_idempotency_counts_in_its_own_workspace() {
        Optional<String> token = Optional.of("once");
        Cluster here = clusters.create(ADMIN, Described.plainly(fixed(0)), "API", Optional.empty(), token);
        Cluster there =
                clusters.create(People.elsewhere(ADMIN), Described.plainly(fixed(0)), "API", Optional.empty(), token);
        assertThat(there.id()).isNotEqualTo(here.id());
    }

    @Test
    void clusters_that_were_terminated_long_ago_are_forgotten_unless_they_are_pinned() {
        String old = terminated();
        String pinned = terminated();
        clusters.pin(ADMIN, pinned, true);
        clock.advance(Duration.ofDays(31));
        String young = terminated();
        long before = clock.millis() - Duration.ofDays(30).toMillis();
        assertThat(clusters.forget(before, 1)).isTrue();
        assertThat(clusters.forget(before, 1)).isFalse();
        refused(ErrorCode.NOT_FOUND, "Cluster " + old + " does not exist", () -> clusters.get(ANN, old));
        assertThat(clusters.get(ANN, pinned).pinned()).isTrue();
        assertThat(state(young)).contains(ClusterState.TERMINATED);
    }
}
