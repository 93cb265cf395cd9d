package io.slipway.content.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code C} in the fixtures stands for the comment marker of the language. */
class NotebookSourceTest {
    private static final String HEADER = "C Databricks notebook source\n";
    private static final String NEXT = "\n\nC COMMAND ----------\n\n";

    static final List<String> FIXTURES = List.of(
            HEADER,
            HEADER + "one",
            HEADER + "one" + NEXT + "two\nlines",
            HEADER + "C MAGIC %md\nC MAGIC # Title\nC MAGIC\nC MAGIC text" + NEXT + "one",
            HEADER + "C MAGIC %md # Title on the line" + NEXT + "C MAGIC %md-sandbox\nC MAGIC <b>x</b>",
            HEADER + "C MAGIC %sql\nC MAGIC select 1\nC MAGIC\nC MAGIC   from t",
            HEADER + "C MAGIC %sql select 1" + NEXT + "C MAGIC %py\nC MAGIC 1" + NEXT + "C MAGIC %timeit 1",
            HEADER + "C DBTITLE 1,Shown, with comma\none" + NEXT + "C DBTITLE 0,Hidden\ntwo",
            HEADER + "C DBTITLE 1,Both\nC MAGIC %sh\nC MAGIC ls",
            HEADER + "C DBTITLE 1,Only a title\n",
            HEADER + NEXT + "the first is empty",
            HEADER + "one" + NEXT + NEXT + "the second is empty",
            HEADER + "one" + NEXT,
            HEADER + "\nblank line first",
            HEADER + "blank line last\n" + NEXT + "two",
            HEADER + "one\n\n\nC not a divider: C COMMAND ----------" + NEXT + "\n\ntwo",
            HEADER + "C MAGIC %md\nC MAGIC ends with a blank line\nC MAGIC",
            HEADER + "%pip install bare" + NEXT + "%md\nbare text",
            HEADER + "C comment only" + NEXT + "C MAGIC in prose is no magic",
            HEADER + "ünïcödé 😀");

    static Stream<String> fixtures() {
        return Stream.of(Language.values())
                .flatMap(language -> FIXTURES.stream().map(text -> language + "@" + text));
    }

    static Language language(String fixture) {
        return Language.valueOf(fixture.substring(0, fixture.indexOf('@')));
    }

    static String source(String fixture) {
        return fixture.substring(fixture.indexOf('@') + 1)
                .replaceAll("(?m)^C ", language(fixture).comment() + " ");
    }

    private static Notebook read(String source, Language language) {
        return NotebookSource.read(source.getBytes(StandardCharsets.UTF_8), language);
    }

    private static String write(Notebook notebook) {
        return new String(NotebookSource.write(notebook), StandardCharsets.UTF_8);
    }

