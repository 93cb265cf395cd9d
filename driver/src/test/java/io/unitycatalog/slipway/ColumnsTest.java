package io.unitycatalog.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.json.Json;
import io.slipway.protocol.driver.CatalogRestContract;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnsTest {
    private static JsonNode table(String columns) throws IOException {
        return Json.parse("{\"columns\":" + columns + "}");
    }

    @Test
    void columns_are_written_and_read_as_the_catalog_keeps_them() throws IOException {
        StructType schema = new StructType()
                .add(new StructField("id", DataTypes.LongType, false, Metadata.empty()).withComment("clé ☃"))
                .add("price", DataTypes.createDecimalType(10, 2))
                .add("tags", DataType.fromDDL("map<string,array<int>>"))
                .add("Day", DataTypes.DateType);
        assertThat(Columns.toWire(schema, List.of("Day"))).hasToString(CatalogRestContract.columns());
        JsonNode table = table(CatalogRestContract.columns());
        assertThat(Columns.toSpark(table)).isEqualTo(schema);
        assertThat(Columns.partitions(table)).containsExactly("Day");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "boolean",
                "tinyint",
                "smallint",
                "int",
                "bigint",
                "float",
                "double",
                "decimal(38,18)",
                "string",
                "binary",
                "date",
                "timestamp",
                "timestamp_ntz",
                "array<array<int>>",
                "map<int,map<string,date>>",
                "struct<a:int,`b c`:struct<d:array<string>>>",
                "interval year to month",
                "interval day to second",
                "variant"
            })
    void a_type_comes_back_as_it_went(String ddl) {
        for (boolean nullable : new boolean[] {true, false}) {
            StructType schema = new StructType().add("größe `x`", DataType.fromDDL(ddl), nullable);
            ObjectNode table = Json.object();
            table.set("columns", Columns.toWire(schema, List.of()));
            assertThat(Columns.toSpark(table)).isEqualTo(schema);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "int, INT",
        "bigint, LONG",
        "smallint, SHORT",
        "tinyint, BYTE",
        "'decimal(5,1)', DECIMAL",
        "timestamp_ntz, TIMESTAMP_NTZ",
        "interval day to second, INTERVAL",
        "array<int>, ARRAY",
        "struct<a:int>, STRUCT",
        "void, NULL",
        "string, STRING"
    })
    void a_type_has_the_name_that_clients_know(String ddl, String name) {
        var wire = Columns.toWire(new StructType().add("c", DataType.fromDDL(ddl)), List.of());
        assertThat(wire.path(0).path("type_name").asText()).isEqualTo(name);
    }

    @Test
    void varchar_is_more_than_a_string_to_the_catalog() {
        var noted = new MetadataBuilder()
                .putString("__CHAR_VARCHAR_TYPE_STRING", "varchar(5)")
                .build();
        StructType delta =
                new StructType(new StructField[] {new StructField("code", DataTypes.StringType, true, noted)});
        assertThat(Columns.toWire(delta, List.of()).path(0).path("type_text").asText())
                .isEqualTo("varchar(5)");
        assertThat(Columns.toWire(delta, List.of()).path(0).path("type_name").asText())
                .isEqualTo("VARCHAR");
    }

    @Test
    void columns_that_other_clients_have_made_are_read_too() throws IOException {
        StructType schema = Columns.toSpark(table("""
                [{"name":"c","type_text":"array<int>","position":2,"nullable":false},
                 {"name":"b","type_json":"\\"decimal(4,1)\\"","type_text":"ignored","position":1,"comment":"why"},
                 {"name":"a","type_json":" {\\"type\\":\\"struct\\",\\"fields\\":[]} ","position":0}]
                """));
        assertThat(schema.fieldNames()).containsExactly("a", "b", "c");
        assertThat(schema.apply("a").dataType()).isEqualTo(new StructType());
        assertThat(schema.apply("b").dataType()).isEqualTo(DataTypes.createDecimalType(4, 1));
        assertThat(schema.apply("b").getComment().get()).isEqualTo("why");
        assertThat(schema.apply("c").nullable()).isFalse();
        assertThat(Columns.toSpark(Json.object())).as("no columns").isEqualTo(new StructType());
    }

    @Test
    void partitions_have_an_order_of_their_own() throws IOException {
        StructType schema = new StructType().add("a", "int").add("b", "int").add("c", "int");
        ObjectNode table = Json.object();
        table.set("columns", Columns.toWire(schema, List.of("c", "a")));
        assertThat(Columns.partitions(table)).containsExactly("c", "a");
        assertThat(Columns.partitions(table("[]"))).isEmpty();
    }
}
