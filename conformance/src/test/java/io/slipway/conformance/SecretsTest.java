package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.service.compute.ClusterDetails;
import com.databricks.sdk.service.compute.Language;
import com.databricks.sdk.service.compute.Results;
import com.databricks.sdk.service.compute.TerminationReasonType;
import com.databricks.sdk.service.jobs.NotebookTask;
import com.databricks.sdk.service.jobs.Run;
import com.databricks.sdk.service.jobs.SubmitRun;
import com.databricks.sdk.service.jobs.SubmitTask;
import com.databricks.sdk.service.workspace.CreateScope;
import com.databricks.sdk.service.workspace.Import;
import com.databricks.sdk.service.workspace.ImportFormat;
import com.databricks.sdk.service.workspace.PutSecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Secrets as code on a cluster reads them, and where their values are never seen. */
@NullUnmarked
@ExtendWith({OneMoreCluster.class, SharedPlatform.class})
class SecretsTest {
    private static final String VALUE = "Tr0ub4dor<&>3";
    private static final String GIVEN = "c0rrecth0rse";

    private static WorkspaceClient client;
    private static Repl repl;

    @BeforeAll
    static void put() {
        client = SharedPlatform.client();
        client.secrets().createScope(new CreateScope().setScope("conformance"));
        client.secrets()
                .putSecret(new PutSecret().setScope("conformance").setKey("key").setStringValue(VALUE));
        client.secrets()
                .putSecret(
                        new PutSecret().setScope("conformance").setKey("given").setStringValue(GIVEN));
        repl = new Repl(client, SharedPlatform.clusterId());
    }

    @AfterAll
    static void leave() {
        repl.close();
        client.secrets().deleteScope("conformance");
    }

    private static String shown(Language language, String code) {
        Results results = repl.run(language, code);
        String all = results.getResultType() + " " + results.getSummary() + " " + results.getCause() + " "
                + results.getData();
        assertThat(all).as(code).doesNotContain(VALUE, "Tr0ub4dor");
        return all;
    }

    @Test
    void python_reads_what_the_user_may_read_and_shows_no_value() {
        shown(
                Language.PYTHON,
                "s = dbutils.secrets.get('conformance', 'key'); b = dbutils.secrets.getBytes('conformance', 'key')");
        assertThat(shown(Language.PYTHON, "print(len(s), b.decode() == s, s == ''.join(['Tr0ub', '4dor<&>3']))"))
                .contains("13 True True");
        assertThat(shown(Language.PYTHON, "print(s)")).contains("[REDACTED]");
        assertThat(shown(Language.PYTHON, "s")).contains("'[REDACTED]'");
        assertThat(shown(
                        Language.PYTHON,
                        "import sys, time\nfor c in s:\n  print(c, end='', flush=True); time.sleep(0.1)"))
                .contains("[REDACTED]");
        assertThat(shown(Language.PYTHON, "import pandas as pd; display(pd.DataFrame({'x': [s]}))"))
                .contains("[REDACTED]");
        shown(Language.PYTHON, "displayHTML('<b>' + s + '</b>')");
        assertThat(shown(Language.PYTHON, "raise ValueError('no ' + s)")).contains("[REDACTED]");
        assertThat(shown(
                        Language.PYTHON,
                        "import subprocess; print(subprocess.run(['echo', s], capture_output=True).stdout)"))
                .contains("[REDACTED]");
        assertThat(shown(Language.PYTHON, "spark.range(1).selectExpr(f\"'{s}' as x\").createOrReplaceTempView('v')"))
                .isNotEmpty();
        assertThat(shown(Language.SQL, "select x, length(x) as n from v")).contains("[REDACTED], 13");
        assertThat(shown(Language.PYTHON, "print(dbutils.secrets.list('conformance'), dbutils.secrets.listScopes())"))
                .contains("SecretMetadata(key='given'), SecretMetadata(key='key')", "SecretScope(name='conformance')");
    }

    @Test
    void scala_reads_and_shows_the_same() {
        assertThat(shown(Language.SCALA, "val s = dbutils.secrets.get(scope = \"conformance\", key = \"key\")"))
                .contains("[REDACTED]");
        assertThat(shown(Language.SCALA, "println(s.length + \" \" + s)")).contains("13 [REDACTED]");
        assertThat(shown(Language.SCALA, "println(dbutils.secrets.getBytes(\"conformance\", \"key\").length)"))
                .contains("13");
        assertThat(shown(Language.SCALA, "println(dbutils.secrets.list(\"conformance\").map(_.key))"))
                .contains("List(given, key)");
        assertThat(shown(Language.SCALA, "println(dbutils.secrets.listScopes().exists(_.name == \"conformance\"))"))
                .contains("true");
    }

    @Test
    void what_is_not_there_fails_in_the_words_that_notebooks_look_for() {
        assertThat(shown(Language.PYTHON, "dbutils.secrets.get('conformance', 'none')"))
                .startsWith("ERROR")
                .contains("Secret does not exist with scope: conformance and key: none");
        assertThat(shown(Language.SCALA, "dbutils.secrets.list(\"none\")"))
                .startsWith("ERROR")
                .contains("IllegalArgumentException: Scope none does not exist!");
    }

