package io.slipway.identity.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.slipway.identity.Assignments.Assignment;
import io.slipway.identity.Caller;
import io.slipway.identity.Entry;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.PrincipalKind;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import io.slipway.kit.testing.FakeClock;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Manifest;
import io.slipway.store.TestBase;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workspaces of an account, in any database. */
@NullUnmarked
abstract class WorkspacesContract {
    private static final String HERE = "192.0.2.7";

    @TempDir
    private Path folder;

    private Database database;
    private IdentityArea identity;
    private WorkspaceRoom room;
    private Workspaces workspaces;
    private Caller admin;
    private Caller account;

    abstract Database open(Path folder);

    @BeforeEach
    void make() {
        FakeClock clock = new FakeClock(1_700_000_000_000L);
        database = open(folder);
        Base base = TestBase.of(database, clock, new Ids(clock, new Random(1)));
        identity = new IdentityArea(base, new byte[32]);
        room = new WorkspaceRoom(base, identity);
        workspaces = room.workspaces();
        admin = identity.identities().bootstrapAdmin("admin@example.com").orElseThrow();
        account = at(WorkspaceId.ACCOUNT, admin.id());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Caller at(WorkspaceId workspace, PrincipalId who) {
        return identity.identities().caller(workspace, who).orElseThrow();
    }

    private WorkspaceId made(String name) {
        return workspaces
                .create(account, Workspace.Wanted.named(name), Manifest.NONE)
                .thing()
                .id();
    }

    private Entry user(Caller by, String name) {
        return identity.directory().create(by, PrincipalKind.USER, Entry.Content.named(name));
    }

    private static void refused(ErrorCode code, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    @Test
    void the_one_that_there_was_is_the_first_workspace() {
        assertThat(workspaces.list(account)).hasSize(1);
        assertThat(workspaces.at("slipway")).contains(WorkspaceId.FIRST);
        assertThat(workspaces.of(admin)).extracting(Workspace::id).containsExactly(WorkspaceId.FIRST);
    }

    @Test
    void whoever_makes_a_workspace_administers_it_and_nobody_else_is_in_it() {
        Entry ann = user(admin, "ann@example.com");
        WorkspaceId team = made("Team A");
        assertThat(identity.permissions().admin(at(team, admin.id()))).isTrue();
        assertThat(identity.identities().caller(team, ann.id())).isEmpty();
        assertThat(workspaces.at("team-a")).contains(team);
        assertThat(workspaces.of(admin)).extracting(Workspace::name).containsExactly("Team A", "slipway");
        assertThat(identity.directory().entitlements(at(team, admin.id()))).contains("workspace-access");
        // Ways to come in are open to everybody there.
        identity.assignments().put(account, team, ann.id(), false);
        assertThat(identity.identities().createToken(at(team, ann.id()), "", Optional.empty()))
                .isNotNull();
    }

    @Test
    void host_names_are_labels_that_nobody_else_has() {
        made("Team A");
        assertThat(workspaces
                        .create(account, Workspace.Wanted.named("team a!"), Manifest.NONE)
                        .thing()
                        .deployment())
                .startsWith("team-a-");
        for (String bad : new String[] {"accounts", "-x", "a.b", "ü", "x".repeat(64)}) {
            refused(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "deployment_name",
                    () -> workspaces.create(account, new Workspace.Wanted("n", bad, Map.of()), Manifest.NONE));
        }
        refused(
                ErrorCode.ALREADY_EXISTS,
                "team-a",
                () -> workspaces.create(account, new Workspace.Wanted("n", "Team-A", Map.of()), Manifest.NONE));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, "workspace_name", () -> made(" "));
    }

    @Test
    void only_admins_of_the_account_make_and_see_and_delete_workspaces() {
        WorkspaceId team = made("team");
        Entry ann = user(admin, "ann@example.com");
        Caller hers = at(WorkspaceId.ACCOUNT, ann.id());
        refused(ErrorCode.PERMISSION_DENIED, "admins", () -> workspaces.list(hers));
        refused(ErrorCode.PERMISSION_DENIED, "admins", () -> workspaces.get(hers, team));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "admins",
                () -> workspaces.create(hers, Workspace.Wanted.named("x"), Manifest.NONE));
        refused(ErrorCode.PERMISSION_DENIED, "admins", () -> workspaces.delete(hers, team));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "admins",
                () -> identity.assignments().list(hers, team));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "admins",
                () -> identity.assignments().put(hers, team, ann.id(), true));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "directory of the account",
                () -> identity.directory().get(hers, PrincipalKind.USER, ann.id()));
    }

    @Test
    void groups_of_the_account_bring_their_members_into_a_workspace() {
        WorkspaceId team = made("team");
        Entry ann = user(admin, "ann@example.com");
        Entry group = identity.directory()
                .create(
                        account,
                        PrincipalKind.GROUP,
                        Entry.Content.named("analysts").with(Set.of(), Set.of(ann.id())));
        assertThat(identity.identities().caller(team, ann.id())).isEmpty();
        identity.assignments().put(account, team, group.id(), true);
        assertThat(identity.permissions().admin(at(team, ann.id()))).isTrue();
        assertThat(workspaces.of(at(WorkspaceId.FIRST, ann.id())))
                .extracting(Workspace::name)
                .containsExactly("slipway", "team");
        assertThat(identity.assignments().list(account, team))
                .extracting(each -> each.principal().name(), Assignment::admin)
                .containsExactlyInAnyOrder(tuple("admin@example.com", true), tuple("analysts", true));
        identity.assignments().put(account, team, group.id(), false);
        assertThat(identity.permissions().admin(at(team, ann.id()))).isFalse();
        identity.assignments().delete(account, team, group.id());
        assertThat(identity.identities().caller(team, ann.id())).isEmpty();
        // Twice is fine.
        identity.assignments().delete(account, team, group.id());
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "left",
                () -> identity.assignments().delete(account, team, admin.id()));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "left",
                () -> identity.assignments().put(account, team, admin.id(), false));
        refused(
                ErrorCode.NOT_FOUND,
                "does not exist",
                () -> identity.assignments().put(account, team, PrincipalId.USERS, false));
    }

    @Test
    void from_the_moment_it_is_deleted_nothing_lets_anybody_in() {
        WorkspaceId team = made("team");
        Caller there = at(team, admin.id());
        String token =
                identity.identities().createToken(there, "", Optional.empty()).value();
        String session = identity.sessions().begin(there, Optional.empty());
        String code = identity.sessions().code(there, Optional.empty());
        Entry local = identity.directory().create(there, PrincipalKind.GROUP, Entry.Content.named("local"));
        workspaces.delete(account, team);
        assertThat(identity.identities().authenticate(token)).isEmpty();
        assertThat(identity.sessions().authenticate(session)).isEmpty();
        assertThat(identity.identities().caller(team, admin.id())).isEmpty();
        assertThat(workspaces.at("team")).isEmpty();
        assertThat(workspaces.list(account)).hasSize(1);
        refused(
                ErrorCode.UNAUTHENTICATED,
                "used already",
                () -> identity.sessions().redeem(code));
        refused(ErrorCode.NOT_FOUND, team.toString(), () -> workspaces.get(account, team));
        // Its name is free again, and the new one is another.
        assertThat(made("team")).isNotEqualTo(team);
        assertThat(local.home()).isEqualTo(team);
        refused(
                ErrorCode.INVALID_STATE,
                "first of this installation",
                () -> workspaces.delete(account, WorkspaceId.FIRST));
    }

    @Test
    void a_session_goes_where_its_person_is_and_one_of_a_token_stays() {
        WorkspaceId team = made("team");
        Entry ann = user(admin, "ann@example.com");
        Caller here = at(WorkspaceId.FIRST, ann.id());
        String session = identity.sessions().begin(here, Optional.empty());
        refused(
                ErrorCode.PERMISSION_DENIED,
                "not in workspace",
                () -> identity.sessions().authenticate(session, Optional.of(team)));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "not in workspace",
                () -> identity.sessions().move(session, team));
        identity.assignments().put(account, team, ann.id(), false);
        assertThat(identity.sessions().authenticate(session, Optional.of(team)).map(Caller::workspace))
                .contains(team);
        assertThat(identity.sessions().authenticate(session).map(Caller::workspace))
                .contains(WorkspaceId.FIRST);
        identity.sessions().move(session, team);
        assertThat(identity.sessions().authenticate(session).map(Caller::workspace))
                .contains(team);

        String bound = identity.sessions().begin(here, Optional.of(token(here)));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "began with a token",
                () -> identity.sessions().authenticate(bound, Optional.of(team)));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "began with a token",
                () -> identity.sessions().move(bound, team));
        // Whoever administers the account opens it with any token.
        String admins = identity.sessions().begin(admin, Optional.of(token(admin)));
        assertThat(identity.sessions().move(admins, team).workspace()).isEqualTo(team);
    }

    private String token(Caller caller) {
        return identity.identities()
                .createToken(caller, "", Optional.empty())
                .token()
                .id();
    }

    @Test
    void a_password_opens_the_workspace_that_is_named() {
        WorkspaceId team = made("team");
        Entry ann = user(admin, "ann@example.com");
        String link = identity.passwords().invite(admin, ann.id());
        String first = identity.passwords().choose(link, "correct horse battery");
        assertThat(identity.sessions().authenticate(first).map(Caller::workspace))
                .contains(WorkspaceId.FIRST);
        refused(
                ErrorCode.UNAUTHENTICATED,
                "wrong",
                () -> identity.passwords().signIn("ann@example.com", "correct horse battery", HERE, Optional.of(team)));
        identity.assignments().put(account, team, ann.id(), false);
        String there =
                identity.passwords().signIn("ann@example.com", "correct horse battery", "192.0.2.8", Optional.of(team));
        assertThat(identity.sessions().authenticate(there).map(Caller::workspace))
                .contains(team);
    }

    @Test
    void the_role_account_admin_makes_an_admin_of_the_account() {
        Entry ann = user(account, "ann@example.com");
        assertThat(identity.permissions().admin(at(WorkspaceId.ACCOUNT, ann.id())))
                .isFalse();
        roles(ann, Set.of("account_admin"));
        assertThat(identity.permissions().admin(at(WorkspaceId.ACCOUNT, ann.id())))
                .isTrue();
        roles(ann, Set.of());
        assertThat(identity.permissions().admin(at(WorkspaceId.ACCOUNT, ann.id())))
                .isFalse();
        Entry first = identity.directory().get(account, PrincipalKind.USER, admin.id());
        assertThat(first.content().roles()).containsExactly("account_admin");
        refused(ErrorCode.INVALID_PARAMETER_VALUE, "admins", () -> roles(first, Set.of()));
    }

    private void roles(Entry user, Set<String> roles) {
        Entry unused = identity.directory()
                .change(
                        account,
                        PrincipalKind.USER,
                        user.id(),
                        before -> new Entry.Content(
                                before.name(),
                                before.profile(),
                                before.active(),
                                before.externalId(),
                                before.groups(),
                                before.members(),
                                before.entitlements(),
                                roles));
    }

    @Test
    void what_a_workspace_is_made_of_stays_while_it_is_there() {
        AccountPart role = room.parts().create(account, PartKind.CREDENTIALS, "role", Manifest.of("{}"));
        refused(
                ErrorCode.ALREADY_EXISTS,
                "role",
                () -> room.parts().create(account, PartKind.CREDENTIALS, "role", Manifest.of("{}")));
        Workspace team = workspaces
                .create(
                        account,
                        new Workspace.Wanted("team", "", Map.of(PartKind.CREDENTIALS, role.id())),
                        Manifest.of("{}"))
                .thing();
        assertThat(room.parts().user(role)).contains(team.id());
        refused(ErrorCode.CONFLICT, "team", () -> room.parts().delete(account, PartKind.CREDENTIALS, role.id()));
        refused(
                ErrorCode.NOT_FOUND,
                "network x",
                () -> workspaces.create(
                        account, new Workspace.Wanted("other", "", Map.of(PartKind.NETWORK, "x")), Manifest.NONE));
        workspaces.delete(account, team.id());
        room.parts().delete(account, PartKind.CREDENTIALS, role.id());
        assertThat(room.parts().list(account, PartKind.CREDENTIALS)).isEmpty();
    }
}
