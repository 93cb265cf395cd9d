package io.slipway.identity.setting;

import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import java.util.List;

/** A labelled list of addresses that may, or may not, reach a workspace. */
public record AccessList(String id, WorkspaceId workspace, Spec spec, Touched created, Touched updated) {
    /** What a list does with its addresses. */
    public enum Type {
        /** Only what is in such a list comes in, as soon as there is one. */
        ALLOW,
        /** What is in such a list does not come in, even if another one allows it. */
        BLOCK
    }

    /** @param addresses single ones, and ranges as {@code 10.1.0.0/16} */
    public record Spec(String label, Type type, List<String> addresses, boolean enabled) {
        public Spec {
            addresses = List.copyOf(addresses);
        }
    }

    /** @param at epoch milliseconds */
    public record Touched(long at, PrincipalId by) {}
}
