package io.slipway.store;

import java.util.Optional;
import java.util.Set;

/**
 * Which facts about a thing are wanted.
 *
 * @param kinds of facts, whole; none = all
 * @param from not before this time, in milliseconds of the epoch
 * @param to not after this time
 */
public record FactFilter(Set<String> kinds, Optional<Long> from, Optional<Long> to) {
    public static final FactFilter ALL = new FactFilter(Set.of(), Optional.empty(), Optional.empty());

    public FactFilter {
        kinds = Set.copyOf(kinds);
    }
}
