package io.slipway.identity.setting;

import io.slipway.identity.Caller;
import io.slipway.identity.Permissions;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Kind;
import io.slipway.kit.PlatformException;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import io.slipway.store.Tx;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The door to the settings of a workspace that have a type and a version, so that two writers notice each other. */
public final class TypedSettings {
    private final Database database;
    private final Facts facts;
    private final Permissions permissions;
    private final Remembered remembered;
    private final SettingStore store = new SettingStore();

    TypedSettings(Base base, Permissions permissions, Remembered remembered) {
        this.database = base.database();
        this.facts = base.facts();
        this.permissions = permissions;
        this.remembered = remembered;
    }

    /** @param etag names the version */
    public record Current(SettingType type, String value, String etag) {}

    public Current get(Caller caller, SettingType type) {
        permissions.requireAdmin(caller, "see the settings of the workspace");
        SettingStore.Value found = database.read(handle -> store.get(handle, caller.workspace(), type.row()));
        return new Current(type, found.value().or(type::usual).orElseThrow(() -> unset(type, found)), etag(found));
    }

    /**
     * @param etag of the version that the change was made from
     * @param allowMissing whether it may be set for the first time
     */
    public Current set(Caller caller, SettingType type, String value, Optional<String> etag, boolean allowMissing) {
        permissions.requireAdmin(caller, "change the settings of the workspace");
        if (!type.takes(value)) {
            throw PlatformException.invalid("Setting " + type.type() + " cannot be " + value + " on this platform."
                    + type.usual().map(usual -> " It is " + usual + ".").orElse(""));
        }
        return database.write(tx -> {
            requireSetter(tx, caller, type);
            SettingStore.Value before = store.get(tx.sql(), caller.workspace(), type.row());
            if (before.value().isEmpty() && !allowMissing) {
                throw unset(type, before);
            }
            requireVersion(type, before, etag);
            SettingStore.Value after = new SettingStore.Value(Optional.of(value), before.version() + 1);
            store.put(tx.sql(), caller.workspace(), type.row(), after);
            told(tx, caller, new SettingFact.Changed(ref(caller, type), value));
            return new Current(type, value, etag(after));
        });
    }

    /** Takes the setting away. Returns the name of the version after that. */
    public String reset(Caller caller, SettingType type, Optional<String> etag) {
        permissions.requireAdmin(caller, "change the settings of the workspace");
        return database.write(tx -> {
            requireSetter(tx, caller, type);
            SettingStore.Value before = store.get(tx.sql(), caller.workspace(), type.row());
            if (before.value().isEmpty()) {
                throw unset(type, before);
            }
            requireVersion(type, before, etag);
            SettingStore.Value after = new SettingStore.Value(Optional.empty(), before.version() + 1);
            store.put(tx.sql(), caller.workspace(), type.row(), after);
            told(tx, caller, new SettingFact.Reset(ref(caller, type)));
            return etag(after);
        });
    }

    /** The catalog in which sessions of this workspace begin, where admins have said so. */
    public Optional<String> defaultNamespace(WorkspaceId workspace) {
        return remembered
                .of(workspace)
                .values()
                .getOrDefault(SettingType.DEFAULT_NAMESPACE.row(), SettingStore.Value.NONE)
                .value();
    }

    /** Whether admins may do for others no more than those may to whom others have given it: tokens, and work that runs as them. */
    public boolean adminsRestricted(Handle handle, WorkspaceId workspace) {
        return remembered
                .of(handle, workspace)
                .values()
                .getOrDefault(SettingType.RESTRICT_WORKSPACE_ADMINS.row(), SettingStore.Value.NONE)
                .value()
                .equals(Optional.of("RESTRICT_TOKENS_AND_JOB_RUN_AS"));
    }

    /** Whoever is restricted does not end it. */
    private void requireSetter(Tx tx, Caller caller, SettingType type) {
        if (type == SettingType.RESTRICT_WORKSPACE_ADMINS) {
            permissions.requireAccountAdmin(tx.sql(), caller, "restrict admins of a workspace");
        }
    }

    private static void requireVersion(SettingType type, SettingStore.Value before, Optional<String> etag) {
        boolean same = etag.filter(text -> !text.isEmpty())
                .map(text -> text.equals(etag(before)))
                .orElse(!type.strict());
        if (same) {
            return;
        }
        if (before.value().or(type::usual).isEmpty()) {
            throw unset(type, before);
        }
        throw new PlatformException(
                ErrorCode.CONFLICT,
                "Setting " + type.type() + " has another version than the request: read it, and send its etag.",
                Map.of("etag", etag(before)));
    }

    private static PlatformException unset(SettingType type, SettingStore.Value found) {
        return new PlatformException(
                ErrorCode.NOT_FOUND,
                "Setting " + type.type() + " is not set in this workspace.",
                Map.of("etag", etag(found)));
    }

    private void told(Tx tx, Caller caller, SettingFact fact) {
        facts.tell(tx, caller.id(), fact);
        remembered.changedBy(tx);
    }

    private static Ref ref(Caller caller, SettingType type) {
        return Ref.of(Kind.SETTING, caller.workspace(), type.row());
    }

    private static String etag(SettingStore.Value value) {
        return "v" + value.version();
    }
}
