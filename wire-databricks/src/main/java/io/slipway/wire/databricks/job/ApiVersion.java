package io.slipway.wire.databricks.job;

/** Which rendering of jobs and runs a caller sees. */
enum ApiVersion {
    /** Single tasks at the top level; lists are whole. */
    V2_0,
    /** Tasks in an array; lists have offsets and tokens. */
    V2_1,
    /** As 2.1, with {@code status} on runs and long arrays in pages. */
    V2_2;

    String prefix() {
        return switch (this) {
            case V2_0 -> "/api/2.0/jobs";
            case V2_1 -> "/api/2.1/jobs";
            case V2_2 -> "/api/2.2/jobs";
        };
    }
}
