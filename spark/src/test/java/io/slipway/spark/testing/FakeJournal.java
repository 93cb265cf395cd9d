package io.slipway.spark.testing;

import io.slipway.protocol.driver.CommandStatus;
import io.slipway.protocol.driver.ContextStatus;
import io.slipway.protocol.driver.DriverStatus;
import io.slipway.protocol.driver.News;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What a made-up driver has to tell, in order; acknowledged things go. */
final class FakeJournal {
    private record Told(String context, Object what) {}

    private static final Object STATUS = new Object();

    private final String boot;
    private final TreeMap<Long, Told> told = new TreeMap<>();
    private final Map<String, Long> newest = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private long last;

    FakeJournal(String boot) {
        this.boot = boot;
    }

    void open(String context) {
        open.add(context);
    }

    void drop(String context) {
        open.remove(context);
        told.values().removeIf(each -> each.context().equals(context));
    }

    void output(News.Output output) {
        add(output.context(), "output/" + output.command() + "/" + output.seq(), output);
    }

    void command(CommandStatus status) {
        add(status.context(), "command/" + status.command(), status);
    }

    void context(ContextStatus status) {
        add(status.context(), "context/" + status.context(), status);
    }

    void status() {
        add("", "status", STATUS);
    }

    private void add(String context, String key, Object what) {
        if (context.isEmpty() || open.contains(context)) {
            last++;
            Long before = newest.put(key, last);
            if (before != null) {
                told.remove(before);
            }
            told.put(last, new Told(context, what));
        }
    }

    private long place(String cursor) {
        return cursor.startsWith(boot + "-") ? Long.parseLong(cursor.substring(boot.length() + 1)) : 0;
    }

    void acknowledge(String cursor) {
        told.headMap(place(cursor), true).clear();
    }

    boolean has(String cursor) {
        return !told.tailMap(place(cursor), false).isEmpty();
    }

    News since(String cursor, Supplier<DriverStatus> status) {
        long place = place(cursor);
        List<Object> news =
                told.tailMap(place, false).values().stream().map(Told::what).toList();
        return new News(
                boot + "-" + (news.isEmpty() ? place : told.lastKey()),
                of(news, News.Output.class),
                of(news, CommandStatus.class),
                List.of(),
                of(news, ContextStatus.class),
                news.contains(STATUS) ? status.get() : null);
    }

    private static <T> List<T> of(List<Object> news, Class<T> type) {
        return news.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
