package io.slipway.iam.managed;

import io.slipway.iam.policy.PolicyDocument;

/**
 * A policy that AWS keeps.
 *
 * @param path {@code /} or {@code /service-role/}
 * @param version by which AWS calls this one: {@code v2}
 */
public record ManagedPolicy(
        String arn, String id, String name, String path, String version, String description, PolicyDocument document) {}
