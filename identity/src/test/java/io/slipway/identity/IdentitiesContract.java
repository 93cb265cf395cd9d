package io.slipway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.identity.testing.People;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Event;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Users and tokens in any database. */
@NullUnmarked
abstract class IdentitiesContract extends IdentityContract {

    private List<String> kinds() {
        return database.read(handle -> base.facts().after(handle, 0, 100)).stream()
                .map(Event::kind)
                .toList();
    }

    @Test
    void the_first_admin_is_made_once() {
        assertThat(identities.bootstrapAdmin("ADMIN@example.com")).contains(admin);
        assertThat(admin.principals().contains(PrincipalId.ADMINS)).isTrue();
        assertThat(kinds()).containsExactly("user.created");
    }

    @Test
    void a_token_stands_for_its_user_until_it_is_deleted() {
        Token.Created created = identities.createToken(admin, "laptop", Optional.empty());
        assertThat(created.value()).matches("dapi[0-9a-f]{32}");
        assertThat(identities.authenticate(created.value())).contains(admin);
        identities.deleteToken(admin, created.token().id());
        assertThat(identities.authenticate(created.value())).isEmpty();
        assertThat(kinds()).containsExactly("user.created", "token.created", "token.deleted");
    }

    @Test
    void a_token_expires_at_its_last_moment() {
        String value = identities
                .createToken(admin, "", Optional.of(Duration.ofSeconds(10)))
                .value();
        clock.advance(Duration.ofMillis(9_999));
        assertThat(identities.authenticate(value)).contains(admin);
        clock.advance(Duration.ofMillis(1));
        assertThat(identities.authenticate(value)).isEmpty();
    }

    @Test
    void values_that_are_nobodys_authenticate_nobody() {
        assertThat(identities.authenticate("dapi00000000000000000000000000000000"))
                .isEmpty();
        assertThat(identities.authenticate("")).isEmpty();
        assertThat(identities.authenticate("x")).isEmpty();
    }

    @Test
    void tokens_are_listed_newest_first_and_only_to_their_owner() {
        Token first = identities.createToken(admin, "first", Optional.empty()).token();
        clock.advance(Duration.ofSeconds(1));
        Token second = identities
                .createToken(admin, "second", Optional.of(Duration.ofDays(1)))
                .token();
        assertThat(identities.tokens(admin)).containsExactly(second, first);
        assertThat(identities.tokens(People.admin(99, "ann@example.com"))).isEmpty();
    }

    @Test
    void nobody_deletes_the_token_of_another() {
        Token.Created created = identities.createToken(admin, "", Optional.empty());
        assertThatThrownBy(() -> identities.deleteToken(
                        People.admin(99, "ann@example.com"), created.token().id()))
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
                .hasMessage("Token with ID " + created.token().id() + " does not exist.");
        assertThat(identities.authenticate(created.value())).contains(admin);
    }

    @Test
    void what_a_token_may_not_be_is_refused_and_leaves_nothing() {
        assertThatThrownBy(() -> identities.createToken(admin, "x".repeat(257), Optional.empty()))
                .hasMessage("Comment is longer than 256 characters.");
        assertThatThrownBy(() -> identities.createToken(admin, "", Optional.of(Duration.ZERO)))
                .hasMessage("lifetime_seconds must be positive.");
        assertThat(identities.tokens(admin)).isEmpty();
        assertThat(kinds()).containsExactly("user.created");
    }

    @Test
    void the_value_of_a_token_is_stored_nowhere() {
        String value = identities.createToken(admin, "", Optional.empty()).value();
        String rows = database.read(handle -> handle.createQuery("select hash || id || comment from token")
                .mapTo(String.class)
                .one());
        assertThat(rows).doesNotContain(value.substring(4));
        assertThat(identities.createToken(admin, "", Optional.empty()))
                .asString()
                .doesNotContain("dapi");
    }

    private void leaveAdmins() {
        database.change(tx -> tx.sql()
                .execute("delete from member where principal_id = ?", admin.id().number()));
    }

