package io.slipway.identity.oidc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an issuer says of somebody, by the names of claims. */
public record Claims(Map<String, Object> all) {
    public Claims {
        Map<String, Object> known = new HashMap<>();
        all.forEach((name, value) -> {
            if (value != null) {
                known.put(name, value);
            }
        });
        all = Map.copyOf(known);
    }

    /** Empty if it is missing, blank or no text. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(all.get(name))
                .filter(String.class::isInstance)
                .map(value -> ((String) value).strip())
                .filter(Claims::readable);
    }

    /** What has characters that no name has is nobody's, and some databases do not take it. */
    private static boolean readable(String text) {
        return !text.isEmpty()
                && text.codePoints()
                        .noneMatch(
                                each -> Character.isISOControl(each) || Character.getType(each) == Character.SURROGATE);
    }

    /** A list of texts, or one text; empty if it is missing. */
    public Optional<Set<String>> words(String name) {
        Object value = all.get(name);
        if (value == null) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>();
        if (value instanceof String one) {
            words.add(one);
        } else if (value instanceof Iterable<?> many) {
            many.forEach(each -> {
                if (each instanceof String text) {
                    words.add(text);
                }
            });
        }
        words.removeIf(word -> !readable(word.strip()));
        return Optional.of(new LinkedHashSet<>(words));
    }

    /** Whether it is there and says yes; some providers write truth values as texts. */
    public boolean affirms(String name) {
        Object value = all.get(name);
        return Boolean.TRUE.equals(value) || (value instanceof String text && text.equalsIgnoreCase("true"));
    }

    boolean has(String name) {
        return all.containsKey(name);
    }

    /** With what another says; of what both say, this counts. */
    Claims and(Claims other) {
        Map<String, Object> both = new HashMap<>(other.all);
        both.putAll(all);
        return new Claims(both);
    }
}
