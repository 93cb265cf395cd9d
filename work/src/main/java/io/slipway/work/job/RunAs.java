package io.slipway.work.job;

import io.slipway.identity.PrincipalKind;

/** Whom the runs of a job shall act as. */
public record RunAs(PrincipalKind kind, String name) {}
