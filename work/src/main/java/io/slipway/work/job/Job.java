package io.slipway.work.job;

import io.slipway.identity.Owned;
import io.slipway.identity.Principal;
import io.slipway.kit.Kind;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;

/**
 * A job as it is stored.
 *
 * @param nextRunAt when it runs by itself the next time, in epoch milliseconds; 0: never
 */
public record Job(
        long id, WorkspaceId workspace, JobSettings settings, Principal creator, long createdAt, long nextRunAt) {
    Ref ref() {
        return Ref.of(Kind.JOB, workspace, id);
    }

    Owned owned() {
        return new Owned(ref(), creator.id(), "Job " + id);
    }
}
