package io.slipway.identity;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.Kind;
import io.slipway.kit.PlatformException;
import io.slipway.kit.Ref;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import io.slipway.store.Tx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The door for admins to the tokens of everybody in their workspace, and to those of programs. */
public final class WorkspaceTokens {
    private final Database database;
    private final Facts facts;
    private final Permissions permissions;
    private final Identities identities;
    private final TokenStore store = new TokenStore();
    private final BrowserSessionStore sessions = new BrowserSessionStore();
    private final DirectoryStore directory = new DirectoryStore();
    private final IdentityStore people = new IdentityStore();
    private final ActingRights acting;

    WorkspaceTokens(Base base, Permissions permissions, Identities identities, ActingRights acting) {
        this.acting = acting;
        this.database = base.database();
        this.facts = base.facts();
        this.permissions = permissions;
        this.identities = identities;
    }

    /**
     * A token with the names that belong to it.
     *
     * @param owner as whom its holder acts
     * @param usedOn start of the day of its last use, epoch milliseconds
     */
    public record Held(Token token, Principal owner, Principal createdBy, Optional<Long> usedOn) {}

    public List<Held> list(Caller caller) {
        permissions.requireAdmin(caller, "see tokens of others");
        return database.read(handle -> store.all(handle, caller.workspace()));
    }

    public Held get(Caller caller, String id) {
        permissions.requireAdmin(caller, "see tokens of others");
        return database.read(handle -> store.get(handle, caller.workspace(), id))
                .orElseThrow(() -> missing(id));
    }

    /** Of any token of the workspace. */
    public void comment(Caller caller, String id, String comment) {
        permissions.requireAdmin(caller, "change tokens of others");
        comment(caller, id, comment, false);
    }

    /** Of a token of the caller's own. */
    public void commentOwn(Caller caller, String id, String comment) {
        comment(caller, id, comment, true);
    }

    private void comment(Caller caller, String id, String comment, boolean own) {
        Identities.checkComment(comment);
        database.change(tx -> {
            Held held = store.get(tx.sql(), caller.workspace(), id)
                    .filter(found -> !own || found.owner().id().equals(caller.id()))
                    .orElseThrow(() -> missing(id));
            store.comment(tx.sql(), id, comment);
            facts.tell(tx, caller.id(), new IdentityFact.Changed(ref(held), new IdentityFact.Named(comment)));
        });
    }

    /** Sessions of browsers that began with the token end. */
    public void delete(Caller caller, String id) {
        permissions.requireAdmin(caller, "delete tokens of others");
        database.change(tx -> {
            Held held = store.get(tx.sql(), caller.workspace(), id).orElseThrow(() -> missing(id));
            sessions.deleteOfToken(tx.sql(), id);
            store.delete(tx.sql(), id);
            facts.tell(tx, caller.id(), new IdentityFact.Deleted(ref(held)));
        });
    }

    /** A token of a service principal of the workspace, which cannot sign in to make one. {@code lifetime} empty = never expires. */
    public Token.Created createFor(Caller caller, String applicationId, String comment, Optional<Duration> lifetime) {
        permissions.requireAdmin(caller, "create tokens on behalf of service principals");
        Principal program = database.write(tx -> {
            Principal found = program(tx, caller, applicationId);
            acting.requireToken(tx.sql(), caller, found);
            return found;
        });
        return identities.createToken(caller, program.id(), comment, lifetime);
    }

    private Principal program(Tx tx, Caller caller, String applicationId) {
        return people.principal(tx.sql(), caller.workspace(), applicationId)
                .filter(found ->
                        directory.kind(tx.sql(), found.id()).equals(Optional.of(PrincipalKind.SERVICE_PRINCIPAL)))
                .filter(found ->
                        identities.caller(tx, caller.workspace(), found.id()).isPresent())
                .orElseThrow(() -> PlatformException.notFound(
                        "Service principal " + applicationId + " does not exist in this workspace."));
    }

    private static Ref ref(Held held) {
        return Ref.of(Kind.TOKEN, held.token().workspace(), held.token().id());
    }

    private static PlatformException missing(String id) {
        return new PlatformException(ErrorCode.NOT_FOUND, "Token with ID " + id + " does not exist.");
    }
}
