package io.slipway.wire.databricks;

import io.slipway.kit.Page;
import io.slipway.kit.PageWanted;
import io.slipway.kit.PlatformException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Cuts a list into pages; a token says where a page begins. */
public final class Paging {
    private Paging() {}

    /**
     * @param token of the wanted page, empty for the first
     * @param size at least 1
     */
    public static <T> Page<T> page(List<T> all, String token, int size) {
        return page(all, start(token), size);
    }

    /** @param start of the page in the list, as some calls name it */
    public static <T> Page<T> page(List<T> all, int start, int size) {
        if (start < 0) {
            throw PlatformException.invalid("offset must not be negative, got " + start + ".");
        }
        int from = Math.min(start, all.size());
        int to = from + Math.min(size, all.size() - from);
        return new Page<>(
                all.subList(from, to),
                to < all.size() ? token(to) : "",
                from > 0 ? token(Math.max(0, from - size)) : "");
    }

    /** What a call asks for that takes a token and, from older clients, an offset: the token counts if both are there. */
    public static PageWanted wanted(Optional<String> token, Optional<Integer> offset, int size) {
        return token.filter(text -> !text.isEmpty())
                .map(text -> PageWanted.at(text, size))
                .orElseGet(() -> new PageWanted(size, "", offset.orElse(0)));
    }

    /** Checks a page size against its range; 0 means the default. */
    public static int size(int asked, int usual, int most, String field) {
        if (asked < 0 || asked > most) {
            throw PlatformException.invalid(field + " must be between 0 and " + most + ", got " + asked + ".");
        }
        return asked == 0 ? usual : asked;
    }

    private static String token(int start) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(("at:" + start).getBytes(StandardCharsets.UTF_8));
    }

    private static int start(String token) {
        if (token.isEmpty()) {
            return 0;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.startsWith("at:")) {
                int start = Integer.parseInt(text.substring(3));
                if (start >= 0) {
                    return start;
                }
            }
        } catch (IllegalArgumentException notOurs) {
            throw invalid();
        }
        throw invalid();
    }

    private static PlatformException invalid() {
        return PlatformException.invalid("Invalid page token.");
    }
}
