package io.slipway.content.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.content.tree.Cell;
import io.slipway.content.tree.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WidgetReadingTest {
    private static boolean reads(String text) {
        return new WidgetReading("env").in(new Cell(text), Language.PYTHON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x = dbutils.widgets.get(\"env\")",
                "x = dbutils.widgets.get( 'env' )",
                "x = dbutils.widgets.get(name='env')",
                "dbutils.widgets.text('env', 'dev')\nprint(dbutils.widgets.get('env'))",
                "x = getArgument('env', 'dev')",
                "x = dbutils.widgets.getArgument(\"env\")",
                "print(dbutils.widgets.getAll())",
                "%scala\nval x = dbutils.widgets.get(\"env\")",
                "%r\nx <- dbutils.widgets.get(\"env\")",
                "%sql select * from t where e = :env",
                "%sql\nselect * from IDENTIFIER(:env)",
                "%sql\nselect 'it''s', :env -- now",
                "%sql\nselect * from ${env}.t",
                "%sql\nselect '${env}'",
                "%sql\nselect * from $env.t where a = '$env'",
                "%pip list\nx = dbutils.widgets.get('env')",
                "%sql\nselect getArgument(\"env\")"
            })
    void a_cell_that_names_a_widget_where_it_is_read_reads_it(String text) {
        assertThat(reads(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dbutils.widgets.text(\"env\", \"dev\")",
                "dbutils.widgets.remove('env')",
                "x = dbutils.widgets.get('environment')",
                "x = settings.get('env')",
                "x = {'a':env}",
                "f'${env}'",
                "%sql\nselect ':env' -- :env\n/* :env\n:env */",
                "%sql\nselect x::env, doc:env, :environment",
                "%sql\nselect '$environment', '${environment}', env$",
                "%sql\ncreate widget text env default 'dev'",
                "%md :env ${env} dbutils.widgets.get('env')",
                "%sh echo ${env}"
            })
    void a_cell_that_only_declares_it_or_means_something_else_does_not(String text) {
        assertThat(reads(text)).isFalse();
    }

    @Test
    void names_are_meant_as_they_are_written() {
        assertThat(new WidgetReading("a.b").in(new Cell("dbutils.widgets.get('axb')"), Language.PYTHON))
                .isFalse();
        assertThat(new WidgetReading("a.b").in(new Cell("dbutils.widgets.get('a.b')"), Language.PYTHON))
                .isTrue();
    }

    @Test
    void long_texts_are_read_as_well() {
        String quoted = "'" + "\\\\'".repeat(200_000) + "'";
        assertThat(new WidgetReading("env").in(new Cell("select " + quoted + ", :env"), Language.SQL))
                .isTrue();
    }
}
