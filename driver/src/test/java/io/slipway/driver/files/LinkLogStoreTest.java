package io.slipway.driver.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkLogStoreTest {
    @TempDir
    java.nio.file.Path root;

    private final Configuration conf = new Configuration(false);
    private java.nio.file.Path log;
    private LinkLogStore store;

    @BeforeEach
    void open() throws IOException {
        conf.setClass(
                "fs.file.impl", org.apache.hadoop.fs.LocalFileSystem.class, org.apache.hadoop.fs.FileSystem.class);
        log = Files.createDirectories(root.resolve("t/_delta_log"));
        store = new LinkLogStore(conf);
    }

    private Path commit(int version) {
        return new Path(log.resolve("%020d.json".formatted(version)).toUri());
    }

    private List<String> read(int version) throws IOException {
        var lines = new ArrayList<String>();
        try (var actions = store.read(commit(version), conf)) {
            actions.forEachRemaining(lines::add);
        }
        return lines;
    }

    @Test
    void actions_come_back_line_by_line() throws IOException {
        List<String> actions = List.of("{\"commitInfo\":{}}", "{\"add\":{\"path\":\"größe ☃\"}}");
        store.write(commit(0), actions.iterator(), false, conf);
        assertThat(read(0)).isEqualTo(actions);
        assertThat(store.isPartialWriteVisible(commit(0), conf)).isFalse();
    }

    @Test
    void of_writers_that_commit_the_same_version_exactly_one_wins() throws Exception {
        for (int version = 0; version < 20; version++) {
            int number = version;
            var begin = new CountDownLatch(1);
            var won = new AtomicInteger();
            var lost = new AtomicInteger();
            var writers = new Thread[6];
            for (int w = 0; w < writers.length; w++) {
                // Each has a store of its own, as each cluster does.
                var own = new LinkLogStore(conf);
                String action = "{\"writer\":" + w + "}";
                writers[w] = new Thread(() -> {
                    try {
                        begin.await();
                        own.write(commit(number), List.of(action, action).iterator(), false, conf);
                        won.incrementAndGet();
                    } catch (FileAlreadyExistsException e) {
                        lost.incrementAndGet();
                    } catch (IOException | InterruptedException e) {
                        throw new AssertionError(e);
                    }
                });
                writers[w].start();
            }
            begin.countDown();
            for (Thread writer : writers) {
                writer.join();
            }
            assertThat(won).hasValue(1);
            assertThat(lost).hasValue(writers.length - 1);
            List<String> lines = read(number);
            assertThat(lines).hasSize(2);
            assertThat(lines.get(0)).isEqualTo(lines.get(1));
        }
        assertThat(log).isDirectoryNotContaining("glob:**.tmp");
    }

    /** Gives one action and fails then, as a query does that computes its actions. */
    private static Iterator<String> failing() {
        return new Iterator<>() {
            private boolean first = true;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public String next() {
                if (first) {
                    first = false;
                    return "{\"metaData\":{}}";
                }
                throw new IllegalStateException("half way");
            }
        };
    }

    @Test
    void a_commit_that_fails_half_way_is_no_commit() throws IOException {
        assertThatThrownBy(() -> store.write(commit(0), failing(), false, conf))
                .isInstanceOf(IllegalStateException.class);
        try (var files = Files.list(log)) {
            assertThat(files).isEmpty();
        }
        store.write(commit(0), List.of("{}").iterator(), false, conf);
        assertThatThrownBy(() -> store.write(commit(0), failing(), true, conf))
                .isInstanceOf(IllegalStateException.class);
        assertThat(read(0)).as("what was there stays").containsExactly("{}");
    }

    @Test
    void a_version_that_exists_is_refused_before_its_actions_are_asked_for() throws IOException {
        store.write(commit(0), List.of("{}").iterator(), false, conf);
        assertThatThrownBy(() -> store.write(commit(0), failing(), false, conf))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void a_commit_is_written_over_as_a_whole() throws IOException {
        store.write(commit(0), List.of("a", "b", "c").iterator(), true, conf);
        store.write(commit(0), List.of("d").iterator(), true, conf);
        assertThat(read(0)).containsExactly("d");
    }

    @Test
    void a_log_that_is_not_there_is_an_error() {
        var nowhere = new Path(root.resolve("none/_delta_log/0.json").toUri());
        assertThatThrownBy(() -> store.write(nowhere, List.of("{}").iterator(), false, conf))
                .isInstanceOf(IOException.class);
    }

    @Test
    void versions_are_listed_in_order_from_one_on() throws IOException {
        for (int version = 0; version < 3; version++) {
            store.write(commit(version), List.of("{}").iterator(), false, conf);
        }
        var names = new ArrayList<String>();
        store.listFrom(commit(1), conf)
                .forEachRemaining(status -> names.add(status.getPath().getName()));
        assertThat(names).containsExactly("00000000000000000001.json", "00000000000000000002.json");
    }
}
