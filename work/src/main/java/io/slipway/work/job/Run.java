package io.slipway.work.job;

import io.slipway.identity.Caller;
import io.slipway.identity.Owned;
import io.slipway.identity.Principal;
import io.slipway.kit.Kind;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import java.util.Optional;

/**
 * A run as it is stored. Times are epoch milliseconds, 0 = not yet.
 *
 * @param jobId empty for a one-time run
 * @param settings a copy from its beginning: later edits of the job do not touch it
 * @param startedAt when it was asked for
 * @param begunAt when its turn came; 0 while it is queued
 */
public record Run(
        long id,
        WorkspaceId workspace,
        Optional<Long> jobId,
        Origin origin,
        String name,
        Principal owner,
        JobSettings settings,
        RunParameters parameters,
        RunState state,
        Optional<RunResult> result,
        String message,
        boolean cancelRequested,
        long startedAt,
        long begunAt,
        long endedAt) {
    /** One that {@code caller} has just asked for; it begins now unless it has to wait. */
    static Run asked(
            Caller caller,
            long id,
            Optional<Long> jobId,
            Origin origin,
            JobSettings settings,
            RunParameters parameters,
            boolean waits,
            long now) {
        return new Run(
                id,
                caller.workspace(),
                jobId,
                origin,
                settings.name(),
                caller.principal(),
                settings,
                parameters,
                waits ? RunState.QUEUED : RunState.PENDING,
                Optional.empty(),
                "",
                false,
                now,
                waits ? 0 : now,
                0);
    }

    Ref ref() {
        return Ref.of(Kind.RUN, workspace, id);
    }

    Owned owned() {
        return new Owned(ref(), owner.id(), "Run " + id);
    }

    /** What began a run (Jobs API 2.1, {@code trigger}). */
    public enum Origin {
        /** Somebody asked for it. */
        ONE_TIME,
        /** Its job's schedule. */
        PERIODIC
    }
}
