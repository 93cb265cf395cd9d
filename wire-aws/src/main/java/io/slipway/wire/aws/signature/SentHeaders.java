package io.slipway.wire.aws.signature;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Headers of a request in the order in which they came; a name may come again. Names have no case. */
public record SentHeaders(List<Map.Entry<String, String>> entries) {
    public SentHeaders {
        entries = entries.stream()
                .map(each -> Map.entry(each.getKey().toLowerCase(Locale.ROOT), each.getValue()))
                .toList();
    }

    /** Names and values by turns. */
    public static SentHeaders of(String... namesAndValues) {
        List<Map.Entry<String, String>> entries = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            entries.add(Map.entry(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new SentHeaders(entries);
    }

    public SentHeaders with(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(entries);
        more.add(Map.entry(name, value));
        return new SentHeaders(more);
    }

    public List<String> all(String name) {
        List<String> values = new ArrayList<>(1);
        for (Map.Entry<String, String> each : entries) {
            if (each.getKey().equals(name)) {
                values.add(each.getValue());
            }
        }
        return values;
    }

    public Optional<String> first(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(0).strip());
    }
}
