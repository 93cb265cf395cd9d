package io.slipway.identity.secret;

/**
 * What is told of a secret.
 *
 * @param name as it was written at first; found in any case
 * @param changedAt when the value was put, epoch milliseconds
 */
public record SecretKey(String name, long changedAt) {}
