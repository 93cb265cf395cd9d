package io.slipway.identity.setting;

import io.slipway.identity.Caller;
import io.slipway.identity.Permissions;
import io.slipway.kit.Cidr;
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
import io.slipway.store.Tx;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/**
 * The door to the lists of addresses from which a workspace may be reached. They act while {@link ConfKey#ENABLE_IP_ACCESS_LISTS} is
 * set, and nobody can lock themselves out.
 */
public final class AccessLists {
    /** Of all lists of a workspace together, as at the real service. */
    private static final int MOST_ADDRESSES = 1000;

    private static final int LONGEST_LABEL = 256;

    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final Ids ids;
    private final Permissions permissions;
    private final Remembered remembered;
    private final AccessListStore store = new AccessListStore();

    AccessLists(Base base, Permissions permissions, Remembered remembered) {
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.ids = base.ids();
        this.permissions = permissions;
        this.remembered = remembered;
    }

    /** Throws PERMISSION_DENIED unless {@code address} may reach the workspace in which the caller acts. */
    public void admit(Caller caller, InetAddress address) {
        if (!remembered.of(caller.workspace()).gate().admits(address)) {
            throw new PlatformException(
                    ErrorCode.PERMISSION_DENIED,
                    "Source IP address: " + address.getHostAddress()
                            + " is blocked by Databricks IP ACL for workspace: " + caller.workspace());
        }
    }

    public List<AccessList> list(Caller caller) {
        permissions.requireAdmin(caller, "see IP access lists");
        return database.read(handle -> store.of(handle, caller.workspace()));
    }

    public AccessList get(Caller caller, String id) {
        permissions.requireAdmin(caller, "see IP access lists");
        return database.read(handle -> load(handle, caller.workspace(), id));
    }

    /** @param from where the caller is, who must be able to come back */
    public AccessList create(Caller caller, AccessList.Spec spec, InetAddress from) {
        permissions.requireAdmin(caller, "change IP access lists");
        check(spec);
        return database.write(tx -> {
            AccessList.Touched now = new AccessList.Touched(clock.millis(), caller.id());
            AccessList list = new AccessList(ids.uuid(), caller.workspace(), spec, now, now);
            store.insert(tx.sql(), list);
            return written(tx, caller, list, from);
        });
    }

    public AccessList change(Caller caller, String id, UnaryOperator<AccessList.Spec> change, InetAddress from) {
        permissions.requireAdmin(caller, "change IP access lists");
        return database.write(tx -> {
            AccessList before = load(tx.sql(), caller.workspace(), id);
            AccessList.Spec spec = change.apply(before.spec());
            check(spec);
            AccessList list = new AccessList(
                    id,
                    before.workspace(),
                    spec,
                    before.created(),
                    new AccessList.Touched(clock.millis(), caller.id()));
            store.update(tx.sql(), list);
            return written(tx, caller, list, from);
        });
    }

    public void delete(Caller caller, String id, InetAddress from) {
        permissions.requireAdmin(caller, "change IP access lists");
        database.change(tx -> {
            AccessList list = load(tx.sql(), caller.workspace(), id);
            store.delete(tx.sql(), list);
            requireReachable(tx.sql(), caller.workspace(), from);
            facts.tell(tx, caller.id(), new SettingFact.Deleted(ref(list)));
            remembered.changedBy(tx);
        });
    }

    private AccessList written(Tx tx, Caller caller, AccessList list, InetAddress from) {
        int all = store.of(tx.sql(), caller.workspace()).stream()
                .mapToInt(each -> each.spec().addresses().size())
                .sum();
        if (all > MOST_ADDRESSES) {
            throw new PlatformException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "A workspace can have at most " + MOST_ADDRESSES + " addresses in its IP access lists, not " + all
                            + ".",
                    Map.of("reason", "QUOTA_EXCEEDED"));
        }
        requireReachable(tx.sql(), caller.workspace(), from);
        facts.tell(tx, caller.id(), new SettingFact.Listed(ref(list), list.spec()));
        remembered.changedBy(tx);
        return list;
    }

    /** Refuses what would keep the address of whoever asks for it from coming back. */
    void requireReachable(Handle handle, WorkspaceId workspace, InetAddress from) {
        if (!remembered.of(handle, workspace).gate().admits(from)) {
            throw PlatformException.invalidState("The current IP address " + from.getHostAddress()
                    + " would be blocked from workspace " + workspace
                    + " by this change. Allow it in an IP access list first.");
        }
    }

    private AccessList load(Handle handle, WorkspaceId workspace, String id) {
        return store.get(handle, workspace, id)
                .orElseThrow(() -> PlatformException.notFound("IP access list " + id + " does not exist."));
    }

    private static void check(AccessList.Spec spec) {
        if (spec.label().isBlank() || spec.label().length() > LONGEST_LABEL) {
            throw PlatformException.invalid("label must have 1 to " + LONGEST_LABEL + " characters.");
        }
        if (spec.addresses().isEmpty()) {
            throw PlatformException.invalid("ip_addresses must have at least one address.");
        }
        if (spec.addresses().size() > MOST_ADDRESSES) {
            throw PlatformException.invalid("ip_addresses can have at most " + MOST_ADDRESSES + " addresses.");
        }
        spec.addresses().forEach(Cidr::of);
    }

    private static Ref ref(AccessList list) {
        return Ref.of(Kind.IP_ACCESS_LIST, list.workspace(), list.id());
    }
}
