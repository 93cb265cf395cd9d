package io.slipway.driver.dbutils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.driver.output.HeardFrames;
import io.slipway.protocol.driver.Mime;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

class WidgetsTest {
    private final HeardFrames heard = new HeardFrames();
    private final Widgets widgets = new Widgets(Map.of("given", "7"), heard::frames);

    @Test
    void a_value_that_came_with_the_run_wins_over_the_default_of_the_code() {
        widgets.text("given", "1");
        widgets.text("own", "2");
        assertThat(widgets.get("given")).isEqualTo("7");
        assertThat(widgets.get("own")).isEqualTo("2");
        assertThat(widgets.all()).containsExactly(Map.entry("given", "7"), Map.entry("own", "2"));
    }

    @Test
    void a_value_is_known_before_any_widget_asks_for_it() {
        assertThat(widgets.get("given")).isEqualTo("7");
        assertThat(widgets.getArgument("given", "x")).isEqualTo("7");
        assertThat(widgets.getArgument("none", "x")).isEqualTo("x");
        assertThatThrownBy(() -> widgets.get("none"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("InputWidgetNotDefined")
                .hasMessageContaining("none");
    }

    @Test
    void each_kind_tells_the_page_all_that_it_draws() {
        widgets.text("t", "größe", "A label");
        widgets.dropdown("d", "a", List.of("a", "b"), "D");
        widgets.combobox("c", "z", CollectionConverters.asScala(List.of("a")));
        widgets.multiselect("m", "a,b", List.of("a", "b", "c"), "M");
        assertThat(heard.displayed(Mime.WIDGET).stream().map(Object::toString))
                .containsExactly(
                        "{\"action\":\"create\",\"type\":\"text\",\"name\":\"t\",\"label\":\"A label\","
                                + "\"defaultValue\":\"größe\",\"value\":\"größe\",\"choices\":[]}",
                        "{\"action\":\"create\",\"type\":\"dropdown\",\"name\":\"d\",\"label\":\"D\","
                                + "\"defaultValue\":\"a\",\"value\":\"a\",\"choices\":[\"a\",\"b\"]}",
                        "{\"action\":\"create\",\"type\":\"combobox\",\"name\":\"c\",\"label\":\"c\","
                                + "\"defaultValue\":\"z\",\"value\":\"z\",\"choices\":[\"a\"]}",
                        "{\"action\":\"create\",\"type\":\"multiselect\",\"name\":\"m\",\"label\":\"M\","
                                + "\"defaultValue\":\"a,b\",\"value\":\"a,b\",\"choices\":[\"a\",\"b\",\"c\"]}");
    }

    @Test
    void the_page_hears_the_value_that_counts_and_the_default() {
        widgets.text("given", "1");
        assertThat(heard.displayed(Mime.WIDGET).get(0).path("value").asText()).isEqualTo("7");
        assertThat(heard.displayed(Mime.WIDGET).get(0).path("defaultValue").asText())
                .isEqualTo("1");
    }

    @Test
    void a_dropdown_whose_default_cannot_be_chosen_is_refused_and_not_defined() {
        assertThatThrownBy(() -> widgets.dropdown("d", "x", CollectionConverters.asScala(List.of("a", "b"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dropdown d");
        assertThat(widgets.all()).doesNotContainKey("d");
        assertThat(heard.all()).isEmpty();
    }

    @Test
    void a_removed_widget_is_no_more_and_the_page_is_told() {
        widgets.text("a", "1");
        widgets.text("b", "2");
        widgets.remove("a");
        assertThatThrownBy(() -> widgets.get("a")).isInstanceOf(NoSuchElementException.class);
        assertThat(widgets.get("b")).isEqualTo("2");
        widgets.removeAll();
        assertThat(widgets.all()).containsExactly(Map.entry("given", "7"));
        var frames = heard.displayed(Mime.WIDGET);
        assertThat(frames.get(2)).hasToString("{\"action\":\"remove\",\"name\":\"a\"}");
        assertThat(frames.get(3)).hasToString("{\"action\":\"removeAll\"}");
    }

    @Test
    void values_of_a_command_replace_those_of_the_one_before() {
        widgets.text("bar", "default");
        widgets.set(Map.of("bar", "typed"));
        assertThat(widgets.get("bar")).isEqualTo("typed");
        assertThatThrownBy(() -> widgets.get("given")).isInstanceOf(NoSuchElementException.class);
        widgets.set(Map.of());
        assertThat(widgets.get("bar")).isEqualTo("default");
    }

    @Test
    void values_of_a_run_come_to_those_that_are_there() {
        widgets.assign(Map.of("more", "8"));
        assertThat(widgets.all()).containsEntry("given", "7").containsEntry("more", "8");
        widgets.assign(Map.of("given", ""));
        assertThat(widgets.get("given")).as("an empty text is a value").isEmpty();
    }

    @Test
    void what_is_handed_out_is_a_copy() {
        widgets.all().put("given", "changed");
        assertThat(widgets.get("given")).isEqualTo("7");
    }

    @Test
    void what_an_including_notebook_gives_wins_over_run_and_default_until_the_widget_is_changed() {
        widgets.text("given", "1");
        widgets.give(Map.of("given", "8", "mode", "reset"));
        widgets.text("mode", "default");
        widgets.set(Map.of("given", "7"));
        assertThat(widgets.all()).containsEntry("given", "8").containsEntry("mode", "reset");
        widgets.assign(Map.of("given", "7"));
        assertThat(widgets.get("given")).isEqualTo("8");
        widgets.set(Map.of("given", "9"));
        assertThat(widgets.get("given")).isEqualTo("9");
        assertThat(widgets.get("mode")).isEqualTo("reset");
    }

    @Test
    void the_page_hears_what_an_including_notebook_gives() {
        widgets.text("a", "1");
        widgets.give(Map.of("a", "2", "unknown", "3"));
        widgets.text("unknown", "4");
        assertThat(heard.displayed(Mime.WIDGET))
                .extracting(frame ->
                        frame.path("name").asText() + "=" + frame.path("value").asText())
                .containsExactly("a=1", "a=2", "unknown=3");
    }

    @Test
    void scala_has_all_values_as_a_map_of_its_own() {
        widgets.dropdown("d", "a", CollectionConverters.asScala(List.of("a", "b")), "D");
        assertThat(widgets.getAll().apply("given")).isEqualTo("7");
        assertThat(widgets.getArgument("d")).isEqualTo("a");
    }
}
