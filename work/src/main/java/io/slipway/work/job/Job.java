package io.slipway.work.job;

import io.slipway.identity.Guarded;
import io.slipway.identity.Principal;
import io.slipway.kit.Kind;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import java.util.Optional;

/**
 * A job as it is stored.
 *
 * @param creator who made it
 * @param owner whose it is now
 * @param runAs as whom it runs, if not as its owner
 * @param nextRunAt when it runs by itself the next time, in epoch milliseconds; 0: never
 */
public record Job(
        long id,
        WorkspaceId workspace,
        JobSettings settings,
        Principal creator,
        Principal owner,
        Optional<Principal> runAs,
        long createdAt,
        long nextRunAt) {
    Ref ref() {
        return Ref.of(Kind.JOB, workspace, id);
    }

    public Guarded guarded() {
        return guarded(workspace, id);
    }

    static Guarded guarded(WorkspaceId workspace, long id) {
        return Guarded.alone(Ref.of(Kind.JOB, workspace, id), "Job " + id);
    }

    /** As whom its runs act. */
    public Principal actor() {
        return runAs.orElse(owner);
    }
}
