package io.slipway.identity;

import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import io.slipway.store.Tx;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/**
 * The door to users, service principals and groups: of the workspace in which the caller acts, or of the account. Users and service
 * principals belong to the account and are assigned to workspaces; a group that is made in a workspace is known there only. Everybody
 * in a workspace reads its directory, its admins write it.
 */
public final class Directory {
    /** The role of the account (SCIM of accounts, {@code roles}) whose holders administer it. */
    static final String ACCOUNT_ADMIN = "account_admin";

    private static final Set<PrincipalId> SYSTEM_GROUPS = Set.of(PrincipalId.ADMINS, PrincipalId.USERS);

    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final Ids ids;
    private final Permissions permissions;
    private final DirectoryStore store = new DirectoryStore();
    private final MembershipStore memberships = new MembershipStore();
    private final BrowserSessionStore sessions = new BrowserSessionStore();
    private final IdentityStore tokens = new IdentityStore();
    private final GrantStore grants = new GrantStore();
    private final AccountRights account = new AccountRights();
    private final RoleRights rights = new RoleRights();
    private final RoleStore roles = new RoleStore();

    Directory(Base base, Permissions permissions) {
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.ids = base.ids();
        this.permissions = permissions;
    }

    public DirectoryFilter.Found list(Caller caller, PrincipalKind kind, DirectoryFilter.Query query) {
        requireSeen(caller);
        return database.read(handle -> store.list(handle, caller.workspace(), kind, query));
    }

    /** Everybody sees who is in their workspace; who is in the account is its admins' to know. */
    private void requireSeen(Caller caller) {
        if (caller.workspace().equals(WorkspaceId.ACCOUNT)) {
            permissions.requireAdmin(caller, "see the directory of the account");
        }
    }

    /** Those who manage one of the account see it there too. */
    public Entry get(Caller caller, PrincipalKind kind, PrincipalId id) {
        return database.read(handle -> {
            boolean everywhere = caller.workspace().equals(WorkspaceId.ACCOUNT);
            if (everywhere && !rights.manages(handle, caller, kind, id)) {
                requireSeen(caller);
            }
            return load(handle, caller.workspace(), kind, id);
        });
    }

    /** The caller's own entry. */
    public Entry me(Caller caller) {
        return database.read(handle -> store.find(handle, caller.workspace(), caller.id()))
                .orElseThrow(() -> PlatformException.notFound("User " + caller.name() + " does not exist."));
    }

    /**
     * A user or service principal that other workspaces have already is assigned to this one. Whoever makes a service principal or a group
     * manages it.
     */
    public Entry create(Caller caller, PrincipalKind kind, Entry.Content asked) {
        permissions.requireAdmin(caller, "create users, groups and service principals");
        return database.write(tx -> {
            WorkspaceId workspace = caller.workspace();
            String name = name(kind, asked);
            WorkspaceId home = kind == PrincipalKind.GROUP ? workspace : WorkspaceId.ACCOUNT;
            Optional<PrincipalId> known = known(tx.sql(), home, name);
            if (known.isPresent()) {
                boolean joins = kind.acts()
                        && store.kind(tx.sql(), known.get()).equals(Optional.of(kind))
                        && !workspace.equals(WorkspaceId.ACCOUNT)
                        && !memberships.assigned(tx.sql(), workspace, known.get());
                if (!joins) {
                    throw taken(kind, name, workspace);
                }
            }
            Entry.Content called = asked.called(name);
            PrincipalId id = known.orElseGet(() -> new PrincipalId(ids.number()));
            if (known.isEmpty()) {
                store.insert(tx.sql(), id, kind, home, called, clock.millis());
                if (kind != PrincipalKind.USER && !caller.id().equals(PrincipalId.SYSTEM)) {
                    roles.put(tx.sql(), id, Role.managing(kind), caller.id());
                }
            } else if (account.may(tx.sql(), caller, id)) {
                store.update(tx.sql(), id, called, clock.millis());
            }
            memberships.assign(tx.sql(), workspace, id, asked.entitlements(), asked.roles());
            boolean unused = administers(tx.sql(), workspace, id, Set.of(), asked.roles());
            join(tx.sql(), workspace, id, asked.members());
            for (PrincipalId group : asked.groups()) {
                join(tx.sql(), workspace, group, Set.of(id));
            }
            Entry made = load(tx.sql(), workspace, kind, id);
            tell(tx, caller, new IdentityFact.Created(ref(made), new IdentityFact.Named(name)));
            return made;
        });
    }

