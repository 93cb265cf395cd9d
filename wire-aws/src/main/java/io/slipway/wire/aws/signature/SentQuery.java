package io.slipway.wire.aws.signature;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Parameters of a query, decoded and encoded again, so that all ways to write one thing are one. */
record SentQuery(List<Parameter> parameters) {
    /** Both encoded as signatures want it. */
    record Parameter(String name, String value) {}

    static SentQuery of(String raw) {
        List<Parameter> parameters = new ArrayList<>();
        if (!raw.isEmpty()) {
            for (String each : raw.split("&", -1)) {
                int equals = each.indexOf('=');
                String name = equals < 0 ? each : each.substring(0, equals);
                String value = equals < 0 ? "" : each.substring(equals + 1);
                if (!each.isEmpty()) {
                    parameters.add(new Parameter(again(name), again(value)));
                }
            }
        }
        return new SentQuery(parameters);
    }

    private static String again(String text) {
        return Encoding.encoded(Encoding.decoded(text, true), true);
    }

    boolean has(String name) {
        return parameters.stream().anyMatch(each -> each.name().equals(name));
    }

    /** The decoded value of a parameter that comes once. Empty: it does not come, or often. */
    Optional<String> single(String name) {
        List<Parameter> all =
                parameters.stream().filter(each -> each.name().equals(name)).toList();
        return all.size() == 1
                ? Optional.of(Encoding.text(Encoding.decoded(all.get(0).value(), false)))
                : Optional.empty();
    }

    String canonical(Predicate<String> names) {
        StringBuilder out = new StringBuilder();
        parameters.stream()
                .filter(each -> names.test(each.name()))
                .sorted(Comparator.comparing(Parameter::name).thenComparing(Parameter::value))
                .forEach(each -> out.append(out.length() == 0 ? "" : "&")
                        .append(each.name())
                        .append('=')
                        .append(each.value()));
        return out.toString();
    }
}
