package io.slipway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.identity.Entry.Content;
import io.slipway.identity.RuleSet.Rule;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Kind;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Event;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Roles on service principals and groups in any database: what they allow, and what nobody gets by them. */
@NullUnmarked
abstract class RuleSetsContract extends IdentityContract {
    private static final PrincipalKind USER = PrincipalKind.USER;
    private static final PrincipalKind GROUP = PrincipalKind.GROUP;
    private static final PrincipalKind PROGRAM = PrincipalKind.SERVICE_PRINCIPAL;
    private static final WorkspaceId OTHER = new WorkspaceId(2002);

    private Directory directory;
    private RuleSets ruleSets;
    private Entry ann;
    private Entry bob;
    private Entry carol;
    private Entry program;

    /** Carol administers the workspace, and not the account. */
    @BeforeEach
    void people() {
        directory = area.directory();
        ruleSets = area.ruleSets();
        ann = directory.create(admin, USER, Content.named("ann@example.com"));
        bob = directory.create(admin, USER, Content.named("bob@example.com"));
        carol = directory.create(
                admin, USER, Content.named("carol@example.com").with(Set.of(PrincipalId.ADMINS), Set.of()));
        program = directory.create(admin, PROGRAM, Content.named("ci"));
    }

    private Caller here(Entry entry) {
        return identities.caller(WorkspaceId.FIRST, entry.id()).orElseThrow();
    }

    private Caller everywhere(Entry entry) {
        return identities.caller(WorkspaceId.ACCOUNT, entry.id()).orElseThrow();
    }

    private Caller account() {
        return identities.caller(WorkspaceId.ACCOUNT, admin.id()).orElseThrow();
    }

    private Entry group(Caller by, String name, Entry... members) {
        return directory.create(by, GROUP, Content.named(name).with(Set.of(), ids(members)));
    }

    private static Set<PrincipalId> ids(Entry... entries) {
        return Set.copyOf(Arrays.stream(entries).map(Entry::id).toList());
    }

    private static RuleSet.Of of(Entry entry) {
        return entry.kind() == GROUP
                ? new RuleSet.OfGroup(entry.id())
                : new RuleSet.OfProgram(entry.content().name());
    }

    private static Rule rule(Role role, Entry entry) {
        return new Rule(role, entry.kind(), entry.content().name());
    }

    private static Rule uses(Entry entry) {
        return rule(Role.SERVICE_PRINCIPAL_USER, entry);
    }

    private static Rule manages(Entry entry) {
        return rule(Role.SERVICE_PRINCIPAL_MANAGER, entry);
    }

    private RuleSet give(Caller by, Entry on, Rule... rules) {
        return ruleSets.replace(by, of(on), ruleSets.get(by, of(on)).etag(), List.of(rules));
    }

    private void requireActing(Caller caller, Entry actor, boolean already) {
        database.change(tx -> ruleSets.requireActing(tx, caller, actor.principal(), already, "job nightly"));
    }

    private void refusedToAct(Caller caller, Entry actor, boolean already, String why) {
        refused(ErrorCode.PERMISSION_DENIED, why, () -> requireActing(caller, actor, already));
    }

    private Entry join(Caller by, Entry group, Entry... members) {
        return directory.change(by, GROUP, group.id(), before -> before.with(before.groups(), ids(members)));
    }

    @Test
    void whoever_makes_a_service_principal_or_a_group_manages_it() {
        Entry made = directory.create(here(carol), PROGRAM, Content.named(""));
        Entry team = group(here(carol), "team");
        assertThat(ruleSets.get(here(carol), of(made)).rules()).containsExactly(manages(carol));
        assertThat(ruleSets.get(here(carol), of(team)).rules()).containsExactly(rule(Role.GROUP_MANAGER, carol));
        assertThat(ruleSets.get(admin, of(team)).rules()).hasSize(1);
        Entry user = directory.create(here(carol), USER, Content.named("dan@example.com"));
        refused(ErrorCode.NOT_FOUND, "does not exist", () -> ruleSets.get(admin, new RuleSet.OfGroup(user.id())));
    }

