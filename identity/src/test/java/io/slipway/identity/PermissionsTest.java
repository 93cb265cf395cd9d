package io.slipway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.identity.testing.People;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Kind;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Visible;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PermissionsTest {
    private static final Owned ANNS =
            new Owned(Ref.of(Kind.CLUSTER, WorkspaceId.FIRST, "c-1"), People.ANN.id(), "Cluster c-1");
    private static final Owned EVERY_WORKSPACES =
            new Owned(Ref.ofAccount(Kind.CATALOG, "c-2"), People.ANN.id(), "catalog c");

    private final Permissions permissions = new Permissions();

    private static void refused(ErrorCode code, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessage(message);
    }

    @ParameterizedTest
    @EnumSource(Right.class)
    void owners_and_admins_and_the_platform_may_do_everything(Right right) {
        for (Caller caller : List.of(People.ANN, People.ADMIN, Caller.SYSTEM)) {
            permissions.require(caller, right, ANNS);
            assertThat(permissions.owns(caller, ANNS)).isTrue();
        }
    }

    @Test
    void what_is_somebodys_own_is_nothing_to_others() {
        assertThat(permissions.owns(People.BOB, ANNS)).isFalse();
        refused(
                ErrorCode.PERMISSION_DENIED,
                "bob@example.com does not have use permission on Cluster c-1",
                () -> permissions.require(People.BOB, Right.USE, ANNS));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "bob@example.com does not have manage permission on Cluster c-1",
                () -> permissions.require(People.BOB, Right.MANAGE, ANNS));
    }

    @Test
    void what_a_group_owns_its_members_manage() {
        PrincipalId group = new PrincipalId(500);
        Owned thing = new Owned(ANNS.ref(), group, "Cluster c-1");
        Caller member = Caller.user(WorkspaceId.FIRST, People.BOB.principal(), Set.of(group));
        assertThat(permissions.owns(member, thing)).isTrue();
        assertThat(permissions.owns(People.BOB, thing)).isFalse();
    }

    /** They are not told that they may not, for then they knew that it is there. */
    @ParameterizedTest
    @EnumSource(Right.class)
    void nobody_knows_of_a_thing_in_another_workspace_not_even_its_owner_there(Right right) {
        for (Caller caller : List.of(People.elsewhere(People.ANN), People.elsewhere(People.ADMIN), Caller.NOBODY)) {
            assertThat(permissions.owns(caller, ANNS)).isFalse();
            refused(ErrorCode.NOT_FOUND, "Cluster c-1 does not exist.", () -> permissions.require(caller, right, ANNS));
        }
    }

    @Test
    void what_all_workspaces_share_is_reached_from_any_of_them() {
        assertThat(permissions.owns(People.elsewhere(People.ANN), EVERY_WORKSPACES))
                .isTrue();
        assertThat(permissions.owns(People.elsewhere(People.BOB), EVERY_WORKSPACES))
                .isFalse();
    }

    @Test
    void who_gave_no_name_and_who_runs_a_node_has_no_rights() {
        assertThat(Caller.NOBODY.principals()).isEmpty();
        Caller node = Caller.stranger("node i-1");
        assertThat(node.name()).isEqualTo("node i-1");
        assertThat(permissions.owns(node, EVERY_WORKSPACES)).isFalse();
        refused(
                ErrorCode.PERMISSION_DENIED,
                "Only admins can create catalogs.",
                () -> permissions.requireAdmin(node, "create catalogs"));
    }

    @Test
    void only_admins_do_what_admins_do() {
        permissions.requireAdmin(People.ADMIN, "create catalogs");
        permissions.requireAdmin(Caller.SYSTEM, "create catalogs");
        refused(
                ErrorCode.PERMISSION_DENIED,
                "Only admins can create catalogs.",
                () -> permissions.requireAdmin(People.ANN, "create catalogs"));
    }

    @Test
    void lists_show_the_callers_workspace() {
        Visible visible = permissions.visible(People.elsewhere(People.ADMIN), Kind.JOB, "job.id");
        assertThat(visible.values()).containsExactly(java.util.Map.entry("seenIn", 2002L));
        assertThat(visible.condition()).isEqualTo("workspace_id = :seenIn");
    }

    @Test
    void a_user_is_of_their_groups_and_of_all_users_and_of_nothing_else() {
        Caller admin = People.ADMIN;
        assertThat(admin.principals())
                .containsExactlyInAnyOrder(
                        admin.id(), PrincipalId.ADMINS, PrincipalId.ACCOUNT_USERS, PrincipalId.USERS);
        assertThat(People.ANN.principals())
                .containsExactlyInAnyOrder(People.ANN.id(), PrincipalId.ACCOUNT_USERS, PrincipalId.USERS);
        assertThat(People.ANN.reaches(WorkspaceId.FIRST)).isTrue();
        assertThat(People.ANN.reaches(WorkspaceId.ACCOUNT)).isTrue();
        assertThat(People.ANN.reaches(new WorkspaceId(2002))).isFalse();
        assertThat(Caller.SYSTEM.reaches(new WorkspaceId(2002))).isTrue();
    }

    @Test
    void an_idempotency_token_counts_for_one_user_one_workspace_and_one_kind_of_request() {
        String key = Idempotency.key(People.ANN, "cluster", "t");
        assertThat(Idempotency.key(People.ANN, "cluster", "t")).isEqualTo(key);
        assertThat(List.of(
                        Idempotency.key(People.BOB, "cluster", "t"),
                        Idempotency.key(People.elsewhere(People.ANN), "cluster", "t"),
                        Idempotency.key(People.ANN, "job-1", "t"),
                        Idempotency.key(People.ANN, "cluster", "u")))
                .doesNotContain(key)
                .doesNotHaveDuplicates();
    }

    @Test
    void secrets_are_remembered_by_a_hash_that_does_not_change() {
        assertThat(Secrets.hash("dapi0"))
                .hasSize(64)
                .isEqualTo(Secrets.hash("dapi0"))
                .isNotEqualTo(Secrets.hash("dapi1"));
        assertThat(Secrets.hash("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
