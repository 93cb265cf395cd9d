package io.slipway.identity;

import io.slipway.kit.PrincipalId;
import io.slipway.kit.Ref;

/**
 * A thing about which {@link Permissions} decide.
 *
 * @param title as refusals name it: {@code Cluster 1127-…}, or a path
 */
public record Owned(Ref ref, PrincipalId owner, String title) {}
