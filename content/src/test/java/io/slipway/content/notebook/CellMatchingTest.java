package io.slipway.content.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.content.notebook.DocumentText.Wanted;
import io.slipway.content.tree.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CellMatchingTest {
    /** Cells whose ids say where they stood. */
    private static List<NotebookCell> cells(String... texts) {
        List<NotebookCell> cells = new ArrayList<>();
        for (String text : texts) {
            cells.add(NotebookCell.fresh("c" + cells.size(), new Cell(text)));
        }
        return cells;
    }

    private static String matched(List<NotebookCell> present, List<Wanted> wanted) {
        List<Optional<NotebookCell>> partners = CellMatching.match(present, wanted);
        assertThat(partners).hasSize(wanted.size());
        assertThat(partners.stream().flatMap(Optional::stream).toList())
                .as("no cell becomes two")
                .doesNotHaveDuplicates();
        return String.join(
                " ",
                partners.stream()
                        .map(each -> each.map(NotebookCell::id).orElse("-"))
                        .toList());
    }

    private static String matched(List<NotebookCell> present, String... texts) {
        return matched(
                present,
                List.of(texts).stream()
                        .map(text -> new Wanted("", new Cell(text)))
                        .toList());
    }

    @Test
    void equal_texts_stay_the_same_cells() {
        assertThat(matched(cells("a", "b", "c"), "a", "b", "c")).isEqualTo("c0 c1 c2");
        assertThat(matched(cells("a", "b", "c"), "a", "c")).isEqualTo("c0 c2");
        assertThat(matched(cells("a", "c"), "a", "b", "c")).isEqualTo("c0 - c1");
        assertThat(matched(cells("a", "b", "c"), "c", "a", "b")).isEqualTo("- c0 c1");
        assertThat(matched(cells("a", "a"), "a", "a", "a")).isEqualTo("c0 c1 -");
    }

    @Test
    void a_changed_text_is_the_cell_that_stood_in_its_place() {
        assertThat(matched(cells("a", "b", "c"), "a", "x", "c")).isEqualTo("c0 c1 c2");
        assertThat(matched(cells("a", "b", "c"), "x", "y")).isEqualTo("c0 c1");
        assertThat(matched(cells("a", "b", "c"), "a", "x", "y", "c")).isEqualTo("c0 c1 - c2");
        assertThat(matched(cells("a", "b"), "a", "b", "x")).isEqualTo("c0 c1 -");
    }

    @Test
    void of_nothing_comes_nothing() {
        assertThat(matched(cells(), "a")).isEqualTo("-");
        assertThat(matched(cells("a"))).isEmpty();
    }

    @Test
    void ids_count_more_than_texts_and_once_only() {
        List<Wanted> wanted = List.of(
                new Wanted("c1", new Cell("a")),
                new Wanted("c1", new Cell("b")),
                new Wanted("gone", new Cell("a")),
                new Wanted("", new Cell("c")));
        assertThat(matched(cells("a", "b", "c"), wanted)).isEqualTo("c1 - - -");
    }

    @Test
    void very_large_notebooks_are_matched_by_their_beginning_and_place() {
        String[] before = IntStream.range(0, 2_100).mapToObj(i -> "old " + i).toArray(String[]::new);
        String[] after = IntStream.range(0, 2_100).mapToObj(i -> "new " + i).toArray(String[]::new);
        before[0] = "same";
        after[0] = "same";
        assertThat(matched(cells(before), after)).startsWith("c0 c1 c2 ").endsWith(" c2099");
    }
}
