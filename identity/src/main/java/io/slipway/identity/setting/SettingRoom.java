package io.slipway.identity.setting;

import io.slipway.identity.Permissions;
import io.slipway.store.Base;

/** Settings of workspaces, put together. */
public final class SettingRoom {
    private final AccessLists lists;
    private final WorkspaceConf conf;
    private final TypedSettings typed;

    public SettingRoom(Base base, Permissions permissions) {
        Remembered remembered = new Remembered(base.database());
        lists = new AccessLists(base, permissions, remembered);
        conf = new WorkspaceConf(base, permissions, remembered, lists);
        typed = new TypedSettings(base, permissions, remembered);
    }

    public AccessLists lists() {
        return lists;
    }

    public WorkspaceConf conf() {
        return conf;
    }

    public TypedSettings typed() {
        return typed;
    }
}
