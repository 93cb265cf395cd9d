package io.slipway.identity.oauth;

import io.slipway.identity.Attempts;
import io.slipway.identity.Caller;
import io.slipway.identity.Identities;
import io.slipway.identity.Secrets;
import io.slipway.identity.SessionTokens;
import io.slipway.kit.Clock;
import io.slipway.kit.Kind;
import io.slipway.kit.PlatformException;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Gives tokens to programs that show the secret of a service principal (RFC 6749, 4.4). */
public final class ProgramTokens {
    private static final String WRONG = "Client authentication failed.";
    /** What an unknown client's secret is compared with, so that it takes as long as a known one's. */
    private static final String NO_HASH = Secrets.hash("");

    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final Identities identities;
    private final AccessTokens tokens;
    private final Attempts attempts;
    private final OauthStore store = new OauthStore();

    ProgramTokens(Base base, Identities identities, AccessTokens tokens) {
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.identities = identities;
        this.tokens = tokens;
        this.attempts = new Attempts(base.clock());
    }

    /**
     * @param workspace where the program wants to act; the account too
     * @param clientId the applicationId of a service principal
     * @param address from which it comes. Who guesses has to wait there: elsewhere the real program goes on
     * @param admit refuses an address from which the caller may not come
     */
    public Issued issue(
            WorkspaceId workspace,
            String clientId,
            String secret,
            Optional<String> scope,
            String address,
            Consumer<Caller> admit) {
        String guesser = clientId + " from " + address;
        attempts.require(guesser, address);
        List<ProgramSecret> known = database.read(handle -> store.secretsOf(handle, clientId, clock.millis()));
        Optional<ProgramSecret> shown = matching(known, Secrets.hash(secret));
        Optional<Caller> caller = shown.flatMap(right -> identities.caller(workspace, right.program()));
        if (caller.isEmpty()) {
            attempts.failed(guesser, address);
            throw refused(known, address);
        }
        attempts.succeeded(guesser);
        admit.accept(caller.get());
        Scopes.of(scope);
        ProgramSecret right = shown.orElseThrow();
        String token = tokens.issue(
                caller.get(), new Grant(Grant.Kind.SECRET, right.id(), workspace, right.program(), clientId));
        return new Issued(token, AccessTokens.LIFE, Scopes.KNOWN.get(0), Optional.empty());
    }

    private static Optional<ProgramSecret> matching(List<ProgramSecret> known, String hash) {
        Optional<ProgramSecret> found = Optional.empty();
        boolean unused = SessionTokens.sameBytes(NO_HASH, hash);
        for (ProgramSecret each : known) {
            if (SessionTokens.sameBytes(each.hash(), hash)) {
                found = Optional.of(each);
            }
        }
        return found;
    }

    private PlatformException refused(List<ProgramSecret> known, String address) {
        // Also of clients that are unknown: otherwise the time of the answer would tell which are known.
        String program = known.stream()
                .findFirst()
                .map(secret -> secret.program().toString())
                .orElse("unknown");
        database.change(tx -> facts.tell(
                tx,
                Caller.NOBODY.id(),
                new OauthFact.SecretRefused(Ref.ofAccount(Kind.SERVICE_PRINCIPAL, program), address)));
        return OauthError.INVALID_CLIENT.because(WRONG);
    }
}
