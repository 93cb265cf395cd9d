package io.slipway.iam;

import io.slipway.kit.PageToken;
import io.slipway.kit.PlatformException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list of IAM is wanted.
 *
 * @param after the key of the last one that was told; empty for the first page
 */
record Pages(String list, String after, int most) {
    private static final int USUAL = 100;
    private static final int MOST = 1_000;

    /** @param marker of the next page; empty at the end */
    record Slice<T>(List<T> items, Optional<String> marker) {
        boolean truncated() {
            return marker.isPresent();
        }

        /** For fields of the SDK, which are absent at the end. */
        @Nullable
        String next() {
            return marker.orElse(null);
        }

        <R> Slice<R> map(Function<T, R> each) {
            return new Slice<>(items.stream().map(each).toList(), marker);
        }
    }

    static Pages of(String list, @Nullable String marker, @Nullable Integer maxItems) {
        int most = maxItems == null ? USUAL : maxItems;
        if (most < 1) {
            throw Checks.unsatisfied("maxItems", "Member must have value greater than or equal to 1");
        }
        if (most > MOST) {
            throw Checks.unsatisfied("maxItems", "Member must have value less than or equal to " + MOST);
        }
        return new Pages(list, marker == null ? "" : after(list, marker), most);
    }

    private static String after(String list, String marker) {
        try {
            return PageToken.read(marker, list, 1).keys().get(0);
        } catch (PlatformException notOurs) {
            throw IamFault.validation("Invalid Marker.");
        }
    }

    /** One more than the page has shows whether another follows. */
    int limit() {
        return most + 1;
    }

    /** @param rows at most {@link #limit}, all behind {@link #after} */
    <T> Slice<T> cut(List<T> rows, Function<T, String> key) {
        if (rows.size() <= most) {
            return new Slice<>(List.copyOf(rows), Optional.empty());
        }
        List<T> page = List.copyOf(rows.subList(0, most));
        String last = key.apply(page.get(page.size() - 1));
        return new Slice<>(page, Optional.of(new PageToken(list, false, List.of(last)).text()));
    }

    Slice<Entity> cut(List<Entity> rows) {
        return cut(rows, each -> EntityStore.folded(each.name()));
    }

    /** Of a list that is whole in memory, in the order of its keys. */
    <T> Slice<T> byKey(List<T> all, Function<T, String> key) {
        return cut(
                all.stream()
                        .sorted(Comparator.comparing(key))
                        .filter(each -> key.apply(each).compareTo(after) > 0)
                        .toList(),
                key);
    }

    /** Of a short list that has an order of its own. */
    <T> Slice<T> byPlace(List<T> all) {
        record Placed<T>(T item, String place) {}
        return byKey(
                        IntStream.range(0, all.size())
                                .mapToObj(i -> new Placed<>(all.get(i), String.format("%09d", i)))
                                .toList(),
                        Placed::place)
                .map(Placed::item);
    }
}
