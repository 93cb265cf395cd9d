package io.slipway.identity;

/** What somebody may be given on a thing, in the words of the permissions API 2.0; which things know which, {@link Ladder} says. */
public enum Level {
    CAN_READ,
    CAN_VIEW,
    CAN_USE,
    CAN_ATTACH_TO,
    CAN_RESTART,
    CAN_RUN,
    CAN_EDIT,
    CAN_MANAGE_RUN,
    CAN_MANAGE,
    /** Of jobs and runs: everything, and as whom a job runs. Exactly one principal is. */
    IS_OWNER
}
