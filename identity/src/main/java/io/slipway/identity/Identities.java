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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The door to users and tokens. Only hashes of tokens are stored. */
public final class Identities {
    private static final String TOKEN_PREFIX = "dapi";
    private static final int LONGEST_COMMENT = 256;

    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final Ids ids;
    private final IdentityStore store = new IdentityStore();
    private final BrowserSessionStore sessions = new BrowserSessionStore();

    public Identities(Base base) {
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.ids = base.ids();
    }

    /** The first admin; made at the first start, the same at every later one. */
    public User bootstrapAdmin(String userName) {
        return database.write(tx -> store.byName(tx.sql(), WorkspaceId.FIRST, userName)
                .orElseGet(() -> {
                    PrincipalId id = new PrincipalId(ids.number());
                    User user = new User(
                            WorkspaceId.FIRST,
                            new Principal(id, userName),
                            userName,
                            Set.of(PrincipalId.ADMINS),
                            clock.millis());
                    store.insert(tx.sql(), user);
                    facts.tell(
                            tx,
                            PrincipalId.SYSTEM,
                            new IdentityFact.Created(Ref.ofAccount(Kind.USER, id.toString()), user));
                    return user;
                }));
    }

    /** Who holds this token value. Empty: unknown, revoked or expired. */
    public Optional<Caller> authenticate(String tokenValue) {
        if (!tokenValue.startsWith(TOKEN_PREFIX)) {
            return Optional.empty();
        }
        return database.read(handle -> store.byTokenHash(handle, Secrets.hash(tokenValue), clock.millis()))
                .map(User::caller);
    }

    /** The id of the token with this value; empty for values that are remembered nowhere. */
    public Optional<String> tokenId(String tokenValue) {
        return database.read(handle -> store.tokenId(handle, Secrets.hash(tokenValue)));
    }

    /**
     * This user as one who asks now, for what is done on their behalf: with the groups of today. Empty: there is no such user any
     * more.
     */
    public Optional<Caller> caller(WorkspaceId workspace, PrincipalId user) {
        return database.read(handle -> store.byId(handle, workspace, user)).map(User::caller);
    }

    /** As {@link #caller(WorkspaceId, PrincipalId)}, within a transaction. */
    public Optional<Caller> caller(Tx tx, WorkspaceId workspace, PrincipalId user) {
        return store.byId(tx.sql(), workspace, user).map(User::caller);
    }

    /** As {@link #caller(WorkspaceId, PrincipalId)}; throws PERMISSION_DENIED where nobody is left to act for. */
    public Caller acting(WorkspaceId workspace, Principal user) {
        return caller(workspace, user.id())
                .orElseThrow(() -> new PlatformException(
                        ErrorCode.PERMISSION_DENIED, "User " + user.name() + " is not there any more."));
    }

    /** The user or group of this name, in any case. */
    public Optional<Principal> principal(Tx tx, String name) {
        return store.principal(tx.sql(), name);
    }

    public User me(Caller caller) {
        return database.read(handle -> store.byId(handle, caller.workspace(), caller.id()))
                .orElseThrow(() -> PlatformException.notFound("User " + caller.name() + " does not exist."));
    }

    /** Token API 2.0, create. {@code lifetime} empty = never expires. */
    public Token.Created createToken(Caller caller, String comment, Optional<Duration> lifetime) {
        if (comment.length() > LONGEST_COMMENT) {
            throw PlatformException.invalid("Comment is longer than " + LONGEST_COMMENT + " characters.");
        }
        if (lifetime.isPresent() && (lifetime.get().isZero() || lifetime.get().isNegative())) {
            throw PlatformException.invalid("lifetime_seconds must be positive.");
        }
        String value = TOKEN_PREFIX + ids.secretHex(16);
        long now = clock.millis();
        Token token = new Token(
                ids.secretHex(32),
                caller.workspace(),
                caller.id(),
                comment,
                now,
                lifetime.map(life -> now + life.toMillis()));
        database.change(tx -> {
            store.insert(tx.sql(), token, Secrets.hash(value));
            facts.tell(
                    tx,
                    caller.id(),
                    new IdentityFact.Created(
                            Ref.of(Kind.TOKEN, caller.workspace(), token.id()), Map.of("comment", comment)));
        });
        return new Token.Created(token, value);
    }

    public List<Token> tokens(Caller caller) {
        return database.read(handle -> store.tokens(handle, caller.workspace(), caller.id()));
    }

    /** Token API 2.0, delete. Sessions of browsers that began with the token end. */
    public void deleteToken(Caller caller, String tokenId) {
        database.change(tx -> {
            sessions.deleteOfToken(tx.sql(), tokenId);
            if (store.deleteToken(tx.sql(), tokenId, caller.id()) == 0) {
                throw new PlatformException(ErrorCode.NOT_FOUND, "Token with ID " + tokenId + " does not exist.");
            }
            facts.tell(tx, caller.id(), new IdentityFact.Deleted(Ref.of(Kind.TOKEN, caller.workspace(), tokenId)));
        });
    }
}
