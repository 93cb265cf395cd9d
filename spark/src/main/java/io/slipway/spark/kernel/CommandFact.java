package io.slipway.spark.kernel;

import io.slipway.kit.Ref;
import io.slipway.store.Fact;

/** What happens to a command. There are too many of them for the event log. */
public sealed interface CommandFact extends Fact {
    static Moved moved(Command command) {
        return new Moved(command.ref(), command.partOf());
    }

    static Ended ended(Command command) {
        return new Ended(command.ref(), command.partOf());
    }

    @Override
    default boolean kept() {
        return false;
    }

    /** What the command is part of. */
    Ref partOf();

    /** It has put something out, or its Spark jobs have come further. */
    record Moved(Ref subject, Ref partOf) implements CommandFact {}

    record Ended(Ref subject, Ref partOf) implements CommandFact {}
}
