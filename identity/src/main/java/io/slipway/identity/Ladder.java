package io.slipway.identity;

import io.slipway.kit.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The levels that things of a kind know, from the weakest to the strongest, and what each adds to those before it. The same as on
 * Databricks (its page on access control lists).
 */
public enum Ladder {
    CLUSTER(
            Kind.CLUSTER,
            new Step(Level.CAN_ATTACH_TO, Right.VIEW, Right.USE),
            new Step(Level.CAN_RESTART, Right.OPERATE),
            new Step(Level.CAN_MANAGE, Right.EDIT, Right.MANAGE)),
    JOB(Kind.JOB, Steps.OF_WORK),
    /** Of a run that belongs to no job; the others have what their jobs have. */
    RUN(Kind.RUN, Steps.OF_WORK),
    TREE(
            Kind.TREE,
            new Step(Level.CAN_READ, Right.VIEW),
            new Step(Level.CAN_RUN, Right.USE, Right.OPERATE),
            new Step(Level.CAN_EDIT, Right.EDIT),
            new Step(Level.CAN_MANAGE, Right.MANAGE)),
    /** Ways to come in: tokens and passwords. */
    SIGN_IN(
            Kind.SIGN_IN,
            new Step(Level.CAN_USE, Right.VIEW, Right.USE, Right.OPERATE),
            new Step(Level.CAN_MANAGE, Right.EDIT, Right.MANAGE));

    /** A level and what it gives beyond the steps below. */
    private record Step(Level level, Set<Right> adds) {
        Step(Level level, Right... adds) {
            this(level, Set.of(adds));
        }
    }

    private static final class Steps {
        private static final Step[] OF_WORK = {
            new Step(Level.CAN_VIEW, Right.VIEW),
            new Step(Level.CAN_MANAGE_RUN, Right.USE, Right.OPERATE),
            new Step(Level.CAN_MANAGE, Right.EDIT, Right.MANAGE),
            new Step(Level.IS_OWNER)
        };
    }

    private final Kind kind;

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes lists that nobody can change
    private final List<Step> steps;

    Ladder(Kind kind, Step... steps) {
        this.kind = kind;
        this.steps = List.of(steps);
    }

    /** Throws for kinds of things on which nobody is given anything. */
    public static Ladder of(Kind kind) {
        return Arrays.stream(values())
                .filter(ladder -> ladder.kind == kind)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there are no levels on a " + kind.word()));
    }

    /** From the weakest to the strongest. */
    public List<Level> levels() {
        return steps.stream().map(Step::level).toList();
    }

    /** Whether exactly one principal owns each thing of the kind. */
    public boolean owned() {
        return levels().contains(Level.IS_OWNER);
    }

    /** What whoever makes a thing has on it. */
    Level made() {
        return steps.get(steps.size() - 1).level();
    }

    /** The weakest level that gives the right. */
    Level least(Right right) {
        return steps.stream()
                .filter(step -> step.adds().contains(right))
                .map(Step::level)
                .findFirst()
                .orElseThrow();
    }

    boolean gives(Level held, Right right) {
        return levels().indexOf(held) >= levels().indexOf(least(right));
    }
}
