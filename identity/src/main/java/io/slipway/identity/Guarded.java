package io.slipway.identity;

import io.slipway.kit.Ref;
import java.util.List;
import java.util.stream.Stream;

/**
 * A thing on which principals are given levels.
 *
 * @param above what it is in: whoever is given a level there has it here too
 * @param title as refusals name it: {@code Cluster 1127-…}, or a path
 */
public record Guarded(Ref ref, List<Ref> above, String title) {
    public Guarded {
        above = List.copyOf(above);
    }

    public static Guarded alone(Ref ref, String title) {
        return new Guarded(ref, List.of(), title);
    }

    List<Ref> chain() {
        return Stream.concat(Stream.of(ref), above.stream()).toList();
    }
}
