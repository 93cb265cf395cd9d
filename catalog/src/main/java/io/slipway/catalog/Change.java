package io.slipway.catalog;

import java.util.Map;
import java.util.Optional;

/** What to change about a catalog or schema; empty = leave as it is. {@code properties} replaces all of them. */
public record Change(
        Optional<String> newName,
        Optional<String> comment,
        Optional<Map<String, String>> properties,
        Optional<String> owner) {}
