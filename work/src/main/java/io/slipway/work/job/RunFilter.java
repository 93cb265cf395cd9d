package io.slipway.work.job;

import java.util.Optional;

/**
 * Which runs are wanted; what is absent limits nothing.
 *
 * @param ended whether they have ended or are still active
 * @param ofJob whether they belong to a job or are one-time runs
 * @param startedFrom not before this time, in milliseconds of the epoch
 * @param startedTo not after this time
 */
public record RunFilter(
        Optional<Long> jobId,
        Optional<Boolean> ended,
        Optional<Boolean> ofJob,
        Optional<Long> startedFrom,
        Optional<Long> startedTo) {
    public static final RunFilter ALL =
            new RunFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public static RunFilter of(long jobId) {
        return new RunFilter(
                Optional.of(jobId), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
