package io.slipway.content.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.slipway.protocol.driver.Mime;
import org.junit.jupiter.api.Test;

class OutputsTest {
    @Test
    void of_too_much_text_the_end_is_kept_and_the_loss_is_told() {
        Outputs outputs = new Outputs(1 << 20);
        for (int i = 0; i < 200_000; i++) {
            outputs.add(Desk.stream("line " + i + "\n"));
        }
        ArrayNode items = outputs.json();
        assertThat(items.get(0).path("data").path(Mime.CUT).path("message").asText())
                .contains("characters of output are left out")
                .contains("1 MB");
        assertThat(items.get(1).path("text").asText()).hasSize(1 << 20).endsWith("line 199999\n");
    }

    @Test
    void of_too_many_pictures_the_last_are_kept() {
        Outputs outputs = new Outputs(10_000);
        for (int i = 0; i < 10; i++) {
            outputs.add(Desk.display("image/png", JsonNodeFactory.instance.textNode(i + "x".repeat(4_000))));
        }
        ArrayNode items = outputs.json();
        assertThat(items).hasSize(3);
        assertThat(items.get(2).toString()).contains("\"9x");
    }

    @Test
    void outputs_of_a_jupyter_document_are_shown_like_our_own() {
        String extra = """
                {"cell_type":"code","outputs":[
                  {"output_type":"stream","name":"stdout","text":["a\\n","b"]},
                  {"output_type":"display_data","data":{"text/html":["<p>","</p>"],"application/json":{"k":1}},"metadata":{}},
                  {"output_type":"error","ename":"E","evalue":"v","traceback":["t"]}]}
                """;
        ArrayNode items = Outputs.imported(extra);
        assertThat(items.get(0).path("text").asText()).isEqualTo("a\nb");
        assertThat(items.get(1).path("data").path("text/html").asText()).isEqualTo("<p></p>");
        assertThat(items.get(1).path("data").path("application/json").path("k").asInt())
                .isEqualTo(1);
        assertThat(items.get(2).path("ename").asText()).isEqualTo("E");
        assertThat(Outputs.withoutOutputs(extra)).doesNotContain("outputs");
    }
}
