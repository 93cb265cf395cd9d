package io.slipway.identity.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.identity.Caller;
import io.slipway.identity.Entry;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.PrincipalKind;
import io.slipway.identity.oidc.Issuers;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import io.slipway.kit.WorkspaceId;
import io.slipway.kit.testing.FakeClock;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.TestBase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A workspace with an admin, a user and a service principal, in any database. */
@NullUnmarked
abstract class OauthContract {
    static final OauthRoom.Place PLACE =
            new OauthRoom.Place("https://slipway.example/oidc", "00000000-0000-4000-8000-000000000001");
    static final String HERE = "192.0.2.7";
    static final Duration YEAR = Duration.ofDays(365);

    @TempDir
    private Path folder;

    final FakeClock clock = new FakeClock(1_700_000_000_000L);
    Base base;
    Database database;
    IdentityArea identity;
    OauthRoom room;
    Caller admin;
    Entry robot;
    Caller ann;

    abstract Database open(Path folder);

    @BeforeEach
    void make() {
        database = open(folder);
        base = TestBase.of(database, clock, new Ids(clock, new Random(1)));
        begin();
        admin = identity.identities().bootstrapAdmin("admin@example.com").orElseThrow();
        robot = identity.directory().create(admin, PrincipalKind.SERVICE_PRINCIPAL, Entry.Content.named(""));
        ann = caller(identity.directory().create(admin, PrincipalKind.USER, Entry.Content.named("ann@example.com")));
    }

    /** As after a start of the server. */
    void begin() {
        identity = new IdentityArea(base, new byte[32]);
        room = new OauthRoom(base, identity, new Issuers(clock), PLACE);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @SuppressWarnings("unused")
    static void fromAnywhere(Caller caller) {}

    Caller caller(Entry entry) {
        return identity.identities().caller(WorkspaceId.FIRST, entry.id()).orElseThrow();
    }

    String client() {
        return robot.content().name();
    }

    ProgramSecret.Made secret() {
        return room.secrets().create(admin, robot.id(), YEAR);
    }

    Issued issue(String client, String secret) {
        return room.programs()
                .issue(WorkspaceId.FIRST, client, secret, Optional.empty(), HERE, OauthContract::fromAnywhere);
    }

    Optional<String> holder(String token) {
        return room.holder(token, Optional.empty()).map(Caller::name);
    }

    static void refused(OauthError error, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        e -> assertThat(e.details())
                                .containsEntry("reason", error.name().toLowerCase(Locale.ROOT)));
    }

    static void refused(ErrorCode code, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }
}
