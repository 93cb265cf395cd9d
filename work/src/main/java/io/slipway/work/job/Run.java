package io.slipway.work.job;

import io.slipway.identity.Guarded;
import io.slipway.identity.Principal;
import io.slipway.kit.Kind;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import java.util.Optional;

/**
 * A run as it is stored. Times are epoch milliseconds, 0 = not yet.
 *
 * @param jobId empty for a one-time run
 * @param owner as whom it acts
 * @param creator who asked for it
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
        Principal creator,
        JobSettings settings,
        RunParameters parameters,
        RunState state,
        Optional<RunResult> result,
        String message,
        boolean cancelRequested,
        long startedAt,
        long begunAt,
        long endedAt) {
    /** One that {@code creator} has just asked for, to act as {@code owner}; it begins now unless it has to wait. */
    static Run asked(
            WorkspaceId workspace,
            Principal creator,
            Principal owner,
            long id,
            Optional<Long> jobId,
            Origin origin,
            JobSettings settings,
            RunParameters parameters,
            boolean waits,
            long now) {
        return new Run(
                id,
                workspace,
                jobId,
                origin,
                settings.name(),
                owner,
                creator,
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

    /** A run of a job belongs to whom the job does. */
    public Guarded guarded() {
        Ref of = jobId.map(job -> Ref.of(Kind.JOB, workspace, job)).orElseGet(this::ref);
        return Guarded.alone(of, "Run " + id);
    }

    /** What began a run (Jobs API 2.1, {@code trigger}). */
    public enum Origin {
        /** Somebody asked for it. */
        ONE_TIME,
        /** Its job's schedule. */
        PERIODIC
    }
}
