package io.slipway.spark.kernel;

import io.slipway.identity.Caller;
import io.slipway.kit.Ref;

/**
 * A context as it is stored.
 *
 * @param partOf the notebook or task run that it was made for; itself if for none
 * @param launch of the cluster when it was made: a later launch's driver does not know it
 * @param message why it is in state ERROR
 */
public record Context(
        String id,
        Ref partOf,
        String clusterId,
        int launch,
        Caller owner,
        String language,
        ContextState state,
        String message,
        ContextOptions options,
        long createdAt) {}