    /**
     * Admins may change all of it; who only manages it may not change what it is allowed, and in which groups it is.
     *
     * @param change from what is written of the entry to what is to be written; runs within the transaction
     */
    public Entry change(Caller caller, PrincipalKind kind, PrincipalId id, UnaryOperator<Entry.Content> change) {
        return database.write(tx -> {
            requireManager(tx.sql(), caller, kind, id, "change");
            Entry before = load(tx.sql(), caller.workspace(), kind, id);
            Entry.Content asked = change.apply(before.written());
            if (!asked.equals(before.written())) {
                requireOwnFields(caller, before, asked);
                write(tx, caller, before, asked);
                tell(tx, caller, new IdentityFact.Changed(ref(before), new IdentityFact.Named(asked.name())));
            }
            return load(tx.sql(), caller.workspace(), kind, id);
        });
    }

    /**
     * In a workspace, takes a principal of the account out of it, with what they began there; otherwise the principal is no more, and
     * whoever gets the name later is somebody else.
     */
    public void delete(Caller caller, PrincipalKind kind, PrincipalId id) {
        database.change(tx -> {
            WorkspaceId workspace = caller.workspace();
            requireManager(tx.sql(), caller, kind, id, "delete");
            Entry entry = load(tx.sql(), workspace, kind, id);
            if (!entry.home().equals(workspace)) {
                permissions.requireAdmin(caller, "take somebody of the account out of a workspace");
            }
            if (SYSTEM_GROUPS.contains(id)) {
                throw PlatformException.invalid("Group " + entry.content().name() + " cannot be deleted.");
            }
            boolean everywhere = workspace.equals(WorkspaceId.ACCOUNT);
            Optional<WorkspaceId> where = everywhere ? Optional.empty() : Optional.of(workspace);
            sessions.deleteOfUser(tx.sql(), where, id);
            tokens.deleteTokens(tx.sql(), where, id);
            grants.deleteOf(tx.sql(), where, id);
            if (everywhere || entry.home().equals(workspace)) {
                store.gone(tx.sql(), id, clock.millis());
                roles.gone(tx.sql(), id);
            } else {
                memberships.unassign(tx.sql(), workspace, id);
            }
            requireAdmins(tx.sql());
            tell(tx, caller, new IdentityFact.Deleted(ref(entry)));
        });
    }

    /** A service principal whose secrets the caller may see; and make and delete, if {@code changes}. */
    public Entry program(Caller caller, PrincipalId id, boolean changes) {
        PrincipalKind kind = PrincipalKind.SERVICE_PRINCIPAL;
        return database.read(handle -> {
            requireManager(handle, caller, kind, id, changes ? "change" : "see");
            Entry entry = load(handle, caller.workspace(), kind, id);
            if (changes && !rights.manages(handle, caller, kind, id)) {
                account.require(handle, caller, id, entry.content().name());
            }
            return entry;
        });
    }

    /** Throws PERMISSION_DENIED unless the caller is an admin, or manages it. */
    private void requireManager(Handle handle, Caller caller, PrincipalKind kind, PrincipalId id, String what) {
        if (kind == PrincipalKind.USER) {
            permissions.requireAdmin(caller, what + " users");
        } else if (!permissions.admin(caller)) {
            rights.requireManager(handle, caller, kind, id, id.toString());
        }
    }

    private void requireOwnFields(Caller caller, Entry before, Entry.Content asked) {
        Entry.Content was = before.written();
        boolean own = asked.groups().equals(was.groups())
                && asked.entitlements().equals(was.entitlements())
                && asked.roles().equals(was.roles());
        if (!own) {
            permissions.requireAdmin(
                    caller,
                    "change entitlements, roles and groups of "
                            + before.kind().title().toLowerCase(Locale.ROOT) + " "
                            + before.content().name());
        }
    }

