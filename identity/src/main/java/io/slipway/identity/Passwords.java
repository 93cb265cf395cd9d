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

/**
 * The door for people: they choose a password by a link that works once and sign in with it from then on. What is stored cannot be
 * turned back into a password or a link; who guesses is made to wait.
 */
public final class Passwords {
    private static final Duration INVITATION_LIFE = Duration.ofDays(7);
    private static final int SHORTEST = 10;
    /** Longer ones only cost time. */
    private static final int LONGEST = 200;

    private static final String WRONG = "The user name or the password is wrong.";

    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final Ids ids;
    private final Permissions permissions;
    private final Identities identities;
    private final BrowserSessions sessions;
    private final PasswordHashes hashes;
    private final Attempts attempts;
    private final PasswordStore store = new PasswordStore();
    private final IdentityStore users = new IdentityStore();
    private final DirectoryStore directory = new DirectoryStore();
    private final BrowserSessionStore ended = new BrowserSessionStore();
    private final AccountRights account = new AccountRights();

    Passwords(Base base, Permissions permissions, Identities identities, BrowserSessions sessions) {
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.ids = base.ids();
        this.permissions = permissions;
        this.identities = identities;
        this.sessions = sessions;
        this.hashes = new PasswordHashes(base.ids());
        this.attempts = new Attempts(base.clock());
    }

    /** The code of a link with which the user chooses a password, once, within a week. One that was made before works no more. */
    public String invite(Caller caller, PrincipalId user) {
        permissions.requireAdmin(caller, "invite users");
        String code = ids.secretUrl(24);
        database.change(tx -> {
            Entry entry = directory
                    .find(tx.sql(), caller.workspace(), user)
                    .filter(found -> found.kind() == PrincipalKind.USER)
                    .orElseThrow(() -> PlatformException.notFound("User " + user + " does not exist."));
            account.require(tx.sql(), caller, user, entry.content().name());
            if (!entry.content().active()) {
                throw PlatformException.invalid(
                        "User " + entry.content().name() + " is not active: no link would let them in.");
            }
            store.forgetInvitations(tx.sql(), clock.millis());
            store.deleteInvitations(tx.sql(), user);
            store.insert(
                    tx.sql(),
                    Secrets.hash(code),
                    caller.workspace(),
                    user,
                    clock.millis() + INVITATION_LIFE.toMillis());
            facts.tell(tx, caller.id(), new IdentityFact.Invited(Ref.ofAccount(Kind.USER, user.toString())));
        });
        return code;
    }

    /** Whom a link is for, and where they will be. */
    public Caller invited(String code) {
        return database.read(handle -> store.invitation(handle, Secrets.hash(code), clock.millis())
                .flatMap(invitation -> identities.caller(handle, invitation.workspace(), invitation.user()))
                .orElseThrow(Passwords::over));
    }

    /** Takes the link and the password; the secret of a new session. Sessions of before end. */
    public String choose(String code, String password) {
        requireGood(password);
        String hash = hashes.of(password);
        return database.write(tx -> {
            PasswordStore.Invitation invitation = store.invitation(tx.sql(), Secrets.hash(code), clock.millis())
                    .orElseThrow(Passwords::over);
            Caller caller = identities
                    .caller(tx, invitation.workspace(), invitation.user())
                    .orElseThrow(Passwords::over);
            permissions.require(tx, caller, Right.USE, SignIn.PASSWORDS.of(invitation.workspace()));
            store.deleteInvitations(tx.sql(), invitation.user());
            write(tx, invitation.user(), hash);
            return sessions.begin(tx, invitation.workspace(), invitation.user(), Optional.empty());
        });
    }

    /**
     * The secret of a new session of this user.
     *
     * @param address from which they come
     * @param named the workspace in which the session is to be; empty: the first that they are in
     */
    public String signIn(String userName, String password, String address, Optional<WorkspaceId> named) {
        attempts.require(Names.key(userName), address);
        Optional<Principal> user = database.read(handle -> users.principal(handle, WorkspaceId.ACCOUNT, userName)
                .flatMap(found -> users.actor(handle, found.id())));
        Optional<String> hash = user.flatMap(known -> database.read(handle -> store.hash(handle, known.id())));
        // An unknown user costs the time of a known one.
        boolean right = hashes.matches(password, hash);
        Optional<WorkspaceId> workspace = user.flatMap(known -> database.read(handle -> named.or(
                        () -> store.first(handle, known.id()))
                .filter(where -> identities.caller(handle, where, known.id()).isPresent())));
        if (!right || workspace.isEmpty()) {
            attempts.failed(Names.key(userName), address);
            // Also of names that nobody has: otherwise the time of the answer would tell which are known.
            String whom = user.map(known -> known.id().toString()).orElse("unknown");
            database.change(tx -> facts.tell(
                    tx, Caller.NOBODY.id(), new IdentityFact.Refused(Ref.ofAccount(Kind.USER, whom), address)));
            throw new PlatformException(ErrorCode.UNAUTHENTICATED, WRONG);
        }
        attempts.succeeded(Names.key(userName));
        return database.write(tx -> {
            PrincipalId id = user.orElseThrow().id();
            Caller caller = identities.caller(tx, workspace.get(), id).orElseThrow(Passwords::over);
            permissions.require(tx, caller, Right.USE, SignIn.PASSWORDS.of(workspace.get()));
            return sessions.begin(tx, workspace.get(), id, Optional.empty());
        });
    }

    /** Another password of the caller; their sessions end. */
    public void change(Caller caller, String before, String after) {
        requireGood(after);
        attempts.require(Names.key(caller.name()), "");
        if (!hashes.matches(before, database.read(handle -> store.hash(handle, caller.id())))) {
            attempts.failed(Names.key(caller.name()), "");
            throw PlatformException.invalid("The password of before is wrong.");
        }
        String hash = hashes.of(after);
        database.change(tx -> write(tx, caller.id(), hash));
    }

    private void write(Tx tx, PrincipalId user, String hash) {
        store.write(tx.sql(), user, hash, clock.millis());
        ended.deleteOfUser(tx.sql(), Optional.empty(), user);
        facts.tell(tx, user, new IdentityFact.PasswordChanged(Ref.ofAccount(Kind.USER, user.toString())));
    }

    private static void requireGood(String password) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST || length > LONGEST) {
            throw PlatformException.invalid("A password has " + SHORTEST + " to " + LONGEST + " characters.");
        }
        if (password.codePoints().distinct().count() < 4) {
            throw PlatformException.invalid("A password has more than three different characters.");
        }
    }

    private static PlatformException over() {
        return new PlatformException(
                ErrorCode.UNAUTHENTICATED,
                "This link was used already, was replaced by another or is older than a week. Ask for a new one.");
    }
}
