package io.slipway.driver.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class SchemaHintsTest {
    private static String hinted(String schema, String hints) {
        return SchemaHints.of(hints).on(StructType.fromDDL(schema)).toDDL().replace(" NOT NULL", "");
    }

    @Test
    void hints_win_over_what_was_inferred() {
        assertThat(hinted(
                        "id STRING, s STRUCT<a: STRING, b: STRING>",
                        "ID BIGINT, s.b MAP<STRING, DECIMAL(3,1)>, `x y` DATE"))
                .isEqualTo("id BIGINT,s STRUCT<a: STRING, b: MAP<STRING, DECIMAL(3,1)>>,`x y` DATE");
        assertThat(hinted("id STRING", "")).isEqualTo("id STRING");
        assertThat(hinted("id STRING", "a.b INT")).isEqualTo("id STRING,a STRUCT<b: INT>");
    }

    @Test
    void hints_that_cannot_be_read_are_refused() {
        assertThatThrownBy(() -> SchemaHints.of("id")).hasMessageContaining("schemaHints");
        assertThatThrownBy(() -> hinted("id STRING", "id.x INT")).hasMessageContaining("not a STRUCT");
    }

    @Test
    void schemas_of_files_become_one() {
        assertThat(SchemaChanges.merged(
                                StructType.fromDDL("a INT, b STRUCT<x: INT>, c INT"),
                                StructType.fromDDL("a BIGINT, b STRUCT<y: INT>, c STRING, d INT"))
                        .toDDL())
                .isEqualTo("a BIGINT,b STRUCT<x: INT, y: INT>,c STRING,d INT");
    }

    @Test
    void a_schema_takes_new_columns_and_keeps_its_types() {
        StructType known = StructType.fromDDL("a INT, l ARRAY<STRUCT<x: INT>>");
        StructType extended =
                SchemaChanges.extended(known, StructType.fromDDL("A STRING, a STRING, l ARRAY<STRUCT<y: INT>>, n INT"));
        assertThat(extended.toDDL()).isEqualTo("a INT,l ARRAY<STRUCT<x: INT, y: INT>>,n INT");
        assertThat(SchemaChanges.added(known, extended)).containsExactly("l", "n");
        assertThat(SchemaChanges.added(known, known)).isEmpty();
    }
}
