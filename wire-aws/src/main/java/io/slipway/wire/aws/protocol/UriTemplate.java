package io.slipway.wire.aws.protocol;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The path of an operation, and what its query has always: {@code /functions/{Name}/code?qualifier=x}. A variable is one step of the path,
 * or with a plus sign all steps that are left for it.
 *
 * @param fixed parameters by their names; empty: any value
 */
public record UriTemplate(List<Step> steps, Map<String, String> fixed) {
    /** One step: a text, or the name of a variable. */
    record Step(String text, boolean variable, boolean greedy) {
        static Step of(String written) {
            if (!written.startsWith("{")) {
                return new Step(written, false, false);
            }
            boolean greedy = written.endsWith("+}");
            return new Step(written.substring(1, written.length() - (greedy ? 2 : 1)), true, greedy);
        }
    }

    public UriTemplate {
        steps = List.copyOf(steps);
        fixed = Map.copyOf(fixed);
    }

    public static UriTemplate of(String written) {
        int question = written.indexOf('?');
        String path = question < 0 ? written : written.substring(0, question);
        Map<String, String> fixed = new HashMap<>();
        if (question >= 0) {
            Parameters.of(written.substring(question + 1)).all().forEach(each -> fixed.put(each.name(), each.value()));
        }
        return new UriTemplate(Arrays.stream(split(path)).map(Step::of).toList(), fixed);
    }

    private static String[] split(String path) {
        String steps = path.startsWith("/") ? path.substring(1) : path;
        return steps.isEmpty() ? new String[0] : steps.split("/", -1);
    }

    /** Values of the variables, decoded. Empty: it is another path. A slash at the end makes no difference. */
    Optional<Map<String, String>> match(String rawPath) {
        String[] sent = split(rawPath);
        return match(sent, sent.length)
                .or(() -> sent.length > 0 && sent[sent.length - 1].isEmpty()
                        ? match(sent, sent.length - 1)
                        : Optional.empty());
    }

    private Optional<Map<String, String>> match(String[] sent, int length) {
        List<Step> wanted = steps;
        Map<String, String> found = new HashMap<>();
        int spare = length - wanted.size();
        int at = 0;
        for (Step step : wanted) {
            int count = step.greedy() ? spare + 1 : 1;
            if (count < 1 || at + count > length) {
                return Optional.empty();
            }
            String text = String.join("/", Arrays.asList(sent).subList(at, at + count));
            if (step.variable() ? text.isEmpty() : !text.equals(step.text())) {
                return Optional.empty();
            }
            if (step.variable()) {
                found.put(step.text(), Parameters.decoded(text, false));
            }
            at += count;
        }
        return at == length ? Optional.of(found) : Optional.empty();
    }

    public boolean fits(Parameters query) {
        return fixed.entrySet().stream()
                .allMatch(each -> query.first(each.getKey())
                        .filter(value ->
                                each.getValue().isEmpty() || each.getValue().equals(value))
                        .isPresent());
    }

    /** Orders templates that fit one path, the best last: step by step texts before variables, one step before many; then the query. */
    String precision() {
        StringBuilder order = new StringBuilder();
        for (Step step : steps) {
            order.append(step.greedy() ? '1' : step.variable() ? '2' : '3');
        }
        return order.append('0').append((char) ('0' + fixed.size())).toString();
    }
}
