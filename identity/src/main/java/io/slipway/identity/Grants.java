package io.slipway.identity;

import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Ref;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import io.slipway.store.Tx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The door to levels on things: who has which, and who is given which (permissions API 2.0). */
public final class Grants {
    private static final int MOST = 1000;

    private final Database database;
    private final Facts facts;
    private final Permissions permissions;
    private final DirectoryStore directory = new DirectoryStore();
    private final GrantStore store = new GrantStore();
    private final ActingRights acting;

    Grants(Base base, Permissions permissions, ActingRights acting) {
        this.acting = acting;
        this.database = base.database();
        this.facts = base.facts();
        this.permissions = permissions;
    }

    /** Who has what on the thing; admins manage everything. */
    public List<Given> of(Caller caller, Guarded thing) {
        return database.read(handle -> {
            permissions.require(handle, caller, Right.VIEW, thing);
            return of(handle, thing);
        });
    }

    private List<Given> of(Handle handle, Guarded thing) {
        Map<PrincipalId, Given> all = new LinkedHashMap<>();
        for (GrantStore.Row row : store.rows(handle, thing.chain())) {
            Optional<Ref> from = thing.above().stream()
                    .filter(ref -> ref.id().equals(row.objectId()))
                    .findFirst();
            add(all, row.kind(), row.principal(), row.displayName(), new Given.Held(row.level(), from));
        }
        Ref everything = Ref.of(thing.ref().kind(), thing.ref().workspace(), "");
        add(
                all,
                PrincipalKind.GROUP,
                new Principal(PrincipalId.ADMINS, "admins"),
                "admins",
                new Given.Held(Level.CAN_MANAGE, Optional.of(everything)));
        return List.copyOf(all.values());
    }

    private static void add(
            Map<PrincipalId, Given> all, PrincipalKind kind, Principal principal, String display, Given.Held held) {
        List<Given.Held> more = new ArrayList<>();
        if (all.containsKey(principal.id())) {
            more.addAll(all.get(principal.id()).held());
        }
        more.add(held.from().isEmpty() ? 0 : more.size(), held);
        all.put(principal.id(), new Given(kind, principal, display, more));
    }

    /** Gives these on the thing itself and takes what others had there; a thing that has one owner keeps them unless another is named. */
    public List<Given> replace(Caller caller, Guarded thing, List<Grant> grants) {
        return share(caller, thing, grants, true);
    }

    /** Gives these on the thing itself; others keep what they have. */
    public List<Given> add(Caller caller, Guarded thing, List<Grant> grants) {
        return share(caller, thing, grants, false);
    }

    private List<Given> share(Caller caller, Guarded thing, List<Grant> grants, boolean replace) {
        return database.write(tx -> {
            permissions.require(tx, caller, Right.MANAGE, thing);
            share(tx, caller, thing, grants, replace);
            return of(tx.sql(), thing);
        });
    }

    /** As {@link #add(Caller, Guarded, List)}, of a thing that the caller makes in the same transaction. */
    public void add(Tx tx, Caller caller, Guarded thing, List<Grant> grants) {
        share(tx, caller, thing, grants, false);
    }

    private void share(Tx tx, Caller caller, Guarded thing, List<Grant> grants, boolean replace) {
        Map<PrincipalId, Level> wanted = wanted(tx.sql(), caller, thing, grants);
        Optional<PrincipalId> owner = store.rows(tx.sql(), List.of(thing.ref())).stream()
                .filter(row -> row.level() == Level.IS_OWNER)
                .map(row -> row.principal().id())
                .findFirst();
        if (replace) {
            store.deleteAll(tx.sql(), thing.ref());
        }
        hand(tx, caller, thing, owner, wanted);
        wanted.forEach((principal, level) -> store.put(tx.sql(), thing.ref(), principal, level));
        facts.tell(tx, caller.id(), new GrantFact.Shared(thing.ref(), grants));
    }

    /** Sees to it that a thing which has one owner has one. */
    private void hand(
            Tx tx, Caller caller, Guarded thing, Optional<PrincipalId> before, Map<PrincipalId, Level> wanted) {
        if (!Ladder.of(thing.ref().kind()).owned()) {
            return;
        }
        List<PrincipalId> owners = wanted.entrySet().stream()
                .filter(each -> each.getValue() == Level.IS_OWNER)
                .map(Map.Entry::getKey)
                .toList();
        if (owners.size() > 1) {
            throw PlatformException.invalid(thing.title() + " must have exactly one owner.");
        }
        if (owners.isEmpty()) {
            PrincipalId kept = before.orElseThrow(() ->
                    PlatformException.invalid(thing.title() + " with no existing owner must provide a new owner."));
            // Less for the owner would be a level that was asked for and does not count.
            if (wanted.put(kept, Level.IS_OWNER) != null) {
                throw PlatformException.invalid(
                        "The owner of " + thing.title() + " cannot be given another level; name another owner.");
            }
        } else if (!before.equals(Optional.of(owners.get(0)))) {
            permissions.requireAdmin(caller, "change the owner of " + thing.title());
            acting.requireOwner(tx.sql(), caller, owner(tx.sql(), caller, owners.get(0)), thing.title());
            before.filter(earlier -> !wanted.containsKey(earlier))
                    .ifPresent(earlier -> store.put(tx.sql(), thing.ref(), earlier, Level.CAN_MANAGE));
            facts.tell(tx, caller.id(), new GrantFact.Handed(thing.ref(), owners.get(0)));
        }
    }

    private Principal owner(Handle handle, Caller caller, PrincipalId id) {
        return Optional.ofNullable(
                        directory.known(handle, caller.workspace(), Set.of(id)).get(id))
                .map(known -> new Principal(id, known.name()))
                .orElseThrow(() -> PlatformException.notFound("Principal " + id + " does not exist."));
    }

    private Map<PrincipalId, Level> wanted(Handle handle, Caller caller, Guarded thing, List<Grant> grants) {
        if (grants.size() > MOST) {
            throw PlatformException.invalid("An access control list has at most " + MOST + " entries.");
        }
        List<Level> levels = Ladder.of(thing.ref().kind()).levels();
        Map<PrincipalId, Level> wanted = new LinkedHashMap<>();
        for (Grant grant : grants) {
            if (!levels.contains(grant.level())) {
                throw PlatformException.invalid("Permission level " + grant.level() + " is not one of " + thing.title()
                        + ": it knows " + levels + ".");
            }
            PrincipalId principal = principal(handle, caller, grant);
            if (principal.equals(PrincipalId.ADMINS)) {
                requireNoLess(grant);
            } else if (wanted.put(principal, grant.level()) != null) {
                throw PlatformException.invalid("Principal " + grant.name() + " is named more than once.");
            }
        }
        return wanted;
    }

    /** Admins manage everything already, and cannot be given less. */
    private static void requireNoLess(Grant grant) {
        if (grant.level() != Level.CAN_MANAGE) {
            throw PlatformException.invalid(
                    "Group admins has CAN_MANAGE on everything, and cannot be given another level.");
        }
    }

    private PrincipalId principal(Handle handle, Caller caller, Grant grant) {
        PrincipalId id = directory
                .named(handle, caller.workspace(), grant.kind(), grant.name())
                .map(Principal::id)
                .orElseThrow(() ->
                        PlatformException.notFound(grant.kind().title() + " " + grant.name() + " does not exist."));
        if (grant.kind() == PrincipalKind.GROUP && grant.level() == Level.IS_OWNER) {
            throw PlatformException.invalid("Group " + grant.name() + " cannot be an owner.");
        }
        return id;
    }
}
