package io.slipway.identity.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.identity.Caller;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.Principal;
import io.slipway.identity.testing.People;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.testing.FakeClock;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Event;
import io.slipway.store.TestBase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scopes of secrets, who may do what with them, and values, in any database. */
@NullUnmarked
abstract class SecretsContract {
    private static final Caller ADMIN = People.ADMIN;
    private static final Caller ANN = People.ANN;
    private static final Caller BOB = People.BOB;

    @TempDir
    private Path folder;

    private final FakeClock clock = new FakeClock(1_700_000_000_000L);
    private Base base;
    private Database database;
    private SecretScopes scopes;
    private SecretValues values;

    abstract Database open(Path folder);

    @BeforeEach
    void make() {
        database = open(folder);
        base = TestBase.of(database, clock, new Ids(clock, new Random(1)));
        SecretRoom room = new SecretRoom(base, new IdentityArea(base, new byte[32]));
        scopes = room.scopes();
        values = room.values();
        People.known(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String got(Caller caller, String scope, String key) {
        return new String(values.get(caller, scope, key), StandardCharsets.UTF_8);
    }

    private void annsScope() {
        scopes.create(ANN, "app", SecretScopes.ManagedBy.CREATOR);
    }

    private static void refused(ErrorCode code, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessage(message);
    }

    private void notThere(String scope, ThrowingCallable call) {
        refused(ErrorCode.NOT_FOUND, "Scope " + scope + " does not exist!", call);
    }

    private static void denied(Caller who, SecretRight needed, ThrowingCallable call) {
        refused(
                ErrorCode.PERMISSION_DENIED,
                "User " + who.name() + " does not have " + needed + " permission on scope app",
                call);
    }

    private List<Event> events() {
        return database.read(handle -> base.facts().after(handle, 0, 100));
    }

    @Test
    void a_value_is_read_as_it_was_put_and_a_later_one_takes_its_place() {
        annsScope();
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        values.put(ANN, "app", "bytes", all);
        values.put(ANN, "app", "empty", new byte[0]);
        values.put(ANN, "app", "password", bytes("first"));
        clock.advance(Duration.ofSeconds(5));
        values.put(ANN, "app", "password", bytes("second"));
        assertThat(values.get(ANN, "app", "bytes")).isEqualTo(all);
        assertThat(values.get(ANN, "app", "empty")).isEmpty();
        assertThat(got(ANN, "app", "password")).isEqualTo("second");
        assertThat(values.list(ANN, "app"))
                .containsExactly(
                        new SecretKey("bytes", 1_700_000_000_000L),
                        new SecretKey("empty", 1_700_000_000_000L),
                        new SecretKey("password", 1_700_000_005_000L));
        values.delete(ANN, "app", "password");
        refused(
                ErrorCode.NOT_FOUND,
                "Secret does not exist with scope: app and key: password",
                () -> values.get(ANN, "app", "password"));
        refused(
                ErrorCode.NOT_FOUND,
                "Secret does not exist with scope: app and key: password",
                () -> values.delete(ANN, "app", "password"));
    }

    @Test
    void names_are_found_in_any_case_and_kept_as_they_were_written() {
        scopes.create(ANN, "My-App@x/1._", SecretScopes.ManagedBy.CREATOR);
        refused(
                ErrorCode.ALREADY_EXISTS,
                "Scope my-app@x/1._ already exists!",
                () -> scopes.create(BOB, "my-app@x/1._", SecretScopes.ManagedBy.CREATOR));
        values.put(ANN, "MY-APP@X/1._", "Key", bytes("one"));
        values.put(ANN, "my-app@x/1._", "KEY", bytes("two"));
        assertThat(got(ANN, "my-app@x/1._", "key")).isEqualTo("two");
        assertThat(values.list(ANN, "my-app@x/1._")).extracting(SecretKey::name).containsExactly("Key");
        assertThat(scopes.list(BOB)).extracting(SecretScope::name).containsExactly("My-App@x/1._");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "ä", "a:b", "a\\b", "a\n", "\u0430bc", "a'--", "{a}"})
    void names_with_other_letters_are_refused(String name) {
        annsScope();
        assertThatThrownBy(() -> scopes.create(ANN, name, SecretScopes.ManagedBy.CREATOR))
                .hasMessageStartingWith("Scope name m");
        assertThatThrownBy(() -> values.put(ANN, "app", name, bytes("x"))).hasMessageStartingWith("Secret key m");
        assertThat(values.list(ANN, "app")).isEmpty();
        assertThat(scopes.list(ANN)).hasSize(1);
    }

    @Test
    void names_and_values_have_their_longest() {
        annsScope();
        String longest = "k".repeat(128);
        scopes.create(ANN, longest, SecretScopes.ManagedBy.CREATOR);
        assertThatThrownBy(() -> scopes.create(ANN, longest + "k", SecretScopes.ManagedBy.CREATOR))
                .hasMessage("Scope name must have 1 to 128 characters.");
        values.put(ANN, "app", longest, new byte[SecretValues.LARGEST_BYTES]);
        assertThatThrownBy(() -> values.put(ANN, "app", longest + "k", bytes("x")))
                .hasMessage("Secret key must have 1 to 128 characters.");
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "The value of a secret has at most 131072 bytes.",
                () -> values.put(ANN, "app", "x", new byte[SecretValues.LARGEST_BYTES + 1]));
        assertThat(values.get(ANN, "app", longest)).hasSize(SecretValues.LARGEST_BYTES);
    }

