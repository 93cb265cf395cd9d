package io.slipway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.kit.Clock;
import io.slipway.kit.Ids;
import io.slipway.kit.Kind;
import io.slipway.kit.Loop;
import io.slipway.kit.Loops;
import io.slipway.kit.Outcome;
import io.slipway.kit.PageWanted;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.Reconciler;
import io.slipway.kit.Ref;
import io.slipway.kit.Timer;
import io.slipway.kit.WorkspaceId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every database must do; each implementation adds one nearly empty class. */
abstract class DatabaseContract {
    private static final PrincipalId ME = new PrincipalId(102);

    private final Database database = open();
    private final Facts facts = new Facts(Clock.system());

    abstract Database open();

    private List<Event> all() {
        return database.read(handle -> facts.after(handle, 0, 1000));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_transaction_that_throws_leaves_nothing_and_sends_no_signal() {
        List<String> signals = new ArrayList<>();
        assertThatThrownBy(() -> database.change(tx -> {
                    facts.tell(tx, ME, new Made(Ref.of(Kind.JOB, WorkspaceId.FIRST, "1")));
                    tx.afterCommit(() -> signals.add("late"));
                    throw new IllegalArgumentException("no");
                }))
                .hasMessage("no");
        assertThat(all()).isEmpty();
        assertThat(signals).isEmpty();
    }

    @Test
    void a_signal_is_sent_after_the_rows_can_be_seen() {
        List<Long> seen = new ArrayList<>();
        database.change(tx -> {
            facts.tell(tx, ME, new Made(Ref.of(Kind.JOB, WorkspaceId.FIRST, "1")));
            tx.afterCommit(() -> seen.add(database.read(
                    handle -> facts.count(handle, Ref.of(Kind.JOB, WorkspaceId.FIRST, "1"), FactFilter.ALL))));
        });
        assertThat(seen).containsExactly(1L);
    }

    @Test
    void writers_at_the_same_time_lose_no_update() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            all.add(pool.submit(() -> database.change(tx -> {
                int count = facts.after(tx.sql(), 0, 1000).size();
                facts.tell(tx, ME, new Made(Ref.of(Kind.JOB, WorkspaceId.FIRST, String.valueOf(count))));
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

    private record Made(Ref subject, int size) implements Fact {
        Made(Ref subject) {
            this(subject, 1);
        }
    }

    private record LastSeen(Ref subject) implements Fact {}

    /** Heard, but not kept. */
    private record Passing(Ref subject) implements Fact {
        @Override
        public boolean kept() {
            return false;
        }
    }

    @Test
    void facts_of_a_thing_come_newest_first_and_are_not_mixed_with_those_of_another_kind() {
        database.change(tx -> {
            facts.tell(tx, ME, new Made(Ref.of(Kind.JOB, WorkspaceId.FIRST, "x")));
            facts.tell(tx, ME, new LastSeen(Ref.of(Kind.JOB, WorkspaceId.FIRST, "x")));
            facts.tell(tx, ME, new Made(Ref.of(Kind.RUN, WorkspaceId.FIRST, "x")));
        });
        List<Event> ofX = database.read(handle -> facts.of(
                        handle, Ref.of(Kind.JOB, WorkspaceId.FIRST, "x"), FactFilter.ALL, false, PageWanted.ALL)
                .items());
        assertThat(ofX).extracting(Event::kind).containsExactly("job.last_seen", "job.made");
        assertThat(ofX.get(1).body().toString()).isEqualTo("{\"size\":1}");
    }

    @Test
    void who_hears_a_fact_writes_in_its_transaction() {
        facts.on(Made.class, (tx, made) -> facts.tell(tx, PrincipalId.SYSTEM, new LastSeen(made.subject())));
        database.change(tx -> facts.tell(tx, ME, new Made(Ref.of(Kind.JOB, WorkspaceId.FIRST, "x"))));
        assertThat(all()).extracting(Event::kind).containsExactly("job.made", "job.last_seen");

        facts.on(LastSeen.class, (tx, seen) -> {
            throw new IllegalArgumentException("no");
        });
        assertThatThrownBy(() ->
                        database.change(tx -> facts.tell(tx, ME, new Made(Ref.of(Kind.JOB, WorkspaceId.FIRST, "y")))))
                .hasMessage("no");
        assertThat(all()).hasSize(2);
    }

    @Test
    void a_passing_fact_is_heard_and_not_kept() {
        List<Ref> heard = new ArrayList<>();
        facts.on(Passing.class, (tx, passing) -> heard.add(passing.subject()));
        database.change(tx -> facts.tell(tx, ME, new Passing(Ref.of(Kind.JOB, WorkspaceId.FIRST, "x"))));
        assertThat(heard).hasSize(1);
        assertThat(all()).isEmpty();
    }

    @Test
    void a_signal_that_throws_keeps_no_other_back_and_does_not_fail_the_commit() {
        List<String> sent = new ArrayList<>();
        String result = database.write(tx -> {
            tx.afterCommit(() -> {
                throw new IllegalStateException("broken");
            });
            tx.afterCommit(() -> sent.add("second"));
            return "committed";
        });
        assertThat(result).isEqualTo("committed");
        assertThat(sent).containsExactly("second");
    }

    @Test
    void a_signal_may_write_since_its_transaction_is_over() {
        database.change(tx -> tx.afterCommit(() ->
                database.change(next -> facts.tell(next, ME, new Made(Ref.of(Kind.JOB, WorkspaceId.FIRST, "later"))))));
        assertThat(all()).hasSize(1);
    }

    @Test
    void a_read_or_write_within_another_is_refused_instead_of_waiting_for_itself() {
        assertThatThrownBy(() -> database.change(tx -> database.read(facts::last)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> database.change(tx -> database.change(inner -> {})))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> database.read(handle -> database.read(facts::last)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(database.<Long>read(facts::last)).isZero();
    }

    @Test
    void a_key_that_a_transaction_wakes_often_has_one_pass_after_the_commit() {
        Deque<Runnable> work = new ArrayDeque<>();
        List<String> passes = new ArrayList<>();
        Loops loops = new Loops(Clock.system(), Timer.system("unused"), Ids.system(Clock.system()), work::add);
        Loop<String> loop = loops.loop("test");
        loops.run(loop, new Reconciler<>() {
            @Override
            public Outcome reconcile(String key) {
                passes.add(key);
                return Outcome.done();
            }

            @Override
            public Iterable<String> unfinished() {
                return List.of();
            }
        });
        assertThatThrownBy(() -> database.change(tx -> {
                    tx.wake(loop, "rolled back");
                    throw new IllegalArgumentException("no");
                }))
                .hasMessage("no");
        database.change(tx -> {
            tx.wake(loop, "a");
            tx.wake(loop, "a");
        });
        while (!work.isEmpty()) {
            work.pop().run();
        }
        assertThat(passes).containsExactly("a");
    }
}
