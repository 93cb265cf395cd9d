package io.slipway.iam.policy;

/** What a statement does with what it is about. */
public enum Effect {
    ALLOW,
    DENY
}
