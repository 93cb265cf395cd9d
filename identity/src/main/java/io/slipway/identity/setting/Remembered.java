package io.slipway.identity.setting;

import io.slipway.kit.WorkspaceId;
import io.slipway.store.Database;
import io.slipway.store.Tx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is set in all workspaces, in memory: each request asks it. What a transaction changes is forgotten as soon as its rows
 * are safe, so that the next request reads it anew.
 */
final class Remembered {
    private static final Workspace NOTHING = new Workspace(Map.of(), new Gate(false, List.of(), List.of()));

    private final Database database;
    private final SettingStore settings = new SettingStore();
    private final AccessListStore lists = new AccessListStore();
    private volatile @Nullable Map<WorkspaceId, Workspace> known;

    Remembered(Database database) {
        this.database = database;
    }

    /** What is set in one workspace. */
    record Workspace(Map<String, SettingStore.Value> values, Gate gate) {
        String value(ConfKey key) {
            return values.getOrDefault(key.key(), SettingStore.Value.NONE)
                    .value()
                    .orElse(key.usual());
        }

        boolean on(ConfKey key) {
            return Boolean.parseBoolean(value(key));
        }
    }

    /** Not within a transaction: it may have to read. */
    Workspace of(WorkspaceId workspace) {
        Map<WorkspaceId, Workspace> all = known;
        return (all == null ? load() : all).getOrDefault(workspace, NOTHING);
    }

    /** As this transaction sees it. */
    Workspace of(Handle handle, WorkspaceId workspace) {
        return read(handle).getOrDefault(workspace, NOTHING);
    }

    void changedBy(Tx tx) {
        tx.afterCommit(this::forget);
    }

    /** Waits for a read that goes on, which may have begun before the change. */
    private synchronized void forget() {
        known = null;
    }

    private synchronized Map<WorkspaceId, Workspace> load() {
        Map<WorkspaceId, Workspace> all = known;
        if (all == null) {
            all = database.read(this::read);
            known = all;
        }
        return all;
    }

    private Map<WorkspaceId, Workspace> read(Handle handle) {
        Map<WorkspaceId, Map<String, SettingStore.Value>> values = settings.all(handle);
        Map<WorkspaceId, List<AccessList.Spec>> addresses = new HashMap<>();
        lists.all(handle)
                .forEach(list -> addresses
                        .computeIfAbsent(list.workspace(), unused -> new ArrayList<>())
                        .add(list.spec()));
        Set<WorkspaceId> workspaces = new HashSet<>(values.keySet());
        workspaces.addAll(addresses.keySet());
        Map<WorkspaceId, Workspace> all = new HashMap<>();
        for (WorkspaceId workspace : workspaces) {
            Workspace open = new Workspace(Map.copyOf(values.getOrDefault(workspace, Map.of())), NOTHING.gate());
            Gate gate = Gate.of(open.on(ConfKey.ENABLE_IP_ACCESS_LISTS), addresses.getOrDefault(workspace, List.of()));
            all.put(workspace, new Workspace(open.values(), gate));
        }
        return Map.copyOf(all);
    }
}
