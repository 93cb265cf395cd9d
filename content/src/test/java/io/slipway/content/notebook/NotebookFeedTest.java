package io.slipway.content.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import io.slipway.store.Json;
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

@NullUnmarked
class NotebookFeedTest {
    @TempDir
    private Path folder;

    private Database database;
    private Desk desk;
    private long notebook;

    private static final class Ears implements NotebookFeed.Listener {
        final List<JsonNode> heard = new ArrayList<>();
        boolean ready = true;
        String ended = "";

        @Override
        public void send(String frame) {
            heard.add(Json.read(frame, JsonNode.class));
        }

        @Override
        public boolean ready() {
            return ready;
        }

        @Override
        public void end(String why) {
            ended = why;
        }

        List<String> types() {
            return heard.stream().map(frame -> frame.path("type").asText()).toList();
        }

        long count(String type) {
            return types().stream().filter(type::equals).count();
        }
    }

    @BeforeEach
    void make() {
        database = TestDatabases.sqlite(folder);
        desk = new Desk(database, folder.resolve("tree"));
        notebook = desk.notebook("a");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private NotebookFeed.Watch watch(Ears ears, long since) {
        NotebookFeed.Watch watch = desk.feed.watch(notebook, "tab", "ann@example.com", since, ears);
        desk.clock.advance(Duration.ofMillis(100));
        return watch;
    }

    private void insert(String id, String text) {
        desk.notebooks.insert(Desk.ANN, notebook, "tab", id, "", text);
        desk.clock.advance(Duration.ofMillis(100));
    }

    @Test
    void a_newcomer_gets_everything_and_then_what_happens() {
        Ears ears = new Ears();
        watch(ears, -1);
        insert("c-1", "x");
        assertThat(ears.types()).containsExactly("snapshot", "presence", "op");
    }

    @Test
    void news_that_keep_coming_are_told_together() {
        Ears ears = new Ears();
        watch(ears, -1);
        for (int i = 0; i < 100; i++) {
            desk.notebooks.insert(Desk.ANN, notebook, "tab", "c-" + i, "", "");
        }
        assertThat(ears.count("op")).isLessThanOrEqualTo(6);
        desk.clock.advance(Duration.ofMillis(50));
        assertThat(ears.count("op")).isEqualTo(100);
    }

    @Test
    void a_short_exchange_is_told_at_once() {
        Ears ears = new Ears();
        watch(ears, -1);
        desk.clock.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 4; i++) {
            desk.notebooks.insert(Desk.ANN, notebook, "tab", "c-" + i, "", "");
            assertThat(ears.count("op")).isEqualTo(i + 1);
        }
    }

    @Test
    void one_who_takes_nothing_holds_up_nobody_and_catches_up_later() {
        Ears slow = new Ears();
        Ears fast = new Ears();
        NotebookFeed.Watch behind = watch(slow, -1);
        watch(fast, -1);
        slow.ready = false;
        for (int i = 0; i < 1_000; i++) {
            desk.notebooks.insert(Desk.ANN, notebook, "tab", "c-" + i, "", "");
        }
        desk.clock.advance(Duration.ofMillis(100));
        assertThat(fast.count("op")).isEqualTo(1_000);
        assertThat(slow.count("op")).isZero();
        slow.ready = true;
        behind.resume();
        desk.clock.advance(Duration.ofMillis(100));
        assertThat(slow.count("op")).isEqualTo(1_000);
        assertThat(slow.count("snapshot")).isEqualTo(1);
    }

    @Test
    void one_who_was_away_for_too_long_gets_everything_again() {
        Ears slow = new Ears();
        NotebookFeed.Watch behind = watch(slow, -1);
        slow.ready = false;
        insert("c-1", "");
        database.change(tx -> tx.sql().execute("delete from document_log"));
        insert("c-2", "");
        slow.ready = true;
        behind.resume();
        desk.clock.advance(Duration.ofMillis(100));
        assertThat(slow.count("snapshot")).isEqualTo(2);
    }

    @Test
    void of_one_who_acknowledges_not_more_is_under_way_than_a_window() {
        Ears ears = new Ears();
        NotebookFeed.Watch watch = watch(ears, -1);
        watch.acknowledge(0);
        for (int i = 0; i < 10; i++) {
            insert("c-" + i, "x".repeat(900_000));
        }
        assertThat(ears.count("op")).isBetween(4L, 6L);
        watch.acknowledge(5);
        desk.clock.advance(Duration.ofMillis(100));
        assertThat(ears.count("op")).isEqualTo(10);
    }

    @Test
    void the_log_is_kept_short() {
        DocumentLog log = new DocumentLog(new Facts(desk.clock));
        database.change(tx -> {
            for (int i = 0; i < DocumentLog.KEPT + 1_200; i++) {
                log.add(tx, notebook, "clear", "", DocumentLog.body());
            }
        });
        long rows = database.read(handle -> handle.createQuery("select count(*) from document_log")
                .mapTo(Long.class)
                .one());
        assertThat(rows).isBetween((long) DocumentLog.KEPT, DocumentLog.KEPT + 500L);
    }

    @Test
    void a_notebook_that_is_deleted_ends_its_watchers() {
        Ears ears = new Ears();
        watch(ears, -1);
        desk.tree.delete(Desk.ANN, Desk.PATH, false);
        desk.clock.advance(Duration.ofMillis(100));
        assertThat(ears.ended).isEqualTo("The notebook has been deleted.");
        assertThat(desk.feed.watchers()).isZero();
    }

    @Test
    void everybody_sees_who_is_there_and_where() {
        Ears one = new Ears();
        watch(one, -1);
        NotebookFeed.Watch second = desk.feed.watch(notebook, "other", "bob@example.com", -1, new Ears());
        second.cursor("c-1", 7, 2, 5);
        desk.clock.advance(Duration.ofMillis(100));
        JsonNode last = one.heard.get(one.heard.size() - 1);
        assertThat(last.path("people")).hasSize(2);
        assertThat(last.path("people").get(1).path("version").asLong()).isEqualTo(7);
        assertThat(last.path("people").get(1).path("head").asInt()).isEqualTo(5);
        second.cursor("", 0, 0, 0);
        desk.clock.advance(Duration.ofMillis(100));
        assertThat(one.heard.get(one.heard.size() - 1).path("people").get(1).has("cell"))
                .isFalse();
        second.close();
        desk.clock.advance(Duration.ofMillis(100));
        assertThat(one.heard.get(one.heard.size() - 1).path("people")).hasSize(1);
    }

    @Test
    void a_tab_that_comes_back_by_another_connection_is_there_once() {
        Ears ears = new Ears();
        watch(ears, -1);
        NotebookFeed.Watch dead = desk.feed.watch(notebook, "bob-1", "bob@example.com", -1, new Ears());
        dead.cursor("c-1", 0, 1, 1);
        desk.feed.watch(notebook, "bob-1", "bob@example.com", -1, new Ears()).cursor("c-2", 0, 2, 2);
        desk.clock.advance(Duration.ofMillis(100));
        JsonNode people = ears.heard.get(ears.heard.size() - 1).path("people");
        assertThat(people).hasSize(2);
        assertThat(people.get(1).path("cell").asText()).isEqualTo("c-2");
    }
}
