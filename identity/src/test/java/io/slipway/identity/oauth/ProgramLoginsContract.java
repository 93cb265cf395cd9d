package io.slipway.identity.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import io.slipway.identity.Caller;
import io.slipway.identity.Entry;
import io.slipway.identity.PrincipalKind;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Kind;
import io.slipway.kit.PageWanted;
import io.slipway.kit.PlatformException;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Event;
import io.slipway.store.FactFilter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** What people let programs do, in any database. */
@NullUnmarked
abstract class ProgramLoginsContract extends OauthContract {
    private static final String CLI = "databricks-cli";
    private static final String BACK = "http://localhost:8020";
    private static final String VERIFIER = "v".repeat(43);

    private static ProgramLogins.Asked asked(String scope) throws Exception {
        String challenge = Base64URL.encode(
                        MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII)))
                .toString();
        return new ProgramLogins.Asked(CLI, BACK, Optional.of(scope), Optional.of(challenge), Optional.of("S256"));
    }

    private String code() throws Exception {
        return room.logins().code(ann, WorkspaceId.FIRST, Optional.empty(), asked("all-apis offline_access"));
    }

    private Issued redeem(String code) {
        return redeem(code, BACK, VERIFIER);
    }

    private Issued redeem(String code, String back, String verifier) {
        return room.logins()
                .redeem(
                        WorkspaceId.FIRST,
                        CLI,
                        code,
                        Optional.of(back),
                        Optional.of(verifier),
                        HERE,
                        OauthContract::fromAnywhere);
    }

    private Issued refresh(String token) {
        return room.logins()
                .refresh(WorkspaceId.FIRST, CLI, token, Optional.empty(), HERE, OauthContract::fromAnywhere);
    }

    @Test
    void who_may_not_come_from_their_address_gets_nothing_and_loses_nothing() throws Exception {
        Consumer<Caller> nobody = caller -> {
            throw new PlatformException(ErrorCode.PERMISSION_DENIED, caller.name() + " not from here");
        };
        String value = secret().value();
        refused(
                ErrorCode.PERMISSION_DENIED,
                "not from here",
                () -> room.programs().issue(WorkspaceId.FIRST, client(), value, Optional.empty(), HERE, nobody));
        String code = code();
        refused(
                ErrorCode.PERMISSION_DENIED,
                "ann@example.com not from here",
                () -> room.logins()
                        .redeem(WorkspaceId.FIRST, CLI, code, Optional.of(BACK), Optional.of(VERIFIER), HERE, nobody));
        String refresh = redeem(code).refreshToken().orElseThrow();
        refused(
                ErrorCode.PERMISSION_DENIED,
                "not from here",
                () -> room.logins().refresh(WorkspaceId.FIRST, CLI, refresh, Optional.empty(), HERE, nobody));
        assertThat(refresh(refresh).refreshToken()).isPresent();
    }

    @Test
    void a_code_becomes_tokens_once_and_a_second_time_ends_what_came_of_it() throws Exception {
        String code = code();
        Issued issued = redeem(code);
        assertThat(issued.scope()).isEqualTo("all-apis offline_access");
        assertThat(holder(issued.accessToken())).contains("ann@example.com");
        refused(OauthError.INVALID_GRANT, () -> redeem(code));
        assertThat(holder(issued.accessToken())).isEmpty();
        refused(OauthError.INVALID_GRANT, () -> refresh(issued.refreshToken().orElseThrow()));
    }

    @Test
    void a_code_is_for_its_client_its_address_its_verifier_and_five_minutes() throws Exception {
        String code = code();
        refused(OauthError.INVALID_GRANT, () -> redeem(code, BACK + "/", VERIFIER));
        refused(OauthError.INVALID_GRANT, () -> redeem(code, BACK, "w".repeat(43)));
        refused(OauthError.INVALID_GRANT, () -> redeem(code, BACK, ""));
        refused(
                OauthError.INVALID_GRANT,
                () -> room.logins()
                        .redeem(
                                WorkspaceId.FIRST,
                                CLI,
                                code,
                                Optional.of(BACK),
                                Optional.empty(),
                                HERE,
                                OauthContract::fromAnywhere));
        refused(
                OauthError.INVALID_GRANT,
                () -> room.logins()
                        .redeem(
                                WorkspaceId.ACCOUNT,
                                CLI,
                                code,
                                Optional.of(BACK),
                                Optional.of(VERIFIER),
                                HERE,
                                OauthContract::fromAnywhere));
        refused(
                OauthError.INVALID_CLIENT,
                () -> room.logins()
                        .redeem(
                                WorkspaceId.FIRST,
                                client(),
                                code,
                                Optional.of(BACK),
                                Optional.of(VERIFIER),
                                HERE,
                                OauthContract::fromAnywhere));
        clock.advance(Duration.ofMinutes(5));
        refused(OauthError.INVALID_GRANT, () -> redeem(code));
    }

    @Test
    void answers_go_to_the_machine_of_the_browser_only() {
        for (String good : List.of(
                BACK, "http://127.0.0.1:1", "http://[::1]:65535/", "http://localhost", "http://localhost:8020/")) {
            room.logins().requireRedirect(Optional.of(CLI), Optional.of(good));
        }
        for (String bad : List.of(
                "https://evil.example",
                "http://localhost.evil.example:8020",
                "http://localhost:8020@evil.example",
                "http://evil.example#http://localhost:8020",
                "http://localhost:8020/callback",
                "http://localhost:8020?x=y",
                "http://localhost:8020\n",
                "HTTP://LOCALHOST:8020",
                "javascript:alert(1)",
                "")) {
            refused(
                    OauthError.INVALID_REQUEST,
                    () -> room.logins().requireRedirect(Optional.of(CLI), Optional.of(bad)));
        }
        refused(OauthError.INVALID_REQUEST, () -> room.logins().requireRedirect(Optional.of(CLI), Optional.empty()));
        refused(
                OauthError.INVALID_REQUEST,
                () -> room.logins().requireRedirect(Optional.of("other"), Optional.of(BACK)));
    }

    @Test
    void a_challenge_must_be_a_hash() {
        String hash = "A".repeat(43);
        for (ProgramLogins.Asked asked : List.of(
                new ProgramLogins.Asked(CLI, BACK, Optional.empty(), Optional.of(hash), Optional.of("plain")),
                new ProgramLogins.Asked(CLI, BACK, Optional.empty(), Optional.of(hash), Optional.empty()),
                new ProgramLogins.Asked(CLI, BACK, Optional.empty(), Optional.empty(), Optional.of("S256")),
                new ProgramLogins.Asked(CLI, BACK, Optional.empty(), Optional.of("short"), Optional.of("S256")))) {
            refused(OauthError.INVALID_REQUEST, () -> room.logins().check(asked));
            refused(
                    OauthError.INVALID_REQUEST,
                    () -> room.logins().code(ann, WorkspaceId.FIRST, Optional.empty(), asked));
        }
    }

    @Test
    void a_refresh_token_works_once_and_a_second_time_ends_the_login() throws Exception {
        Issued first = redeem(code());
        String old = first.refreshToken().orElseThrow();
        Issued second = refresh(old);
        assertThat(second.refreshToken()).isPresent().isNotEqualTo(first.refreshToken());
        assertThat(holder(second.accessToken())).contains("ann@example.com");
        refused(OauthError.INVALID_GRANT, () -> refresh(old));
        assertThat(holder(second.accessToken())).isEmpty();
        refused(OauthError.INVALID_GRANT, () -> refresh(second.refreshToken().orElseThrow()));
        Ref subject = Ref.of(Kind.USER, WorkspaceId.FIRST, ann.id().toString());
        List<Event> told = database.read(handle -> base.facts()
                .of(handle, subject, FactFilter.ALL, false, PageWanted.ALL)
                .items());
        assertThat(told).extracting(Event::kind).containsExactly("user.replayed", "user.logged_in", "user.created");
    }

    @Test
    void without_a_lasting_scope_there_is_nothing_to_renew() throws Exception {
        String code = room.logins().code(ann, WorkspaceId.FIRST, Optional.empty(), asked("all-apis"));
        Issued issued = redeem(code);
        assertThat(issued.refreshToken()).isEmpty();
        assertThat(holder(issued.accessToken())).contains("ann@example.com");
    }

    @Test
    void a_program_that_stays_away_a_week_or_is_busy_for_ninety_days_asks_again() throws Exception {
        String idle = redeem(code()).refreshToken().orElseThrow();
        clock.advance(ProgramLogins.IDLE);
        refused(OauthError.INVALID_GRANT, () -> refresh(idle));
        String busy = redeem(code()).refreshToken().orElseThrow();
        for (int week = 0; week < 14; week++) {
            clock.advance(Duration.ofDays(6));
            busy = refresh(busy).refreshToken().orElseThrow();
        }
        clock.advance(Duration.ofDays(6));
        String last = busy;
        refused(OauthError.INVALID_GRANT, () -> refresh(last));
    }

    @Test
    void a_login_ends_with_another_password_with_the_user_and_with_the_token_of_its_session() throws Exception {
        String token = redeem(code()).accessToken();
        String invitation = identity.passwords().invite(admin, ann.id());
        var unused = identity.passwords().choose(invitation, "correct horse battery");
        assertThat(holder(token)).isEmpty();

        String personal =
                identity.identities().createToken(ann, "test", Optional.empty()).value();
        Optional<String> tokenId = identity.identities().tokenId(personal);
        String code = room.logins().code(ann, WorkspaceId.FIRST, tokenId, asked("all-apis offline_access"));
        Issued issued = redeem(code);
        assertThat(holder(issued.accessToken())).contains("ann@example.com");
        identity.identities().deleteToken(ann, tokenId.orElseThrow());
        assertThat(holder(issued.accessToken())).isEmpty();
        refused(OauthError.INVALID_GRANT, () -> refresh(issued.refreshToken().orElseThrow()));

        String third = redeem(code()).accessToken();
        identity.directory().delete(admin, PrincipalKind.USER, ann.id());
        Entry again = identity.directory().create(admin, PrincipalKind.USER, Entry.Content.named("ann@example.com"));
        assertThat(again.id()).as("she is back").isEqualTo(ann.id());
        assertThat(holder(third)).isEmpty();
    }
}
