package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksError;
import com.databricks.sdk.core.error.platform.InvalidParameterValue;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.ResourceAlreadyExists;
import com.databricks.sdk.service.workspace.Delete;
import com.databricks.sdk.service.workspace.ExportFormat;
import com.databricks.sdk.service.workspace.ExportRequest;
import com.databricks.sdk.service.workspace.Import;
import com.databricks.sdk.service.workspace.ImportFormat;
import com.databricks.sdk.service.workspace.Language;
import com.databricks.sdk.service.workspace.ObjectInfo;
import com.databricks.sdk.service.workspace.ObjectType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Workspace API by the Java SDK. */
@ExtendWith(SharedPlatform.class)
class WorkspaceTest {
    private static final String ROOT = "/Users/admin@slipway.local/judged";
    private static final String NOTEBOOK = """
            # Databricks notebook source
            # MAGIC %md
            # MAGIC # Numbers

            # COMMAND ----------

            # DBTITLE 1,Count
            x = spark.range(3).count()

            # COMMAND ----------

            # MAGIC %sql
            # MAGIC select 1
            """.stripTrailing();

    private final WorkspaceClient client = SharedPlatform.client();

    @BeforeEach
    void begin_with_an_empty_folder() {
        client.workspace().mkdirs(ROOT);
        client.workspace().delete(new Delete().setPath(ROOT).setRecursive(true));
        client.workspace().mkdirs(ROOT);
    }

    private static Import source(String path, Language language, String text) {
        return new Import()
                .setPath(path)
                .setFormat(ImportFormat.SOURCE)
                .setLanguage(language)
                .setContent(base64(text));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private String export(String path, ExportFormat format) {
        return new String(
                Base64.getDecoder()
                        .decode(client.workspace()
                                .export(new ExportRequest().setPath(path).setFormat(format))
                                .getContent()),
                StandardCharsets.UTF_8);
    }

    private List<String> paths(String folder) {
        List<String> paths = new ArrayList<>();
        for (ObjectInfo each : client.workspace().list(folder)) {
            paths.add(each.getObjectType() + " " + each.getPath());
        }
        return paths;
    }

    @Test
    void folders_notebooks_and_files_are_made_listed_described_and_deleted() {
        client.workspace().mkdirs(ROOT + "/a/b");
        client.workspace().mkdirs(ROOT + "/a/b");
        client.workspace().importContent(source(ROOT + "/a/note", Language.SQL, "select 1"));
        client.workspace()
                .importContent(new Import()
                        .setPath(ROOT + "/a/data.txt")
                        .setFormat(ImportFormat.AUTO)
                        .setContent(base64("plain")));
        assertThat(paths(ROOT + "/a"))
                .containsExactlyInAnyOrder(
                        "DIRECTORY " + ROOT + "/a/b", "NOTEBOOK " + ROOT + "/a/note", "FILE " + ROOT + "/a/data.txt");
        ObjectInfo note = client.workspace().getStatus(ROOT + "/a/note");
        assertThat(note.getObjectType()).isEqualTo(ObjectType.NOTEBOOK);
        assertThat(note.getLanguage()).isEqualTo(Language.SQL);
        assertThat(note.getObjectId()).isPositive();
        assertThat(client.workspace().getStatus(ROOT + "/a/data.txt").getSize()).isEqualTo(5);
        assertThat(client.workspace().getStatus("/Workspace" + ROOT + "/a/note").getObjectId())
                .isEqualTo(note.getObjectId());

        client.workspace().delete(new Delete().setPath(ROOT + "/a").setRecursive(true));
        assertThat(paths(ROOT)).isEmpty();
    }

    @Test
    void a_notebook_comes_back_as_it_went_in_by_every_format() {
        client.workspace().importContent(source(ROOT + "/n", Language.PYTHON, NOTEBOOK));
        assertThat(export(ROOT + "/n", ExportFormat.SOURCE)).isEqualTo(NOTEBOOK);
        String jupyter = export(ROOT + "/n", ExportFormat.JUPYTER);
        assertThat(jupyter).contains("\"nbformat\": 4");
        client.workspace()
                .importContent(new Import()
                        .setPath(ROOT + "/again")
                        .setFormat(ImportFormat.JUPYTER)
                        .setContent(base64(jupyter)));
        assertThat(client.workspace().getStatus(ROOT + "/again").getLanguage()).isEqualTo(Language.PYTHON);
        assertThat(export(ROOT + "/again", ExportFormat.SOURCE)).isEqualTo(NOTEBOOK);
        assertThat(export(ROOT + "/n", ExportFormat.HTML)).startsWith("<!DOCTYPE html>");
    }

    @Test
    void an_overwritten_notebook_keeps_its_id() {
        client.workspace().importContent(source(ROOT + "/n", Language.PYTHON, "print(1)"));
        Long id = client.workspace().getStatus(ROOT + "/n").getObjectId();
        assertThatThrownBy(() -> client.workspace().importContent(source(ROOT + "/n", Language.PYTHON, "print(2)")))
                .isInstanceOf(ResourceAlreadyExists.class)
                .hasMessageContaining(ROOT + "/n");
        client.workspace()
                .importContent(source(ROOT + "/n", Language.PYTHON, "print(2)").setOverwrite(true));
        assertThat(client.workspace().getStatus(ROOT + "/n").getObjectId()).isEqualTo(id);
        assertThat(export(ROOT + "/n", ExportFormat.SOURCE))
                .contains("print(2)")
                .doesNotContain("print(1)");
    }

    @Test
    void what_cannot_be_is_refused_with_the_real_codes() {
        assertThatThrownBy(() -> client.workspace().getStatus(ROOT + "/nothing"))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("Path (" + ROOT + "/nothing) doesn't exist.");
        assertThatThrownBy(() ->
                        client.workspace().importContent(source(ROOT + "/no/folder/n", Language.PYTHON, "print(1)")))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("parent folder");
        assertThatThrownBy(() -> client.workspace()
                        .importContent(new Import()
                                .setPath(ROOT + "/n")
                                .setFormat(ImportFormat.SOURCE)
                                .setContent(base64("x"))))
                .isInstanceOf(InvalidParameterValue.class);
        assertThatThrownBy(() -> client.workspace().mkdirs("relative")).isInstanceOf(InvalidParameterValue.class);
        client.workspace().mkdirs(ROOT + "/full/deep");
        assertThatThrownBy(() -> client.workspace().delete(new Delete().setPath(ROOT + "/full")))
                .isInstanceOf(DatabricksError.class)
                .extracting(e -> ((DatabricksError) e).getErrorCode())
                .isEqualTo("DIRECTORY_NOT_EMPTY");
        assertThatThrownBy(() ->
                        client.workspace().delete(new Delete().setPath("/Users").setRecursive(true)))
                .isInstanceOf(DatabricksError.class)
                .extracting(e -> ((DatabricksError) e).getErrorCode())
                .isEqualTo("DIRECTORY_PROTECTED");
        assertThat(paths(ROOT)).containsExactly("DIRECTORY " + ROOT + "/full");
    }
}
