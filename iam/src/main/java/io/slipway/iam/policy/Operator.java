package io.slipway.iam.policy;

import io.slipway.kit.Cidr;
import io.slipway.kit.PlatformException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How a condition compares a value of the request with one of the policy (IAM, condition operators). */
enum Operator {
    STRING_EQUALS("StringEquals", false),
    STRING_NOT_EQUALS("StringNotEquals", true),
    STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", false),
    STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", true),
    STRING_LIKE("StringLike", false),
    STRING_NOT_LIKE("StringNotLike", true),
    NUMERIC_EQUALS("NumericEquals", false),
    NUMERIC_NOT_EQUALS("NumericNotEquals", true),
    NUMERIC_LESS_THAN("NumericLessThan", false),
    NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", false),
    NUMERIC_GREATER_THAN("NumericGreaterThan", false),
    NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", false),
    DATE_EQUALS("DateEquals", false),
    DATE_NOT_EQUALS("DateNotEquals", true),
    DATE_LESS_THAN("DateLessThan", false),
    DATE_LESS_THAN_EQUALS("DateLessThanEquals", false),
    DATE_GREATER_THAN("DateGreaterThan", false),
    DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", false),
    BOOL("Bool", false),
    BINARY_EQUALS("BinaryEquals", false),
    IP_ADDRESS("IpAddress", false),
    NOT_IP_ADDRESS("NotIpAddress", true),
    ARN_EQUALS("ArnEquals", false),
    ARN_LIKE("ArnLike", false),
    ARN_NOT_EQUALS("ArnNotEquals", true),
    ARN_NOT_LIKE("ArnNotLike", true),
    /** Asks whether there is a value at all; {@link Condition} knows. */
    NULL("Null", false);

    private static final Map<String, Operator> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toMap(each -> each.word, each -> each));
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,40}(\\.[0-9]{0,40})?([eE][+-]?[0-9]{1,3})?");

    /** A value of a policy, made ready. */
    interface Wanted {
        Match matches(String value, Context context);

        /** Names of variables in it. */
        default List<String> variables() {
            return List.of();
        }
    }

    private record Texts(TextPattern pattern, boolean anyCase) implements Wanted {
        @Override
        public Match matches(String value, Context context) {
            return anyCase ? pattern.same(value, context) : pattern.matches(value, context);
        }

        @Override
        public List<String> variables() {
            return pattern.variables();
        }
    }

    private record Arns(ArnPattern pattern) implements Wanted {
        @Override
        public Match matches(String value, Context context) {
            return pattern.matches(value, context);
        }

        @Override
        public List<String> variables() {
            return pattern.variables();
        }
    }

    private final String word;
    private final boolean negated;

    Operator(String word, boolean negated) {
        this.word = word;
        this.negated = negated;
    }

    static Optional<Operator> of(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }

    boolean negated() {
        return negated;
    }

    /** A value of the policy, made ready. */
    Wanted wanted(String text, Language language) {
        return switch (this) {
            case STRING_EQUALS, STRING_NOT_EQUALS -> new Texts(language.pattern(text, TextPattern.Style.PLAIN), false);
            case STRING_EQUALS_IGNORE_CASE, STRING_NOT_EQUALS_IGNORE_CASE ->
                new Texts(language.pattern(text, TextPattern.Style.PLAIN), true);
            case STRING_LIKE, STRING_NOT_LIKE -> new Texts(language.pattern(text, TextPattern.Style.WILD), false);
            case ARN_EQUALS, ARN_LIKE, ARN_NOT_EQUALS, ARN_NOT_LIKE -> new Arns(ArnPattern.of(text, language));
            case NUMERIC_EQUALS, NUMERIC_NOT_EQUALS -> ordered(Operator::number, text, order -> order == 0);
            case NUMERIC_LESS_THAN -> ordered(Operator::number, text, order -> order < 0);
            case NUMERIC_LESS_THAN_EQUALS -> ordered(Operator::number, text, order -> order <= 0);
            case NUMERIC_GREATER_THAN -> ordered(Operator::number, text, order -> order > 0);
            case NUMERIC_GREATER_THAN_EQUALS -> ordered(Operator::number, text, order -> order >= 0);
            case DATE_EQUALS, DATE_NOT_EQUALS -> ordered(PolicyDate::of, text, order -> order == 0);
            case DATE_LESS_THAN -> ordered(PolicyDate::of, text, order -> order < 0);
            case DATE_LESS_THAN_EQUALS -> ordered(PolicyDate::of, text, order -> order <= 0);
            case DATE_GREATER_THAN -> ordered(PolicyDate::of, text, order -> order > 0);
            case DATE_GREATER_THAN_EQUALS -> ordered(PolicyDate::of, text, order -> order >= 0);
            case BOOL, NULL -> truth(text);
            case BINARY_EQUALS -> binary(text);
            case IP_ADDRESS, NOT_IP_ADDRESS -> address(text);
        };
    }

    boolean ofDates() {
        return word.startsWith("Date");
    }

    /** A value that is none never matches, here and there: so the other conditions of the statement still count. */
    private static Wanted ordered(Function<String, Optional<BigDecimal>> read, String text, IntPredicate wanted) {
        Optional<BigDecimal> mine = read.apply(text);
        return (value, context) -> Match.of(mine.isPresent()
                && read.apply(value)
                        .filter(theirs -> wanted.test(theirs.compareTo(mine.get())))
                        .isPresent());
    }

    private static Optional<BigDecimal> number(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    private static Wanted truth(String text) {
        boolean known = text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
        return (value, context) -> Match.of(known && value.equalsIgnoreCase(text));
    }

    private static Wanted binary(String text) {
        Optional<byte[]> mine = bytes(text);
        return (value, context) -> Match.of(mine.isPresent()
                && bytes(value)
                        .filter(theirs -> Arrays.equals(theirs, mine.get()))
                        .isPresent());
    }

    private static Optional<byte[]> bytes(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Wanted address(String text) {
        Optional<Cidr> mine = range(text);
        return (value, context) -> Match.of(mine.isPresent()
                && range(value)
                        .filter(theirs ->
                                theirs.bits() >= mine.get().bits() && mine.get().contains(theirs.base()))
                        .isPresent());
    }

    private static Optional<Cidr> range(String text) {
        try {
            return Optional.of(Cidr.of(text));
        } catch (PlatformException e) {
            return Optional.empty();
        }
    }
}
