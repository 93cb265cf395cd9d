package io.slipway.work.job;

/** How a run or task ended (Jobs API 2.1, RunResultState). */
public enum RunResult {
    SUCCESS,
    FAILED,
    TIMEDOUT,
    CANCELED,
    UPSTREAM_FAILED,
    UPSTREAM_CANCELED,
    EXCLUDED,
    SUCCESS_WITH_FAILURES,
    MAXIMUM_CONCURRENT_RUNS_REACHED
}
