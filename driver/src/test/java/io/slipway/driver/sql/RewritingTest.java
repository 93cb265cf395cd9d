package io.slipway.driver.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RewritingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "select * from t@v3 # select * from t VERSION AS OF 3",
                "select * from a.`b c`@V12 x # select * from a.`b c` VERSION AS OF 12 x",
                "select * from t@20240506070809123 # select * from t TIMESTAMP AS OF '2024-05-06 07:08:09.123'",
                "select c:a.b[0]::int # select slipway_path(c, '$.a.b[0]')::int",
                "select t.c:`x y`['k'] from t # select slipway_path(t.c, '$[\\'x y\\'][\\'k\\']') from t",
                "select upper(f(c)):a, c:b # select slipway_path(upper(f(c)), '$.a'), slipway_path(c, '$.b')",
                "select m['k']:a # select slipway_path(m['k'], '$.a')",
                "select (c):a # select slipway_path((c), '$.a')",
            })
    void the_dialect_is_written_in_the_words_of_spark(String text, String expected) {
        assertThat(Rewriting.of(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select :a, x=:b, f(:c)",
                "select 'a:b', \"t@v3\", `c:a` -- c:a\n /* t@v3 */",
                "select cast(x as struct<a:int, b:array<struct<c:string>>>)",
                "select x::int, a :: string",
                "select 'user@v3.com'",
                "select * from delta.`/t@v3`",
                "select 'a\\':b', 'it''s:c'"
            })
    void what_only_looks_like_it_stays(String text) {
        assertThat(Rewriting.of(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "create table t (id int primary key) # create table t (id int NOT NULL)"
                        + " TBLPROPERTIES ('slipway.constraint.t_pk' = 'PRIMARY KEY (id)')",
                "create table t (a int, constraint k foreign key (a) references p (b) not enforced rely) comment 'c'"
                        + " # create table t (a int) comment 'c'"
                        + " TBLPROPERTIES ('slipway.constraint.k' = 'FOREIGN KEY (a) REFERENCES p (b)')",
                "create or replace table t (a map<int, int> check (a[1] > 0) comment 'x, y') tblproperties ('k' = 'v');"
                        + " # create or replace table t (a map<int, int> comment 'x, y') tblproperties ("
                        + "'delta.constraints.t_check' = 'a[1] > 0', 'k' = 'v');",
            })
    void constraints_become_properties(String text, String expected) {
        assertThat(Constraints.asProperties(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table t (primary_key int, `check` int, unique int)",
                "select 'PRIMARY KEY'",
                "create table t as select 1 check"
            })
    void columns_named_like_constraints_are_columns(String text) {
        assertThat(Constraints.asProperties(text)).isEqualTo(text);
    }

    @Test
    void constraints_that_nobody_keeps_up_are_refused() {
        assertThatThrownBy(() -> Constraints.asProperties("create table t (a int unique)"))
                .hasMessageContaining("UNIQUE");
        assertThatThrownBy(() -> Constraints.asProperties("create table t (a int primary key enforced)"))
                .hasMessageContaining("ENFORCED");
        assertThatThrownBy(() -> Constraints.asProperties("create table t (a int, primary key (b))"))
                .hasMessageContaining("[b]");
    }

    @Test
    void names_of_files_of_deleted_rows_are_spelled_as_delta_spells_them() {
        assertThat(Z85.encode(UUID.fromString("864fd26f-b559-f75b-0000-000000000000")))
                .startsWith("HelloWorld");
    }
}
