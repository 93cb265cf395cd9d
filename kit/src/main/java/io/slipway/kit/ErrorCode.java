package io.slipway.kit;

/**
 * Why a request or a step was refused, named for its cause. Each wire family translates these into its own dialect; no other
 * layer knows HTTP.
 */
public enum ErrorCode {
    /** The request's bytes are not what its content type claims. */
    MALFORMED_REQUEST,
    /** A value is missing, of the wrong type, out of range or contradicts another. */
    INVALID_PARAMETER_VALUE,
    /** The thing is in a state in which this cannot be done. */
    INVALID_STATE,
    /** No credentials were sent, or of an unknown kind. */
    UNAUTHENTICATED,
    /** The caller is known and may not do this. */
    PERMISSION_DENIED,
    /** A thing named by the request does not exist. */
    NOT_FOUND,
    /** The name or id is taken. */
    ALREADY_EXISTS,
    /** Two writers met; the caller may try again. */
    CONFLICT,
    /** A container that must be empty is not. */
    NOT_EMPTY,
    /** The content is larger than the limit. */
    TOO_LARGE,
    /** A quota or limit on the number of things is used up. */
    RESOURCE_EXHAUSTED,
    /** There is no such endpoint. */
    ENDPOINT_NOT_FOUND,
    /** Known, but not offered by this installation. */
    FEATURE_DISABLED,
    /** A part that is needed cannot be reached now. */
    UNAVAILABLE,
    /** The time allowed for an answer is over. */
    DEADLINE_EXCEEDED,
    /** The caller gave up, or somebody cancelled the work. */
    CANCELLED,
    /** A defect of ours. */
    INTERNAL
}
