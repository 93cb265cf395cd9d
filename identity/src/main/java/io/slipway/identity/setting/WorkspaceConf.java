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
import io.slipway.store.Json;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The door to the settings of a workspace by key, and to what those say that act. */
public final class WorkspaceConf {
    private final Database database;
    private final Facts facts;
    private final Permissions permissions;
    private final Remembered remembered;
    private final AccessLists lists;
    private final SettingStore store = new SettingStore();

    WorkspaceConf(Base base, Permissions permissions, Remembered remembered, AccessLists lists) {
        this.database = base.database();
        this.facts = base.facts();
        this.permissions = permissions;
        this.remembered = remembered;
        this.lists = lists;
    }

    /** The values of these keys; refuses unknown ones by their names. */
    public Map<String, String> get(Caller caller, Collection<String> keys) {
        permissions.requireAdmin(caller, "see the settings of the workspace");
        requireKnown(keys);
        Remembered.Workspace workspace = remembered.of(caller.workspace());
        Map<String, String> values = new TreeMap<>();
        keys.forEach(key -> values.put(key, workspace.value(ConfKey.of(key).orElseThrow())));
        return values;
    }

    /**
     * Sets all of these or none.
     *
     * @param from where the caller is, who must be able to come back
     */
    public void change(Caller caller, Map<String, String> wanted, InetAddress from) {
        permissions.requireAdmin(caller, "change the settings of the workspace");
        requireKnown(wanted.keySet());
        Map<String, String> refused = new TreeMap<>(wanted);
        refused.entrySet()
                .removeIf(entry -> ConfKey.of(entry.getKey()).orElseThrow().takes(entry.getValue()));
        if (!refused.isEmpty()) {
            throw PlatformException.invalid("Some values are not allowed: " + Json.write(refused));
        }
        database.change(tx -> {
            new TreeMap<>(wanted).forEach((key, value) -> {
                SettingStore.Value before = store.get(tx.sql(), caller.workspace(), key);
                if (!before.value().equals(Optional.of(value))) {
                    store.put(
                            tx.sql(),
                            caller.workspace(),
                            key,
                            new SettingStore.Value(Optional.of(value), before.version() + 1));
                    facts.tell(
                            tx,
                            caller.id(),
                            new SettingFact.Changed(Ref.of(Kind.SETTING, caller.workspace(), key), value));
                }
            });
            if (wanted.containsKey(ConfKey.ENABLE_IP_ACCESS_LISTS.key())) {
                lists.requireReachable(tx.sql(), caller.workspace(), from);
            }
            remembered.changedBy(tx);
        });
    }

    private static void requireKnown(Collection<String> keys) {
        List<String> unknown =
                keys.stream().filter(key -> ConfKey.of(key).isEmpty()).sorted().toList();
        if (!unknown.isEmpty()) {
            // Terraform reads the names from this sentence.
            throw PlatformException.invalid("Invalid keys: " + Json.write(unknown));
        }
    }

    /** How long a token lives that the caller wants to make; throws where they may not make it. Empty: for ever. */
    public Optional<Duration> tokenLifetime(Caller caller, Optional<Duration> wanted) {
        Remembered.Workspace workspace = remembered.of(caller.workspace());
        if (!workspace.on(ConfKey.ENABLE_TOKENS_CONFIG)) {
            permissions.requireAdmin(caller, "create tokens: tokens are disabled for this workspace");
        }
        String days = workspace.value(ConfKey.MAX_TOKEN_LIFETIME_DAYS);
        if (days.isEmpty() || days.matches("0+")) {
            return wanted;
        }
        Duration longest = Duration.ofDays(Long.parseLong(days));
        if (wanted.filter(life -> life.compareTo(longest) > 0).isPresent()) {
            throw PlatformException.invalid("lifetime_seconds must be at most " + longest.toSeconds()
                    + ": a token of this" + " workspace lives for " + days + " days at most.");
        }
        return Optional.of(wanted.orElse(longest));
    }

    /** Throws PERMISSION_DENIED where notebooks and files may not be taken out of the workspace. */
    public void requireExport(Caller caller) {
        require(caller, ConfKey.ENABLE_EXPORT_NOTEBOOK, "Exporting notebooks and files");
    }

    /** Throws PERMISSION_DENIED where results may not be taken out of the workspace. */
    public void requireDownload(Caller caller) {
        require(caller, ConfKey.ENABLE_RESULTS_DOWNLOADING, "Downloading results");
    }

    /** Whether the audit log of the workspace has the text of commands. */
    public boolean verboseAudit(WorkspaceId workspace) {
        return remembered.of(workspace).on(ConfKey.ENABLE_VERBOSE_AUDIT_LOGS);
    }

    private void require(Caller caller, ConfKey key, String what) {
        if (!remembered.of(caller.workspace()).on(key)) {
            throw new PlatformException(ErrorCode.PERMISSION_DENIED, what + " is disabled for this workspace.");
        }
    }
}
