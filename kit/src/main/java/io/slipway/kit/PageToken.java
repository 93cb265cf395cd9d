package io.slipway.kit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where a page of an ordered list begins, as a text that clients hand back. It names a row and not a position: rows that come or go
 * meanwhile shift nothing.
 *
 * @param list whose token it is; another list refuses it
 * @param backward whether the page ends before the row, instead of beginning after it
 * @param keys of the row, in the list's order
 */
public record PageToken(String list, boolean backward, List<String> keys) {
    private static final String AFTER = "after";
    private static final String BEFORE = "before";

    public PageToken {
        keys = List.copyOf(keys);
    }

    public String text() {
        List<String> parts = new ArrayList<>(List.of(list, backward ? BEFORE : AFTER));
        parts.addAll(keys);
        return parts.stream()
                .map(part ->
                        Base64.getUrlEncoder().withoutPadding().encodeToString(part.getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.joining("."));
    }

    /** Reads what {@link #text} wrote for this list and nothing else. */
    public static PageToken read(String text, String list, int keys) {
        return parse(text)
                .filter(token -> token.list().equals(list) && token.keys().size() == keys)
                // A database may take no NUL in a text, and other spellings of a token are not ours.
                .filter(token ->
                        token.text().equals(text) && token.keys().stream().allMatch(key -> key.indexOf('\0') < 0))
                .orElseThrow(PageToken::invalid);
    }

    private static Optional<PageToken> parse(String text) {
        List<String> parts = new ArrayList<>();
        try {
            for (String part : text.split("\\.", -1)) {
                parts.add(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
            }
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
        return parts.size() < 2
                ? Optional.empty()
                : Optional.of(new PageToken(parts.get(0), parts.get(1).equals(BEFORE), parts.subList(2, parts.size())));
    }

    /** The refusal of a token that is not one of the list's. */
    public static PlatformException invalid() {
        return PlatformException.invalid("Invalid page token.");
    }
}
