package io.slipway.driver.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WidgetStatementTest {
    @Test
    void statements_about_widgets_are_known_in_every_way_to_write_them() {
        assertThat(WidgetStatement.of("CREATE WIDGET TEXT day DEFAULT '2024-01-01'"))
                .contains(new WidgetStatement("text", "day", "2024-01-01", ""));
        assertThat(WidgetStatement.of("create widget dropdown `a b`\n default \"x\" choices select c\nfrom t"))
                .contains(new WidgetStatement("dropdown", "a b", "x", "select c\nfrom t"));
        assertThat(WidgetStatement.of("REMOVE WIDGET day")).contains(new WidgetStatement("", "day", "", ""));
        assertThat(WidgetStatement.of("CREATE TABLE widget (a int)")).isEmpty();
    }

    @Test
    void one_that_is_not_complete_says_how_it_is_written() {
        assertThatThrownBy(() -> WidgetStatement.of("CREATE WIDGET day DEFAULT 'x'"))
                .hasMessageContaining("CREATE WIDGET TEXT name DEFAULT 'value'");
        assertThatThrownBy(() -> WidgetStatement.of("CREATE WIDGET DROPDOWN d DEFAULT 'x'"))
                .hasMessageContaining("DROPDOWN needs CHOICES");
        assertThatThrownBy(() -> WidgetStatement.of("CREATE WIDGET TEXT d DEFAULT 'x' CHOICES SELECT 1"))
                .hasMessageContaining("TEXT has no CHOICES");
        assertThatThrownBy(() -> WidgetStatement.of("REMOVE WIDGET")).hasMessageContaining("REMOVE WIDGET name");
    }
}
