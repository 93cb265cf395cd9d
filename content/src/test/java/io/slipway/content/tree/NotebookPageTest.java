package io.slipway.content.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NotebookPageTest {
    private static String page(Cell... cells) {
        return new String(
                NotebookPage.write(new Notebook(Language.PYTHON, List.of(cells)), "a <b> & \"c\""),
                StandardCharsets.UTF_8);
    }

    private static Cell with(String outputs) {
        return new Cell("x", "", false, false, "{\"cell_type\":\"code\",\"outputs\":[" + outputs + "]}");
    }

    private static String output(String output) {
        return page(with(output));
    }

    @Test
    void names_code_and_titles_are_text_whatever_signs_they_have() {
        String page = page(new Cell("print('<script>') & 1", "<i>T</i>", true, false, ""));
        assertThat(page)
                .contains("<title>a &lt;b&gt; &amp; &quot;c&quot;</title>")
                .contains("<h2>&lt;i&gt;T&lt;/i&gt;</h2>")
                .contains("<code class=\"language-python\">print('&lt;script&gt;') &amp; 1</code>")
                .doesNotContain("<script");
        assertThat(page(new Cell("1", "hidden", false, false, ""))).doesNotContain("hidden");
    }

    @Test
    void texts_are_drawn_and_cannot_run_anything() {
        String page = page(new Cell(
                "%md # Title\n\n|a|b|\n|-|-|\n|1|2|\n\n<img src=x onerror=alert(1)>\n\n[x](javascript:alert(1))"));
        assertThat(page)
                .contains("<h1>Title</h1>")
                .contains("<td>1</td>")
                .contains("&lt;img src=x onerror=alert(1)&gt;")
                .doesNotContain("href=\"javascript");
        assertThat(page).as("a text is not shown as code").doesNotContain("language-md");
    }

    @Test
    void code_in_another_language_keeps_its_magic_and_names_its_language() {
        assertThat(page(new Cell("%sql\nselect 1"))).contains("<code class=\"language-sql\">%sql\nselect 1</code>");
    }

    @Test
    void what_was_printed_and_what_went_wrong_are_told_apart_without_colours_of_terminals() {
        assertThat(
                        output(
                                "{\"output_type\":\"stream\",\"name\":\"stderr\",\"text\":[\"a\\n\",\"\\u001b[31mb\\u001b[0m\"]}"))
                .contains("<pre class=\"output stderr\">a\nb</pre>");
        assertThat(
                        output(
                                "{\"output_type\":\"error\",\"ename\":\"E\",\"evalue\":\"<v>\",\"traceback\":[\"one\",\"two\"]}"))
                .contains("<pre class=\"output stderr\">E: &lt;v&gt;</pre>")
                .contains("<summary>Trace</summary>")
                .contains("one\ntwo");
        assertThat(output("{\"output_type\":\"error\",\"ename\":\"E\",\"evalue\":\"v\",\"traceback\":[]}"))
                .doesNotContain("Trace");
    }

    @Test
    void html_of_users_code_is_in_a_frame_that_reaches_nothing() {
        assertThat(output("{\"output_type\":\"display_data\",\"data\":{\"text/html\":\"<b onclick=\\\"x\\\">hi</b>\","
                        + "\"text/plain\":\"hi\"}}"))
                .contains("<iframe sandbox=\"allow-scripts\"")
                .contains("srcdoc=\"&lt;b onclick=&quot;x&quot;&gt;hi&lt;/b&gt;\"")
                .doesNotContain("allow-same-origin");
    }

    @Test
    void a_picture_is_shown_and_cannot_leave_its_place() {
        assertThat(
                        output(
                                "{\"output_type\":\"display_data\",\"data\":{\"image/png\":\"aGk=\\n\",\"text/plain\":\"fig\"}}"))
                .contains("<img alt=\"Output\" src=\"data:image/png;base64,aGk=\">")
                .doesNotContain("fig");
        assertThat(output("{\"output_type\":\"display_data\",\"data\":{\"image/png\":\"\\\"><script>\"}}"))
                .doesNotContain("<script");
        assertThat(output("{\"output_type\":\"display_data\",\"data\":{\"image/svg+xml\":\"<svg/>\"}}"))
                .contains("data:image/svg+xml;base64,PHN2Zy8+");
    }

    private static String table(int rows) {
        String data = IntStream.range(0, rows)
                .mapToObj(i -> "[" + i + ",\"<" + i + ">\",null]")
                .collect(Collectors.joining(","));
        return output("{\"output_type\":\"display_data\",\"data\":{\"text/html\":\"<table>\"},\"metadata\":"
                + "{\"application/vnd.databricks.v1+output\":{\"type\":\"table\",\"schema\":[{\"name\":\"a<\"}],\"data\":["
                + data + "]}}}");
    }

    @Test
    void a_table_has_its_first_thousand_rows_and_says_so() {
        assertThat(table(2))
                .contains("<th>a&lt;</th>")
                .contains("<tr><td class=\"number\">1</td><td>&lt;1&gt;</td><td>null</td></tr>")
                .doesNotContain("<iframe")
                .doesNotContain("rows.");
        assertThat(table(1_001)).contains("The first 1000 of 1001 rows.").doesNotContain("&lt;1000&gt;");
    }
}
