package io.slipway.spark.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.slipway.identity.Owned;
import io.slipway.kit.Kind;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Ref;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.CommandStatus;
import java.util.Optional;

/**
 * A command as it is stored. Times are epoch milliseconds, 0 = not yet.
 *
 * @param partOf what its context is part of
 * @param owner as whom it runs
 * @param ordinal place in its context: commands run in this order
 * @param nextFrame how far its output has been fetched
 * @param progress of its Spark jobs
 */
public record Command(
        String id,
        String contextId,
        Ref partOf,
        PrincipalId owner,
        int ordinal,
        CommandSpec spec,
        CommandState state,
        Optional<CommandStatus.Outcome> outcome,
        long nextFrame,
        JsonNode progress,
        long createdAt,
        long startedAt,
        long endedAt) {
    /** One that waits in its context. */
    static Command queued(Context context, String id, int ordinal, CommandSpec spec, long now) {
        return new Command(
                id,
                context.id(),
                context.partOf(),
                context.owner().id(),
                ordinal,
                spec,
                CommandState.QUEUED,
                Optional.empty(),
                0,
                JsonNodeFactory.instance.arrayNode(),
                now,
                0,
                0);
    }

    Ref ref() {
        return Ref.of(Kind.COMMAND, partOf.workspace(), id);
    }

    Owned owned() {
        return new Owned(ref(), owner, "Command " + id);
    }
}
