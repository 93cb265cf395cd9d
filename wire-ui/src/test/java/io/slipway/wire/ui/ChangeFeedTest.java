package io.slipway.wire.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.kit.Kind;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import io.slipway.kit.testing.FakeClock;
import io.slipway.kit.testing.FakeTimer;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Event;
import io.slipway.store.Fact;
import io.slipway.store.TestBase;
import io.slipway.store.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who follows the event log is told all of it, in order and once, from the moment they came. */
@NullUnmarked
class ChangeFeedTest {
    private record Ended(Ref subject) implements Fact {}

    private final FakeClock clock = new FakeClock(1_700_000_000_000L);
    private final List<Runnable> reading = new ArrayList<>();
    private Database database;
    private Base base;
    private ChangeFeed feed;
    private int happened;

    @BeforeEach
    void start(@TempDir Path folder) {
        database = TestDatabases.sqlite(folder);
        base = TestBase.of(database, clock);
        feed = new ChangeFeed(base, new FakeTimer(clock), reading::add);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    private void happens(int times) {
        database.change(tx -> {
            for (int i = 0; i < times; i++) {
                happened++;
                base.facts()
                        .tell(
                                tx,
                                PrincipalId.SYSTEM,
                                new Ended(Ref.of(Kind.RUN, WorkspaceId.FIRST, String.valueOf(happened))));
            }
        });
    }

    /** The next look; false if none is planned. */
    private boolean look() {
        clock.advance(Duration.ofSeconds(1));
        List<Runnable> now = List.copyOf(reading);
        reading.clear();
        now.forEach(Runnable::run);
        assertThat(now).hasSizeLessThanOrEqualTo(1);
        return !now.isEmpty();
    }

    /** Stays for ever. */
    private static ChangeFeed.Listener keeping(List<Event> heard) {
        return news -> {
            heard.addAll(news);
            return true;
        };
    }

    private static List<String> subjects(List<Event> events) {
        return events.stream().map(Event::subject).toList();
    }

    @Test
    void who_comes_hears_what_happens_from_then_on() {
        happens(3);
        List<Event> heard = new ArrayList<>();
        feed.add(keeping(heard));
        look();
        assertThat(heard).isEmpty();
        happens(2);
        look();
        look();
        happens(1);
        look();
        assertThat(subjects(heard)).containsExactly("4", "5", "6");
    }

    @Test
    void more_than_one_look_can_carry_comes_with_the_next_ones_in_order() {
        List<Event> heard = new ArrayList<>();
        feed.add(keeping(heard));
        look();
        happens(450);
        look();
        assertThat(heard).hasSize(200);
        look();
        look();
        assertThat(heard).hasSize(450).isSortedAccordingTo((one, other) -> Long.compare(one.seq(), other.seq()));
    }

    @Test
    void there_is_one_reader_however_many_listen_and_each_hears_all() {
        List<Event> one = new ArrayList<>();
        List<Event> other = new ArrayList<>();
        feed.add(keeping(one));
        feed.add(keeping(other));
        look();
        happens(2);
        look();
        assertThat(subjects(one)).containsExactly("1", "2");
        assertThat(other).isEqualTo(one);
    }

    @Test
    void who_has_left_is_told_nothing_more_and_with_nobody_left_the_log_is_not_read() {
        List<Event> stays = new ArrayList<>();
        List<List<Event>> left = new ArrayList<>();
        boolean[] listens = {true};
        feed.add(news -> {
            left.add(news);
            return false;
        });
        feed.add(news -> {
            stays.addAll(news);
            return listens[0];
        });
        look();
        happens(1);
        look();
        assertThat(left).hasSize(1);
        assertThat(stays).hasSize(1);
        listens[0] = false;
        look();
        look();
        assertThat(look()).isFalse();
        happens(1);
        List<Event> returns = new ArrayList<>();
        feed.add(keeping(returns));
        look();
        happens(1);
        look();
        assertThat(subjects(returns)).containsExactly("3");
        assertThat(stays).hasSize(1);
    }

    @Test
    void listeners_that_fail_take_nothing_from_the_others_and_may_hear_the_next() {
        List<Event> heard = new ArrayList<>();
        List<Event> recovered = new ArrayList<>();
        boolean[] fail = {true};
        // Several, since nobody knows who is told first.
        for (int i = 0; i < 8; i++) {
            feed.add(news -> {
                if (fail[0] && !news.isEmpty()) {
                    throw new IllegalStateException("for a test");
                }
                recovered.addAll(news);
                return true;
            });
        }
        feed.add(keeping(heard));
        look();
        happens(1);
        look();
        fail[0] = false;
        happens(1);
        look();
        assertThat(subjects(heard)).containsExactly("1", "2");
        assertThat(subjects(recovered)).hasSize(8).containsOnly("2");
    }
}
