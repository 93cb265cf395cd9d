package io.slipway.identity.workspace;

import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Fact;

/** What happens to workspaces, and to what the account keeps for them. Rooms make what each workspace has, and end what was in one. */
public sealed interface WorkspaceFact extends Fact {
    record Created(Ref subject, String name, String deployment) implements WorkspaceFact {
        public WorkspaceId workspace() {
            return new WorkspaceId(subject.number());
        }
    }

    record Changed(Ref subject, String name) implements WorkspaceFact {}

    record Deleted(Ref subject) implements WorkspaceFact {
        public WorkspaceId workspace() {
            return new WorkspaceId(subject.number());
        }
    }

    record PartAdded(Ref subject, String part, String name) implements WorkspaceFact {}

    record PartDeleted(Ref subject) implements WorkspaceFact {}
}
