package io.slipway.catalog;

import java.util.Optional;

/**
 * A column as Spark describes it; the types are kept as they came and not interpreted.
 *
 * @param typeText SQL spelling, such as {@code decimal(10,2)}
 * @param typeJson the JSON form of Spark's type
 * @param typeName upper-case kind, such as {@code DECIMAL}
 * @param position from 0
 * @param partitionIndex place among the partition columns; empty = not one of them
 */
public record Column(
        String name,
        String typeText,
        String typeJson,
        String typeName,
        Optional<Integer> typePrecision,
        Optional<Integer> typeScale,
        int position,
        boolean nullable,
        Optional<Integer> partitionIndex,
        Optional<String> comment) {}
