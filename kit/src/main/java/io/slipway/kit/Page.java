package io.slipway.kit;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One page of a list.
 *
 * @param next token of the following page, empty at the end
 * @param previous token of the page before, empty at the beginning
 */
public record Page<T>(List<T> items, String next, String previous) {
    public Page {
        items = List.copyOf(items);
    }

    public static <T> Page<T> whole(List<T> items) {
        return new Page<>(items, "", "");
    }

    /** Without those that are not {@code wanted}; the places of the other pages stay. */
    public Page<T> only(Predicate<? super T> wanted) {
        return new Page<>(items.stream().filter(wanted).toList(), next, previous);
    }

    public <R> Page<R> map(Function<? super T, ? extends R> each) {
        return new Page<>(items.stream().<R>map(each).toList(), next, previous);
    }
}
