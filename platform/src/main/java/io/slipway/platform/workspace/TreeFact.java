package io.slipway.platform.workspace;

import io.slipway.kit.Kind;
import io.slipway.kit.Ref;
import io.slipway.store.Fact;

/** What happens to folders, notebooks and files; the event log keeps the object as it is after that. */
public sealed interface TreeFact extends Fact {
    WorkspaceObject object();

    @Override
    default Ref subject() {
        return Ref.of(Kind.TREE, object().id());
    }

    @Override
    default Object body() {
        return object();
    }

    record Created(WorkspaceObject object) implements TreeFact {}

    record Imported(WorkspaceObject object) implements TreeFact {}

    record Moved(WorkspaceObject object) implements TreeFact {}

    record Deleted(WorkspaceObject object) implements TreeFact {}
}
