package io.slipway.driver.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlWidgetsTest {
    private static String into(String statement) {
        return new SqlWidgets(
                        Map.of("cat", "main", "my key", "x", "quoted", "it's", "money", "a$1\\"),
                        name -> name.equals("spark.known") || name.startsWith("env:"))
                .into(statement, 4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "select * from ${cat}.s.t | select * from main.s.t",
                "select '${cat}/$cat', \"${ my key }\", `$cat` | select 'main/main', \"x\", `main`",
                "select $cat.t, $cats, '^a$', '$.cat' | select main.t, $cats, '^a$', '$.cat'",
                "select ${spark.known}, ${env:HOME} | select ${spark.known}, ${env:HOME}",
                "select ${money} | select a$1\\",
                "select getArgument('cat'), getargument(\"quoted\") | select 'main', 'it\\'s'",
                "select getArgument('none', 'other'), 'getArgument(\"cat\")' | select 'other', 'getArgument(\"cat\")'",
                "select 1 -- ${none} | select 1 -- ${none}",
                "select /* $cat ${none} */ 1 | select /* $cat ${none} */ 1",
                "select '--', $cat | select '--', main",
            })
    void values_stand_where_their_names_were(String before, String after) {
        assertThat(into(before)).isEqualTo(after);
    }

    @Test
    void a_name_that_nobody_knows_is_told_with_its_line_and_never_becomes_nothing() {
        assertThatThrownBy(() -> into("select 1,\n '${nobody}'"))
                .hasMessageContaining("${nobody} in line 6 stands for no widget, parameter or setting");
        assertThatThrownBy(() -> into("select getArgument(\"nobody\")"))
                .hasMessageContaining("getArgument(\"nobody\") in line 5");
    }
}
