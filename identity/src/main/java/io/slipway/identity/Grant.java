package io.slipway.identity;

/** A level for somebody: what is asked for, by name. */
public record Grant(PrincipalKind kind, String name, Level level) {}
