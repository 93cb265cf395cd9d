package io.slipway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.kit.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every database must do; each implementation adds one nearly empty class. */
abstract class DatabaseContract {
    private final Database database = open();
    private final EventLog events = new EventLog(Clock.system());

    abstract Database open();

    private List<Event> all() {
        return database.read(handle -> events.after(handle, 0, 1000));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_transaction_that_throws_leaves_nothing_and_sends_no_signal() {
        List<String> signals = new ArrayList<>();
        assertThatThrownBy(() -> database.change(tx -> {
                    events.append(tx, "me", "thing.made", "1", Map.of());
                    tx.afterCommit(() -> signals.add("late"));
                    throw new IllegalArgumentException("no");
                }))
                .hasMessage("no");
        assertThat(all()).isEmpty();
        assertThat(signals).isEmpty();
    }

    @Test
    void a_signal_is_sent_after_the_rows_can_be_seen() {
        List<Integer> seen = new ArrayList<>();
        database.change(tx -> {
            events.append(tx, "me", "thing.made", "1", Map.of("a", 1));
            tx.afterCommit(() -> seen.add(
                    database.read(handle -> events.of(handle, "1", "thing.").size())));
        });
        assertThat(seen).containsExactly(1);
    }

    @Test
    void writers_at_the_same_time_lose_no_update() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            all.add(pool.submit(() -> database.change(tx -> {
                int count = events.after(tx.sql(), 0, 1000).size();
                events.append(tx, "me", "count", String.valueOf(count), Map.of());
            })));
        }
        for (Future<?> each : all) {
            each.get();
        }
        pool.shutdown();
        List<Event> written = all();
        assertThat(written).extracting(Event::subject).doesNotHaveDuplicates().hasSize(80);
        assertThat(written).extracting(Event::seq).isSorted();
    }

    @Test
    void events_of_a_thing_come_newest_first() {
        database.change(tx -> {
            events.append(tx, "me", "a.one", "x", Map.of());
            events.append(tx, "me", "a.two", "x", Map.of());
            events.append(tx, "me", "b.three", "x", Map.of());
        });
        List<Event> ofX = database.read(handle -> events.of(handle, "x", "a."));
        assertThat(ofX).extracting(Event::kind).containsExactly("a.two", "a.one");
    }
}
