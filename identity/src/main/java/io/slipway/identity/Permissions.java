package io.slipway.identity;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.Kind;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Ref;
import io.slipway.store.Tx;
import io.slipway.store.Visible;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Who may do what. Admins of a workspace may do everything there. Others may do with a {@link Guarded} thing what the levels give that
 * they, or their groups, have on it or on what it is in; and with an {@link Owned} thing everything if it is theirs, otherwise nothing.
 * Nobody sees another workspace. Doors call {@link #require} on the loaded row, and hand {@link #visible} to the lists of their stores.
 */
public final class Permissions {
    private final GrantStore grants = new GrantStore();
    private final AccountRights account = new AccountRights();

    /**
     * Throws {@link ErrorCode#PERMISSION_DENIED} unless {@code caller} may do this with the thing, and {@link ErrorCode#NOT_FOUND} if
     * it is in another workspace, where they may not even know of it.
     */
    public void require(Handle handle, Caller caller, Right right, Guarded thing) {
        requireReach(caller, thing.ref(), thing.title());
        if (!given(handle, caller, right, thing)) {
            throw denied(caller, Ladder.of(thing.ref().kind()).least(right).name(), thing.title());
        }
    }

    /** As {@link #require(Handle, Caller, Right, Guarded)}, in a transaction. */
    public void require(Tx tx, Caller caller, Right right, Guarded thing) {
        require(tx.sql(), caller, right, thing);
    }

    /** Whether {@link #require} would let the caller through. */
    public boolean may(Handle handle, Caller caller, Right right, Guarded thing) {
        return caller.reaches(thing.ref().workspace()) && given(handle, caller, right, thing);
    }

    private boolean given(Handle handle, Caller caller, Right right, Guarded thing) {
        if (admin(caller)) {
            return true;
        }
        Ladder ladder = Ladder.of(thing.ref().kind());
        return grants.levels(handle, thing.chain(), caller.principals()).stream()
                .anyMatch(level -> ladder.gives(level, right));
    }

    /** As {@link #require(Handle, Caller, Right, Guarded)}, of a thing that is somebody's own. */
    public void require(Caller caller, Right right, Owned thing) {
        requireReach(caller, thing.ref(), thing.title());
        if (!owns(caller, thing)) {
            throw denied(caller, right.name().toLowerCase(Locale.ROOT), thing.title());
        }
    }

    /** Whether the thing is the caller's own, or they administer its workspace. */
    public boolean owns(Caller caller, Owned thing) {
        return caller.reaches(thing.ref().workspace())
                && (caller.principals().contains(thing.owner()) || admin(caller));
    }

    private static void requireReach(Caller caller, Ref thing, String title) {
        if (!caller.reaches(thing.workspace())) {
            throw PlatformException.notFound(title + " does not exist.");
        }
    }

    private static PlatformException denied(Caller caller, String missing, String title) {
        return new PlatformException(
                ErrorCode.PERMISSION_DENIED, caller.name() + " does not have " + missing + " permission on " + title);
    }

    /** Throws {@link ErrorCode#PERMISSION_DENIED} unless {@code caller} is an admin. */
    public void requireAdmin(Caller caller, String what) {
        if (!admin(caller)) {
            throw new PlatformException(ErrorCode.PERMISSION_DENIED, "Only admins can " + what + ".");
        }
    }

    /** Throws {@link ErrorCode#PERMISSION_DENIED} unless {@code caller}, wherever they act, administers the account. */
    public void requireAccountAdmin(Handle handle, Caller caller, String what) {
        if (!account.administers(handle, caller.id())) {
            throw new PlatformException(ErrorCode.PERMISSION_DENIED, "Only admins of the account can " + what + ".");
        }
    }

    /** Whether the caller administers the workspace in which they act. */
    public boolean admin(Caller caller) {
        return caller.principals().contains(PrincipalId.ADMINS);
    }

    /**
     * Which rows the caller sees of a table of such things. Whoever was given thousands of them reads a page in the order of an index all
     * the same: a bare column of ids would have SQLite fetch all of them and sort them.
     *
     * @param ids the table's column of ids: numbers, but for clusters
     */
    public Visible visible(Caller caller, Kind kind, String ids) {
        return visible(caller, (numbered(kind) ? "+" + ids : ids + " || ''") + " in (" + granted(caller, kind) + ")");
    }

    /**
     * As {@link #visible(Caller, Kind, String)}, for things that have their rights from elsewhere.
     *
     * @param condition for whoever is no admin; may hold what {@link #granted} makes
     */
    public Visible visible(Caller caller, String condition) {
        return new Visible(
                "workspace_id = :seenIn" + (admin(caller) ? "" : " and (" + condition + ")"),
                Map.of("seenIn", caller.workspace().number()));
    }

    /** A query of the ids of those things of a kind on which the caller was given any level, for a condition of {@link #visible}. */
    public static String granted(Caller caller, Kind kind) {
        return GrantStore.idsOf(kind, numbered(kind), caller.principals());
    }

    private static boolean numbered(Kind kind) {
        return kind != Kind.CLUSTER;
    }

    /** Whoever makes a thing has all that can be had on it. */
    public void made(Tx tx, Principal by, Ref thing) {
        if (!by.id().equals(PrincipalId.SYSTEM)) {
            grants.put(tx.sql(), thing, by.id(), Ladder.of(thing.kind()).made());
        }
    }

    /** As {@link #made(Tx, Principal, Ref)}, of a thing in another: nothing is added to what they were given there. */
    public void made(Tx tx, Principal by, Guarded thing) {
        Level level = Ladder.of(thing.ref().kind()).made();
        if (!grants.levels(tx.sql(), thing.chain(), Set.of(by.id())).contains(level)) {
            made(tx, by, thing.ref());
        }
    }

    /** Gives a thing that the platform makes to everybody in its workspace. */
    public void everybodys(Tx tx, Ref thing, Level level) {
        grants.put(tx.sql(), thing, PrincipalId.USERS, level);
    }

    /** The thing is no more, and with it what was given on it. */
    public void gone(Tx tx, Ref thing) {
        grants.deleteAll(tx.sql(), thing);
    }
}
