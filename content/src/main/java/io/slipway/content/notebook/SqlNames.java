package io.slipway.content.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tables that a statement names, as far as can be told while it is being written. */
final class SqlNames {
    private static final String STEP = "(?:`[^`]+`|\\w+)";

    /** Words that may follow the name of a table, and are no other name for it. */
    private static final String NO_ALIAS =
            "(?!(?:where|on|join|left|right|full|inner|outer|cross|natural|semi|anti|group|order"
                    + "|cluster|distribute|sort|limit|having|window|union|except|intersect|set|values|select|using|lateral"
                    + "|tablesample|pivot|version|timestamp|when|as|add|drop|rename|alter)\\b)";

    private static final Pattern NAMED = Pattern.compile("(?i)\\b(?:from|join|into|update|table|using)\\s+(" + STEP
            + "(?:\\." + STEP + "){0,2})(?:\\s+(?:as\\s+)?" + NO_ALIAS + "(\\w+))?");

    private static final int MOST = 8;

    private SqlNames() {}

    /** @param steps of its name, without quotes */
    record Named(List<String> steps, Optional<String> alias) {
        boolean is(String name) {
            return alias.orElse(steps.get(steps.size() - 1)).equalsIgnoreCase(name);
        }
    }

    static List<Named> in(String statement) {
        List<Named> found = new ArrayList<>();
        Matcher each = NAMED.matcher(statement);
        while (each.find() && found.size() < MOST) {
            found.add(new Named(
                    List.of(each.group(1).replace("`", "").split("\\.")), Optional.ofNullable(each.group(2))));
        }
        return found;
    }
}
