package io.slipway.spark.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.kit.Ref;
import io.slipway.store.Fact;
import java.util.List;

/** What happens to a command. There are too many of them for the event log. */
public sealed interface CommandFact extends Fact {
    static Ended ended(Command command) {
        return new Ended(command.ref(), command.partOf());
    }

    @Override
    default boolean kept() {
        return false;
    }

    /** What the command is part of. */
    Ref partOf();

    /**
     * It has put something out, or its Spark jobs have come further.
     *
     * @param output what is new, in order; some of it may have been told before
     * @param progress of its Spark jobs, as it is now
     */
    record Moved(Ref subject, Ref partOf, List<OutputFrame> output, JsonNode progress) implements CommandFact {
        public Moved {
            output = List.copyOf(output);
        }
    }

    record Ended(Ref subject, Ref partOf) implements CommandFact {}
}
