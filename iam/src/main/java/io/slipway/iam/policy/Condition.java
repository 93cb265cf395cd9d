package io.slipway.iam.policy;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One key under one operator. Values of the policy are alternatives; of a negated operator none may match.
 *
 * @param key in small letters
 */
record Condition(Operator operator, Over over, boolean ifExists, String key, List<Operator.Wanted> wanted) {
    private static final String IF_EXISTS = "IfExists";

    /** Which of several values in the request must fit. */
    enum Over {
        /** The request has one value. */
        ONE(""),
        /** All of them; also if there is none. */
        ALL("ForAllValues:"),
        ANY("ForAnyValue:");

        private final String prefix;

        Over(String prefix) {
            this.prefix = prefix;
        }
    }

    Condition {
        wanted = List.copyOf(wanted);
    }

    /** An operator as it is written, with what is before and behind it. */
    record Written(Operator operator, Over over, boolean ifExists) {
        /** Empty: there is none such. */
        static Optional<Written> of(String text) {
            Over over = text.startsWith(Over.ALL.prefix)
                    ? Over.ALL
                    : text.startsWith(Over.ANY.prefix) ? Over.ANY : Over.ONE;
            String word = text.substring(over.prefix.length());
            boolean ifExists = word.endsWith(IF_EXISTS);
            return Operator.of(ifExists ? word.substring(0, word.length() - IF_EXISTS.length()) : word)
                    .filter(operator -> !ifExists || operator != Operator.NULL)
                    .map(operator -> new Written(operator, over, ifExists));
        }
    }

    boolean holds(Context context, Effect effect) {
        List<String> values = context.all(key);
        if (operator == Operator.NULL) {
            String missing = String.valueOf(values.isEmpty());
            return Match.any(wanted, each -> each.matches(missing, context)).yes();
        }
        if (values.isEmpty()) {
            return ifExists || over == Over.ALL || (over == Over.ONE && operator.negated());
        }
        Predicate<String> fits = value -> fits(value, context, effect);
        return switch (over) {
            // Several values where one is expected: a negated operator still means none of them.
            case ONE ->
                operator.negated()
                        ? values.stream().allMatch(fits)
                        : values.stream().anyMatch(fits);
            case ALL -> values.stream().allMatch(fits);
            case ANY -> values.stream().anyMatch(fits);
        };
    }

    private boolean fits(String value, Context context, Effect effect) {
        Match match = Match.any(wanted, each -> each.matches(value, context));
        return operator.negated() ? match.negated(effect) : match.yes();
    }
}
