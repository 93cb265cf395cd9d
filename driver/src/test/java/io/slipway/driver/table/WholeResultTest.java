package io.slipway.driver.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.driver.json.Json;
import io.slipway.driver.standin.LocalSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class WholeResultTest {
    private static String written(String query, WholeResult.Format format) throws IOException {
        var out = new ByteArrayOutputStream();
        WholeResult.of(LocalSpark.session().sql(query)).write(format, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Values of SQL, and how a field of CSV shows each. */
    private static final String[][] FIELDS = {
        {"'plain'", "plain"},
        {"'grüße ☃ 🚀'", "grüße ☃ 🚀"},
        {"null", ""},
        {"''", "\"\""},
        {"'a,b'", "\"a,b\""},
        {"'say \"x\"'", "\"say \"\"x\"\"\""},
        {"' x'", "\" x\""},
        {"'x '", "\"x \""},
        {"'=1+1'", "'=1+1"},
        {"'@cmd'", "'@cmd"},
        {"'-x'", "'-x"},
        {"'+x'", "'+x"},
        {"'-1.5e3'", "-1.5e3"},
        {"'-Infinity'", "-Infinity"},
        {"'+.5'", "+.5"},
        {"'=a,b'", "\"'=a,b\""},
        {"-1", "-1"},
        {"-1.50", "-1.50"},
        {"double('-Infinity')", "-Infinity"},
        {"double('NaN')", "NaN"},
        {"true", "true"},
        {"date'2020-02-29'", "2020-02-29"},
        {"array(1, null)", "\"[1,null]\""},
        {"map('a', 'b')", "\"{\"\"a\"\":\"\"b\"\"}\""},
        {"x'00ff'", "AP8="},
    };

    @Test
    void a_field_is_what_a_spreadsheet_reads_and_never_a_formula() throws IOException {
        var values = new StringJoiner(", ");
        var names = new StringJoiner(",");
        var fields = new StringJoiner(",");
        for (int i = 0; i < FIELDS.length; i++) {
            values.add(FIELDS[i][0] + " as c" + i);
            names.add("c" + i);
            fields.add(FIELDS[i][1]);
        }
        assertThat(written("select " + values, WholeResult.Format.CSV)).isEqualTo(names + "\r\n" + fields + "\r\n");
    }

    @Test
    void lines_in_a_field_do_not_break_the_row() throws IOException {
        assertThat(written("select 'a\\nb' as c, '\\tx' as d", WholeResult.Format.CSV))
                .isEqualTo("c,d\r\n\"a\nb\",'\tx\r\n");
    }

    @Test
    void names_of_columns_are_fields_too() throws IOException {
        assertThat(written("select 1 as `=x`, 2 as `a,b`, 3 as a, 4 as a", WholeResult.Format.CSV))
                .isEqualTo("'=x,\"a,b\",a,a\r\n1,2,3,4\r\n");
        assertThat(written("select 3 as a, 4 as a, null as `größe`", WholeResult.Format.JSON))
                .isEqualTo("[\n{\"a\":3,\"a (2)\":4,\"größe\":null}\n]\n");
    }

    @Test
    void no_rows_are_a_whole_text_too() throws IOException {
        assertThat(written("select 1 as c where false", WholeResult.Format.CSV)).isEqualTo("c\r\n");
        assertThat(Json.parse(written("select 1 as c where false", WholeResult.Format.JSON)))
                .isEmpty();
    }

    @Test
    void rows_of_all_partitions_come_and_are_counted() throws IOException {
        var out = new ByteArrayOutputStream();
        Dataset<Row> data = LocalSpark.session().sql("select id from range(0, 5000, 1, 3)");
        assertThat(WholeResult.of(data).write(WholeResult.Format.JSON, out)).isEqualTo(5_000);
        assertThat(Json.parse(out.toString(StandardCharsets.UTF_8))).hasSize(5_000);
    }

    @Test
    void a_query_that_fails_fails_before_anything_is_written() {
        Dataset<Row> data = LocalSpark.session().sql("select raise_error('no') as c");
        assertThatThrownBy(() -> WholeResult.of(data)).hasStackTraceContaining("no");
    }

    @Test
    void a_reader_that_goes_away_ends_the_writing() {
        WholeResult result = WholeResult.of(LocalSpark.session().sql("select id from range(100000)"));
        var closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("the connection was closed");
            }
        };
        assertThatThrownBy(() -> result.write(WholeResult.Format.CSV, closed)).hasMessageContaining("closed");
    }

    @Test
    void a_result_that_is_shown_whole_cannot_be_asked_for_again() {
        var cut = new CutResults();
        assertThat(TableBundle.of(LocalSpark.session().sql("select 1"), cut).has("result"))
                .isFalse();
        var large = TableBundle.of(LocalSpark.session().range(10_001), cut);
        assertThat(large.path("data")).hasSize(10_000);
        assertThat(cut.find(large.path("result").asText())).isPresent();
        assertThat(cut.find("unknown")).isEmpty();
    }

    @Test
    void the_last_twenty_results_are_known() {
        var cut = new CutResults();
        Dataset<Row> data = LocalSpark.session().sql("select 1");
        var names = new ArrayList<String>();
        for (int i = 0; i < 21; i++) {
            names.add(cut.keep(data));
        }
        assertThat(names).doesNotHaveDuplicates();
        assertThat(cut.find(names.get(0))).isEmpty();
        assertThat(names.subList(1, 21)).allMatch(name -> cut.find(name).isPresent());
    }

    @Test
    void rows_that_never_end_are_not_displayed() {
        Dataset<Row> stream = LocalSpark.session().readStream().format("rate").load();
        assertThatThrownBy(() -> TableBundle.of(stream, new CutResults()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("writeStream");
    }

    @Test
    void times_are_those_of_the_sessions_zone() {
        var session = LocalSpark.session().newSession();
        session.conf().set("spark.sql.session.timeZone", "Asia/Kolkata");
        var table = TableBundle.of(session.sql("select timestamp'2020-02-29T12:00:00Z' as t"), new CutResults());
        assertThat(table.path("data")).hasToString("[[\"2020-02-29T17:30:00.000+05:30\"]]");
        assertThat(List.of(table.path("truncated").asBoolean())).containsExactly(false);
    }
}
