package io.slipway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users and tokens in any database. */
@NullUnmarked
abstract class IdentitiesContract {
    @TempDir
    private Path folder;

    private final FakeClock clock = new FakeClock(1_700_000_000_000L);
    private Base base;
    private Database database;
    private Identities identities;
    private Caller admin;

    abstract Database open(Path folder);

    @BeforeEach
    void make() {
        database = open(folder);
        base = TestBase.of(database, clock, new Ids(clock, new Random(1)));
        identities = new Identities(base);
        admin = identities.bootstrapAdmin("admin@example.com").caller();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private List<String> kinds() {
        return database.read(handle -> base.facts().after(handle, 0, 100)).stream()
                .map(Event::kind)
                .toList();
    }

    @Test
    void the_first_admin_is_made_once() {
        assertThat(identities.bootstrapAdmin("admin@example.com").caller()).isEqualTo(admin);
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
}
