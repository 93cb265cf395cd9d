package io.slipway.identity.workspace;

import io.slipway.identity.Caller;
import io.slipway.identity.Permissions;
import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.Kind;
import io.slipway.kit.PlatformException;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import io.slipway.store.Manifest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The door to what an account keeps to make workspaces of: for admins of the account. */
public final class AccountParts {
    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final Ids ids;
    private final Permissions permissions;
    private final AccountPartStore store = new AccountPartStore();
    private final WorkspaceStore workspaces = new WorkspaceStore();

    AccountParts(Base base, Permissions permissions) {
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.ids = base.ids();
        this.permissions = permissions;
    }

    public AccountPart create(Caller caller, PartKind kind, String name, Manifest manifest) {
        permissions.requireAdmin(caller, "make a " + kind.title());
        return database.write(tx -> {
            if (store.named(tx.sql(), kind, name)) {
                throw new PlatformException(
                        ErrorCode.ALREADY_EXISTS, "There is a " + kind.title() + " with name " + name + " already.");
            }
            AccountPart part = new AccountPart(ids.uuid(), kind, name, manifest, clock.millis());
            store.insert(tx.sql(), part);
            facts.tell(
                    tx,
                    caller.id(),
                    new WorkspaceFact.PartAdded(ref(part), kind.name().toLowerCase(Locale.ROOT), name));
            return part;
        });
    }

    public List<AccountPart> list(Caller caller, PartKind kind) {
        permissions.requireAdmin(caller, "see each " + kind.title());
        return database.read(handle -> store.all(handle, kind));
    }

    public AccountPart get(Caller caller, PartKind kind, String id) {
        permissions.requireAdmin(caller, "see a " + kind.title());
        return database.read(handle -> store.find(handle, kind, id).orElseThrow(() -> missing(kind, id)));
    }

    /** The workspace that is made of it; of several the first. */
    public Optional<WorkspaceId> user(AccountPart part) {
        return database.read(handle -> workspaces.userOf(handle, part.kind(), part.id()));
    }

    /** Refused while a workspace is made of it. */
    public AccountPart delete(Caller caller, PartKind kind, String id) {
        permissions.requireAdmin(caller, "delete a " + kind.title());
        return database.write(tx -> {
            AccountPart part = store.find(tx.sql(), kind, id).orElseThrow(() -> missing(kind, id));
            workspaces.user(tx.sql(), part).ifPresent(name -> {
                throw new PlatformException(
                        ErrorCode.CONFLICT, "The " + kind.title() + " is in use by workspace " + name + ".");
            });
            store.delete(tx.sql(), id);
            facts.tell(tx, caller.id(), new WorkspaceFact.PartDeleted(ref(part)));
            return part;
        });
    }

    private static Ref ref(AccountPart part) {
        return Ref.ofAccount(Kind.ACCOUNT_PART, part.id());
    }

    static PlatformException missing(PartKind kind, String id) {
        return PlatformException.notFound("There is no " + kind.title() + " " + id + ".");
    }
}
