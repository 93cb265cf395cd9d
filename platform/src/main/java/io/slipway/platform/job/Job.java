package io.slipway.platform.job;

/** A job as it is stored. */
public record Job(long id, JobSettings settings, String creator, long createdAt) {}
