package io.slipway.platform.kernel;

import io.slipway.kit.Kind;
import io.slipway.kit.Ref;
import io.slipway.store.Fact;

/** What happens to a command. There are too many of them for the event log. */
public sealed interface CommandFact extends Fact {
    static Ref ref(String commandId) {
        return Ref.of(Kind.COMMAND, commandId);
    }

    @Override
    default boolean kept() {
        return false;
    }

    /** It has put something out, or its Spark jobs have come further. */
    record Moved(Ref subject) implements CommandFact {}

    record Ended(Ref subject) implements CommandFact {}
}