    @Test
    void who_acts_later_has_the_groups_of_that_moment() {
        String value = identities.createToken(admin, "", Optional.empty()).value();
        assertThat(identities.caller(WorkspaceId.FIRST, admin.id())).contains(admin);
        leaveAdmins();
        Caller now = Caller.user(WorkspaceId.FIRST, admin.principal(), Set.of());
        assertThat(identities.caller(WorkspaceId.FIRST, admin.id())).contains(now);
        assertThat(identities.authenticate(value)).contains(now);
        assertThat(identities.acting(WorkspaceId.FIRST, admin.principal())).isEqualTo(now);
        assertThat(area.permissions().admin(now)).isFalse();
        Optional<Caller> within = database.write(tx -> identities.caller(tx, WorkspaceId.FIRST, admin.id()));
        assertThat(within).contains(now);
    }

    @Test
    void nobody_acts_for_a_user_who_is_not_there() {
        Principal gone = new Principal(new PrincipalId(4711), "gone@example.com");
        assertThat(identities.caller(WorkspaceId.FIRST, gone.id())).isEmpty();
        assertThatThrownBy(() -> identities.acting(WorkspaceId.FIRST, gone))
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PERMISSION_DENIED))
                .hasMessage("User gone@example.com is not there any more.");
        assertThatThrownBy(() -> area.directory().me(People.user(4711, "gone@example.com")))
                .hasMessage("User gone@example.com does not exist.");
    }

    private Optional<Principal> named(String name) {
        return database.write(tx -> identities.principal(tx, WorkspaceId.FIRST, name));
    }

    @Test
    void users_and_groups_are_found_by_name_in_any_case() {
        assertThat(named("ADMIN@example.com")).contains(admin.principal());
        assertThat(named("admins").map(Principal::id)).contains(PrincipalId.ADMINS);
        assertThat(named("nobody-at-all")).isEmpty();
    }

    @Test
    void groups_of_one_workspace_count_for_nothing_in_another() {
        WorkspaceId other = new WorkspaceId(2002);
        assertThat(identities.caller(other, admin.id())).isEmpty();
        database.change(tx -> tx.sql()
                .execute(
                        "insert into assigned (workspace_id, principal_id) values (?, ?)",
                        other.number(),
                        admin.id().number()));
        assertThat(identities.caller(other, admin.id()).map(Caller::principals))
                .hasValueSatisfying(principals -> assertThat(principals).doesNotContain(PrincipalId.ADMINS));
        identities.createToken(admin, "here", Optional.empty());
        assertThat(identities.tokens(People.elsewhere(admin))).isEmpty();
    }

    @Test
    void a_token_is_known_by_its_value_while_it_is_there() {
        Token.Created created = identities.createToken(admin, "", Optional.empty());
        assertThat(identities.tokenId(created.value())).contains(created.token().id());
        assertThat(identities.tokenId("dapi0")).isEmpty();
        identities.deleteToken(admin, created.token().id());
        assertThat(identities.tokenId(created.value())).isEmpty();
    }

    @Test
    void a_person_and_their_code_on_a_cluster_come_in_by_the_same_door() {
        String personal = identities.createToken(admin, "", Optional.empty()).value();
        String session = area.tokens().issue(WorkspaceId.FIRST, admin.id(), Duration.ofMinutes(1));
        assertThat(area.holder(personal)).contains(admin);
        assertThat(area.holder(session)).contains(admin);
        leaveAdmins();
        assertThat(area.holder(session).map(Caller::principals))
                .hasValueSatisfying(principals -> assertThat(principals).doesNotContain(PrincipalId.ADMINS));
        String nobodys = area.tokens().issue(WorkspaceId.FIRST, new PrincipalId(4711), Duration.ofMinutes(1));
        assertThat(area.holder(nobodys)).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        assertThat(area.holder(session)).isEmpty();
        assertThat(area.holder(personal)).isPresent();
        assertThat(area.holder("")).isEmpty();
    }
}
