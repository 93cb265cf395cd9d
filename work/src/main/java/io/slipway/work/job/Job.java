package io.slipway.work.job;

/**
 * A job as it is stored.
 *
 * @param nextRunAt when it runs by itself the next time, in epoch milliseconds; 0: never
 */
public record Job(long id, JobSettings settings, String creator, long createdAt, long nextRunAt) {}
