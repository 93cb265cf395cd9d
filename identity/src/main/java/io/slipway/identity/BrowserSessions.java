package io.slipway.identity;

import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.Kind;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import io.slipway.store.Tx;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The door to sessions of browsers, and to the codes with which one begins without typing a token. Only hashes are stored. A session
 * ends when it was not used for a week, and with the token that it began with; a code works once.
 */
public final class BrowserSessions {
    /** How long a session may stay unused. */
    public static final Duration IDLE = Duration.ofDays(7);

    private static final Duration CODE_LIFE = Duration.ofMinutes(10);

    /** A use is written down at most so often: otherwise every look at a page would be a write. */
    private static final Duration USE_NOTED = Duration.ofMinutes(10);

    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final Ids ids;
    private final BrowserSessionStore store = new BrowserSessionStore();
    private final AccountRights account = new AccountRights();
    private final Identities identities;

    public BrowserSessions(Base base, Identities identities) {
        this.identities = identities;
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.ids = base.ids();
    }

    /**
     * A code that turns into a session of {@code caller} once, within ten minutes.
     *
     * @param tokenId the token that the caller came with, or that their own session began with: what comes of the code ends with it
     */
    public String code(Caller caller, Optional<String> tokenId) {
        String code = ids.secretUrl(24);
        database.change(tx -> {
            store.forgetCodes(tx.sql(), clock.millis());
            store.insertCode(tx.sql(), Secrets.hash(code), caller, tokenId, clock.millis() + CODE_LIFE.toMillis());
        });
        return code;
    }

    /** The secret of a new session, which ends with the token of this id. */
    public String begin(Caller caller, Optional<String> tokenId) {
        return database.write(tx -> begin(tx, caller.workspace(), caller.id(), tokenId));
    }

    /** The secret of a new session of whoever the code was made for. */
    public String redeem(String code) {
        return database.write(tx -> {
            BrowserSessionStore.Invited invited = store.takeCode(tx.sql(), Secrets.hash(code), clock.millis())
                    .orElseThrow(() -> new PlatformException(
                            ErrorCode.UNAUTHENTICATED,
                            "This sign-in link was used already or is older than ten minutes."));
            return begin(tx, invited.workspace(), invited.user(), invited.tokenId());
        });
    }

    String begin(Tx tx, WorkspaceId workspace, PrincipalId user, Optional<String> tokenId) {
        String secret = ids.secretUrl(32);
        long now = clock.millis();
        store.forgetSessions(tx.sql(), now - IDLE.toMillis());
        store.insertSession(tx.sql(), Secrets.hash(secret), workspace, user, tokenId, now);
        facts.tell(tx, user, new IdentityFact.Begun(Ref.of(Kind.SESSION, workspace, user.number())));
        return secret;
    }

    /** As {@link #authenticate(String, Optional)}, where the request names no workspace. */
    public Optional<Caller> authenticate(String secret) {
        return authenticate(secret, Optional.empty());
    }

    /**
     * Whose session this is; empty if it is unknown, ended or was idle for too long, or if its token has expired.
     *
     * @param named the workspace that a request names; empty: the one that the session is in
     * @throws PlatformException PERMISSION_DENIED if they may not be there
     */
    public Optional<Caller> authenticate(String secret, Optional<WorkspaceId> named) {
        String hash = Secrets.hash(secret);
        long now = clock.millis();
        Optional<BrowserSessionStore.Session> found = find(hash, now);
        if (found.filter(session -> session.usedAt() < now - USE_NOTED.toMillis())
                .isPresent()) {
            database.change(tx -> store.used(tx.sql(), hash, now));
        }
        return found.flatMap(session -> {
            WorkspaceId workspace = named.orElse(session.workspace());
            return workspace.equals(session.workspace())
                    ? identities.caller(workspace, session.user())
                    : Optional.of(database.read(handle -> visitor(handle, session, workspace)));
        });
    }

    /** From now on the session is in this workspace, where a request names none. */
    public Caller move(String secret, WorkspaceId workspace) {
        String hash = Secrets.hash(secret);
        return database.write(tx -> {
            BrowserSessionStore.Session session = store.session(
                            tx.sql(), hash, clock.millis() - IDLE.toMillis(), clock.millis())
                    .orElseThrow(() ->
                            new PlatformException(ErrorCode.UNAUTHENTICATED, "The session is over. Sign in again."));
            Caller caller = visitor(tx.sql(), session, workspace);
            store.move(tx.sql(), hash, workspace);
            return caller;
        });
    }

    /** A token is of one workspace, and so is a session that began with one, unless it is an admin's of the account. */
    private Caller visitor(Handle handle, BrowserSessionStore.Session session, WorkspaceId workspace) {
        boolean bound = !workspace.equals(session.workspace())
                && session.tokenId().isPresent()
                && !account.administers(handle, session.user());
        if (bound) {
            throw new PlatformException(
                    ErrorCode.PERMISSION_DENIED,
                    "This session began with a token of workspace " + session.workspace()
                            + ". Sign in with a password to be in another.");
        }
        return identities
                .caller(handle, workspace, session.user())
                .orElseThrow(() -> new PlatformException(
                        ErrorCode.PERMISSION_DENIED, "You are not in workspace " + workspace + "."));
    }

    /** The id of the token that the session began with. */
    public Optional<String> tokenId(String secret) {
        return find(Secrets.hash(secret), clock.millis()).flatMap(BrowserSessionStore.Session::tokenId);
    }

    private Optional<BrowserSessionStore.Session> find(String hash, long now) {
        return database.read(handle -> store.session(handle, hash, now - IDLE.toMillis(), now));
    }

    /** Ends the session; one that is not there is fine. */
    public void end(String secret) {
        database.change(tx -> store.delete(tx.sql(), Secrets.hash(secret)));
    }

    /**
     * What a page must show with every change that it asks for. It follows from the session's secret, which pages cannot read, so
     * a page of somebody else cannot know it.
     */
    public static String csrfToken(String secret) {
        return Secrets.hash("csrf:" + secret).substring(0, 32);
    }
}
