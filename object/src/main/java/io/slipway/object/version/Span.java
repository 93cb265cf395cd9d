package io.slipway.object.version;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keys in the order of their bytes, from one place to another.
 *
 * @param from the first key
 * @param after versions of the first key with a higher rank only; empty: all
 * @param to the first key behind them; empty: all
 */
public record Span(String from, Optional<Long> after, Optional<String> to) {
    public static Span of(String prefix) {
        return new Span(prefix, Optional.empty(), behind(prefix));
    }

    /** Behind all versions of a key. */
    public Span after(String key) {
        return new Span(key, Optional.of(Long.MAX_VALUE), to);
    }

    /** Behind one version of a key. */
    public Span after(String key, long rank) {
        return new Span(key, Optional.of(rank), to);
    }

    /** Behind all keys that begin so; empty: nothing is there. */
    public Optional<Span> behindAll(String prefix) {
        return behind(prefix).map(next -> new Span(next, Optional.empty(), to));
    }

    /** The first text behind all those that begin so, in the order of code points, which is that of bytes in UTF-8. */
    public static Optional<String> behind(String prefix) {
        int end = prefix.length();
        while (end > 0) {
            int last = prefix.codePointBefore(end);
            end -= Character.charCount(last);
            if (last < Character.MAX_CODE_POINT) {
                int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
                return Optional.of(prefix.substring(0, end) + Character.toString(next));
            }
        }
        return Optional.empty();
    }

    /** Whether one key comes before another. */
    public static boolean before(String one, String other) {
        return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8)) < 0;
    }

    String condition() {
        boolean whole = after.isEmpty();
        boolean noVersion = after.filter(rank -> rank == Long.MAX_VALUE).isPresent();
        return (whole ? " and key >= :from" : noVersion ? " and key > :from" : " and (key, rank) > (:from, :rank)")
                + (to.isPresent() ? " and key < :to" : "");
    }

    Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>();
        values.put("from", from);
        after.filter(rank -> rank != Long.MAX_VALUE).ifPresent(rank -> values.put("rank", rank));
        to.ifPresent(key -> values.put("to", key));
        return values;
    }
}
