package io.slipway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.identity.DirectoryFilter.Attribute;
import io.slipway.identity.DirectoryFilter.Comparison;
import io.slipway.identity.Entry.Content;
import io.slipway.identity.testing.People;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users, groups and service principals of workspaces and of the account, in any database. */
@NullUnmarked
abstract class DirectoryContract extends IdentityContract {
    private static final PrincipalKind USER = PrincipalKind.USER;
    private static final PrincipalKind GROUP = PrincipalKind.GROUP;
    private static final PrincipalKind PROGRAM = PrincipalKind.SERVICE_PRINCIPAL;
    private static final DirectoryFilter.Query EVERYBODY =
            new DirectoryFilter.Query(DirectoryFilter.ALL, Attribute.ID, true, 0, 100, true);
    private static final WorkspaceId OTHER = new WorkspaceId(2002);

    private Directory directory;

    @BeforeEach
    void look() {
        directory = area.directory();
    }

    private Entry user(String name) {
        return directory.create(admin, USER, Content.named(name));
    }

    private Entry group(String name, Entry... members) {
        return directory.create(
                admin,
                GROUP,
                Content.named(name)
                        .with(
                                Set.of(),
                                Set.of(members).stream().map(Entry::id).collect(java.util.stream.Collectors.toSet())));
    }

    private Entry members(Entry group, Entry... members) {
        return directory.change(
                admin,
                GROUP,
                group.id(),
                before -> before.with(
                        before.groups(),
                        Set.of(members).stream().map(Entry::id).collect(java.util.stream.Collectors.toSet())));
    }

    private void entitle(PrincipalKind kind, PrincipalId id, Set<String> entitlements) {
        Entry unused = directory.change(
                admin,
                kind,
                id,
                before -> new Content(
                        before.name(),
                        before.profile(),
                        before.active(),
                        before.externalId(),
                        before.groups(),
                        before.members(),
                        entitlements,
                        before.roles()));
    }

    private Caller account() {
        return identities.caller(WorkspaceId.ACCOUNT, admin.id()).orElseThrow();
    }

    private Caller now(Entry entry) {
        return identities.caller(WorkspaceId.FIRST, entry.id()).orElseThrow();
    }

    private List<String> names(PrincipalKind kind, DirectoryFilter filter) {
        return directory
                .list(admin, kind, new DirectoryFilter.Query(filter, Attribute.NAME, true, 0, 100, false))
                .entries()
                .stream()
                .map(entry -> entry.content().name())
                .toList();
    }

    private static DirectoryFilter compare(Attribute attribute, Comparison comparison, String value) {
        return new DirectoryFilter.Compare(attribute, comparison, value);
    }

    @Test
    void a_user_is_made_read_changed_and_deleted() {
        Content asked = new Content(
                " Ann@example.com ",
                new Entry.Profile(
                        "Ann", "Ann", "Lee", List.of(new Entry.Email("ann@home.org", Optional.of("home"), true))),
                true,
                Optional.of("ext-1"),
                Set.of(),
                Set.of(),
                Set.of("allow-cluster-create"),
                Set.of("arn:aws:iam::1:instance-profile/x"));
        Entry ann = directory.create(admin, USER, asked);
        assertThat(ann.content()).isEqualTo(asked.called("ann@example.com"));
        assertThat(ann.groups()).extracting(held -> held.principal().name()).containsExactly("users");
        assertThat(directory.get(now(ann), USER, ann.id())).isEqualTo(ann);
        clock.advance(java.time.Duration.ofSeconds(1));
        Entry after = directory.change(admin, USER, ann.id(), before -> before.called("ann.lee@example.com"));
        assertThat(after.content().name()).isEqualTo("ann.lee@example.com");
        assertThat(after.changedAt()).isGreaterThan(after.createdAt());
        assertThat(after.content().roles()).isEqualTo(asked.roles());
        directory.delete(admin, USER, ann.id());
        refused(
                ErrorCode.NOT_FOUND,
                "User " + ann.id() + " does not exist.",
                () -> directory.get(admin, USER, ann.id()));
        assertThat(identities.caller(WorkspaceId.FIRST, ann.id())).isEmpty();
        assertThat(database.read(handle -> base.facts().after(handle, 0, 100)).stream()
                        .map(Event::kind)
                        .toList())
                .containsExactly("user.created", "user.created", "user.changed", "user.deleted");
    }

