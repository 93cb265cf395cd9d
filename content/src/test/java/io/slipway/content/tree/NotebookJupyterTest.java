package io.slipway.content.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.kit.PlatformException;
import io.slipway.store.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NotebookJupyterTest {
    private static Notebook read(String document) {
        return NotebookJupyter.read(document.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode rewritten(String document) throws IOException {
        return Json.mapper().readTree(NotebookJupyter.write(read(document), "nb"));
    }

    private static final String FOREIGN = """
            {"cells":[
              {"cell_type":"markdown","id":"a1","metadata":{"tags":["x"]},"source":["# Hello\\n","world"]},
              {"cell_type":"code","id":"b2","execution_count":7,"metadata":{"collapsed":true},"source":"print(1)\\nprint(2)",
               "outputs":[{"output_type":"stream","output_type":"stream","name":"stdout","text":["1\\n"],"odd":1.50}]},
              {"cell_type":"raw","metadata":{},"source":[]}
            ],
            "metadata":{"kernelspec":{"name":"ir","language":"R"},"language_info":{"name":"R","version":"4"},"colab":{"a":1}},
            "nbformat":4,"nbformat_minor":5,"future":true}""";

    @Test
    void a_foreign_document_is_read() {
        Notebook notebook = read(FOREIGN);
        assertThat(notebook.language()).isEqualTo(Language.R);
        assertThat(notebook.cells())
                .extracting(Cell::text)
                .containsExactly("%md\n# Hello\nworld", "print(1)\nprint(2)", "%md\n");
    }

    @Test
    void what_is_not_known_survives_a_round_trip() throws IOException {
        JsonNode document = rewritten(FOREIGN);
        assertThat(document.path("future").asBoolean()).isTrue();
        assertThat(document.path("nbformat_minor").asInt()).isEqualTo(5);
        assertThat(document.path("metadata").path("colab").path("a").asInt()).isEqualTo(1);
        assertThat(document.path("metadata")
                        .path("language_info")
                        .path("version")
                        .asText())
                .isEqualTo("4");
        JsonNode text = document.path("cells").path(0);
        assertThat(text.path("cell_type").asText()).isEqualTo("markdown");
        assertThat(text.path("id").asText()).isEqualTo("a1");
        assertThat(text.path("metadata").path("tags").path(0).asText()).isEqualTo("x");
        assertThat(text.path("source")).hasToString("[\"# Hello\\n\",\"world\"]");
        assertThat(text.has("outputs")).isFalse();
        JsonNode code = document.path("cells").path(1);
        assertThat(code.path("execution_count").asInt()).isEqualTo(7);
        assertThat(code.path("outputs").path(0).path("text").path(0).asText()).isEqualTo("1\n");
        assertThat(document.path("cells").path(2).path("cell_type").asText()).isEqualTo("raw");
        assertThat(document.path("cells").path(2).path("source")).isEmpty();
    }

    @Test
    void writing_again_what_was_written_changes_nothing() {
        byte[] once = NotebookJupyter.write(read(FOREIGN), "nb");
        byte[] twice = NotebookJupyter.write(NotebookJupyter.read(once), "nb");
        assertThat(twice).isEqualTo(once);
    }

    @Test
    void a_written_document_has_the_shape_of_the_databricks_workspace() {
        Notebook notebook = NotebookSource.read(
                "# Databricks notebook source\n# DBTITLE 1,T\n# MAGIC %sql\n# MAGIC select 1\n\n# COMMAND ----------\n\n"
                        .getBytes(StandardCharsets.UTF_8),
                Language.PYTHON);
        String document = new String(NotebookJupyter.write(notebook, "nb"), StandardCharsets.UTF_8)
                .replaceAll("\"nuid\": \"[0-9a-f-]{36}\"", "\"nuid\": \"*\"");
        assertThat(document).isEqualTo("""
                {
                 "cells": [
                  {
                   "cell_type": "code",
                   "execution_count": 0,
                   "metadata": {
                    "application/vnd.databricks.v1+cell": {
                     "cellMetadata": {},
                     "inputWidgets": {},
                     "nuid": "*",
                     "showTitle": true,
                     "tableResultSettingsMap": {},
                     "title": "T"
                    }
                   },
                   "outputs": [],
                   "source": [
                    "%sql\\n",
                    "select 1"
                   ]
                  },
                  {
                   "cell_type": "code",
                   "execution_count": 0,
                   "metadata": {
                    "application/vnd.databricks.v1+cell": {
                     "cellMetadata": {},
                     "inputWidgets": {},
                     "nuid": "*",
                     "showTitle": false,
                     "tableResultSettingsMap": {},
                     "title": ""
                    }
                   },
                   "outputs": [],
                   "source": []
                  }
                 ],
                 "metadata": {
                  "application/vnd.databricks.v1+notebook": {
                   "computePreferences": null,
                   "dashboards": [],
                   "environmentMetadata": null,
                   "inputWidgetPreferences": null,
                   "language": "python",
                   "notebookMetadata": {
                    "pythonIndentUnit": 4
                   },
                   "notebookName": "nb",
                   "widgets": {}
                  },
                  "language_info": {
                   "name": "python"
                  }
                 },
                 "nbformat": 4,
                 "nbformat_minor": 0
                }""");
    }

    @Test
    void the_language_comes_from_the_first_key_that_names_one() {
        assertThat(read("{\"nbformat\":4,\"cells\":[],\"metadata\":{\"application/vnd.databricks.v1+notebook\":"
                                + "{\"language\":\"scala\"},\"kernelspec\":{\"language\":\"python\"}}}")
                        .language())
                .isEqualTo(Language.SCALA);
        assertThat(read("{\"nbformat\":4,\"cells\":[],\"metadata\":{}}").language())
                .isEqualTo(Language.PYTHON);
    }

    @Test
    void what_is_no_notebook_is_refused() {
        for (String bad : new String[] {
            "",
            "[]",
            "{",
            "{\"nbformat\":4,\"metadata\":{}}",
            "{\"nbformat\":3,\"cells\":[],\"metadata\":{}}",
            "{\"nbformat\":4,\"cells\":[1],\"metadata\":{}}"
        }) {
            assertThatThrownBy(() -> read(bad))
                    .as(bad)
                    .isInstanceOf(PlatformException.class)
                    .hasMessageContaining("not a valid Jupyter document");
        }
    }
}
