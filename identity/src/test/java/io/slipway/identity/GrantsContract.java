package io.slipway.identity;

import static io.slipway.identity.testing.People.ANN;
import static io.slipway.identity.testing.People.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.identity.testing.People;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Kind;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Visible;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Levels on things. */
abstract class GrantsContract extends IdentityContract {
    private static final Guarded CLUSTER = Guarded.alone(Ref.of(Kind.CLUSTER, WorkspaceId.FIRST, "c-1"), "Cluster c-1");
    private static final Guarded JOB = Guarded.alone(Ref.of(Kind.JOB, WorkspaceId.FIRST, 7), "Job 7");
    private static final Ref FOLDER = Ref.of(Kind.TREE, WorkspaceId.FIRST, 20);
    private static final Guarded NOTEBOOK = new Guarded(
            Ref.of(Kind.TREE, WorkspaceId.FIRST, 21),
            List.of(FOLDER, Ref.of(Kind.TREE, WorkspaceId.FIRST, 1)),
            "/team/work");
    private static final Guarded TEAM = new Guarded(FOLDER, List.of(Ref.of(Kind.TREE, WorkspaceId.FIRST, 1)), "/team");

    private Permissions permissions;
    private Grants grants;

    @BeforeEach
    void made_by_ann() {
        People.known(database, ANN, BOB);
        permissions = area.permissions();
        grants = area.grants();
        database.change(
                tx -> List.of(CLUSTER, JOB, TEAM).forEach(thing -> permissions.made(tx, ANN.principal(), thing.ref())));
    }

    private boolean may(Caller caller, Right right, Guarded thing) {
        return database.read(handle -> permissions.may(handle, caller, right, thing));
    }

    /** As who asks anew: with the groups of now. */
    private Caller now(Caller caller) {
        return identities.caller(WorkspaceId.FIRST, caller.id()).orElseThrow();
    }

    private static Grant to(Caller user, Level level) {
        return new Grant(PrincipalKind.USER, user.name(), level);
    }

    private static Grant toGroup(String name, Level level) {
        return new Grant(PrincipalKind.GROUP, name, level);
    }

    private PrincipalId group(String name, PrincipalId... members) {
        return area.directory()
                .create(admin, PrincipalKind.GROUP, Entry.Content.named(name).with(Set.of(), Set.of(members)))
                .id();
    }

    private List<String> spoken(List<Given> all) {
        return all.stream()
                .flatMap(given -> given.held().stream()
                        .map(held -> given.principal().name() + " " + held.level()
                                + held.from().map(from -> " from " + from).orElse("")))
                .toList();
    }

    @Test
    void who_makes_a_thing_has_all_of_it_and_others_nothing() {
        for (Right right : Right.values()) {
            assertThat(may(ANN, right, CLUSTER)).isTrue();
            assertThat(may(admin, right, CLUSTER)).isTrue();
            assertThat(may(BOB, right, CLUSTER)).isFalse();
            assertThat(may(People.elsewhere(admin), right, CLUSTER)).isFalse();
        }
    }

    @Test
    void each_level_gives_what_the_weaker_ones_give_and_more() {
        grants.add(ANN, CLUSTER, List.of(to(BOB, Level.CAN_ATTACH_TO)));
        assertThat(may(BOB, Right.USE, CLUSTER)).isTrue();
        assertThat(may(BOB, Right.OPERATE, CLUSTER)).isFalse();
        grants.add(ANN, CLUSTER, List.of(to(BOB, Level.CAN_RESTART)));
        assertThat(may(BOB, Right.OPERATE, CLUSTER)).isTrue();
        assertThat(may(BOB, Right.MANAGE, CLUSTER)).isFalse();
        grants.add(ANN, CLUSTER, List.of(to(BOB, Level.CAN_MANAGE)));
        assertThat(may(BOB, Right.MANAGE, CLUSTER)).isTrue();
    }

