package io.slipway.driver.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import scala.jdk.javaapi.CollectionConverters;

class RowJsonTest {
    private static final RowJson JSON = new RowJson(ZoneId.of("Asia/Kolkata"));

    private static String json(@Nullable Object value, DataType type) {
        var schema = new StructType().add("c", type);
        return JSON.row(RowFactory.create(value), schema).get(0).toString();
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(null, DataTypes.LongType, "null"),
                Arguments.of(true, DataTypes.BooleanType, "true"),
                Arguments.of((byte) -1, DataTypes.ByteType, "-1"),
                Arguments.of(Long.MAX_VALUE, DataTypes.LongType, "9223372036854775807"),
                Arguments.of(1.5f, DataTypes.FloatType, "1.5"),
                Arguments.of(0.1f, DataTypes.FloatType, "0.1"),
                Arguments.of(0.1, DataTypes.DoubleType, "0.1"),
                Arguments.of(Double.NaN, DataTypes.DoubleType, "\"NaN\""),
                Arguments.of(Float.NEGATIVE_INFINITY, DataTypes.FloatType, "\"-Infinity\""),
                Arguments.of(new BigDecimal("1E+3"), DataTypes.createDecimalType(10, 0), "\"1000\""),
                Arguments.of(new BigDecimal("12.30"), DataTypes.createDecimalType(10, 2), "\"12.30\""),
                Arguments.of(
                        new BigDecimal("12345678901234567890123456789012345678"),
                        DataTypes.createDecimalType(38, 0),
                        "\"12345678901234567890123456789012345678\""),
                Arguments.of(new byte[] {0, -1, 62}, DataTypes.BinaryType, "\"AP8+\""),
                Arguments.of("größe \"☃\"\n", DataTypes.StringType, "\"größe \\\"☃\\\"\\n\""),
                Arguments.of("", DataTypes.StringType, "\"\""),
                Arguments.of(java.sql.Date.valueOf("2020-02-29"), DataTypes.DateType, "\"2020-02-29\""),
                Arguments.of(LocalDate.of(1, 1, 1), DataTypes.DateType, "\"0001-01-01\""),
                Arguments.of(
                        Timestamp.from(Instant.parse("2020-02-29T23:00:00.123456Z")),
                        DataTypes.TimestampType,
                        "\"2020-03-01T04:30:00.123+05:30\""),
                Arguments.of(
                        Instant.parse("1969-12-31T23:59:59.999Z"),
                        DataTypes.TimestampType,
                        "\"1970-01-01T05:29:59.999+05:30\""),
                Arguments.of(
                        LocalDateTime.parse("2020-02-29T23:00:00"),
                        DataTypes.TimestampNTZType,
                        "\"2020-02-29T23:00:00.000\""));
    }

    @ParameterizedTest
    @MethodSource("values")
    void a_value_is_what_a_page_can_show_without_changing_it(@Nullable Object value, DataType type, String expected) {
        assertThat(json(value, type)).isEqualTo(expected);
    }

    @Test
    void lists_and_structs_hold_values_of_their_own_types() {
        DataType decimals = DataTypes.createArrayType(DataTypes.createDecimalType(4, 1));
        var list = CollectionConverters.asScala(java.util.Arrays.asList(new BigDecimal("1.0"), null))
                .toSeq();
        assertThat(json(list, decimals)).isEqualTo("[\"1.0\",null]");
        assertThat(json(CollectionConverters.asScala(List.of()).toSeq(), decimals))
                .isEqualTo("[]");
        StructType struct = new StructType()
                .add("a b", DataTypes.DoubleType)
                .add("inner", new StructType().add("x", DataTypes.BinaryType));
        Row row = RowFactory.create(Double.POSITIVE_INFINITY, RowFactory.create((Object) new byte[] {1}));
        assertThat(json(row, struct)).isEqualTo("{\"a b\":\"Infinity\",\"inner\":{\"x\":\"AQ==\"}}");
    }

    @Test
    void a_map_is_an_object_only_if_its_keys_are_texts() {
        Map<Object, Object> texts = new LinkedHashMap<>();
        texts.put("b", 1);
        texts.put("ä", null);
        assertThat(json(
                        CollectionConverters.asScala(texts),
                        DataTypes.createMapType(DataTypes.StringType, DataTypes.IntegerType)))
                .isEqualTo("{\"b\":1,\"ä\":null}");
        assertThat(json(
                        CollectionConverters.asScala(Map.of(new BigDecimal("1.0"), "x")),
                        DataTypes.createMapType(DataTypes.createDecimalType(2, 1), DataTypes.StringType)))
                .isEqualTo("[{\"key\":\"1.0\",\"value\":\"x\"}]");
    }

    private static StructType two() {
        return new StructType(new StructField[] {
            DataTypes.createStructField("id", DataTypes.LongType, false),
            DataTypes.createStructField("id", DataTypes.createArrayType(DataTypes.StringType), true)
        });
    }

    @Test
    void a_table_tells_the_whole_type_of_each_column_even_of_two_of_a_name() {
        var items = CollectionConverters.asScala(List.of("x")).toSeq();
        assertThat(TableBundle.of(two(), List.of(RowFactory.create(1L, items)), ZoneId.of("UTC"))
                        .toString())
                .isEqualTo("{\"schema\":[{\"name\":\"id\",\"type\":\"\\\"long\\\"\",\"nullable\":false},"
                        + "{\"name\":\"id\",\"type\":\"{\\\"type\\\":\\\"array\\\",\\\"elementType\\\":\\\"string\\\","
                        + "\\\"containsNull\\\":true}\",\"nullable\":true}],"
                        + "\"data\":[[1,[\"x\"]]],\"truncated\":false}");
    }

    @Test
    void a_table_is_cut_at_its_rows() {
        var schema = new StructType().add("c", DataTypes.IntegerType);
        List<Row> rows = Stream.generate(() -> RowFactory.create(1))
                .limit(TableBundle.ROWS + 1L)
                .toList();
        var cut = TableBundle.of(schema, rows, ZoneId.of("UTC"));
        assertThat(cut.path("data")).hasSize(TableBundle.ROWS);
        assertThat(cut.path("truncated").asBoolean()).isTrue();
        var whole = TableBundle.of(schema, rows.subList(0, TableBundle.ROWS), ZoneId.of("UTC"));
        assertThat(whole.path("truncated").asBoolean()).isFalse();
    }

    @Test
    void a_table_is_cut_at_its_size_and_shows_a_first_row_of_any() {
        var schema = new StructType().add("c", DataTypes.StringType);
        Row large = RowFactory.create("x".repeat(TableBundle.BYTES * 2 / 3));
        var cut = TableBundle.of(schema, List.of(large, large, large), ZoneId.of("UTC"));
        assertThat(cut.path("data")).hasSize(1);
        assertThat(cut.path("truncated").asBoolean()).isTrue();
        Row huge = RowFactory.create("x".repeat(TableBundle.BYTES * 2));
        var first = TableBundle.of(schema, List.of(huge), ZoneId.of("UTC"));
        assertThat(first.path("data")).hasSize(1);
        assertThat(first.path("truncated").asBoolean()).isFalse();
    }

    @Test
    void no_rows_are_a_table_with_its_columns() {
        var none = TableBundle.of(two(), List.of(), ZoneId.of("UTC"));
        assertThat(none.path("schema")).hasSize(2);
        assertThat(none.path("data")).isEmpty();
    }
}
