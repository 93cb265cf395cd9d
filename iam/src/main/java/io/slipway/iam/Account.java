package io.slipway.iam;

import io.slipway.iam.policy.AccountId;
import java.time.Instant;
import java.util.Optional;

/**
 * An AWS account of this installation.
 *
 * @param canonical by which S3 knows it
 * @param alias a name that is nobody else's
 * @param standard the one that is meant where nobody names one
 */
public record Account(
        AccountId id, String name, String canonical, Optional<String> alias, boolean standard, Instant createdAt) {}
