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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every database must do; each implementation adds one nearly empty class. */
abstract class DatabaseContract {
    static final PrincipalId ME = new PrincipalId(102);

    final Database database = open();
    final Facts facts = new Facts(Clock.system());

    abstract Database open();

    final List<Event> all() {
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

    /** Numbers whose writers begin while an earlier writer is still at work, so that a database may commit them together. */
    final Map<Integer, Optional<Throwable>> writeAtTheSameTime(int writers, BiConsumer<Tx, Integer> work)
            throws InterruptedException {
        Map<Integer, Optional<Throwable>> ends = new ConcurrentHashMap<>();
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        threads.add(new Thread(() -> {
            try {
                database.change(tx -> {
                    first.countDown();
                    await(others);
                });
            } catch (RuntimeException e) {
                ends.put(-1, Optional.of(e));
            }
        }));
        for (int i = 0; i < writers; i++) {
            int number = i;
            threads.add(new Thread(() -> {
                try {
                    database.change(tx -> work.accept(tx, number));
                    ends.put(number, Optional.empty());
                } catch (RuntimeException e) {
                    ends.put(number, Optional.of(e));
                }
            }));
        }
        threads.get(0).start();
        await(first);
        threads.subList(1, threads.size()).forEach(Thread::start);
        if (commitsTogether()) {
            Awaitility.await()
                    .until(() -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        }
        others.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        ends.remove(-1);
        return ends;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_writer_that_fails_takes_back_its_own_rows_and_no_neighbours() throws Exception {
        List<Integer> signals = new CopyOnWriteArrayList<>();
        Map<Integer, Optional<Throwable>> ends = writeAtTheSameTime(8, (tx, number) -> {
            facts.tell(tx, ME, new Made(Ref.of(Kind.JOB, WorkspaceId.FIRST, String.valueOf(number))));
            tx.afterCommit(() -> signals.add(number));
            if (number % 2 == 1) {
                throw new IllegalArgumentException("no");
            }
        });
        assertThat(all()).extracting(Event::subject).containsExactlyInAnyOrder("0", "2", "4", "6");
        assertThat(signals).containsExactlyInAnyOrder(0, 2, 4, 6);
        assertThat(ends)
                .hasSize(8)
                .allSatisfy((number, failure) -> assertThat(failure.isPresent()).isEqualTo(number % 2 == 1));
    }

    @Test
    void a_statement_that_the_database_refuses_fails_its_own_writer_only() throws Exception {
        Map<Integer, Optional<Throwable>> ends = writeAtTheSameTime(4, (tx, number) -> {
            facts.tell(tx, ME, new Made(Ref.of(Kind.JOB, WorkspaceId.FIRST, String.valueOf(number))));
            if (number == 2) {
                tx.sql().execute("insert into event (at) values (null)");
            }
        });
        assertThat(all()).extracting(Event::subject).containsExactlyInAnyOrder("0", "1", "3");
        assertThat(ends)
                .allSatisfy((number, failure) -> assertThat(failure.isPresent()).isEqualTo(number == 2));
    }

    @Test
    void signals_of_writers_at_the_same_time_are_sent_when_their_rows_can_be_seen() throws Exception {
        Map<Integer, Boolean> seen = new ConcurrentHashMap<>();
        writeAtTheSameTime(8, (tx, number) -> {
            Ref job = Ref.of(Kind.JOB, WorkspaceId.FIRST, String.valueOf(number));
            facts.tell(tx, ME, new Made(job));
            tx.afterCommit(() ->
                    seen.put(number, database.read(handle -> facts.count(handle, job, FactFilter.ALL)) == 1));
        });
        assertThat(seen)
                .hasSize(8)
                .allSatisfy((number, there) -> assertThat(there).isTrue());
    }

    /** A row that only the commit can refuse. */
    void breakTheCommit(Tx tx) {
        tx.sql().execute("insert into child (parent_id) values (1)");
    }

    void prepareBrokenCommits() {
        database.change(tx -> {
            tx.sql().execute("create table parent (id bigint primary key)");
            tx.sql()
                    .execute(
                            "create table child (parent_id bigint references parent (id) deferrable initially deferred)");
        });
    }

    /** Whether a commit that the database refuses fails all who have written at the same time, or only who caused it. */
    abstract boolean commitsTogether();

    @Test
    void a_commit_that_fails_fails_all_who_shared_it_and_sends_none_of_their_signals() throws Exception {
        prepareBrokenCommits();
        List<Integer> signals = new CopyOnWriteArrayList<>();
        Map<Integer, Optional<Throwable>> ends = writeAtTheSameTime(4, (tx, number) -> {
            facts.tell(tx, ME, new Made(Ref.of(Kind.JOB, WorkspaceId.FIRST, String.valueOf(number))));
            tx.afterCommit(() -> signals.add(number));
            if (number == 1) {
                breakTheCommit(tx);
            }
        });
        List<Integer> failed = ends.entrySet().stream()
                .filter(end -> end.getValue().isPresent())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        assertThat(failed).containsExactlyElementsOf(commitsTogether() ? List.of(0, 1, 2, 3) : List.of(1));
        assertThat(signals).hasSize(4 - failed.size()).doesNotContainAnyElementsOf(failed);
        assertThat(all()).hasSize(4 - failed.size());

        database.change(tx -> facts.tell(tx, ME, new Made(Ref.of(Kind.JOB, WorkspaceId.FIRST, "afterwards"))));
        assertThat(all()).extracting(Event::subject).contains("afterwards");
    }

    private static Stream.Entry entry(long number, String body) {
        return new Stream.Entry(number, body);
    }

    @Test
    void a_stream_is_read_from_a_place_on_in_order() {
        Stream stream = database.stream("frame");
        assertThat(stream.append("a", List.of(entry(1, "one"), entry(2, "two"))))
                .isEqualTo(2);
        stream.append("a", List.of(entry(3, "three")));
        stream.append("b", List.of(entry(1, "other")));
        database.stream("log").append("a", List.of(entry(1, "another kind")));
        assertThat(stream.read("a", 0, Long.MAX_VALUE))
                .containsExactly(entry(1, "one"), entry(2, "two"), entry(3, "three"));
        assertThat(stream.read("a", 1, 2)).containsExactly(entry(2, "two"));
        assertThat(stream.last("a")).isEqualTo(3);
        assertThat(stream.last("unknown")).isZero();
    }

    @Test
    void what_is_appended_again_stays_as_it_was() {
        Stream stream = database.stream("frame");
        stream.append("a", List.of(entry(1, "one"), entry(2, "two")));
        assertThat(stream.append("a", List.of(entry(2, "repeated"), entry(3, "three"))))
                .isEqualTo(1);
        assertThat(stream.read("a", 0, 9)).containsExactly(entry(1, "one"), entry(2, "two"), entry(3, "three"));
        assertThat(stream.add("a", "last")).isEqualTo(4);
    }

    @Test
    void an_append_waits_for_no_writer_and_may_be_made_within_a_write() {
        Stream stream = database.stream("frame");
        database.change(tx -> {
            stream.append("a", List.of(entry(1, "one")));
            assertThat(stream.read("a", 0, 9)).hasSize(1);
        });
        assertThat(database.<Long>read(handle -> stream.last("a"))).isEqualTo(1);
    }

    @Test
    void sequences_are_found_by_name_and_forgotten_as_a_whole() {
        Stream stream = database.stream("frame");
        for (String sequence : List.of("a", "b", "c")) {
            stream.append(sequence, List.of(entry(1, "one"), entry(2, "two")));
        }
        assertThat(stream.sequences("", 2)).containsExactly("a", "b");
        assertThat(stream.sequences("b", 2)).containsExactly("c");
        assertThat(stream.sequences("c", 2)).isEmpty();
        stream.forget(List.of("a", "b", "unknown"));
        assertThat(stream.sequences("", 9)).containsExactly("c");
    }

    record Made(Ref subject, int size) implements Fact {
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

    @Test
    void old_facts_are_forgotten_in_pieces_and_others_stay() {
        AtomicLong now = new AtomicLong(1_000);
        Facts dated = new Facts(now::get);
        database.change(tx -> {
            dated.tell(tx, ME, new Made(Ref.of(Kind.CLUSTER, WorkspaceId.FIRST, "old")));
            dated.tell(tx, ME, new Made(Ref.of(Kind.CLUSTER, WorkspaceId.FIRST, "old too")));
            dated.tell(tx, ME, new Made(Ref.of(Kind.JOB, WorkspaceId.FIRST, "of another kind")));
        });
        now.set(5_000);
        database.change(tx -> dated.tell(tx, ME, new Made(Ref.of(Kind.CLUSTER, WorkspaceId.FIRST, "new"))));
        assertThat(forgotten(dated, Set.of(Kind.CLUSTER, Kind.RUN))).isEqualTo(1);
        assertThat(forgotten(dated, Set.of(Kind.CLUSTER, Kind.RUN))).isEqualTo(1);
        assertThat(forgotten(dated, Set.of(Kind.CLUSTER, Kind.RUN))).isZero();
        assertThat(all()).extracting(Event::subject).containsExactly("of another kind", "new");
        assertThat(forgotten(dated, Set.of())).isEqualTo(1);
        assertThat(all()).extracting(Event::subject).containsExactly("new");
    }

    private int forgotten(Facts dated, Set<Kind> kinds) {
        return database.write(tx -> dated.forget(tx, kinds, 2_000, 1));
    }
}
