package io.slipway.identity.setting;

import io.slipway.kit.Ref;
import io.slipway.store.Fact;

/** What happens to settings of a workspace and to the lists of addresses that may reach it. */
public sealed interface SettingFact extends Fact {
    record Changed(Ref subject, String value) implements SettingFact {}

    /** Taken away again. */
    record Reset(Ref subject) implements SettingFact {}

    /** A list of addresses is made or changed, and is this now. */
    record Listed(Ref subject, AccessList.Spec list) implements SettingFact {
        @Override
        public Object body() {
            return list;
        }
    }

    record Deleted(Ref subject) implements SettingFact {}
}