    private void write(Tx tx, Caller caller, Entry before, Entry.Content asked) {
        WorkspaceId workspace = caller.workspace();
        PrincipalKind kind = before.kind();
        String name = kind == PrincipalKind.SERVICE_PRINCIPAL ? before.content().name() : name(kind, asked);
        boolean renamed = !name.equals(before.content().name());
        if (renamed && SYSTEM_GROUPS.contains(before.id())) {
            throw PlatformException.invalid("Group " + before.content().name() + " cannot be renamed.");
        }
        if (renamed
                && known(tx.sql(), before.home(), name)
                        .filter(id -> !id.equals(before.id()))
                        .isPresent()) {
            throw taken(kind, name, workspace);
        }
        if (!asked.called(name).same(before.content())
                && !before.home().equals(workspace)
                && !rights.manages(tx.sql(), caller, kind, before.id())) {
            requireAccount(tx.sql(), caller, before);
        }
        store.update(tx.sql(), before.id(), asked.called(name), clock.millis());
        if (!asked.entitlements().equals(before.content().entitlements())
                || !asked.roles().equals(before.content().roles())) {
            memberships.assign(tx.sql(), workspace, before.id(), asked.entitlements(), asked.roles());
        }
        boolean demoted =
                administers(tx.sql(), workspace, before.id(), before.content().roles(), asked.roles());
        boolean less = regroup(tx.sql(), workspace, before, asked) || demoted;
        if (before.content().active() && !asked.active()) {
            sessions.deleteOfUser(tx.sql(), Optional.empty(), before.id());
            less = true;
        }
        if (less) {
            requireAdmins(tx.sql());
        }
    }

    /** What belongs to the account and not to the workspace in which the caller acts. */
    private void requireAccount(Handle handle, Caller caller, Entry before) {
        if (before.kind().acts()) {
            account.require(handle, caller, before.id(), before.content().name());
        } else if (!before.id().system()) {
            rights.requireManager(
                    handle, caller, before.kind(), before.id(), before.content().name());
        }
    }

    /** Whoever has the role administers the account. True if somebody has it no more. */
    private boolean administers(
            Handle handle, WorkspaceId workspace, PrincipalId id, Set<String> before, Set<String> after) {
        boolean was = before.contains(ACCOUNT_ADMIN);
        boolean will = after.contains(ACCOUNT_ADMIN);
        if (!workspace.equals(WorkspaceId.ACCOUNT) || was == will) {
            return false;
        }
        if (will) {
            memberships.join(handle, workspace, PrincipalId.ADMINS, Set.of(id));
        } else {
            memberships.leave(handle, workspace, PrincipalId.ADMINS, Set.of(id));
        }
        return was;
    }

    /** Writes only what differs: a group may have thousands of members. True if somebody is in fewer groups than before. */
    private boolean regroup(Handle handle, WorkspaceId workspace, Entry before, Entry.Content asked) {
        Entry.Content was = before.written();
        Set<PrincipalId> gone = less(was.members(), asked.members());
        Set<PrincipalId> come = less(asked.members(), was.members());
        if (before.id().equals(PrincipalId.USERS) && !(gone.isEmpty() && come.isEmpty())) {
            throw PlatformException.invalid("Group users has everybody in the workspace as its members.");
        }
        if (!gone.isEmpty()) {
            memberships.leave(handle, ofGroup(handle, workspace, before.id()), before.id(), gone);
        }
        join(handle, workspace, before.id(), come);
        Set<PrincipalId> left = less(was.groups(), asked.groups());
        for (PrincipalId group : left) {
            memberships.leave(handle, ofGroup(handle, workspace, group), group, Set.of(before.id()));
        }
        for (PrincipalId group : less(asked.groups(), was.groups())) {
            join(handle, workspace, group, Set.of(before.id()));
        }
        return !(gone.isEmpty() && left.isEmpty());
    }

    /** Who is in {@code all} and not in {@code others}. Everybody is in group users, whatever is said of it. */
    private static Set<PrincipalId> less(Set<PrincipalId> all, Set<PrincipalId> others) {
        Set<PrincipalId> left = new HashSet<>(all);
        left.removeAll(others);
        left.remove(PrincipalId.USERS);
        return left;
    }

    private void join(Handle handle, WorkspaceId workspace, PrincipalId group, Set<PrincipalId> members) {
        if (members.isEmpty() || group.equals(PrincipalId.USERS)) {
            return;
        }
        WorkspaceId where = ofGroup(handle, workspace, group);
        Set<PrincipalId> above = memberships.upwards(handle, workspace, group);
        Map<PrincipalId, DirectoryStore.Known> known = store.known(handle, workspace, members);
        for (PrincipalId member : members) {
            DirectoryStore.Known its = known.get(member);
            if (its == null) {
                throw PlatformException.invalid("Principal " + member + " does not exist.");
            }
            if (above.contains(member) || SYSTEM_GROUPS.contains(member)) {
                throw PlatformException.invalid("Group " + its.name() + " cannot be a member: it would be in itself.");
            }
        }
        memberships.join(handle, where, group, members);
    }