    @Test
    void a_name_is_taken_in_any_case_and_in_any_form_of_its_letters() {
        user("ann@example.com");
        for (String same : List.of("ann@example.com", "ANN@example.com", "\uff41nn@example.com")) {
            refused(ErrorCode.ALREADY_EXISTS, "already exists", () -> user(same));
        }
        refused(ErrorCode.ALREADY_EXISTS, "already exists", () -> group("Admins"));
        refused(ErrorCode.ALREADY_EXISTS, "already exists", () -> group("ann@example.com"));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, "userName", () -> user("  "));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, "longer than 255", () -> user("x".repeat(256)));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, "cannot be seen", () -> user("ann\u202e@example.com"));
        Entry bob = user("bob@example.com");
        refused(
                ErrorCode.ALREADY_EXISTS,
                "ann@example.com",
                () -> directory.change(admin, USER, bob.id(), before -> before.called("Ann@example.com")));
    }

    @Test
    void only_admins_write_and_everybody_in_the_workspace_reads() {
        Caller ann = now(user("ann@example.com"));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "Only admins can create",
                () -> directory.create(ann, USER, Content.named("x")));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "Only admins can change",
                () -> directory.change(ann, USER, ann.id(), before -> before.called("x")));
        refused(ErrorCode.PERMISSION_DENIED, "Only admins can delete", () -> directory.delete(ann, USER, ann.id()));
        assertThat(directory.list(ann, USER, EVERYBODY).total()).isEqualTo(2);
        assertThat(directory.me(ann).principal()).isEqualTo(ann.principal());
    }

    @Test
    void members_of_nested_groups_have_the_rights_of_all_of_them_at_once() {
        Entry ann = user("ann@example.com");
        Entry inner = group("inner", ann);
        Entry outer = group("outer", inner);
        members(directory.get(admin, GROUP, PrincipalId.ADMINS), directory.me(admin), outer);
        assertThat(now(ann).principals()).contains(inner.id(), outer.id(), PrincipalId.ADMINS, PrincipalId.USERS);
        assertThat(directory.get(admin, USER, ann.id()).groups())
                .extracting(held -> held.principal().name() + " " + held.direct())
                .containsExactlyInAnyOrder("admins false", "inner true", "outer false", "users true");
        assertThat(directory.get(admin, GROUP, outer.id()).members())
                .extracting(Entry.Held::kind)
                .containsExactly(GROUP);
        members(inner);
        assertThat(now(ann).principals()).doesNotContain(outer.id(), PrincipalId.ADMINS);
    }

    @Test
    void no_group_is_in_itself() {
        Entry a = group("a");
        Entry b = group("b", a);
        Entry c = group("c", b);
        for (Entry member : List.of(a, b, c)) {
            refused(ErrorCode.INVALID_PARAMETER_VALUE, "would be in itself", () -> members(a, member));
        }
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "would be in itself",
                () -> members(c, directory.get(admin, GROUP, PrincipalId.ADMINS)));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "Principal 4711 does not exist.",
                () -> directory.change(
                        admin, GROUP, a.id(), before -> before.with(Set.of(), Set.of(new PrincipalId(4711)))));
        assertThat(directory.get(admin, GROUP, a.id()).members()).isEmpty();
    }

    @Test
    void a_user_joins_and_leaves_groups_from_their_own_side_too() {
        Entry a = group("a");
        Entry ann =
                directory.create(admin, USER, Content.named("ann@example.com").with(Set.of(a.id()), Set.of()));
        assertThat(directory.get(admin, GROUP, a.id()).members()).hasSize(1);
        directory.change(admin, USER, ann.id(), before -> before.with(Set.of(), Set.of()));
        assertThat(directory.get(admin, GROUP, a.id()).members()).isEmpty();
    }

    @Test
    void who_is_not_active_can_do_nothing_and_has_no_session() {
        Entry ann = user("ann@example.com");
        String token = identities.createToken(now(ann), "", Optional.empty()).value();
        String session = area.sessions().begin(now(ann), Optional.empty());
        Content active = ann.written();
        Content asleep = new Content(
                active.name(),
                active.profile(),
                false,
                active.externalId(),
                active.groups(),
                Set.of(),
                Set.of(),
                Set.of());
        directory.change(admin, USER, ann.id(), before -> asleep);
        assertThat(identities.authenticate(token)).isEmpty();
        assertThat(area.sessions().authenticate(session)).isEmpty();
        assertThat(identities.caller(WorkspaceId.FIRST, ann.id())).isEmpty();
        directory.change(admin, USER, ann.id(), before -> active);
        assertThat(identities.authenticate(token)).isPresent();
        assertThat(area.sessions().authenticate(session)).as("it has ended").isEmpty();
    }

    @Test
    void somebody_is_always_left_to_administer() {
        Entry admins = directory.get(admin, GROUP, PrincipalId.ADMINS);
        Entry empty = group("empty");
        refused(ErrorCode.INVALID_PARAMETER_VALUE, "Somebody must be left", () -> members(admins));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, "Somebody must be left", () -> members(admins, empty));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "Somebody must be left",
                () -> directory.delete(admin, USER, admin.id()));
        Entry ann = user("ann@example.com");
        members(empty, ann);
        members(admins, empty);
        assertThat(area.permissions().admin(now(ann))).isTrue();
        assertThat(directory.get(now(ann), USER, admin.id()).groups())
                .extracting(held -> held.principal().name())
                .containsExactly("users");
    }

    @Test
    void groups_of_the_system_stay_what_they_are() {
        for (PrincipalId id : List.of(PrincipalId.ADMINS, PrincipalId.USERS)) {
            refused(ErrorCode.INVALID_PARAMETER_VALUE, "cannot be deleted", () -> directory.delete(admin, GROUP, id));
            refused(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "cannot be renamed",
                    () -> directory.change(admin, GROUP, id, before -> before.called("x")));
        }
        Entry ann = user("ann@example.com");
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "has everybody",
                () -> members(directory.get(admin, GROUP, PrincipalId.USERS), ann));
        assertThat(directory.get(admin, GROUP, PrincipalId.USERS).members()).hasSize(2);
        refused(
                ErrorCode.NOT_FOUND,
                "Group 2 does not exist.",
                () -> directory.get(admin, GROUP, PrincipalId.ACCOUNT_USERS));
    }

    @Test
    void a_group_that_gets_the_name_of_a_deleted_one_is_another() {
        Entry ann = user("ann@example.com");
        Entry first = group("team", ann);
        directory.delete(admin, GROUP, first.id());
        assertThat(now(ann).principals()).doesNotContain(first.id());
        Entry second = group("team");
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.members()).isEmpty();
        Optional<Principal> named = database.write(tx -> identities.principal(tx, WorkspaceId.FIRST, "TEAM"));
        assertThat(named).contains(second.principal());
    }

    @Test
    void a_service_principal_is_known_by_an_id_of_its_own() {
        Content asked =
                new Content("", Entry.Profile.of("ci"), true, Optional.empty(), Set.of(), Set.of(), Set.of(), Set.of());
        Entry first = directory.create(admin, PROGRAM, asked);
        Entry second = directory.create(admin, PROGRAM, asked);
        assertThat(first.content().name())
                .matches("[0-9a-f-]{36}")
                .isNotEqualTo(second.content().name());
        assertThat(now(first).name()).isEqualTo(first.content().name());
        Entry after = directory.change(admin, PROGRAM, first.id(), before -> before.called("another"));
        assertThat(after.content().name()).isEqualTo(first.content().name());
        refused(ErrorCode.NOT_FOUND, "does not exist", () -> directory.get(admin, USER, first.id()));
    }

    @Test
    void entitlements_come_from_groups_too() {
        Entry ann = user("ann@example.com");
        Entry makers = directory.create(
                admin,
                GROUP,
                new Content(
                        "makers",
                        Entry.Profile.of("makers"),
                        true,
                        Optional.empty(),
                        Set.of(),
                        Set.of(ann.id()),
                        Set.of("allow-instance-pool-create"),
                        Set.of()));
        assertThat(directory.entitlements(now(ann))).contains("allow-instance-pool-create", "workspace-access");
        members(makers);
        assertThat(directory.entitlements(now(ann))).doesNotContain("allow-instance-pool-create");
    }

    @Test
    void who_is_entitled_to_nothing_in_a_workspace_may_not_use_it_unless_they_are_an_admin() {
        Entry ann = user("ann@example.com");
        directory.requireAccess(now(ann));
        entitle(GROUP, PrincipalId.USERS, Set.of("allow-cluster-create"));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "the entitlement workspace-access is missing",
                () -> directory.requireAccess(now(ann)));
        directory.requireAccess(admin);
        entitle(USER, ann.id(), Set.of("databricks-sql-access"));
        directory.requireAccess(now(ann));
    }

    @Test
    void lists_are_filtered_sorted_and_paged_by_the_database() {
        for (String name : List.of("ann", "Bob", "carl", "dora")) {
            user(name + "@example.com");
        }
        group("b_b");
        group("bob's");
        assertThat(names(USER, compare(Attribute.NAME, Comparison.STARTS, "B"))).containsExactly("bob@example.com");
        assertThat(names(USER, compare(Attribute.NAME, Comparison.EQUAL, "CARL@EXAMPLE.com")))
                .containsExactly("carl@example.com");
        assertThat(names(GROUP, compare(Attribute.NAME, Comparison.CONTAINS, "_")))
                .containsExactly("b_b");
        assertThat(names(GROUP, compare(Attribute.NAME, Comparison.EQUAL, "bob's")))
                .containsExactly("bob's");
        DirectoryFilter either = new DirectoryFilter.Any(List.of(
                compare(Attribute.NAME, Comparison.STARTS, "ann"), compare(Attribute.NAME, Comparison.STARTS, "dora")));
        assertThat(names(USER, either)).containsExactly("ann@example.com", "dora@example.com");
        assertThat(names(
                        USER,
                        new DirectoryFilter.All(List.of(
                                either, new DirectoryFilter.Not(compare(Attribute.NAME, Comparison.ENDS, "x"))))))
                .hasSize(2);
        assertThat(names(USER, compare(Attribute.ACTIVE, Comparison.EQUAL, "false")))
                .isEmpty();
        assertThat(names(USER, compare(Attribute.GROUP_ID, Comparison.EQUAL, "1")))
                .containsExactly("admin@example.com");
        assertThat(names(
                        USER, compare(Attribute.ID, Comparison.EQUAL, admin.id().toString())))
                .hasSize(1);
        assertThat(names(USER, new DirectoryFilter.Present(Attribute.EXTERNAL_ID)))
                .isEmpty();
        List<String> paged = new ArrayList<>();
        for (int from = 0; from < 5; from += 2) {
            var page = directory.list(
                    admin, USER, new DirectoryFilter.Query(DirectoryFilter.ALL, Attribute.NAME, false, from, 2, true));
            assertThat(page.total()).isEqualTo(5);
            page.entries().forEach(entry -> paged.add(entry.content().name()));
        }
        assertThat(paged)
                .containsExactly(
                        "dora@example.com",
                        "carl@example.com",
                        "bob@example.com",
                        "ann@example.com",
                        "admin@example.com");
    }

    @Test
    void each_workspace_has_its_own_directory() {
        Caller there = adminOf(OTHER, admin.id());
        Entry ann = user("ann@example.com");
        Entry team = group("team", ann);
        assertThat(directory.list(there, USER, EVERYBODY).total()).isEqualTo(1);
        refused(ErrorCode.NOT_FOUND, "does not exist", () -> directory.get(there, USER, ann.id()));
        refused(ErrorCode.NOT_FOUND, "does not exist", () -> directory.delete(there, GROUP, team.id()));
        Entry same = directory.create(there, GROUP, Content.named("team"));
        assertThat(same.id()).isNotEqualTo(team.id());
        assertThat(directory
                        .create(there, USER, Content.named("ANN@example.com"))
                        .id())
                .as("one person in two workspaces")
                .isEqualTo(ann.id());
        directory.delete(there, USER, ann.id());
        assertThat(directory.get(admin, USER, ann.id()).groups())
                .extracting(held -> held.principal().name())
                .contains("team");
        directory.delete(account(), USER, ann.id());
        refused(ErrorCode.NOT_FOUND, "does not exist", () -> directory.get(admin, USER, ann.id()));
    }

    /** Somebody who administers this workspace from now on, as they act there. */
    private Caller adminOf(WorkspaceId workspace, PrincipalId id) {
        database.change(tx -> {
            MembershipStore store = new MembershipStore();
            store.assign(tx.sql(), workspace, id, Set.of(), Set.of());
            store.join(tx.sql(), workspace, PrincipalId.ADMINS, Set.of(id));
        });
        return identities.caller(workspace, id).orElseThrow();
    }

    @Test
    void admins_of_one_workspace_do_not_reach_into_another_or_into_the_account() {
        Entry ann = user("ann@example.com");
        Entry eve = user("eve@example.com");
        Caller there = adminOf(OTHER, eve.id());
        Content asked = new Content(
                "ann@example.com",
                Entry.Profile.of("Mallory"),
                false,
                Optional.of("x"),
                Set.of(),
                Set.of(),
                Set.of("allow-cluster-create"),
                Set.of());
        Entry joined = directory.create(there, USER, asked);
        assertThat(joined.content().entitlements()).containsExactly("allow-cluster-create");
        assertThat(joined.content().profile()).isEqualTo(ann.content().profile());
        assertThat(joined.content().active()).isTrue();
        directory.create(there, USER, Content.named("admin@example.com"));
        for (PrincipalId target : List.of(ann.id(), admin.id())) {
            refused(
                    ErrorCode.PERMISSION_DENIED,
                    "only admins of the account",
                    () -> directory.change(there, USER, target, before -> before.called("mine@example.com")));
            refused(
                    ErrorCode.PERMISSION_DENIED,
                    "only admins of the account",
                    () -> area.passwords().invite(there, target));
        }
        directory.delete(there, USER, ann.id());
        assertThat(area.passwords().invite(admin, ann.id())).isNotEmpty();
        Entry own = directory.create(there, USER, Content.named("bob@example.com"));
        assertThat(directory
                        .change(there, USER, own.id(), before -> before.called("rob@example.com"))
                        .content()
                        .name())
                .isEqualTo("rob@example.com");
    }

    @Test
    void groups_of_the_account_are_written_in_the_account() {
        Entry ann = user("ann@example.com");
        Entry wide = directory.create(account(), GROUP, Content.named("wide").with(Set.of(), Set.of(ann.id())));
        refused(ErrorCode.NOT_FOUND, "does not exist", () -> directory.get(admin, GROUP, wide.id()));
        database.change(tx -> new MembershipStore().assign(tx.sql(), WorkspaceId.FIRST, wide.id(), Set.of(), Set.of()));
        assertThat(directory.get(admin, GROUP, wide.id()).members()).hasSize(1);
        assertThat(now(ann).principals()).contains(wide.id());
        refused(ErrorCode.PERMISSION_DENIED, "in the account", () -> members(directory.get(admin, GROUP, wide.id())));
        Entry local = group("local", wide);
        assertThat(now(ann).principals()).contains(local.id());
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "does not exist",
                () -> directory.change(
                        account(), GROUP, wide.id(), before -> before.with(Set.of(), Set.of(local.id()))));
        Caller bob = People.user(103, "bob@example.com");
        refused(
                ErrorCode.PERMISSION_DENIED,
                "Only admins",
                () -> directory.create(
                        new Caller(WorkspaceId.ACCOUNT, bob.principal(), Set.of(), true), USER, Content.named("x")));
    }
}