    @Test
    void a_notebook_of_a_job_reads_as_the_user_of_the_run() throws Exception {
        client.workspace().mkdirs("/Shared/secrets");
        client.workspace()
                .importContent(new Import()
                        .setPath("/Shared/secrets/n.py")
                        .setFormat(ImportFormat.AUTO)
                        .setOverwrite(true)
                        .setContent(Base64.getEncoder().encodeToString("""
                                # Databricks notebook source
                                s = dbutils.secrets.get("conformance", "key")
                                print(s)
                                dbutils.notebook.exit(str(len(s)) + s)
                                """.getBytes(StandardCharsets.UTF_8))));
        Run run = client.jobs()
                .submit(new SubmitRun()
                        .setTasks(List.of(new SubmitTask()
                                .setTaskKey("t")
                                .setExistingClusterId(SharedPlatform.clusterId())
                                .setNotebookTask(new NotebookTask().setNotebookPath("/Shared/secrets/n")))))
                .get(PlatformProcess.PATIENCE);
        long task = run.getTasks().iterator().next().getRunId();
        assertThat(client.jobs().getRunOutput(task).getNotebookOutput().getResult())
                .isEqualTo("13[REDACTED]");
        String exported = client.jobs().exportRun(task).getViews().toString();
        assertThat(exported).doesNotContain("Tr0ub4dor");
    }

    @Test
    void a_cluster_is_given_secrets_that_are_seen_nowhere_but_by_its_code() throws Exception {
        String id = SharedPlatform.platform()
                .cluster(SharedPlatform.singleNode("with secrets")
                        .setSparkConf(Map.of("spark.my.setting", "x {{secrets/conformance/given}}"))
                        .setSparkEnvVars(Map.of("GIVEN", "{{secrets/conformance/given}}")));
        try (Repl own = new Repl(client, id)) {
            String half = GIVEN.substring(0, 6) + "' + '" + GIVEN.substring(6);
            assertThat(own.python("import os; print(os.environ['GIVEN'] == '" + half
                            + "', spark.conf.get('spark.my.setting') == 'x " + half + "', os.environ['GIVEN'])"))
                    .contains("True True [REDACTED]");
            assertThat(own.run(Language.SCALA, "System.err.println(sys.env(\"GIVEN\")); println(sys.env(\"GIVEN\"))")
                            .getData()
                            .toString())
                    .contains("[REDACTED]")
                    .doesNotContain(GIVEN);
            own.run(
                    Language.SCALA,
                    "spark.sparkContext.parallelize(Seq(1)).foreach(x => println(\"task \" + sys.env(\"GIVEN\")))");
            // Spark hides the setting itself, before we do.
            assertThat(own.sql("set spark.my.setting")).contains("(redacted)").doesNotContain(GIVEN);
            ClusterDetails details = client.clusters().get(id);
            assertThat(details.getSparkConf()).containsEntry("spark.my.setting", "x {{secrets/conformance/given}}");
            assertThat(details.getSparkEnvVars()).containsEntry("GIVEN", "{{secrets/conformance/given}}");
            Raw raw = new Raw(SharedPlatform.platform());
            String pages = raw.get("/ui-api/clusters/" + id + "/spark-ui")
                    .body()
                    .path("path")
                    .asText();
            String application = raw.with("")
                    .get(pages + "api/v1/applications")
                    .body()
                    .path(0)
                    .path("id")
                    .asText();
            String environment = raw.with("")
                    .get(pages + "api/v1/applications/" + application + "/environment")
                    .body()
                    .toString();
            assertThat(environment).contains("spark.my.setting").doesNotContain(GIVEN);
            assertThat(ProcessHandle.allProcesses().flatMap(process -> process.info().commandLine().stream()))
                    .noneMatch(line -> line.contains(GIVEN));
            assertThat(files()).doesNotContain(GIVEN).contains("task [REDACTED]");
        } finally {
            client.clusters().permanentDelete(id);
        }
    }

    /** All that the platform and its nodes have written, but what only a process itself reads: driver.json, which is private. */
    private static String files() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(SharedPlatform.platform().home())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.equals("driver.json")
                        || Files.size(file) > 50_000_000
                        || file.toString().contains("/runtimes/")) {
                    continue;
                }
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    @Test
    void a_cluster_that_refers_to_a_secret_that_is_not_there_ends_with_a_typed_reason() {
        String id = client.clusters()
                .create(SharedPlatform.singleNode("without secret")
                        .setSparkEnvVars(Map.of("GIVEN", "{{secrets/nowhere/key}}")))
                .getResponse()
                .getClusterId();
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(client.clusters().get(id).getTerminationReason())
                        .isNotNull());
        ClusterDetails ended = client.clusters().get(id);
        assertThat(ended.getTerminationReason().getType()).isEqualTo(TerminationReasonType.CLIENT_ERROR);
        assertThat(ended.getTerminationReason().getCode().toString()).isEqualTo("SECRET_RESOLUTION_ERROR");
        assertThat(ended.getTerminationReason().getParameters().toString()).contains("Scope nowhere does not exist!");
        client.clusters().permanentDelete(id);
        assertThatThrownBy(() -> client.clusters().get(id)).isInstanceOf(RuntimeException.class);
    }
}
