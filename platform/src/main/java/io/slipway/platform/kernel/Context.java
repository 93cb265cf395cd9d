package io.slipway.platform.kernel;

import io.slipway.platform.identity.Caller;

/**
 * A context as it is stored.
 *
 * @param launch of the cluster when it was made: a later launch's driver does not know it
 * @param message why it is in state ERROR
 */
public record Context(
        String id,
        String clusterId,
        int launch,
        Caller owner,
        String language,
        ContextState state,
        String message,
        ContextOptions options,
        long createdAt) {}
