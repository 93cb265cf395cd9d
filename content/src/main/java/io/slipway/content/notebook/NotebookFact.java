package io.slipway.content.notebook;

import io.slipway.kit.Ref;
import io.slipway.store.Fact;

/** What happens to an open notebook. */
public sealed interface NotebookFact extends Fact {
    record Attached(Ref subject, String clusterId) implements NotebookFact {}

    record Detached(Ref subject) implements NotebookFact {}

    record Restarted(Ref subject, String clusterId) implements NotebookFact {}

    /** There is something new to read in its log. */
    record News(Ref subject) implements NotebookFact {
        @Override
        public boolean kept() {
            return false;
        }
    }
}
