package io.slipway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.kit.PlatformException;
import io.slipway.kit.WorkspaceId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions of browsers in any database. */
@NullUnmarked
abstract class BrowserSessionsContract extends IdentityContract {
    private BrowserSessions sessions;

    @BeforeEach
    void look() {
        sessions = area.sessions();
    }

    @Test
    void a_session_stands_for_the_user_who_began_it() {
        String secret = sessions.begin(admin, Optional.empty());
        assertThat(sessions.authenticate(secret)).hasValue(admin);
        assertThat(sessions.authenticate(secret + "x")).isEmpty();
    }

    @Test
    void a_session_ends_after_a_week_without_use_and_not_before() {
        String used = sessions.begin(admin, Optional.empty());
        String unused = sessions.begin(admin, Optional.empty());
        clock.advance(Duration.ofDays(6));
        assertThat(sessions.authenticate(used)).isPresent();
        clock.advance(Duration.ofDays(1));
        assertThat(sessions.authenticate(used)).isPresent();
        assertThat(sessions.authenticate(unused)).isEmpty();
    }

    @Test
    void an_ended_session_is_over_and_ending_it_again_does_no_harm() {
        String secret = sessions.begin(admin, Optional.empty());
        sessions.end(secret);
        sessions.end(secret);
        assertThat(sessions.authenticate(secret)).isEmpty();
    }

    @Test
    void a_code_becomes_one_session_and_only_soon() {
        String code = sessions.code(admin, Optional.empty());
        assertThat(sessions.authenticate(sessions.redeem(code))).hasValue(admin);
        assertThatThrownBy(() -> sessions.redeem(code)).isInstanceOf(PlatformException.class);
        String late = sessions.code(admin, Optional.empty());
        clock.advance(Duration.ofMinutes(10));
        assertThatThrownBy(() -> sessions.redeem(late)).isInstanceOf(PlatformException.class);
    }

    @Test
    void what_began_with_a_token_ends_when_it_is_deleted_and_nothing_else_does() {
        Token.Created token = identities.createToken(admin, "laptop", Optional.empty());
        Token.Created other = identities.createToken(admin, "desk", Optional.empty());
        Optional<String> id = identities.tokenId(token.value());
        assertThat(id).hasValue(token.token().id());
        String session = sessions.begin(admin, id);
        String linked = sessions.redeem(sessions.code(admin, sessions.tokenId(session)));
        String code = sessions.code(admin, id);
        String elsewhere = sessions.begin(admin, identities.tokenId(other.value()));
        String without = sessions.begin(admin, Optional.empty());

        identities.deleteToken(admin, token.token().id());

        assertThat(sessions.authenticate(session)).isEmpty();
        assertThat(sessions.authenticate(linked)).isEmpty();
        assertThatThrownBy(() -> sessions.redeem(code)).isInstanceOf(PlatformException.class);
        assertThat(sessions.authenticate(elsewhere)).hasValue(admin);
        assertThat(sessions.authenticate(without)).hasValue(admin);
    }

    @Test
    void a_session_ends_when_its_token_expires() {
        Token.Created token = identities.createToken(admin, "visit", Optional.of(Duration.ofMinutes(5)));
        Optional<String> id = identities.tokenId(token.value());
        String session = sessions.begin(admin, id);
        String code = sessions.code(admin, id);
        clock.advance(Duration.ofMinutes(5).minusMillis(1));
        assertThat(sessions.authenticate(session)).hasValue(admin);
        clock.advance(Duration.ofMillis(1));
        assertThat(sessions.authenticate(session)).isEmpty();
        assertThatThrownBy(() -> sessions.redeem(code)).isInstanceOf(PlatformException.class);
    }

    @Test
    void somebody_elses_try_to_delete_a_token_ends_no_session() {
        Token.Created token = identities.createToken(admin, "laptop", Optional.empty());
        String session = sessions.begin(admin, identities.tokenId(token.value()));
        Caller somebody = identities.bootstrapAdmin("somebody@example.com").orElseThrow();
        assertThatThrownBy(() -> identities.deleteToken(somebody, token.token().id()))
                .isInstanceOf(PlatformException.class);
        assertThat(sessions.authenticate(session)).hasValue(admin);
    }

    @Test
    void secrets_are_not_among_what_is_stored() {
        String code = sessions.code(admin, Optional.empty());
        String secret = sessions.begin(admin, Optional.empty());
        assertThat(database.read(handle -> base.facts().after(handle, 0, 100)).toString())
                .doesNotContain(secret)
                .doesNotContain(code);
        assertThat(BrowserSessions.csrfToken(secret)).isNotEqualTo(secret).hasSize(32);
    }

    @Test
    void a_session_has_the_rights_that_its_user_has_now() {
        String secret = sessions.begin(admin, Optional.empty());
        database.change(tx -> tx.sql()
                .execute("delete from member where principal_id = ?", admin.id().number()));
        assertThat(sessions.authenticate(secret)).hasValue(Caller.user(WorkspaceId.FIRST, admin.principal(), Set.of()));
    }

    private long rows(String table) {
        return database.read(handle -> handle.createQuery("select count(*) from " + table)
                .mapTo(Long.class)
                .one());
    }

    @Test
    void what_is_over_is_forgotten_when_the_next_begins() {
        for (int i = 0; i < 3; i++) {
            assertThat(sessions.code(admin, Optional.empty())).isNotEmpty();
            assertThat(sessions.begin(admin, Optional.empty())).isNotEmpty();
        }
        clock.advance(BrowserSessions.IDLE);
        String code = sessions.code(admin, Optional.empty());
        assertThat(rows("sign_in_code")).isEqualTo(1);
        assertThat(sessions.authenticate(sessions.redeem(code))).hasValue(admin);
        assertThat(rows("browser_session")).isEqualTo(1);
        assertThat(rows("sign_in_code")).isZero();
    }

    @Test
    void a_use_is_written_down_every_ten_minutes_at_most() {
        String secret = sessions.begin(admin, Optional.empty());
        long begun = clock.millis();
        clock.advance(Duration.ofMinutes(10));
        assertThat(sessions.authenticate(secret)).isPresent();
        assertThat(usedAt()).isEqualTo(begun);
        clock.advance(Duration.ofMillis(1));
        assertThat(sessions.authenticate(secret)).isPresent();
        assertThat(usedAt()).isEqualTo(clock.millis());
    }

    private long usedAt() {
        return database.read(handle -> handle.createQuery("select used_at from browser_session")
                .mapTo(Long.class)
                .one());
    }

    @Test
    void what_a_page_shows_with_its_changes_is_one_for_each_session() {
        String one = sessions.begin(admin, Optional.empty());
        String two = sessions.begin(admin, Optional.empty());
        assertThat(one).isNotEqualTo(two);
        assertThat(BrowserSessions.csrfToken(one))
                .isEqualTo(BrowserSessions.csrfToken(one))
                .isNotEqualTo(BrowserSessions.csrfToken(two));
    }
}
