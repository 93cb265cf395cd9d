package io.slipway.runtime;

import java.util.Optional;

/**
 * The runtime line that a {@code spark_version} gets.
 *
 * @param key as it was asked for
 * @param note a sentence for the cluster's events when something else runs than the key's name promises; empty for own keys
 */
public record Resolution(RuntimeLine line, String key, Optional<String> note) {}
