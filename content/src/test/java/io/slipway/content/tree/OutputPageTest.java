package io.slipway.content.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputPageTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.vegalite.v6.json",
                "application/vnd.vega.v5+json",
                "application/vnd.plotly.v1+json"
            })
    void a_chart_that_a_page_without_scripts_cannot_draw_is_said_to_be_one(String type) {
        assertThat(written("{\"" + type + "\":{},\"text/plain\":\"Figure(...)\"}"))
                .contains("A chart.")
                .doesNotContain("Figure");
    }

    @Test
    void a_chart_that_came_as_a_picture_too_is_shown() {
        assertThat(written("{\"application/vnd.vega.v5+json\":{},\"image/png\":\"aGk=\"}"))
                .contains("<img")
                .doesNotContain("A chart.");
    }

    private static String written(String data) {
        StringBuilder page = new StringBuilder();
        OutputPage.write(page, NotebookJupyter.parse("{\"output_type\":\"display_data\",\"data\":" + data + "}"));
        return page.toString();
    }
}
