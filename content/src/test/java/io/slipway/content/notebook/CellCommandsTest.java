package io.slipway.content.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.content.tree.Cell;
import io.slipway.content.tree.Language;
import io.slipway.content.tree.Notebook;
import io.slipway.identity.testing.People;
import io.slipway.kit.PlatformException;
import io.slipway.protocol.driver.CommandSpec;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellCommandsTest {
    private final Map<String, Notebook> notebooks = new HashMap<>();
    private final CellCommands commands = new CellCommands((caller, path) -> Optional.ofNullable(notebooks.get(path))
            .orElseThrow(() -> PlatformException.notFound("Path (" + path + ") doesn't exist.")));

    private void notebook(String path, Language language, String... cells) {
        notebooks.put(
                path,
                new Notebook(language, List.of(cells).stream().map(Cell::new).toList()));
    }

    private List<CommandSpec> of(String path) {
        return commands.of(People.ANN, path);
    }

    private static CommandSpec code(String language, String code) {
        return new CommandSpec.Code(language, code);
    }

    @Test
    void cells_run_in_their_order_and_language_and_texts_are_left_out() {
        notebook("/n", Language.SQL, "select 1", "%md # title", "%python\nprint(1)", " ", "%sh ls");
        assertThat(of("/n")).containsExactly(code("sql", "select 1"), code("python", "print(1)"), code("sh", "ls"));
    }

    @Test
    void an_included_notebook_runs_in_its_own_language_where_it_is_named() {
        notebook("/Shared/a/main", Language.PYTHON, "1", "%run ../setup", "2");
        notebook("/Shared/setup", Language.SQL, "use x", "%run ./more");
        notebook("/Shared/more", Language.SCALA, "val a = 1");
        assertThat(of("/Shared/a/main"))
                .containsExactly(
                        code("python", "1"), code("sql", "use x"), code("scala", "val a = 1"), code("python", "2"));
    }

    @Test
    void values_for_an_included_notebook_are_set_before_it_runs_whatever_signs_they_have() {
        notebook("/main", Language.SQL, "%run ./x $b='1 2' $a=\"say \\\"hi\\\"\"");
        notebook("/x", Language.SQL, "select 1");
        assertThat(of("/main"))
                .containsExactly(code("widgets", "{\"a\":\"say \\\"hi\\\"\",\"b\":\"1 2\"}"), code("sql", "select 1"));
    }

    @Test
    void lines_about_packages_are_pythons_in_every_notebook_and_so_is_what_follows_them() {
        notebook("/n", Language.SQL, "%pip install a\nimport a", "%restart_python", "%conda install b", "%pip");
        assertThat(of("/n"))
                .containsExactly(
                        code("python", "%pip install a\nimport a"),
                        code("python", "%restart_python"),
                        code("python", "%conda install b"));
    }

    @Test
    void a_cell_that_its_author_skips_is_not_run() {
        notebook("/n", Language.PYTHON, "%skip\n1 / 0", "%skip", "2");
        assertThat(of("/n")).containsExactly(code("python", "2"));
    }

    @Test
    void notebooks_that_include_each_other_are_refused() {
        notebook("/a", Language.PYTHON, "%run ./b");
        notebook("/b", Language.PYTHON, "%run ./a");
        assertThatThrownBy(() -> of("/a")).hasMessageContaining("do they include each other?");
    }

    /** A million cells would come of these four notebooks, and of ten such more than any memory holds or any patience waits for. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "%md nothing to run"})
    void a_few_notebooks_cannot_come_to_more_cells_than_a_server_can_hold(String last) {
        for (int depth = 0; depth < 3; depth++) {
            notebook(
                    "/n" + depth,
                    Language.PYTHON,
                    Collections.nCopies(100, "%run ./n" + (depth + 1)).toArray(String[]::new));
        }
        notebook("/n3", Language.PYTHON, last);
        assertThatThrownBy(() -> of("/n0")).hasMessageContaining("more than 10000 cells");
    }

    @Test
    void what_cannot_be_included_says_why() {
        notebook("/a", Language.PYTHON, "%run ./missing");
        assertThatThrownBy(() -> of("/a")).hasMessage("Path (/missing) doesn't exist.");
        notebook("/b", Language.PYTHON, "%run");
        assertThat(of("/b")).as("nothing is asked for").isEmpty();
        assertThat(commands.of(People.ANN, "/x", Language.R, new Cell("1"))).containsExactly(code("r", "1"));
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b, c, /a/c",
        "/a/b, ./c, /a/c",
        "/a/b, ../c, /c",
        "/a/b, ../x/./y//z, /x/y/z",
        "/a/b, /c/d, /c/d",
        "/b, c, /c",
    })
    void a_relative_path_begins_where_the_notebook_is(String from, String path, String resolved) {
        assertThat(CellCommands.resolve(from, path)).isEqualTo(resolved);
    }

    @Test
    void a_path_cannot_climb_above_the_root() {
        assertThatThrownBy(() -> CellCommands.resolve("/a/b", "../../c"))
                .hasMessage("Path ../../c leaves the workspace.");
    }
}
