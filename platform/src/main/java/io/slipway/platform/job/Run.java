package io.slipway.platform.job;

import io.slipway.platform.identity.Caller;
import java.util.Optional;

/**
 * A run as it is stored. Times are epoch milliseconds, 0 = not yet.
 *
 * @param jobId empty for a one-time run
 * @param settings a copy from its beginning: later edits of the job do not touch it
 */
public record Run(
        long id,
        Optional<Long> jobId,
        String name,
        Caller owner,
        JobSettings settings,
        RunParameters parameters,
        RunState state,
        Optional<RunResult> result,
        String message,
        boolean cancelRequested,
        long startedAt,
        long endedAt) {}
