package io.slipway.identity.oauth;

import io.slipway.identity.Caller;
import io.slipway.identity.Identities;
import io.slipway.identity.Secrets;
import io.slipway.kit.Clock;
import io.slipway.kit.Ids;
import io.slipway.kit.Kind;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import io.slipway.store.Tx;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Gives tokens to programs that a person lets act as them (RFC 6749, 4.1 and 6). A code and a refresh token work once; one that comes
 * again was stolen by somebody, and as nobody can tell by whom, all that came of the login ends (RFC 9700, 4.14.2).
 */
public final class ProgramLogins {
    static final Duration CODE_LIFE = Duration.ofMinutes(5);
    /** How long a program may stay away. */
    static final Duration IDLE = Duration.ofDays(7);
    /** After which the person signs in again, however busy the program is. */
    static final Duration LONGEST = Duration.ofDays(90);

    private static final String OVER = "The code or token was used already, is too old, or belongs to another client.";

    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final Ids ids;
    private final Identities identities;
    private final AccessTokens tokens;
    private final OauthStore store = new OauthStore();

    ProgramLogins(Base base, Identities identities, AccessTokens tokens) {
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.ids = base.ids();
        this.identities = identities;
        this.tokens = tokens;
    }

    /** What a program asks a person for. */
    public record Asked(
            String clientId,
            String redirectUri,
            Optional<String> scope,
            Optional<String> challenge,
            Optional<String> method) {}

    /** Throws unless the browser may be sent there with the answer for this client. */
    public void requireRedirect(Optional<String> clientId, Optional<String> redirectUri) {
        PublicClient client = clientId.flatMap(PublicClient::of)
                .orElseThrow(() -> OauthError.INVALID_REQUEST.because(
                        "Client " + clientId.orElse("without a name") + " is not known here."));
        if (!client.redirectsTo(redirectUri)) {
            throw OauthError.INVALID_REQUEST.because(
                    "redirect_uri is not registered for this client: it must be http://localhost with any port.");
        }
    }

    /** Throws if nothing would come of it, whoever the person is. */
    public void check(Asked asked) {
        Scopes.of(asked.scope());
        Pkce.requireChallenge(asked.challenge(), asked.method());
    }

    /**
     * A code that the program turns into tokens once, within minutes.
     *
     * @param tokenId the personal access token that the person's session began with: the login ends with it
     */
    public String code(Caller person, WorkspaceId workspace, Optional<String> tokenId, Asked asked) {
        requireRedirect(Optional.of(asked.clientId()), Optional.of(asked.redirectUri()));
        String challenge = Pkce.requireChallenge(asked.challenge(), asked.method());
        Caller caller = identities
                .caller(workspace, person.id())
                .orElseThrow(() -> OauthError.ACCESS_DENIED.because(person.name() + " has no access here."));
        String code = ids.secretUrl(32);
        long now = clock.millis();
        ProgramLogin login = new ProgramLogin(
                ids.uuid(),
                workspace,
                caller.id(),
                asked.clientId(),
                Scopes.of(asked.scope()).text(),
                false,
                asked.redirectUri(),
                challenge,
                now + CODE_LIFE.toMillis());
        database.change(tx -> {
            store.forgetLogins(tx.sql(), now);
            store.insert(tx.sql(), login, Secrets.hash(code), tokenId, now);
        });
        return code;
    }

    /** @param admit refuses an address from which the caller may not come */
    public Issued redeem(
            WorkspaceId workspace,
            String clientId,
            String code,
            Optional<String> redirectUri,
            Optional<String> verifier,
            String address,
            Consumer<Caller> admit) {
        PublicClient.require(clientId);
        String hash = Secrets.hash(code);
        ProgramLogin login = database.read(handle -> store.byCode(handle, hash, clock.millis()))
                .filter(found ->
                        found.workspace().equals(workspace) && found.clientId().equals(clientId))
                .filter(found -> redirectUri.filter(found.redirectUri()::equals).isPresent())
                .filter(found -> Pkce.answers(verifier, found.challenge()))
                .orElseThrow(() -> OauthError.INVALID_GRANT.because(OVER));
        Caller caller = present(login);
        admit.accept(caller);
        Scopes scopes = Scopes.of(Optional.of(login.scope()));
        Duration life = scopes.lasting() ? LONGEST : AccessTokens.LIFE;
        Optional<String> refresh = database.write(tx -> {
            if (store.useCode(tx.sql(), hash, clock.millis() + life.toMillis()) == 0) {
                return replayed(tx, login, address);
            }
            facts.tell(tx, login.user(), new OauthFact.LoggedIn(ref(login), clientId));
            return Optional.of(scopes.lasting() ? fresh(tx, login.id()) : "");
        });
        return issued(caller, login, refresh);
    }

    /** @param admit refuses an address from which the caller may not come */
    public Issued refresh(
            WorkspaceId workspace,
            String clientId,
            String token,
            Optional<String> scope,
            String address,
            Consumer<Caller> admit) {
        PublicClient.require(clientId);
        Scopes.of(scope);
        String hash = Secrets.hash(token);
        ProgramLogin login = database.read(handle -> store.byRefreshToken(handle, hash, clock.millis()))
                .filter(found ->
                        found.workspace().equals(workspace) && found.clientId().equals(clientId))
                .orElseThrow(() -> OauthError.INVALID_GRANT.because(OVER));
        Caller caller = present(login);
        admit.accept(caller);
        Optional<String> next = database.write(tx -> store.useRefreshToken(tx.sql(), hash) == 0
                ? replayed(tx, login, address)
                : Optional.of(fresh(tx, login.id())));
        return issued(caller, login, next);
    }

    private Caller present(ProgramLogin login) {
        return identities
                .caller(login.workspace(), login.user())
                .orElseThrow(() -> OauthError.INVALID_GRANT.because(OVER));
    }

    private Issued issued(Caller caller, ProgramLogin login, Optional<String> refresh) {
        String next = refresh.orElseThrow(() -> OauthError.INVALID_GRANT.because(OVER));
        return new Issued(
                tokens.issue(caller, login.grant()),
                AccessTokens.LIFE,
                login.scope(),
                Optional.of(next).filter(value -> !value.isEmpty()));
    }

    private String fresh(Tx tx, String login) {
        String token = ids.secretUrl(32);
        store.insertRefreshToken(tx.sql(), Secrets.hash(token), login, clock.millis() + IDLE.toMillis());
        return token;
    }

    /** Empty, after the end of the login: it is written although the request is refused. */
    private Optional<String> replayed(Tx tx, ProgramLogin login, String address) {
        store.deleteLogin(tx.sql(), login.id());
        facts.tell(tx, Caller.NOBODY.id(), new OauthFact.Replayed(ref(login), login.clientId(), address));
        return Optional.empty();
    }

    /** Ends all that this user lets programs do. */
    void endAll(Tx tx, PrincipalId user) {
        store.deleteLogins(tx.sql(), user);
    }

    private static Ref ref(ProgramLogin login) {
        return Ref.of(Kind.USER, login.workspace(), login.user().toString());
    }
}
