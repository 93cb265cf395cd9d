package io.slipway.kit;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The law of a state machine as data: which state may follow which. Rooms build one per state enum, ask it before every move, and
 * a test draws it into the docs.
 */
public final class Transitions<S extends Enum<S>> {
    private final Map<S, Set<S>> allowed;

    private Transitions(Map<S, Set<S>> allowed) {
        this.allowed = allowed;
    }

    public static <S extends Enum<S>> Builder<S> of(Class<S> states) {
        return new Builder<>(states);
    }

    public boolean allows(S from, S to) {
        return allowed(from).contains(to);
    }

    public Set<S> allowed(S from) {
        return Set.copyOf(allowed.getOrDefault(from, Set.of()));
    }

    /** States that nothing follows. */
    public boolean terminal(S state) {
        return allowed(state).isEmpty();
    }

    /** Returns {@code to}, or throws {@link IllegalStateException}: an illegal move is a defect of ours, never of a caller. */
    public S move(S from, S to) {
        if (!allows(from, to)) {
            throw new IllegalStateException("no move from " + from + " to " + to);
        }
        return to;
    }

    /** A Mermaid state diagram of the table. */
    public String diagram() {
        StringBuilder out = new StringBuilder("stateDiagram-v2\n");
        allowed.forEach((from, targets) -> targets.forEach(
                to -> out.append("    ").append(from).append(" --> ").append(to).append('\n')));
        return out.toString();
    }

    /** Collects the moves; read it top to bottom as the life of the thing. */
    public static final class Builder<S extends Enum<S>> {
        private final Class<S> states;
        private final Map<S, Set<S>> allowed;

        private Builder(Class<S> states) {
            this.states = states;
            this.allowed = new EnumMap<>(states);
        }

        @SafeVarargs
        public final Builder<S> from(S from, S... targets) {
            Set<S> set = allowed.computeIfAbsent(from, key -> EnumSet.noneOf(states));
            for (S target : targets) {
                set.add(target);
            }
            return this;
        }

        public Transitions<S> build() {
            return new Transitions<>(new EnumMap<>(allowed));
        }
    }
}
