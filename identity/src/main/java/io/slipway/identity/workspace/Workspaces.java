package io.slipway.identity.workspace;

import io.slipway.identity.Assignments;
import io.slipway.identity.Caller;
import io.slipway.identity.Permissions;
import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Described;
import io.slipway.store.Facts;
import io.slipway.store.Manifest;
import io.slipway.store.Tx;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * The door to workspaces. Admins of the account make and delete them; a new one is there at once, with whoever made it as its admin.
 * When one is deleted nobody is in it any more, from then on; rooms hear of it and end what was in it.
 */
public final class Workspaces {
    private static final int LONGEST_NAME = 100;

    /** A label of a host name (RFC 1123). */
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** Host names that are no workspace's. */
    private static final List<String> RESERVED = List.of("accounts", "s3", "www");

    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final Ids ids;
    private final Permissions permissions;
    private final Assignments assignments;
    private final WorkspaceStore store = new WorkspaceStore();
    private final AccountPartStore parts = new AccountPartStore();

    Workspaces(Base base, Permissions permissions, Assignments assignments) {
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.ids = base.ids();
        this.permissions = permissions;
        this.assignments = assignments;
    }

    public Described<Workspace> create(Caller caller, Workspace.Wanted wanted, Manifest manifest) {
        permissions.requireAdmin(caller, "make workspaces");
        requireName(wanted.name());
        return database.write(tx -> {
            requireParts(tx.sql(), wanted.parts());
            Workspace workspace = new Workspace(
                    new WorkspaceId(ids.number()), wanted.at(deployment(tx.sql(), wanted)), clock.millis());
            store.insert(tx.sql(), workspace, manifest);
            assignments.open(tx, workspace.id(), caller.id());
            facts.tell(
                    tx,
                    caller.id(),
                    new WorkspaceFact.Created(workspace.ref(), workspace.name(), workspace.deployment()));
            return new Described<>(workspace, manifest);
        });
    }

    public List<Described<Workspace>> list(Caller caller) {
        permissions.requireAdmin(caller, "see all workspaces");
        return database.read(store::all);
    }

    public Described<Workspace> get(Caller caller, WorkspaceId id) {
        permissions.requireAdmin(caller, "see any workspace");
        return database.read(handle -> load(handle, id));
    }

    /** @param change from what there is to what is wanted, with what was sent for it; the host name stays */
    public Described<Workspace> change(
            Caller caller, WorkspaceId id, UnaryOperator<Described<Workspace.Wanted>> change) {
        permissions.requireAdmin(caller, "change workspaces");
        return database.write(tx -> {
            Described<Workspace> before = load(tx.sql(), id);
            Workspace was = before.thing();
            Described<Workspace.Wanted> wanted = change.apply(new Described<>(was.wanted(), before.manifest()));
            requireName(wanted.thing().name());
            requireParts(tx.sql(), wanted.thing().parts());
            Workspace now = new Workspace(id, wanted.thing().at(was.deployment()), was.createdAt());
            store.update(tx.sql(), now, wanted.manifest());
            facts.tell(tx, caller.id(), new WorkspaceFact.Changed(now.ref(), now.name()));
            return new Described<>(now, wanted.manifest());
        });
    }

    /** The last that is left, and the first of all, which addresses mean that name none, stay. */
    public void delete(Caller caller, WorkspaceId id) {
        permissions.requireAdmin(caller, "delete workspaces");
        database.change(tx -> {
            Workspace workspace = load(tx.sql(), id).thing();
            if (id.equals(WorkspaceId.FIRST)) {
                throw PlatformException.invalidState(
                        "Workspace " + workspace.name() + " is the first of this installation and cannot be deleted.");
            }
            end(tx, workspace);
            facts.tell(tx, caller.id(), new WorkspaceFact.Deleted(workspace.ref()));
        });
    }

    private void end(Tx tx, Workspace workspace) {
        store.gone(tx.sql(), workspace.id(), clock.millis());
        assignments.close(tx, workspace.id());
    }

    /** The workspace at a host whose name begins with this label. */
    public Optional<WorkspaceId> at(String label) {
        return database.read(handle -> store.at(handle, label.toLowerCase(Locale.ROOT)));
    }

    /** All that there are. */
    public List<WorkspaceId> ids() {
        return database.read(handle -> store.all(handle).stream()
                .map(workspace -> workspace.thing().id())
                .toList());
    }

    /** The workspaces in which somebody is, by name. */
    public List<Workspace> of(Caller caller) {
        return database.read(handle -> store.among(handle, assignments.of(handle, caller.id())));
    }

    private Described<Workspace> load(Handle handle, WorkspaceId id) {
        return store.find(handle, id)
                .orElseThrow(() -> PlatformException.notFound("There is no workspace " + id + "."));
    }

    private void requireParts(Handle handle, Map<PartKind, String> wanted) {
        wanted.forEach((kind, id) -> {
            if (parts.find(handle, kind, id).isEmpty()) {
                throw AccountParts.missing(kind, id);
            }
        });
    }

    private static void requireName(String name) {
        if (name.isBlank() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw PlatformException.invalid("workspace_name must have 1 to " + LONGEST_NAME + " visible characters.");
        }
    }

    private String deployment(Handle handle, Workspace.Wanted wanted) {
        String asked = wanted.deployment().toLowerCase(Locale.ROOT);
        if (!asked.isEmpty()) {
            if (!LABEL.matcher(asked).matches() || RESERVED.contains(asked)) {
                throw PlatformException.invalid("deployment_name must be the first label of a host name: letters,"
                        + " digits and dashes; and not one of " + String.join(", ", RESERVED) + ".");
            }
            if (store.at(handle, asked).isPresent()) {
                throw new PlatformException(
                        ErrorCode.ALREADY_EXISTS, "There is a workspace with deployment name " + asked + " already.");
            }
            return asked;
        }
        String made = label(wanted.name());
        return store.at(handle, made).isEmpty() && !RESERVED.contains(made)
                ? made
                : made.substring(0, Math.min(made.length(), 40)) + "-" + ids.secretHex(4);
    }

    private static String label(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String cut = plain.substring(0, Math.min(plain.length(), 50)).replaceAll("^-+|-+$", "");
        return cut.isEmpty() ? "workspace" : cut;
    }
}
