package io.slipway.content.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.content.notebook.ChangeSet.Part;
import io.slipway.identity.Caller;
import io.slipway.store.Database;
import io.slipway.store.Json;
import io.slipway.store.TestDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several people type into the same cells at once, hear of each other late, lose replies and reload: in the end all see the same, and
 * every character that anybody typed is there unless somebody deleted it. Every character is typed once in a history, most of them
 * are surrogate pairs as emoji are.
 */
@NullUnmarked
class TypingTest {
    private static final int ROUNDS = 4_000;
    private static final String[] CELLS = {"c-1", "c-2", "c-3"};

    @TempDir(factory = InMemory.class)
    private Path folder;

    /** Thousands of commits that need not outlive a loss of power. */
    static final class InMemory implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
                throws IOException {
            Path memory = Path.of("/dev/shm");
            return Files.isWritable(memory)
                    ? Files.createTempDirectory(memory, "typing")
                    : Files.createTempDirectory("typing");
        }
    }

    private int typed = 0x10000;

    /** What is still to be learnt by the server. */
    private static final class Copy {
        String text;
        long version;
        List<ChangeSet> unconfirmed = new ArrayList<>();

        Copy(String text, long version) {
            this.text = text;
            this.version = version;
        }
    }

    private final class Tab {
        final String client;
        final Caller caller;
        final Desk desk;
        final long notebook;
        final Map<String, Copy> copies = new HashMap<>();
        final Deque<JsonNode> arrived = new ArrayDeque<>();
        long heard;

        Tab(String client, Caller caller, Desk desk, long notebook) {
            this.client = client;
            this.caller = caller;
            this.desk = desk;
            this.notebook = notebook;
            load();
        }

        private void load() {
            JsonNode snapshot = desk.snapshot(notebook);
            heard = snapshot.path("n").asLong();
            snapshot.path("cells")
                    .forEach(cell -> copies.put(
                            cell.path("id").asText(),
                            new Copy(
                                    cell.path("text").asText(),
                                    cell.path("version").asLong())));
        }

        /** Types or deletes somewhere; returns what it has deleted. */
        String type(Random random, Set<Integer> all) {
            Copy copy = copies.get(CELLS[random.nextInt(CELLS.length)]);
            int length = copy.text.length();
            int from = boundary(copy.text, random.nextInt(length + 1));
            int to = random.nextInt(3) == 0 ? boundary(copy.text, Math.min(length, from + random.nextInt(6))) : from;
            StringBuilder fresh = new StringBuilder();
            for (int i = random.nextInt(4); i > 0; i--) {
                all.add(typed);
                fresh.appendCodePoint(typed++);
            }
            if (random.nextInt(5) == 0) {
                fresh.append('\n');
            }
            String deleted = copy.text.substring(from, to);
            ChangeSet change = ChangeSet.of(new ChangeSet(List.of(
                            new Part(from, true, ""),
                            new Part(to - from, false, fresh.toString()),
                            new Part(length - to, true, "")))
                    .json());
            copy.text = change.apply(copy.text);
            copy.unconfirmed.add(change);
            return deleted;
        }

        private int boundary(String text, int at) {
            return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
        }

        void push(String cell, int most) {
            Copy copy = copies.get(cell);
            List<ChangeSet> some = copy.unconfirmed.subList(0, Math.min(most, copy.unconfirmed.size()));
            if (!some.isEmpty()) {
                // The answer may be lost: what counts is heard from the log.
                desk.notebooks.push(caller, notebook, client, cell, copy.version, List.copyOf(some));
            }
        }

        void hear(int most) {
            for (int i = 0; i < most; i++) {
                if (arrived.isEmpty()) {
                    arrived.addAll(desk.log(notebook, heard));
                }
                if (arrived.isEmpty()) {
                    return;
                }
                JsonNode frame = arrived.remove();
                heard = frame.path("n").asLong();
                if (frame.path("type").asText().equals("changes")) {
                    Copy copy = copies.get(frame.path("cell").asText());
                    assertThat(frame.path("version").asLong()).isEqualTo(copy.version);
                    boolean mine = frame.path("client").asText().equals(client);
                    frame.path("changes").forEach(change -> learn(copy, ChangeSet.of(change), mine));
                }
            }
        }

        private void learn(Copy copy, ChangeSet change, boolean mine) {
            copy.version++;
            if (mine) {
                ChangeSet confirmed = copy.unconfirmed.remove(0);
                assertThat(confirmed.json()).isEqualTo(change.json());
                return;
            }
            ChangeSet theirs = change;
            List<ChangeSet> rebased = new ArrayList<>();
            for (ChangeSet ours : copy.unconfirmed) {
                rebased.add(Rebase.over(ours, theirs, false));
                theirs = Rebase.over(theirs, ours, true);
            }
            copy.unconfirmed = rebased;
            copy.text = theirs.apply(copy.text);
        }
    }

    private Database database() {
        return TestDatabases.sqlite(folder);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everybody_sees_the_same_and_nothing_typed_is_lost(long seed) {
        Random random = new Random(seed);
        Set<Integer> all = new HashSet<>();
        Set<Integer> deleted = new HashSet<>();
        try (Database database = database()) {
            Desk desk = new Desk(database, folder.resolve("tree"));
            long notebook = desk.notebook("x");
            String first = desk.cellIds(notebook).get(0);
            for (String cell : CELLS) {
                desk.notebooks.insert(Desk.ANN, notebook, "setup", cell, first, "");
            }
            List<Tab> tabs = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                tabs.add(new Tab("tab-" + i, i % 2 == 0 ? Desk.ANN : Desk.BOB, desk, notebook));
            }
            for (int round = 0; round < ROUNDS; round++) {
                Tab tab = tabs.get(random.nextInt(tabs.size()));
                switch (random.nextInt(10)) {
                    case 0, 1, 2, 3 -> tab.type(random, all).codePoints().forEach(deleted::add);
                    case 4, 5 -> tab.push(CELLS[random.nextInt(CELLS.length)], 1 + random.nextInt(60));
                    case 6, 7, 8 -> tab.hear(1 + random.nextInt(60));
                    default -> {
                        if (random.nextInt(20) == 0) {
                            String cell = CELLS[random.nextInt(CELLS.length)];
                            desk.notebooks.move(tab.caller, notebook, tab.client, cell, first);
                        }
                    }
                }
            }
            for (int i = 0; i < 3; i++) {
                for (Tab tab : tabs) {
                    tab.hear(Integer.MAX_VALUE);
                    for (String cell : CELLS) {
                        tab.push(cell, 1_000_000);
                        tab.hear(Integer.MAX_VALUE);
                    }
                }
            }
            JsonNode end = desk.snapshot(notebook);
            Map<String, String> truth = new HashMap<>();
            end.path("cells")
                    .forEach(cell -> truth.put(
                            cell.path("id").asText(), cell.path("text").asText()));
            for (Tab tab : tabs) {
                for (String cell : CELLS) {
                    assertThat(tab.copies.get(cell).unconfirmed).isEmpty();
                    assertThat(tab.copies.get(cell).text).isEqualTo(truth.get(cell));
                }
            }
            List<Integer> there = truth.values().stream()
                    .flatMap(text -> text.codePoints().boxed())
                    .filter(point -> point >= 0x10000)
                    .collect(Collectors.toList());
            Set<Integer> expected = new HashSet<>(all);
            expected.removeAll(deleted);
            assertThat(there).doesNotHaveDuplicates().hasSize(expected.size());
            assertThat(new HashSet<>(there)).isEqualTo(expected);
            assertThat(all.size()).as("enough was typed").isGreaterThan(ROUNDS / 2);
            assertThat(Json.write(end)).isEqualTo(Json.write(desk.snapshot(notebook)));
        }
    }
}
