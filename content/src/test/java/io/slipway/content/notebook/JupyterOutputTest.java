package io.slipway.content.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.protocol.driver.Mime;
import io.slipway.store.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JupyterOutputTest {
    private static JsonNode json(String text) {
        return Json.read(text.replace('\'', '"'), JsonNode.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'stream','name':'stdout','text':'a\\nb'}",
                "{'type':'error','ename':'E','evalue':'v','traceback':['x','y']}",
                "{'type':'display_data','data':{'text/plain':'a\\nb','image/png':'aGk='},'metadata':{'k':1}}",
                "{'type':'execute_result','data':{'application/json':{'a':[1,null]}},'metadata':{}}"
            })
    void an_output_comes_back_as_it_went(String output) {
        assertThat(JupyterOutput.read(JupyterOutput.write(json(output)))).isEqualTo(json(output));
    }

    @Test
    void a_table_travels_as_databricks_exports_it_and_as_html_for_others() {
        JsonNode table = json("{'schema':[{'name':'a<b','type':'\\\"string\\\"','nullable':true}],"
                + "'data':[['x&y'],[null]],'truncated':true}");
        JsonNode output = Json.read(
                "{\"type\":\"display_data\",\"data\":{\"application/vnd.slipway.table+json\":" + table + "}}",
                JsonNode.class);
        JsonNode written = JupyterOutput.write(output);
        JsonNode kept = written.path("metadata").path("application/vnd.databricks.v1+output");
        assertThat(kept.path("overflow").asBoolean()).isTrue();
        assertThat(kept.path("data")).isEqualTo(table.path("data"));
        assertThat(written.path("data").path("text/html").toString())
                .contains("<th>a&lt;b</th>", "<td>x&amp;y</td>", "<td>null</td>");
        assertThat(JupyterOutput.read(written).path("data").path(Mime.TABLE)).isEqualTo(table);
    }
}
