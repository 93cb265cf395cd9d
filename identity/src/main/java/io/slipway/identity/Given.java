package io.slipway.identity;

import io.slipway.kit.Ref;
import java.util.List;
import java.util.Optional;

/**
 * What a principal has on a thing.
 *
 * @param held at least one
 */
public record Given(PrincipalKind kind, Principal principal, String displayName, List<Held> held) {
    public Given {
        held = List.copyOf(held);
    }

    /**
     * @param from what it was given on, if that is above the thing; with an empty id: all things of the kind
     */
    public record Held(Level level, Optional<Ref> from) {}
}
