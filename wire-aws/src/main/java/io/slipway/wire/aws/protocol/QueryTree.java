package io.slipway.wire.aws.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Parameters whose names have dots, as the tree that they mean: {@code Tags.member.1.Key=a}. */
final class QueryTree {
    private static final int DEEPEST = 100;
    private static final int LONGEST_NUMBER = 9;

    private final Map<String, QueryTree> children = new LinkedHashMap<>(4);
    private Optional<String> value = Optional.empty();
    private boolean read;

    static QueryTree of(List<Parameters.Parameter> parameters, Predicate<String> wanted) {
        QueryTree root = new QueryTree();
        root.read = true;
        for (Parameters.Parameter each : parameters) {
            if (wanted.test(each.name())) {
                root.put(each.name(), each.value());
            }
        }
        return root;
    }

    private void put(String name, String text) {
        String[] steps = name.split("\\.", -1);
        if (steps.length > DEEPEST) {
            throw Malformed.syntax("The name of a parameter has too many dots.");
        }
        QueryTree at = this;
        for (String step : steps) {
            at = at.children.computeIfAbsent(step, key -> new QueryTree());
        }
        if (at.value.isPresent()) {
            throw Malformed.syntax("The parameter " + name + " may come once only.");
        }
        at.value = Optional.of(text);
    }

    Optional<QueryTree> child(String name) {
        Optional<QueryTree> child = Optional.ofNullable(children.get(name));
        child.ifPresent(each -> each.read = true);
        return child;
    }

    Optional<String> value() {
        return value;
    }

    boolean leaf() {
        return children.isEmpty();
    }

    /** Elements of a list by their numbers; there may be gaps. */
    List<QueryTree> elements(String member) {
        TreeMap<Integer, QueryTree> byNumber = new TreeMap<>();
        children.forEach((step, child) -> {
            boolean number = !step.isEmpty()
                    && step.length() <= LONGEST_NUMBER
                    && step.chars().allMatch(each -> each >= '0' && each <= '9');
            if (!number || byNumber.put(Integer.valueOf(step), child) != null) {
                throw Malformed.value(member, "a list with numbers");
            }
            child.read = true;
        });
        return new ArrayList<>(byNumber.values());
    }

    /** The name of a parameter that nobody has read. */
    Optional<String> unread(String name) {
        if (!read) {
            return Optional.of(name);
        }
        for (Map.Entry<String, QueryTree> each : children.entrySet()) {
            Optional<String> below =
                    each.getValue().unread(name.isEmpty() ? each.getKey() : name + "." + each.getKey());
            if (below.isPresent()) {
                return below;
            }
        }
        return Optional.empty();
    }
}