    @Test
    void a_scope_holds_so_many_secrets_and_a_workspace_so_many_scopes() {
        annsScope();
        for (int i = 0; i < SecretValues.MOST; i++) {
            values.put(ANN, "app", "key" + i, bytes("v"));
        }
        assertThatThrownBy(() -> values.put(ANN, "app", "more", bytes("v")))
                .isInstanceOfSatisfying(PlatformException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE);
                    assertThat(e.details()).containsEntry("reason", "RESOURCE_LIMIT_EXCEEDED");
                })
                .hasMessage("A scope has at most 1000 secrets.");
        values.put(ANN, "app", "KEY7", bytes("other"));
        assertThat(got(ANN, "app", "key7")).isEqualTo("other");
        for (int i = 1; i < SecretScopes.MOST; i++) {
            scopes.create(ANN, "scope" + i, SecretScopes.ManagedBy.CREATOR);
        }
        assertThatThrownBy(() -> scopes.create(ANN, "more", SecretScopes.ManagedBy.CREATOR))
                .hasMessage("A workspace has at most 1000 secret scopes.");
        Caller away = People.elsewhere(ADMIN);
        assertThat(scopes.list(away)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(SecretRight.class)
    void each_permission_allows_its_calls_and_those_of_the_weaker_ones(SecretRight held) {
        annsScope();
        values.put(ANN, "app", "key", bytes("value"));
        scopes.putAcl(ANN, "app", BOB.name(), held);

        assertThat(got(BOB, "app", "key")).isEqualTo("value");
        assertThat(values.list(BOB, "app")).hasSize(1);
        List<ThrowingCallable> writing =
                List.of(() -> values.put(BOB, "app", "key", bytes("x")), () -> values.delete(BOB, "app", "key"));
        List<ThrowingCallable> managing = List.of(
                () -> scopes.acls(BOB, "app"),
                () -> scopes.acl(BOB, "app", BOB.name()),
                () -> scopes.putAcl(BOB, "app", BOB.name(), SecretRight.MANAGE),
                () -> scopes.deleteAcl(BOB, "app", ANN.name()),
                () -> scopes.delete(BOB, "app"));
        for (ThrowingCallable call : writing) {
            check(held, SecretRight.WRITE, call);
        }
        for (ThrowingCallable call : managing) {
            check(held, SecretRight.MANAGE, call);
        }
    }

    private static void check(SecretRight held, SecretRight needed, ThrowingCallable call) {
        if (held.compareTo(needed) < 0) {
            denied(BOB, needed, call);
        } else {
            try {
                call.call();
            } catch (Throwable e) {
                throw new AssertionError(held + " does not allow what needs " + needed, e);
            }
        }
    }

    @Test
    void who_was_given_nothing_may_do_nothing_and_an_admin_everything() {
        annsScope();
        values.put(ANN, "app", "key", bytes("value"));
        denied(BOB, SecretRight.READ, () -> values.get(BOB, "app", "key"));
        denied(BOB, SecretRight.READ, () -> values.list(BOB, "app"));
        denied(BOB, SecretRight.WRITE, () -> values.put(BOB, "app", "key", bytes("x")));
        denied(BOB, SecretRight.MANAGE, () -> scopes.delete(BOB, "app"));
        assertThat(got(ADMIN, "app", "key")).isEqualTo("value");
        assertThat(scopes.acls(ADMIN, "app")).containsExactly(new SecretAcl(ANN.principal(), SecretRight.MANAGE));
        scopes.deleteAcl(ADMIN, "app", ANN.name());
        denied(ANN, SecretRight.READ, () -> values.get(ANN, "app", "key"));
        scopes.delete(ADMIN, "app");
        notThere("app", () -> values.list(ADMIN, "app"));
    }

    @Test
    void a_group_gives_its_members_what_it_was_given_and_the_strongest_counts() {
        annsScope();
        values.put(ANN, "app", "key", bytes("value"));
        Caller member = Caller.user(BOB.workspace(), BOB.principal(), Set.of(PrincipalId.ACCOUNT_USERS));
        scopes.putAcl(ANN, "app", BOB.name(), SecretRight.WRITE);
        scopes.putAcl(ANN, "app", "account users", SecretRight.READ);
        values.put(member, "app", "key", bytes("by bob"));
        scopes.deleteAcl(ANN, "app", BOB.name());
        assertThat(got(member, "app", "key")).isEqualTo("by bob");
        denied(BOB, SecretRight.WRITE, () -> values.put(member, "app", "key", bytes("again")));
    }

    @Test
    void a_scope_that_is_everybodys_is_managed_by_everybody_in_the_workspace_and_by_nobody_elsewhere() {
        scopes.create(ANN, "app", SecretScopes.ManagedBy.USERS);
        values.put(BOB, "app", "key", bytes("by bob"));
        assertThat(scopes.acls(BOB, "app"))
                .containsExactly(new SecretAcl(new Principal(PrincipalId.USERS, "users"), SecretRight.MANAGE));
        notThere("app", () -> values.get(People.elsewhere(BOB), "app", "key"));
        scopes.deleteAcl(BOB, "app", "users");
        denied(ANN, SecretRight.READ, () -> values.get(ANN, "app", "key"));
    }

    @Test
    void who_was_deleted_is_shown_no_more_and_another_one_of_that_name_gets_nothing() {
        annsScope();
        scopes.putAcl(ANN, "app", BOB.name(), SecretRight.READ);
        database.change(tx -> tx.sql()
                .execute(
                        "update principal set gone_at = 1 where id = ?",
                        BOB.id().number()));
        Caller other = People.user(104, BOB.name());
        People.known(database, other);
        assertThat(scopes.acls(ANN, "app")).containsExactly(new SecretAcl(ANN.principal(), SecretRight.MANAGE));
        denied(other, SecretRight.READ, () -> values.list(other, "app"));
        scopes.putAcl(ANN, "app", BOB.name(), SecretRight.READ);
        assertThat(values.list(other, "app")).isEmpty();
    }

    @Test
    void an_acl_is_shown_changed_and_taken_away() {
        annsScope();
        scopes.putAcl(ANN, "app", "BOB@example.com", SecretRight.READ);
        scopes.putAcl(ANN, "app", "bob@example.com", SecretRight.WRITE);
        assertThat(scopes.acl(ANN, "app", "Bob@example.com"))
                .isEqualTo(new SecretAcl(BOB.principal(), SecretRight.WRITE));
        assertThat(scopes.acls(ANN, "app"))
                .containsExactly(
                        new SecretAcl(ANN.principal(), SecretRight.MANAGE),
                        new SecretAcl(BOB.principal(), SecretRight.WRITE));
        scopes.deleteAcl(ANN, "app", "bob@example.com");
        String missing = "Failed to get secret acl for principal bob@example.com for scope app.";
        refused(ErrorCode.NOT_FOUND, missing, () -> scopes.deleteAcl(ANN, "app", "bob@example.com"));
        refused(ErrorCode.NOT_FOUND, missing, () -> scopes.acl(ANN, "app", "bob@example.com"));
        refused(
                ErrorCode.NOT_FOUND,
                "Principal nobody@example.com does not exist!",
                () -> scopes.putAcl(ANN, "app", "nobody@example.com", SecretRight.READ));
    }

    @Test
    void nothing_of_another_workspace_is_there_even_for_its_admins() {
        annsScope();
        values.put(ANN, "app", "key", bytes("value"));
        for (Caller away : List.of(People.elsewhere(ANN), People.elsewhere(ADMIN))) {
            assertThat(scopes.list(away)).isEmpty();
            notThere("app", () -> values.get(away, "app", "key"));
            notThere("app", () -> values.put(away, "app", "key", bytes("x")));
            notThere("app", () -> values.list(away, "app"));
            notThere("app", () -> values.delete(away, "app", "key"));
            notThere("app", () -> scopes.acls(away, "app"));
            notThere("app", () -> scopes.putAcl(away, "app", ANN.name(), SecretRight.READ));
            notThere("app", () -> scopes.deleteAcl(away, "app", ANN.name()));
            notThere("app", () -> scopes.delete(away, "app"));
        }
        assertThat(got(ANN, "app", "key")).isEqualTo("value");
    }

    @Test
    void a_scope_that_was_made_again_has_nothing_of_the_one_before() {
        annsScope();
        values.put(ANN, "app", "key", bytes("value"));
        scopes.putAcl(ANN, "app", BOB.name(), SecretRight.READ);
        scopes.delete(ANN, "app");
        annsScope();
        assertThat(values.list(ANN, "app")).isEmpty();
        denied(BOB, SecretRight.READ, () -> values.list(BOB, "app"));
    }

    @Test
    void what_happens_is_told_without_any_value() {
        annsScope();
        values.put(ANN, "app", "key", bytes("Tr0ub4dor"));
        scopes.putAcl(ANN, "app", BOB.name(), SecretRight.READ);
        scopes.deleteAcl(ANN, "app", BOB.name());
        values.delete(ANN, "app", "key");
        scopes.delete(ANN, "app");
        assertThat(events())
                .extracting(Event::kind)
                .containsExactly(
                        "secret_scope.created",
                        "secret_scope.secret_put",
                        "secret_scope.acl_put",
                        "secret_scope.acl_deleted",
                        "secret_scope.secret_deleted",
                        "secret_scope.deleted");
        assertThat(events())
                .allSatisfy(event -> assertThat(event.toString())
                        .contains("\"name\":\"app\"")
                        .doesNotContain("Tr0ub4dor"));
    }

    @Test
    void a_row_that_was_moved_to_another_place_is_not_opened() {
        annsScope();
        values.put(ANN, "app", "key", bytes("of ann"));
        scopes.create(BOB, "bobs", SecretScopes.ManagedBy.CREATOR);
        values.put(BOB, "bobs", "key", bytes("of bob"));
        values.put(BOB, "bobs", "other", bytes("of bob too"));
        database.change(tx -> tx.sql()
                .execute("update secret set sealed = (select s.sealed from secret s join secret_scope c"
                        + " on c.id = s.scope_id where c.name = 'app') where name = 'key'"));
        refused(
                ErrorCode.INTERNAL,
                "A secret cannot be opened: the platform's key is another one now.",
                () -> values.get(BOB, "bobs", "key"));
        assertThat(got(ANN, "app", "key")).isEqualTo("of ann");
        database.change(tx -> tx.sql()
                .execute("update secret set sealed = (select sealed from secret where name = 'other')"
                        + " where name = 'key'"));
        assertThatThrownBy(() -> values.get(BOB, "bobs", "key")).hasMessageContaining("cannot be opened");
    }

    @Test
    void another_key_of_the_platform_opens_nothing() {
        annsScope();
        values.put(ANN, "app", "key", bytes("value"));
        byte[] other = new byte[32];
        Arrays.fill(other, (byte) 1);
        SecretValues later = new SecretRoom(base, new IdentityArea(base, other)).values();
        assertThatThrownBy(() -> later.get(ANN, "app", "key")).hasMessageContaining("cannot be opened");
    }
}
