package io.slipway.content.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.content.tree.Content.StoredAs;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ArrivalTest {
    private static final String JUPYTER = "{\"nbformat\":4,\"nbformat_minor\":5,\"metadata\":{},\"cells\":[]}";

    private static Arrival of(String path, Format format, Optional<Language> language, String content) {
        return Arrival.of(TreePath.of(path), format, language, content.getBytes(StandardCharsets.UTF_8));
    }

    private static Arrival of(String path, Format format, String content) {
        return of(path, format, Optional.empty(), content);
    }

    @ParameterizedTest
    @CsvSource({
        "/a/n.py, '# Databricks notebook source\nx', /a/n, NOTEBOOK",
        "/a/n.SQL, '-- Databricks notebook source\nselect 1', /a/n, NOTEBOOK",
        "/a/n.scala, '// Databricks notebook source\n1', /a/n, NOTEBOOK",
        "/a/n.py, 'x = 1', /a/n.py, FILE",
        "/a/n.py, '-- Databricks notebook source\nx', /a/n.py, FILE",
        "/a/n.txt, '# Databricks notebook source\nx', /a/n.txt, FILE",
        "/a/n, '# Databricks notebook source\nx', /a/n, FILE",
    })
    void auto_looks_at_the_name_and_the_first_line(String path, String content, String made, ObjectType type) {
        Arrival arrival = of(path, Format.AUTO, content);
        assertThat(arrival.path()).hasToString(made);
        assertThat(arrival.type()).isEqualTo(type);
    }

    @Test
    void a_jupyter_document_is_one_by_its_name_or_by_the_format() {
        Arrival named = of("/a/n.IPYNB", Format.AUTO, JUPYTER);
        assertThat(named.path()).hasToString("/a/n");
        assertThat(named.content().storedAs()).isEqualTo(StoredAs.JUPYTER);
        Arrival said = of("/a/n.ipynb", Format.JUPYTER, JUPYTER);
        assertThat(said.path()).as("the name is the caller's").hasToString("/a/n.ipynb");
        assertThat(new String(said.content().bytes(), StandardCharsets.UTF_8)).isEqualTo(JUPYTER);
        assertThatThrownBy(() -> of("/a/n.ipynb", Format.AUTO, "not json")).isInstanceOf(PlatformException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "/n, '# Databricks notebook source\nx', PYTHON",
        "/n.r, '# Databricks notebook source\nx', R",
        "/n, '-- Databricks notebook source\nx', SQL",
        "/n.py, '-- Databricks notebook source\nx', SQL",
        "/n.scala, '1', SCALA",
    })
    void a_source_without_a_named_language_is_told_by_its_first_line_and_then_by_its_name(
            String path, String content, Language language) {
        Arrival arrival = of(path, Format.SOURCE, content);
        assertThat(arrival.language()).contains(language);
        assertThat(arrival.path()).hasToString(path);
    }

    @Test
    void a_named_language_counts_and_without_any_a_source_is_refused() {
        assertThat(of("/n.py", Format.SOURCE, Optional.of(Language.SQL), "1").language())
                .contains(Language.SQL);
        assertThatThrownBy(() -> of("/n", Format.SOURCE, "1"))
                .hasMessage("Missing required field 'language': format SOURCE needs it for /n.");
    }

    @Test
    void a_source_is_kept_as_it_would_be_written() {
        Arrival arrival = of("/n", Format.SOURCE, Optional.of(Language.PYTHON), "x = 1\r\n");
        String kept = new String(arrival.content().bytes(), StandardCharsets.UTF_8);
        assertThat(kept).startsWith("# Databricks notebook source\n").doesNotContain("\r");
        assertThat(of("/n", Format.SOURCE, Optional.of(Language.PYTHON), kept)
                        .content()
                        .bytes())
                .isEqualTo(arrival.content().bytes());
        assertThat(arrival.content().notebook(Language.PYTHON).cells()).containsExactly(new Cell("x = 1"));
    }

    @Test
    void raw_is_a_file_whatever_is_in_it() {
        Arrival arrival = of("/n.py", Format.RAW, "# Databricks notebook source\nx");
        assertThat(arrival.type()).isEqualTo(ObjectType.FILE);
        assertThatThrownBy(() -> arrival.content().notebook(Language.PYTHON))
                .hasMessage("The object is not a notebook.");
        assertThat(arrival.content()).as("logs show no content").hasToString("RAW, 30 bytes");
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"HTML", "DBC", "R_MARKDOWN"})
    void formats_that_are_not_read_are_refused_by_name(Format format) {
        assertThatThrownBy(() -> of("/n", format, "x"))
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE))
                .hasMessageContaining("Import of format " + format + " is not supported");
    }

    @Test
    void ten_megabytes_are_the_most() {
        byte[] most = new byte[Arrival.LARGEST];
        assertThat(Arrival.of(TreePath.of("/n"), Format.RAW, Optional.empty(), most)
                        .content()
                        .bytes())
                .hasSize(10 << 20);
        byte[] more = new byte[Arrival.LARGEST + 1];
        assertThatThrownBy(() -> Arrival.of(TreePath.of("/n"), Format.RAW, Optional.empty(), more))
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        e -> assertThat(e.details()).containsEntry("reason", "MAX_NOTEBOOK_SIZE_EXCEEDED"));
    }
}
