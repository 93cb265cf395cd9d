package io.slipway.driver.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.driver.standin.LocalSpark;
import io.slipway.protocol.driver.ResultRequest.Filter;
import io.slipway.protocol.driver.ResultRequest.Order;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ArrangementTest {
    private static final Dataset<Row> ROWS = LocalSpark.session().sql("""
                            select * from values
                              (1, 'Ann',  1.50BD, double('NaN'), true,  date'2024-01-31', timestamp'2024-01-31 10:00:00', array(1)),
                              (2, 'bob',  10.0BD, 0.5D,          false, date'2024-02-01', timestamp'2024-01-31 23:59:59', array(2, 3)),
                              (3, null,   null,   null,          null,  null,             null,                           null),
                              (4, 'ANNA', 2.25BD, 7D,            true,  date'2023-12-31', timestamp'2024-02-01 00:00:00', array(10))
                            as t(id, name, price, ratio, flag, day, at, list)
                            """);

    private static List<Integer> ids(List<Filter> filters, List<Order> order) {
        return new Arrangement(filters, order)
                .of(ROWS).collectAsList().stream().map(row -> row.getInt(0)).toList();
    }

    private static List<Integer> passing(int column, String test, String value) {
        return ids(List.of(new Filter(column, test, value)), List.of());
    }

    @Test
    void filters_mean_what_they_mean_in_the_page() {
        assertThat(passing(1, "contains", "ann")).containsExactly(1, 4);
        assertThat(passing(1, "=", "ann")).containsExactly(1);
        assertThat(passing(1, "empty", "")).containsExactly(3);
        assertThat(passing(1, "present", "")).containsExactly(1, 2, 4);
        assertThat(passing(1, "contains", "")).containsExactly(1, 2, 4);
        assertThat(passing(2, ">", "1.5")).containsExactly(2, 4);
        assertThat(passing(2, "=", "1.5")).containsExactly(1);
        assertThat(passing(2, "=", "many")).isEmpty();
        assertThat(passing(3, "=", "NaN")).containsExactly(1);
        assertThat(passing(3, ">", "0.5")).containsExactly(1, 4);
        assertThat(passing(4, "=", "TRUE")).containsExactly(1, 4);
        assertThat(passing(5, "<", "2024-01-31")).containsExactly(4);
        assertThat(passing(6, "=", "2024-01-31")).containsExactly(1, 2);
        assertThat(passing(6, "=", "2024-01-31T23")).containsExactly(2);
        assertThat(passing(6, ">", "never")).isEmpty();
        assertThat(passing(7, "contains", "3]")).containsExactly(2);
    }

    @Test
    void rows_are_sorted_with_null_last_in_either_direction() {
        assertThat(ids(List.of(), List.of(new Order(2, false)))).containsExactly(1, 4, 2, 3);
        assertThat(ids(List.of(), List.of(new Order(2, true)))).containsExactly(2, 4, 1, 3);
        assertThat(ids(List.of(), List.of(new Order(4, true), new Order(0, true))))
                .containsExactly(4, 1, 2, 3);
        assertThat(ids(List.of(), List.of(new Order(7, false)))).containsExactly(4, 1, 2, 3);
        assertThat(ids(List.of(new Filter(0, ">", "1"), new Filter(1, "present", "")), List.of(new Order(0, true))))
                .containsExactly(4, 2);
    }

    @Test
    void columns_keep_their_names_whatever_these_are() {
        Dataset<Row> odd =
                LocalSpark.session().sql("select 1 as `a.b`, 2 as x, 3 as x, 4 as `` ".replace("``", "`c``d`"));
        Dataset<Row> arranged = new Arrangement(List.of(new Filter(2, "=", "3")), List.of(new Order(1, false))).of(odd);
        assertThat(arranged.schema().fieldNames()).containsExactly("a.b", "x", "x", "c`d");
        assertThat(arranged.count()).isEqualTo(1);
    }

    @Test
    void what_cannot_be_meant_is_refused() {
        assertThatThrownBy(() -> passing(8, "=", "1")).hasMessageContaining("no column 8");
        assertThatThrownBy(() -> passing(0, "like", "1")).hasMessageContaining("like");
        assertThatThrownBy(() -> ids(List.of(), List.of(new Order(-1, true)))).hasMessageContaining("no column -1");
    }
}
