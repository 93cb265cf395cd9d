package io.slipway.spark.kernel;

import io.slipway.kit.Kind;
import io.slipway.kit.Ref;
import io.slipway.store.Fact;

/** What happens to a command. There are too many of them for the event log. */
public sealed interface CommandFact extends Fact {
    static Moved moved(Command command) {
        return new Moved(Ref.of(Kind.COMMAND, command.id()), command.partOf());
    }

    static Ended ended(Command command) {
        return new Ended(Ref.of(Kind.COMMAND, command.id()), command.partOf());
    }

    @Override
    default boolean kept() {
        return false;
    }

    /** It has put something out, or its Spark jobs have come further. */
    /** What the command is part of. */
    Ref partOf();

    record Moved(Ref subject, Ref partOf) implements CommandFact {}

    record Ended(Ref subject, Ref partOf) implements CommandFact {}
}
