package io.slipway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.identity.testing.People;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import io.slipway.kit.testing.FakeClock;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.TestBase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of everybody in any database, as admins see them. */
@NullUnmarked
abstract class WorkspaceTokensContract {
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long MORNING = 19_675 * DAY + 1000;

    private final FakeClock clock = new FakeClock(MORNING);
    private Database database;
    private IdentityArea area;
    private WorkspaceTokens tokens;

    abstract Database open(Path folder);

    @BeforeEach
    void make(@TempDir Path folder) {
        database = open(folder);
        People.known(database);
        Base base = TestBase.of(database, clock, new Ids(clock, new Random(1)));
        area = new IdentityArea(base, new byte[32]);
        tokens = area.workspaceTokens();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Token.Created token(Caller caller) {
        return area.identities().createToken(caller, "c", Optional.empty());
    }

    private Optional<Long> usedOn(Token.Created token) {
        return tokens.get(People.ADMIN, token.token().id()).usedOn();
    }

    @Test
    void the_day_of_the_last_use_is_known() {
        Token.Created token = token(People.ANN);
        assertThat(usedOn(token)).isEmpty();
        assertThat(area.identities().authenticate(token.value())).isPresent();
        assertThat(usedOn(token)).contains(MORNING - 1000);
        clock.advance(Duration.ofHours(20));
        assertThat(area.identities().authenticate(token.value())).isPresent();
        assertThat(usedOn(token)).contains(MORNING - 1000);
        clock.advance(Duration.ofHours(4));
        assertThat(area.identities().authenticate(token.value())).isPresent();
        assertThat(usedOn(token)).contains(MORNING - 1000 + DAY);
    }

    @Test
    void sessions_that_began_with_a_token_end_when_an_admin_deletes_it() {
        Token.Created token = token(People.ANN);
        Token.Created kept = token(People.ANN);
        String session = area.sessions().begin(People.ANN, area.identities().tokenId(token.value()));
        String other = area.sessions().begin(People.ANN, area.identities().tokenId(kept.value()));
        tokens.delete(People.ADMIN, token.token().id());
        assertThat(area.identities().authenticate(token.value())).isEmpty();
        assertThat(area.sessions().authenticate(session)).isEmpty();
        assertThat(area.sessions().authenticate(other)).isPresent();
        assertThat(tokens.list(People.ADMIN)).hasSize(1);
    }

    @Test
    void nobody_reaches_tokens_of_another_workspace() {
        String id = token(People.ANN).token().id();
        Caller other = People.elsewhere(People.ADMIN);
        assertThat(tokens.list(other)).isEmpty();
        assertThatThrownBy(() -> tokens.get(other, id)).hasMessageContaining(id);
        assertThatThrownBy(() -> tokens.delete(other, id)).hasMessageContaining(id);
        assertThatThrownBy(() -> tokens.comment(other, id, "x")).hasMessageContaining(id);
        assertThat(tokens.get(People.ADMIN, id).token().comment()).isEqualTo("c");
    }

    @Test
    void only_admins_see_tokens_of_others_and_only_their_owner_comments_them_besides() {
        String id = token(People.ANN).token().id();
        assertThatThrownBy(() -> tokens.list(People.BOB)).hasMessageContaining("Only admins");
        assertThatThrownBy(() -> tokens.get(People.ANN, id)).hasMessageContaining("Only admins");
        assertThatThrownBy(() -> tokens.delete(People.BOB, id)).hasMessageContaining("Only admins");
        assertThatThrownBy(() -> tokens.createFor(People.BOB, "x", "", Optional.empty()))
                .hasMessageContaining("Only admins");
        assertThatThrownBy(() -> tokens.commentOwn(People.BOB, id, "x"))
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.NOT_FOUND));
        tokens.commentOwn(People.ANN, id, "mine");
        assertThat(tokens.get(People.ADMIN, id).token().comment()).isEqualTo("mine");
        assertThatThrownBy(() -> tokens.comment(People.ADMIN, id, "x".repeat(257)))
                .hasMessageContaining("256");
    }

    @Test
    void a_token_on_behalf_is_for_a_service_principal_of_the_workspace_only() {
        Entry program =
                area.directory().create(People.ADMIN, PrincipalKind.SERVICE_PRINCIPAL, Entry.Content.named("ci"));
        String application = program.content().name();
        Token.Created made = tokens.createFor(People.ADMIN, application, "deploy", Optional.of(Duration.ofDays(1)));
        assertThat(area.identities().authenticate(made.value()).orElseThrow().name())
                .isEqualTo(application);
        WorkspaceTokens.Held held = tokens.get(People.ADMIN, made.token().id());
        assertThat(held.owner().name()).isEqualTo(application);
        assertThat(held.createdBy()).isEqualTo(People.ADMIN.principal());
        for (String nobody : new String[] {People.ANN.name(), "admins", "none"}) {
            assertThatThrownBy(() -> tokens.createFor(People.ADMIN, nobody, "", Optional.empty()))
                    .hasMessageContaining("Service principal " + nobody);
        }
    }
}
