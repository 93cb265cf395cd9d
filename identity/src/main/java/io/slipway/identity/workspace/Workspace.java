package io.slipway.identity.workspace;

import io.slipway.kit.Kind;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import java.util.EnumMap;
import java.util.Map;

/**
 * A tenant: what is in one is not there for those in another.
 *
 * @param createdAt epoch milliseconds
 */
public record Workspace(WorkspaceId id, Wanted wanted, long createdAt) {
    /**
     * What an admin of the account asks for.
     *
     * @param name for people
     * @param deployment the first label of its host name; blank: one is made of the name
     * @param parts ids of what the account keeps for it
     */
    public record Wanted(String name, String deployment, Map<PartKind, String> parts) {
        public Wanted {
            parts = Map.copyOf(parts);
        }

        public static Wanted named(String name) {
            return new Wanted(name, "", Map.of());
        }

        Wanted at(String label) {
            return new Wanted(name, label, parts);
        }

        /** This with what a change says of it; where it says nothing, as before. */
        public Wanted changed(String otherName, Map<PartKind, String> others) {
            Map<PartKind, String> all = new EnumMap<>(PartKind.class);
            all.putAll(parts);
            all.putAll(others);
            return new Wanted(otherName.isEmpty() ? name : otherName, deployment, all);
        }
    }

    public String name() {
        return wanted.name();
    }

    public String deployment() {
        return wanted.deployment();
    }

    Ref ref() {
        return ref(id);
    }

    static Ref ref(WorkspaceId id) {
        return Ref.ofAccount(Kind.WORKSPACE, id.toString());
    }
}
