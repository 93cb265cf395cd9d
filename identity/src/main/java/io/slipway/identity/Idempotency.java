package io.slipway.identity;

/** Keys under which what was asked for with an idempotency token is found again. */
public final class Idempotency {
    private Idempotency() {}

    /**
     * The token counts for one user of one workspace and one kind of request only: nobody finds with it what somebody else has asked for, or another
     * thing than the one asked for.
     *
     * @param kind for instance {@code cluster}, or {@code job-42} for runs of that job
     */
    public static String key(Caller caller, String kind, String token) {
        return caller.workspace() + ":" + caller.id() + ":" + kind + ":" + token;
    }
}
