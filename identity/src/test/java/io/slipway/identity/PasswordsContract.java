package io.slipway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.identity.Entry.Content;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PrincipalId;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How people sign in with passwords, in any database. */
@NullUnmarked
abstract class PasswordsContract extends IdentityContract {
    private static final String ANN = "ann@example.com";
    private static final String GOOD = "correct horse battery";
    private static final String HOME = "192.0.2.7";

    private Passwords passwords;
    private Entry ann;

    @BeforeEach
    void look() {
        passwords = area.passwords();
        ann = area.directory().create(admin, PrincipalKind.USER, Content.named(ANN));
    }

    private String chosen() {
        return passwords.choose(passwords.invite(admin, ann.id()), GOOD);
    }

    @Test
    void who_is_invited_chooses_a_password_once_and_signs_in_with_it() {
        String code = passwords.invite(admin, ann.id());
        assertThat(passwords.invited(code).principal()).isEqualTo(ann.principal());
        String session = passwords.choose(code, GOOD);
        assertThat(area.sessions().authenticate(session).map(Caller::id)).contains(ann.id());
        refused(ErrorCode.UNAUTHENTICATED, "This link was used already", () -> passwords.choose(code, GOOD));
        refused(ErrorCode.UNAUTHENTICATED, "This link was used already", () -> passwords.invited(code));
        String later = passwords.signIn("ANN@example.com", GOOD, HOME, Optional.empty());
        assertThat(area.sessions().authenticate(later).map(Caller::id)).contains(ann.id());
    }

    @Test
    void a_link_lives_a_week_and_only_the_last_one_works() {
        String first = passwords.invite(admin, ann.id());
        String second = passwords.invite(admin, ann.id());
        refused(ErrorCode.UNAUTHENTICATED, "replaced by another", () -> passwords.choose(first, GOOD));
        clock.advance(Duration.ofDays(7));
        refused(ErrorCode.UNAUTHENTICATED, "older than a week", () -> passwords.choose(second, GOOD));
    }

    @Test
    void admins_invite_people_of_their_workspace_and_nobody_else_does() {
        Caller herself = area.identities().caller(admin.workspace(), ann.id()).orElseThrow();
        refused(ErrorCode.PERMISSION_DENIED, "Only admins", () -> passwords.invite(herself, ann.id()));
        refused(ErrorCode.NOT_FOUND, "does not exist", () -> passwords.invite(admin, PrincipalId.ADMINS));
        refused(ErrorCode.NOT_FOUND, "does not exist", () -> passwords.invite(admin, new PrincipalId(4711)));
    }

    @Test
    void a_wrong_password_and_an_unknown_user_are_told_apart_by_nothing() {
        chosen();
        refused(
                ErrorCode.UNAUTHENTICATED,
                "The user name or the password is wrong.",
                () -> passwords.signIn(ANN, "x", HOME, Optional.empty()));
        refused(
                ErrorCode.UNAUTHENTICATED,
                "The user name or the password is wrong.",
                () -> passwords.signIn("nobody@example.com", GOOD, HOME, Optional.empty()));
        refused(
                ErrorCode.UNAUTHENTICATED,
                "The user name or the password is wrong.",
                () -> passwords.signIn("admin@example.com", "", HOME, Optional.empty()));
    }

    @Test
    void who_guesses_waits_longer_each_time_and_locks_nobody_out_for_good() {
        chosen();
        for (int i = 0; i < 5; i++) {
            refused(ErrorCode.UNAUTHENTICATED, "wrong", () -> passwords.signIn(ANN, "guess", HOME, Optional.empty()));
        }
        refused(
                ErrorCode.RESOURCE_EXHAUSTED,
                "Try again in 1 seconds",
                () -> passwords.signIn(ANN, GOOD, HOME, Optional.empty()));
        clock.advance(Duration.ofSeconds(1));
        refused(ErrorCode.UNAUTHENTICATED, "wrong", () -> passwords.signIn(ANN, "guess", HOME, Optional.empty()));
        refused(
                ErrorCode.RESOURCE_EXHAUSTED,
                "Try again in 2 seconds",
                () -> passwords.signIn(ANN, GOOD, HOME, Optional.empty()));
        clock.advance(Duration.ofSeconds(2));
        assertThat(passwords.signIn(ANN, GOOD, HOME, Optional.empty())).isNotEmpty();
        refused(ErrorCode.UNAUTHENTICATED, "wrong", () -> passwords.signIn(ANN, "guess", HOME, Optional.empty()));
    }

    @Test
    void who_tries_many_names_from_one_address_waits_too() {
        for (int i = 0; i < 50; i++) {
            String name = "user" + i;
            refused(ErrorCode.UNAUTHENTICATED, "wrong", () -> passwords.signIn(name, "guess", HOME, Optional.empty()));
        }
        refused(
                ErrorCode.RESOURCE_EXHAUSTED,
                "Too many wrong",
                () -> passwords.signIn("another", "guess", HOME, Optional.empty()));
        refused(
                ErrorCode.UNAUTHENTICATED,
                "wrong",
                () -> passwords.signIn("another", "guess", "192.0.2.8", Optional.empty()));
    }

    @Test
    void a_new_password_ends_all_sessions_and_the_old_one_is_over() {
        String before = chosen();
        Caller herself = area.sessions().authenticate(before).orElseThrow();
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "password of before is wrong",
                () -> passwords.change(herself, "x", "another good one"));
        passwords.change(herself, GOOD, "another good one");
        assertThat(area.sessions().authenticate(before)).isEmpty();
        refused(ErrorCode.UNAUTHENTICATED, "wrong", () -> passwords.signIn(ANN, GOOD, HOME, Optional.empty()));
        assertThat(passwords.signIn(ANN, "another good one", HOME, Optional.empty()))
                .isNotEmpty();
    }

    @Test
    void a_password_that_is_easy_to_guess_is_not_taken() {
        String code = passwords.invite(admin, ann.id());
        for (String bad : java.util.List.of("", "short", "aaaaaaaaaaaaaaa", "x".repeat(201))) {
            refused(ErrorCode.INVALID_PARAMETER_VALUE, "A password has", () -> passwords.choose(code, bad));
        }
        assertThat(passwords.choose(code, GOOD)).isNotEmpty();
    }

    @Test
    void who_is_asleep_or_gone_does_not_come_in() {
        chosen();
        String code = passwords.invite(admin, ann.id());
        area.directory().delete(admin, PrincipalKind.USER, ann.id());
        refused(ErrorCode.UNAUTHENTICATED, "wrong", () -> passwords.signIn(ANN, GOOD, HOME, Optional.empty()));
        refused(ErrorCode.NOT_FOUND, "does not exist", () -> passwords.invite(admin, ann.id()));
        refused(ErrorCode.UNAUTHENTICATED, "Ask for a new one", () -> passwords.choose(code, GOOD));
    }

    @Test
    void nothing_that_is_stored_or_told_is_a_password_or_a_link() {
        String code = passwords.invite(admin, ann.id());
        passwords.choose(code, GOOD);
        String rows = database.read(handle -> handle.createQuery("select hash from password")
                .mapTo(String.class)
                .one());
        assertThat(rows).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain(GOOD);
        assertThat(database.read(handle -> base.facts().after(handle, 0, 100)).toString())
                .contains("user.invited", "user.password_changed")
                .doesNotContain(code)
                .doesNotContain(GOOD);
    }
}