    @Test
    void a_refusal_names_who_what_and_the_missing_level() {
        grants.add(ANN, CLUSTER, List.of(to(BOB, Level.CAN_ATTACH_TO)));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "bob@example.com does not have CAN_RESTART permission on Cluster c-1",
                () -> database.change(tx -> permissions.require(tx, BOB, Right.OPERATE, CLUSTER)));
        refused(
                ErrorCode.NOT_FOUND,
                "Cluster c-1 does not exist.",
                () -> database.change(tx -> permissions.require(tx, People.elsewhere(BOB), Right.VIEW, CLUSTER)));
    }

    @Test
    void what_is_given_on_a_folder_is_given_on_what_is_in_it() {
        grants.add(ANN, TEAM, List.of(to(BOB, Level.CAN_RUN)));
        assertThat(may(BOB, Right.USE, NOTEBOOK)).isTrue();
        assertThat(may(BOB, Right.EDIT, NOTEBOOK)).isFalse();
        assertThat(spoken(grants.of(BOB, NOTEBOOK)))
                .containsExactlyInAnyOrder(
                        "ann@example.com CAN_MANAGE from tree 20",
                        "bob@example.com CAN_RUN from tree 20",
                        "admins CAN_MANAGE from tree ");
        grants.add(ANN, NOTEBOOK, List.of(to(BOB, Level.CAN_EDIT)));
        assertThat(may(BOB, Right.EDIT, NOTEBOOK)).isTrue();
        assertThat(spoken(grants.of(BOB, NOTEBOOK)))
                .containsSubsequence("bob@example.com CAN_EDIT", "bob@example.com CAN_RUN from tree 20");
    }

    @Test
    void members_of_groups_in_groups_have_what_the_groups_have_and_lose_it_with_the_membership() {
        PrincipalId inner = group("inner", BOB.id());
        group("outer", inner);
        grants.add(ANN, CLUSTER, List.of(toGroup("outer", Level.CAN_RESTART)));
        assertThat(may(now(BOB), Right.OPERATE, CLUSTER)).isTrue();
        area.directory().change(admin, PrincipalKind.GROUP, inner, content -> content.with(content.groups(), Set.of()));
        assertThat(may(now(BOB), Right.VIEW, CLUSTER)).isFalse();
    }

    @Test
    void a_group_that_takes_the_name_of_one_that_was_deleted_has_nothing_of_it() {
        PrincipalId first = group("team", BOB.id());
        grants.add(ANN, CLUSTER, List.of(toGroup("team", Level.CAN_RESTART)));
        area.directory().delete(admin, PrincipalKind.GROUP, first);
        group("team", BOB.id());
        assertThat(may(now(BOB), Right.VIEW, CLUSTER)).isFalse();
        assertThat(spoken(grants.of(ANN, CLUSTER))).noneMatch(line -> line.startsWith("team"));
    }

    @Test
    void putting_a_list_takes_what_it_does_not_name_but_not_from_admins() {
        grants.add(ANN, CLUSTER, List.of(to(BOB, Level.CAN_RESTART)));
        List<Given> now = grants.replace(ANN, CLUSTER, List.of(toGroup("users", Level.CAN_ATTACH_TO)));
        assertThat(spoken(now)).containsExactlyInAnyOrder("users CAN_ATTACH_TO", "admins CAN_MANAGE from cluster ");
        assertThat(may(BOB, Right.USE, CLUSTER)).isTrue();
        assertThat(may(ANN, Right.MANAGE, CLUSTER)).isFalse();
    }

    @Test
    void only_who_manages_a_thing_shares_it() {
        grants.add(ANN, CLUSTER, List.of(to(BOB, Level.CAN_RESTART)));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "bob@example.com does not have CAN_MANAGE permission on Cluster c-1",
                () -> grants.add(BOB, CLUSTER, List.of(to(BOB, Level.CAN_MANAGE))));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "bob@example.com does not have CAN_VIEW permission on Job 7",
                () -> grants.of(BOB, JOB));
    }

    @Test
    void a_job_has_exactly_one_owner_whom_only_admins_change() {
        assertThat(spoken(grants.replace(ANN, JOB, List.of(to(BOB, Level.CAN_MANAGE)))))
                .contains("ann@example.com IS_OWNER", "bob@example.com CAN_MANAGE");
        refused(
                ErrorCode.PERMISSION_DENIED,
                "Only admins can change the owner of Job 7.",
                () -> grants.add(BOB, JOB, List.of(to(BOB, Level.IS_OWNER))));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "The owner of Job 7 cannot be given another level; name another owner.",
                () -> grants.add(admin, JOB, List.of(to(ANN, Level.CAN_VIEW))));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "Job 7 must have exactly one owner.",
                () -> grants.replace(admin, JOB, List.of(to(ANN, Level.IS_OWNER), to(BOB, Level.IS_OWNER))));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "Group users cannot be an owner.",
                () -> grants.add(admin, JOB, List.of(toGroup("users", Level.IS_OWNER))));
        assertThat(spoken(grants.add(admin, JOB, List.of(to(BOB, Level.IS_OWNER)))))
                .contains("bob@example.com IS_OWNER", "ann@example.com CAN_MANAGE");
    }

    @Test
    void who_hears_that_a_job_was_handed_over_hears_it_in_the_same_transaction() {
        Optional<?>[] heard = {Optional.empty()};
        base.facts().on(GrantFact.Handed.class, (tx, fact) -> heard[0] = Optional.of(fact.owner()));
        grants.add(admin, JOB, List.of(to(BOB, Level.IS_OWNER)));
        assertThat(heard[0]).isEqualTo(Optional.of(BOB.id()));
    }

    @Test
    void entries_that_say_nothing_true_are_refused_and_change_nothing() {
        List<String> before = spoken(grants.of(ANN, CLUSTER));
        refused(
                ErrorCode.NOT_FOUND,
                "User nobody@example.com does not exist.",
                () -> grants.replace(
                        ANN, CLUSTER, List.of(new Grant(PrincipalKind.USER, "nobody@example.com", Level.CAN_MANAGE))));
        refused(
                ErrorCode.NOT_FOUND,
                "Group bob@example.com does not exist.",
                () -> grants.replace(ANN, CLUSTER, List.of(toGroup(BOB.name(), Level.CAN_MANAGE))));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "Permission level CAN_READ is not one of Cluster c-1:"
                        + " it knows [CAN_ATTACH_TO, CAN_RESTART, CAN_MANAGE].",
                () -> grants.replace(ANN, CLUSTER, List.of(to(BOB, Level.CAN_READ))));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "Principal BOB@example.com is named more than once.",
                () -> grants.replace(
                        ANN,
                        CLUSTER,
                        List.of(
                                to(BOB, Level.CAN_MANAGE),
                                new Grant(PrincipalKind.USER, "BOB@example.com", Level.CAN_RESTART))));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "Group admins has CAN_MANAGE on everything, and cannot be given another level.",
                () -> grants.replace(ANN, CLUSTER, List.of(toGroup("admins", Level.CAN_RESTART))));
        assertThat(spoken(grants.of(ANN, CLUSTER))).isEqualTo(before);
    }

    @Test
    void lists_are_filtered_by_what_was_given() {
        grants.add(ANN, CLUSTER, List.of(to(BOB, Level.CAN_ATTACH_TO)));
        assertThat(seen(BOB, Kind.CLUSTER)).containsExactly("c-1");
        assertThat(seen(BOB, Kind.JOB)).isEmpty();
        assertThat(seen(ANN, Kind.JOB)).containsExactly("7");
        assertThat(seen(admin, Kind.JOB)).containsExactly("7");
        assertThat(seen(People.elsewhere(ANN), Kind.JOB)).isEmpty();
    }

    /** Of a list in which there is the cluster or the job. */
    private List<String> seen(Caller caller, Kind kind) {
        String id = kind == Kind.CLUSTER ? "'c-1'" : "7";
        Visible visible = permissions.visible(caller, kind, "listed.id");
        return database.read(handle -> handle.createQuery("select id from (select " + id + " as id, "
                        + WorkspaceId.FIRST + " as workspace_id) listed where " + visible.condition())
                .bindMap(visible.values())
                .mapTo(String.class)
                .list());
    }

    @Test
    void what_is_no_more_leaves_nothing_that_was_given_on_it() {
        database.change(tx -> permissions.gone(tx, CLUSTER.ref()));
        assertThat(may(ANN, Right.VIEW, CLUSTER)).isFalse();
    }

    @Test
    void nobody_comes_in_by_a_link_to_a_password_that_they_may_not_use() {
        grants.replace(admin, SignIn.PASSWORDS.of(WorkspaceId.FIRST), List.of(to(ANN, Level.CAN_USE)));
        String link = area.passwords().invite(admin, BOB.id());
        refused(
                ErrorCode.PERMISSION_DENIED,
                "bob@example.com does not have CAN_USE permission on passwords",
                () -> area.passwords().choose(link, "correct horse battery"));
    }

    @Test
    void tokens_are_made_by_those_to_whom_the_workspace_gives_it() {
        Guarded tokens = SignIn.TOKENS.of(WorkspaceId.FIRST);
        assertThat(identities.createToken(BOB, "", Optional.empty()).value()).startsWith("dapi");
        grants.replace(admin, tokens, List.of(to(ANN, Level.CAN_USE)));
        assertThat(identities.createToken(ANN, "", Optional.empty()).value()).startsWith("dapi");
        refused(
                ErrorCode.PERMISSION_DENIED,
                "bob@example.com does not have CAN_USE permission on tokens",
                () -> identities.createToken(BOB, "", Optional.empty()));
    }
}