    /** The workspace under which memberships of a group are written down. */
    private WorkspaceId ofGroup(Handle handle, WorkspaceId workspace, PrincipalId group) {
        if (SYSTEM_GROUPS.contains(group)) {
            return workspace;
        }
        WorkspaceId home = Optional.ofNullable(
                        store.known(handle, workspace, Set.of(group)).get(group))
                .filter(known -> known.kind() == PrincipalKind.GROUP)
                .map(DirectoryStore.Known::home)
                .orElseThrow(() -> missing(PrincipalKind.GROUP, group));
        if (!home.equals(workspace)) {
            throw new PlatformException(
                    ErrorCode.PERMISSION_DENIED, "Members of a group of the account are changed in the account.");
        }
        return home;
    }

    private void requireAdmins(Handle handle) {
        if (memberships.anyWithoutAdmin(handle)) {
            throw PlatformException.invalid("Somebody must be left in group admins.");
        }
    }

    /** A group of a workspace may not be called like one of the account, nor like anybody. */
    private Optional<PrincipalId> known(Handle handle, WorkspaceId home, String name) {
        return store.named(handle, List.of(home, WorkspaceId.ACCOUNT), Names.key(name));
    }

    /** In the words by which Terraform knows that it may take over what is there ({@code force}). */
    private static PlatformException taken(PrincipalKind kind, String name, WorkspaceId where) {
        String words = switch (kind) {
            case GROUP -> "Group with name " + name + " already exists.";
            case SERVICE_PRINCIPAL -> "Service principal with application ID " + name + " already exists.";
            case USER ->
                where.equals(WorkspaceId.ACCOUNT)
                        ? "User with email " + name + " already exists in this account."
                        : "User with username " + name + " already exists.";
        };
        return new PlatformException(ErrorCode.ALREADY_EXISTS, words);
    }

    private String name(PrincipalKind kind, Entry.Content asked) {
        return switch (kind) {
            // The real service shows names of users in small letters too.
            case USER -> Names.checked("userName", asked.name().toLowerCase(Locale.ROOT));
            case GROUP -> Names.checked("displayName", asked.name());
            case SERVICE_PRINCIPAL ->
                asked.name().isBlank() ? ids.uuid() : Names.checked("applicationId", asked.name());
        };
    }

    private Entry load(Handle handle, WorkspaceId workspace, PrincipalKind kind, PrincipalId id) {
        return store.find(handle, workspace, id)
                .filter(entry -> entry.kind() == kind)
                .orElseThrow(() -> missing(kind, id));
    }

    private static PlatformException missing(PrincipalKind kind, PrincipalId id) {
        return PlatformException.notFound(kind.title() + " " + id + " does not exist.");
    }

    private static Ref ref(Entry entry) {
        return Ref.of(entry.kind().kind(), entry.home(), entry.id().number());
    }

    private void tell(Tx tx, Caller caller, IdentityFact fact) {
        facts.tell(tx, caller.id(), fact);
    }

    /**
     * Throws PERMISSION_DENIED unless the caller has this entitlement in their workspace; admins have all.
     *
     * @param what they want to do: {@code create clusters}
     */
    public void requireEntitled(Caller caller, String entitlement, String what) {
        if (!permissions.admin(caller) && !entitlements(caller).contains(entitlement)) {
            throw new PlatformException(
                    ErrorCode.PERMISSION_DENIED,
                    caller.name() + " may not " + what + ": the entitlement " + entitlement + " is missing.");
        }
    }

    /**
     * Throws PERMISSION_DENIED unless the caller may use their workspace at all: by an entitlement to it or to its SQL, which everybody
     * has as long as group {@code users} has it. Admins may always.
     */
    public void requireAccess(Caller caller) {
        if (!caller.access() && !permissions.admin(caller)) {
            throw new PlatformException(
                    ErrorCode.PERMISSION_DENIED,
                    caller.name() + " may not use this workspace: the entitlement workspace-access is missing.");
        }
    }

    /** Whether a caller, wherever they act, administers the account. */
    public boolean administersAccount(Caller caller) {
        return database.read(handle -> account.administers(handle, caller.id()));
    }

    /** What a caller is entitled to in their workspace, by themselves and by their groups. */
    public Set<String> entitlements(Caller caller) {
        return database.read(handle -> memberships.entitlements(handle, caller.workspace(), caller.principals()));
    }

    /** The roles of AWS, by their ARNs, that a caller was given in their workspace, by themselves and by their groups. */
    public Set<String> roles(Caller caller) {
        return database.read(handle -> memberships.roles(handle, caller.workspace(), caller.principals()));
    }
}
