package io.slipway.content.tree;

import io.slipway.kit.Ref;
import io.slipway.store.Fact;

/** What happens to folders, notebooks and files; the event log keeps the object as it is after that. */
public sealed interface TreeFact extends Fact {
    TreeObject object();

    @Override
    default Ref subject() {
        return object().ref();
    }

    @Override
    default Object body() {
        return object();
    }

    record Created(TreeObject object) implements TreeFact {}

    record Imported(TreeObject object) implements TreeFact {}

    record Moved(TreeObject object) implements TreeFact {}

    record Deleted(TreeObject object) implements TreeFact {}
}