    private static String normalized(String source) {
        return write(read(source, Language.PYTHON));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void what_is_read_is_written_back_to_the_same_bytes(String fixture) {
        assertThat(write(read(source(fixture), language(fixture)))).isEqualTo(source(fixture));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void a_detour_over_jupyter_changes_no_byte(String fixture) {
        Notebook notebook = read(source(fixture), language(fixture));
        Notebook back = NotebookJupyter.read(NotebookJupyter.write(notebook, "x"));
        assertThat(write(back)).isEqualTo(source(fixture));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void cells_magics_and_titles_are_found(Language language) {
        String source = source(language + "@" + HEADER + "one" + NEXT
                + "C DBTITLE 1,Look\nC MAGIC %sql\nC MAGIC select 1\nC MAGIC\nC MAGIC from t" + NEXT
                + "C DBTITLE 0,Quiet\nC MAGIC %md # Hi");
        List<Cell> cells = read(source, language).cells();
        assertThat(cells).extracting(Cell::text).containsExactly("one", "%sql\nselect 1\n\nfrom t", "%md # Hi");
        assertThat(cells).extracting(Cell::title).containsExactly("", "Look", "Quiet");
        assertThat(cells).extracting(Cell::titleShown).containsExactly(false, true, false);
        assertThat(cells.get(0).language(language)).isEqualTo(CellLanguage.of(language));
        assertThat(cells.get(1).language(language)).isEqualTo(CellLanguage.SQL);
        assertThat(cells.get(1).code()).isEqualTo("select 1\n\nfrom t");
        assertThat(cells.get(2).code()).isEqualTo("# Hi");
        assertThat(cells.get(2).silent(language)).isTrue();
    }

    @Test
    void an_environment_block_is_understood_and_kept() {
        String source = """
                # Databricks notebook source
                # /// script
                # [tool.databricks.environment]
                # environment_version = "5"
                # dependencies = [
                #   "requests",
                #   "pandas>=2",
                # ]
                # ///
                print(1)""";
        Notebook notebook = read(source, Language.PYTHON);
        assertThat(notebook.environment()).hasValueSatisfying(environment -> {
            assertThat(environment.version()).isEqualTo("5");
            assertThat(environment.dependencies()).containsExactly("requests", "pandas>=2");
        });
        assertThat(notebook.cells()).extracting(Cell::text).containsExactly("print(1)");
        assertThat(write(notebook)).isEqualTo(source);
        assertThat(write(NotebookJupyter.read(NotebookJupyter.write(notebook, "x"))))
                .isEqualTo(source);
    }

    @Test
    void files_of_other_editors_come_into_shape() {
        String shape = "# Databricks notebook source\none\n\n# COMMAND ----------\n\n# MAGIC %md\n# MAGIC\n# MAGIC two";
        assertThat(
                        normalized(
                                "# Databricks notebook source\none\n# COMMAND ----------\n# MAGIC %md\n# MAGIC \n# MAGIC two\n"))
                .isEqualTo(shape);
        assertThat(normalized(shape.replace("\n", "\r\n"))).isEqualTo(shape);
        assertThat(normalized("\ufeff" + shape)).isEqualTo(shape);
        assertThat(normalized(shape.replace("source\n", "source exported at Mon, 1 Feb 2016 10:00:00 UTC\n")))
                .isEqualTo(shape);
        assertThat(normalized(shape.replace("----------", "-------------  "))).isEqualTo(shape);
    }

    @Test
    void a_file_without_the_header_is_one_cell() {
        assertThat(normalized("print(1)\n\n# COMMAND ----------\nprint(2)\n"))
                .startsWith("# Databricks notebook source\nprint(1)");
        assertThat(read("select 1;\nselect 2;", Language.SQL).cells()).hasSize(1);
        assertThat(normalized("")).isEqualTo("# Databricks notebook source\n");
    }

    @Test
    void a_run_cell_tells_its_path_and_arguments() {
        Cell cell = new Cell("%run ./lib/set up $env=\"dev \\\"x\\\"\" $day='1' $n=3");
        assertThat(cell.include()).hasValueSatisfying(include -> {
            assertThat(include.path()).isEqualTo("./lib/set up");
            assertThat(include.arguments())
                    .containsEntry("env", "dev \"x\"")
                    .containsEntry("day", "1")
                    .containsEntry("n", "3");
        });
        assertThat(new Cell("%run \"/Shared/a b\"").include())
                .hasValueSatisfying(include -> assertThat(include.path()).isEqualTo("/Shared/a b"));
        assertThat(new Cell("%runner x").include()).isEmpty();
        assertThat(new Cell("%run").include()).isEmpty();
    }

    @Test
    void a_magic_of_the_kernel_is_left_to_the_notebooks_language() {
        assertThat(new Cell("%timeit 1").language(Language.PYTHON)).isEqualTo(CellLanguage.PYTHON);
        assertThat(new Cell("%%time\n1").language(Language.PYTHON)).isEqualTo(CellLanguage.PYTHON);
        assertThat(new Cell("%sh ls -l\npwd").code()).isEqualTo("ls -l\npwd");
        assertThat(new Cell("%pip install x").language(Language.SQL)).isEqualTo(CellLanguage.PIP);
    }
}