    @Test
    void rules_are_replaced_by_those_who_have_seen_them() {
        RuleSet seen = ruleSets.get(admin, of(program));
        Entry team = group(account(), "team", ann);
        RuleSet given = ruleSets.replace(
                admin, of(program), seen.etag(), List.of(manages(admin()), uses(team), uses(team), uses(bob)));
        assertThat(given.rules()).containsExactly(uses(team), uses(bob), manages(admin()));
        assertThat(ruleSets.get(admin, of(program))).isEqualTo(given);
        refused(
                ErrorCode.CONFLICT,
                "read them, and send their etag",
                () -> ruleSets.replace(admin, of(program), seen.etag(), List.of()));
        refused(ErrorCode.CONFLICT, "others", () -> ruleSets.replace(admin, of(program), "x", List.of()));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "roles/group.manager cannot be given on ci",
                () -> give(admin, program, rule(Role.GROUP_MANAGER, ann)));
        refused(
                ErrorCode.NOT_FOUND,
                "User nobody does not exist.",
                () -> give(admin, program, new Rule(Role.SERVICE_PRINCIPAL_USER, USER, "nobody")));
        assertThat(ruleSets.get(admin, of(program))).as("nothing by halves").isEqualTo(given);
        assertThat(ruleSets.assignable(admin, of(program)))
                .containsExactly(Role.SERVICE_PRINCIPAL_USER, Role.SERVICE_PRINCIPAL_MANAGER);
        assertThat(ruleSets.assignable(account(), of(team))).containsExactly(Role.GROUP_MANAGER);
        assertThat(ruleSets.assignable(admin, new RuleSet.Everything()))
                .containsExactly(Role.SERVICE_PRINCIPAL_MANAGER, Role.GROUP_MANAGER);
        assertThat(database.read(handle -> base.facts().after(handle, 0, 100)).stream()
                        .map(Event::kind)
                        .filter(kind -> kind.contains("roles"))
                        .toList())
                .containsExactly("service_principal.roles_given");
    }

    private Entry admin() {
        return directory.get(admin, USER, admin.id());
    }

    @Test
    void who_uses_a_service_principal_has_work_done_as_it_and_who_manages_it_does_not() {
        give(admin, program, uses(ann), manages(bob));
        requireActing(here(ann), program, false);
        requireActing(here(program), program, false);
        String why = " does not have the role roles/servicePrincipal.user on service principal ci:"
                + " job nightly cannot run as it.";
        refusedToAct(here(bob), program, false, "bob@example.com" + why);
        refusedToAct(here(carol), program, false, "carol@example.com" + why);
        refusedToAct(admin, program, false, "admin@example.com" + why);
        requireActing(here(carol), program, true);
        refusedToAct(here(bob), program, true, why);
        give(here(bob), program, manages(bob));
        refusedToAct(here(ann), program, true, "ann@example.com" + why);
    }

    @Test
    void a_role_comes_by_a_group_and_goes_with_it() {
        Entry inner = group(account(), "inner", ann);
        Entry outer = group(account(), "outer", inner);
        give(admin, program, uses(outer));
        requireActing(here(ann), program, false);
        join(account(), inner);
        refusedToAct(here(ann), program, false, "roles/servicePrincipal.user");
    }

    @Test
    void only_managers_say_who_has_a_role_and_nobody_gives_one_to_themselves() {
        give(admin, program, uses(ann));
        String why = " does not have the role roles/servicePrincipal.manager on service principal ci.";
        for (Entry each : List.of(ann, bob, carol)) {
            refused(
                    ErrorCode.PERMISSION_DENIED,
                    each.content().name() + why,
                    () -> ruleSets.replace(
                            here(each),
                            of(program),
                            ruleSets.get(admin, of(program)).etag(),
                            List.of(manages(each), uses(each))));
        }
        refused(ErrorCode.PERMISSION_DENIED, "ann@example.com" + why, () -> ruleSets.get(here(ann), of(program)));
        assertThat(ruleSets.get(here(carol), of(program)).rules()).containsExactly(uses(ann));
        for (Entry each : List.of(ann, carol)) {
            refused(
                    ErrorCode.PERMISSION_DENIED,
                    "Only admins of the account can see and give roles",
                    () -> ruleSets.get(here(each), new RuleSet.Everything()));
        }
        give(admin, program, manages(bob));
        assertThat(give(here(bob), program, manages(bob), uses(bob)).rules()).hasSize(2);
        requireActing(here(bob), program, false);
    }

    @Test
    void a_manager_changes_a_service_principal_and_its_secrets_and_deletes_it() {
        refused(
                ErrorCode.PERMISSION_DENIED,
                "bob@example.com does not have the role roles/servicePrincipal.manager on service principal "
                        + program.id() + ".",
                () -> directory.program(here(bob), program.id(), true));
        give(admin, program, manages(bob));
        assertThat(directory.program(here(bob), program.id(), true).id()).isEqualTo(program.id());
        assertThat(directory.program(everywhere(bob), program.id(), true).id()).isEqualTo(program.id());
        assertThat(directory.get(everywhere(bob), PROGRAM, program.id()).id()).isEqualTo(program.id());
        Entry after = directory.change(
                here(bob),
                PROGRAM,
                program.id(),
                before -> new Content(
                        before.name(),
                        Entry.Profile.of("builds"),
                        false,
                        before.externalId(),
                        before.groups(),
                        before.members(),
                        before.entitlements(),
                        before.roles()));
        assertThat(after.content().profile().displayName()).isEqualTo("builds");
        assertThat(after.content().active()).isFalse();
        refused(
                ErrorCode.PERMISSION_DENIED,
                "Only admins can take somebody of the account out of a workspace.",
                () -> directory.delete(here(bob), PROGRAM, program.id()));
        directory.delete(everywhere(bob), PROGRAM, program.id());
        refused(ErrorCode.NOT_FOUND, "does not exist", () -> directory.get(admin, PROGRAM, program.id()));
    }

    @Test
    void a_manager_gives_no_entitlements_roles_of_the_account_or_groups() {
        give(admin, program, manages(bob));
        Entry team = group(account(), "team");
        give(account(), team, rule(Role.GROUP_MANAGER, bob));
        String why = "Only admins can change entitlements, roles and groups of ";
        for (Caller by : List.of(here(bob), everywhere(bob))) {
            refused(
                    ErrorCode.PERMISSION_DENIED,
                    why + "service principal ci.",
                    () -> directory.change(
                            by, PROGRAM, program.id(), before -> entitled(before, "allow-cluster-create")));
            refused(
                    ErrorCode.PERMISSION_DENIED,
                    why,
                    () -> directory.change(
                            by, PROGRAM, program.id(), before -> before.with(Set.of(PrincipalId.ADMINS), Set.of())));
        }
        refused(
                ErrorCode.PERMISSION_DENIED,
                why + "group team.",
                () -> directory.change(
                        everywhere(bob), GROUP, team.id(), before -> role(before, Directory.ACCOUNT_ADMIN)));
        refused(
                ErrorCode.PERMISSION_DENIED,
                why,
                () -> directory.change(
                        everywhere(bob), PROGRAM, program.id(), before -> before.with(Set.of(team.id()), Set.of())));
    }

    private static Content entitled(Content before, String word) {
        return new Content(
                before.name(),
                before.profile(),
                before.active(),
                before.externalId(),
                before.groups(),
                before.members(),
                Set.of(word),
                before.roles());
    }

    private static Content role(Content before, String role) {
        return new Content(
                before.name(),
                before.profile(),
                before.active(),
                before.externalId(),
                before.groups(),
                before.members(),
                before.entitlements(),
                Set.of(role));
    }

    @Test
    void a_manager_changes_name_and_members_of_their_group_and_of_no_other() {
        Entry team = group(account(), "team");
        Entry board = group(account(), "board", carol);
        Entry local = group(admin, "local");
        give(account(), team, rule(Role.GROUP_MANAGER, bob));
        give(admin, local, rule(Role.GROUP_MANAGER, bob));
        assertThat(join(everywhere(bob), team, ann).members()).hasSize(1);
        assertThat(join(here(bob), local, ann, bob).members()).hasSize(2);
        assertThat(directory
                        .change(everywhere(bob), GROUP, team.id(), before -> before.called("crew"))
                        .content()
                        .name())
                .isEqualTo("crew");
        String why = "bob@example.com does not have the role roles/group.manager on group " + board.id() + ".";
        refused(ErrorCode.PERMISSION_DENIED, why, () -> join(everywhere(bob), board, bob));
        refused(ErrorCode.PERMISSION_DENIED, why, () -> join(everywhere(bob), board, team));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "Only admins can see the directory of the account",
                () -> directory.get(everywhere(bob), GROUP, board.id()));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "roles/group.manager on group 1",
                () -> directory.change(
                        here(bob), GROUP, PrincipalId.ADMINS, before -> before.with(Set.of(), ids(bob))));
        directory.delete(everywhere(bob), GROUP, team.id());
        directory.delete(here(bob), GROUP, local.id());
    }

    /** Who made a group would else be an admin as soon as the group is one. */
    @Test
    void a_manager_gets_no_further_than_they_are_by_what_administers() {
        Entry made = directory.create(here(carol), PROGRAM, Content.named("deployer"));
        Entry team = group(account(), "team");
        give(account(), team, rule(Role.GROUP_MANAGER, carol));
        give(admin, program, manages(bob));
        directory.change(account(), GROUP, team.id(), before -> role(before, Directory.ACCOUNT_ADMIN));
        directory.change(account(), PROGRAM, made.id(), before -> role(before, Directory.ACCOUNT_ADMIN));
        String why = ", which administers what they do not: only such admins manage it.";
        refused(ErrorCode.PERMISSION_DENIED, why, () -> join(everywhere(carol), team, carol));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "administers the account",
                () -> directory.program(here(carol), made.id(), true));
        refused(ErrorCode.PERMISSION_DENIED, why, () -> give(here(carol), made, uses(carol)));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "administers the account",
                () -> area.workspaceTokens().createFor(here(carol), "deployer", "", Optional.empty()));
        refusedToAct(here(carol), made, true, "deployer administers the account, and carol@example.com does not");
        refusedToAct(here(carol), admin(), false, "admin@example.com administers the account");
        directory.change(admin, PROGRAM, program.id(), before -> before.with(Set.of(PrincipalId.ADMINS), Set.of()));
        refused(ErrorCode.PERMISSION_DENIED, why, () -> give(here(bob), program, manages(bob), uses(bob)));
        refused(ErrorCode.PERMISSION_DENIED, why, () -> directory.program(here(bob), program.id(), true));
    }

    @Test
    void work_is_not_handed_to_who_administers_the_account_by_who_does_not() {
        Guarded job = Guarded.alone(Ref.of(Kind.JOB, WorkspaceId.FIRST, 7), "Job 7");
        database.change(tx -> area.permissions().made(tx, ann.principal(), job.ref()));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "administers the account",
                () -> area.grants()
                        .add(here(carol), job, List.of(new Grant(USER, "admin@example.com", Level.IS_OWNER))));
        area.grants().add(here(carol), job, List.of(new Grant(USER, "bob@example.com", Level.IS_OWNER)));
        area.grants().add(admin, job, List.of(new Grant(USER, "admin@example.com", Level.IS_OWNER)));
    }

    @Test
    void who_gets_a_name_that_is_free_again_gets_no_role_with_it() {
        Entry team = group(account(), "team", ann);
        give(admin, program, uses(team), uses(bob));
        give(account(), team, rule(Role.GROUP_MANAGER, bob));
        String before = ruleSets.get(admin, of(program)).etag();
        directory.delete(account(), GROUP, team.id());
        directory.delete(account(), USER, bob.id());
        Entry again = group(account(), "team", ann);
        Entry other = directory.create(admin, USER, Content.named("bob@example.com"));
        RuleSet after = ruleSets.get(admin, of(program));
        assertThat(after.rules()).isEmpty();
        assertThat(after.etag()).isNotEqualTo(before);
        refusedToAct(here(ann), program, false, "roles/servicePrincipal.user");
        refusedToAct(here(other), program, false, "roles/servicePrincipal.user");
        refused(ErrorCode.PERMISSION_DENIED, "roles/group.manager", () -> join(everywhere(other), again, other));
        directory.delete(account(), PROGRAM, program.id());
        Entry next = directory.create(admin, PROGRAM, Content.named("ci"));
        assertThat(ruleSets.get(admin, of(next)).rules()).containsExactly(manages(admin()));
    }

    @Test
    void roles_on_all_of_the_account_count_for_each() {
        RuleSet.Of all = new RuleSet.Everything();
        ruleSets.replace(
                account(),
                all,
                ruleSets.get(account(), all).etag(),
                List.of(rule(Role.SERVICE_PRINCIPAL_MANAGER, ann), rule(Role.GROUP_MANAGER, bob)));
        give(here(ann), program, uses(ann));
        Entry team = group(account(), "team");
        join(everywhere(bob), team, bob);
        refused(ErrorCode.PERMISSION_DENIED, "roles/group.manager", () -> join(everywhere(ann), team, ann));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "cannot be given on the account",
                () -> ruleSets.replace(
                        account(), all, ruleSets.get(account(), all).etag(), List.of(uses(ann))));
    }

    /** A group of a workspace is known there only, and a service principal everywhere. */
    @Test
    void roles_of_the_account_are_not_given_to_groups_of_one_workspace() {
        Entry local = group(admin, "local", ann);
        refused(
                ErrorCode.NOT_FOUND,
                "Group local does not exist in the account.",
                () -> give(admin, program, uses(local)));
        Entry other = group(admin, "other");
        assertThat(give(admin, other, rule(Role.GROUP_MANAGER, local)).rules()).hasSize(1);
        join(here(ann), other, bob);
    }

    @Test
    void nobody_learns_who_is_in_the_account_by_asking_for_rules() {
        Entry team = group(account(), "team");
        String why = "ann@example.com does not have the role roles/group.manager on group ";
        for (PrincipalId id : List.of(team.id(), new PrincipalId(12345))) {
            refused(
                    ErrorCode.PERMISSION_DENIED,
                    why + id,
                    () -> ruleSets.get(everywhere(ann), new RuleSet.OfGroup(id)));
            refused(
                    ErrorCode.PERMISSION_DENIED,
                    why + id,
                    () -> ruleSets.assignable(everywhere(ann), new RuleSet.OfGroup(id)));
        }
        for (String name : List.of("ci", "none")) {
            refused(
                    ErrorCode.PERMISSION_DENIED,
                    "roles/servicePrincipal.manager on service principal " + name,
                    () -> ruleSets.get(everywhere(ann), new RuleSet.OfProgram(name)));
        }
    }

    @Test
    void a_workspace_knows_no_rules_of_what_is_not_in_it() {
        Entry far = directory.create(account(), PROGRAM, Content.named("far"));
        refused(ErrorCode.NOT_FOUND, "Service principal far does not exist.", () -> ruleSets.get(here(carol), of(far)));
        refused(ErrorCode.NOT_FOUND, "Service principal far does not exist.", () -> ruleSets.get(here(ann), of(far)));
        give(admin, far, manages(ann));
        assertThat(ruleSets.get(here(ann), of(far)).rules()).containsExactly(manages(ann));
        Caller elsewhere = new Caller(OTHER, carol.principal(), Set.of(carol.id(), PrincipalId.ADMINS), true);
        refused(ErrorCode.NOT_FOUND, "does not exist", () -> ruleSets.get(elsewhere, of(program)));
    }

    @Test
    void an_admin_of_a_workspace_does_not_rename_a_group_of_the_account() {
        Entry team = group(account(), "team");
        database.change(tx -> tx.sql()
                .execute(
                        "insert into assigned (workspace_id, principal_id) values (1001, ?)",
                        team.id().number()));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "roles/group.manager on group team",
                () -> directory.change(here(carol), GROUP, team.id(), before -> before.called("crew")));
        assertThat(directory
                        .change(here(carol), GROUP, team.id(), before -> entitled(before, "workspace-access"))
                        .content()
                        .entitlements())
                .containsExactly("workspace-access");
    }

    @Test
    void restricted_admins_act_as_those_only_who_have_let_them() {
        IdentityArea strict = new IdentityArea(base, new byte[32], (handle, workspace) -> true);
        Guarded job = Guarded.alone(Ref.of(Kind.JOB, WorkspaceId.FIRST, 7), "Job 7");
        Caller restricted = here(carol);
        database.change(tx -> area.permissions().made(tx, ann.principal(), job.ref()));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "carol@example.com cannot change what acts as ann",
                () -> database.change(
                        tx -> strict.ruleSets().requireActing(tx, restricted, ann.principal(), true, "job")));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "only change the owner of Job 7 to themselves",
                () -> strict.grants()
                        .add(restricted, job, List.of(new Grant(USER, "bob@example.com", Level.IS_OWNER))));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "restricted, and carol@example.com does not have the role",
                () -> strict.workspaceTokens().createFor(restricted, "ci", "", Optional.empty()));
        give(admin, program, uses(carol));
        database.change(tx -> strict.ruleSets().requireActing(tx, restricted, program.principal(), false, "job"));
        assertThat(strict.workspaceTokens()
                        .createFor(restricted, "ci", "", Optional.empty())
                        .value())
                .startsWith("dapi");
        strict.grants().add(restricted, job, List.of(new Grant(USER, "carol@example.com", Level.IS_OWNER)));
    }
}
