package io.slipway.catalog;

import io.slipway.kit.Page;
import io.slipway.kit.PageToken;
import io.slipway.kit.PlatformException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which part of a list is wanted (Unity Catalog 2.1, lists).
 *
 * @param maxResults absent = all rows, as before lists had pages; 0 = the server's choice
 * @param token of the wanted page, absent for the first
 */
public record PageRequest(Optional<Integer> maxResults, Optional<String> token) {
    public static final PageRequest ALL = new PageRequest(Optional.empty(), Optional.empty());

    /** Stands in the tokens of all lists of the catalog, which are all ordered by names. */
    private static final String NAMES = "catalog";

    private static final int USUAL = 100;
    private static final int LARGEST = 1000;

    public PageRequest {
        if (maxResults.isPresent() && maxResults.get() < 0) {
            throw PlatformException.invalid("maxResults must be greater than or equal to 0");
        }
    }

    private int size() {
        return maxResults
                .map(asked -> asked == 0 ? USUAL : Math.min(asked, LARGEST))
                .orElse(Integer.MAX_VALUE - 1);
    }

    /** The name after which the page begins. */
    String after() {
        return token.filter(text -> !text.isEmpty())
                .map(text -> PageToken.read(text, NAMES, 1).keys().get(0))
                .orElse("");
    }

    /** One row more than a page shows whether another follows. */
    int limit() {
        return size() + 1;
    }

    private static String after(String name) {
        return new PageToken(NAMES, false, List.of(name)).text();
    }

    <T> Page<T> page(List<T> rows, Function<T, String> name) {
        return rows.size() <= size()
                ? Page.whole(rows)
                : new Page<>(rows.subList(0, size()), after(name.apply(rows.get(size() - 1))), "");
    }
}
