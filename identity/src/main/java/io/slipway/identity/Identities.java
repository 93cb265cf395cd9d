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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The door to users and tokens. Only hashes of tokens are stored. */
public final class Identities {
    /** Either entitles to use a workspace. */
    private static final Set<String> ACCESS = Set.of("workspace-access", "databricks-sql-access");

    private static final String TOKEN_PREFIX = "dapi";
    private static final int LONGEST_COMMENT = 256;

    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final Ids ids;
    private final IdentityStore store = new IdentityStore();
    private final DirectoryStore directory = new DirectoryStore();
    private final MembershipStore memberships = new MembershipStore();
    private final BrowserSessionStore sessions = new BrowserSessionStore();
    private final Permissions permissions = new Permissions();
    private final TokenUses uses;

    public Identities(Base base) {
        this.uses = new TokenUses(base.database());
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.ids = base.ids();
    }

    /**
     * The first admin, of the account and of the first workspace; made at the first start, the same at every later one. Empty:
     * another admin has taken them out.
     */
    public Optional<Caller> bootstrapAdmin(String userName) {
        return database.write(tx -> store.principal(tx.sql(), WorkspaceId.ACCOUNT, userName)
                .map(known -> caller(tx, WorkspaceId.FIRST, known.id()))
                .orElseGet(() -> {
                    PrincipalId id = new PrincipalId(ids.number());
                    directory.insert(
                            tx.sql(),
                            id,
                            PrincipalKind.USER,
                            WorkspaceId.ACCOUNT,
                            Entry.Content.named(userName),
                            clock.millis());
                    memberships.assign(tx.sql(), WorkspaceId.FIRST, id, Set.of(), Set.of());
                    memberships.assign(tx.sql(), WorkspaceId.ACCOUNT, id, Set.of(), Set.of(Directory.ACCOUNT_ADMIN));
                    for (WorkspaceId where : List.of(WorkspaceId.FIRST, WorkspaceId.ACCOUNT)) {
                        memberships.join(tx.sql(), where, PrincipalId.ADMINS, Set.of(id));
                    }
                    facts.tell(
                            tx,
                            PrincipalId.SYSTEM,
                            new IdentityFact.Created(
                                    Ref.ofAccount(Kind.USER, id.toString()), new IdentityFact.Named(userName)));
                    return caller(tx, WorkspaceId.FIRST, id);
                }));
    }

    /** Whether the text has the form of a personal access token. */
    public static boolean looksLikeToken(String text) {
        return text.startsWith(TOKEN_PREFIX);
    }

    /** Who holds this token value. Empty: unknown, revoked or expired. */
    public Optional<Caller> authenticate(String tokenValue) {
        if (!looksLikeToken(tokenValue)) {
            return Optional.empty();
        }
        String hash = Secrets.hash(tokenValue);
        long now = clock.millis();
        Optional<Caller> holder = database.read(handle ->
                store.byTokenHash(handle, hash, now).flatMap(claim -> caller(handle, claim.workspace(), claim.user())));
        holder.ifPresent(unused -> uses.used(hash, now));
        return holder;
    }

    /** The id of the token with this value; empty for values that are remembered nowhere. */
    public Optional<String> tokenId(String tokenValue) {
        return database.read(handle -> store.tokenId(handle, Secrets.hash(tokenValue)));
    }

    /**
     * This user or service principal as one who asks now, for what is done on their behalf: with the groups of today. Empty: they are
     * not there any more, not active, or not in this workspace.
     */
    public Optional<Caller> caller(WorkspaceId workspace, PrincipalId user) {
        return database.read(handle -> caller(handle, workspace, user));
    }

    /** As {@link #caller(WorkspaceId, PrincipalId)}, within a transaction. */
    public Optional<Caller> caller(Tx tx, WorkspaceId workspace, PrincipalId user) {
        return caller(tx.sql(), workspace, user);
    }

    Optional<Caller> caller(Handle handle, WorkspaceId workspace, PrincipalId user) {
        return store.actor(handle, user).flatMap(principal -> {
            Set<PrincipalId> all = memberships.upwards(handle, workspace, user);
            Caller caller = Caller.user(workspace, principal, all);
            if (workspace.equals(WorkspaceId.ACCOUNT)) {
                return Optional.of(caller);
            }
            Map<PrincipalId, Set<String>> assigned = memberships.assigned(handle, workspace, caller.principals());
            if (Collections.disjoint(assigned.keySet(), all)) {
                return Optional.empty();
            }
            boolean access = assigned.values().stream().anyMatch(entitled -> !Collections.disjoint(entitled, ACCESS));
            return Optional.of(access ? caller : caller.withoutAccess());
        });
    }

    /** As {@link #caller(WorkspaceId, PrincipalId)}; throws PERMISSION_DENIED where nobody is left to act for. */
    public Caller acting(WorkspaceId workspace, Principal user) {
        return caller(workspace, user.id())
                .orElseThrow(() -> new PlatformException(
                        ErrorCode.PERMISSION_DENIED, "User " + user.name() + " is not there any more."));
    }

    /** The user, service principal or group of this name, in any case. */
    public Optional<Principal> principal(Tx tx, WorkspaceId workspace, String name) {
        return store.principal(tx.sql(), workspace, name);
    }

    /** The active user or service principal of the account that has this name, in any case. */
    public Optional<Principal> actor(String name) {
        return database.read(handle ->
                store.principal(handle, WorkspaceId.ACCOUNT, name).flatMap(found -> store.actor(handle, found.id())));
    }

    /** As {@link #principal(Tx, WorkspaceId, String)}, of this kind and in the workspace. */
    public Optional<Principal> principal(Tx tx, WorkspaceId workspace, PrincipalKind kind, String name) {
        return directory.named(tx.sql(), workspace, kind, name);
    }

    /** Token API 2.0, create. {@code lifetime} empty = never expires. */
    public Token.Created createToken(Caller caller, String comment, Optional<Duration> lifetime) {
        return createToken(caller, caller.id(), comment, lifetime);
    }

    /** A token with which {@code holder} acts in the caller's workspace. */
    Token.Created createToken(Caller caller, PrincipalId holder, String comment, Optional<Duration> lifetime) {
        checkComment(comment);
        if (lifetime.isPresent() && (lifetime.get().isZero() || lifetime.get().isNegative())) {
            throw PlatformException.invalid("lifetime_seconds must be positive.");
        }
        String value = TOKEN_PREFIX + ids.secretHex(16);
        long now = clock.millis();
        Token token = new Token(
                ids.secretHex(32),
                caller.workspace(),
                holder,
                comment,
                now,
                lifetime.map(life -> now + life.toMillis()));
        database.change(tx -> {
            permissions.require(tx, caller, Right.USE, SignIn.TOKENS.of(caller.workspace()));
            store.insert(tx.sql(), token, Secrets.hash(value), caller.id());
            facts.tell(
                    tx,
                    caller.id(),
                    new IdentityFact.Created(
                            Ref.of(Kind.TOKEN, caller.workspace(), token.id()), Map.of("comment", comment)));
        });
        return new Token.Created(token, value);
    }

    static void checkComment(String comment) {
        if (comment.length() > LONGEST_COMMENT) {
            throw PlatformException.invalid("Comment is longer than " + LONGEST_COMMENT + " characters.");
        }
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
