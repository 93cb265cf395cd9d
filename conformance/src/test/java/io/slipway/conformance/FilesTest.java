package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.service.compute.Language;
import com.databricks.sdk.service.compute.Library;
import com.databricks.sdk.service.jobs.NotebookTask;
import com.databricks.sdk.service.jobs.Run;
import com.databricks.sdk.service.jobs.SparkPythonTask;
import com.databricks.sdk.service.jobs.SubmitRun;
import com.databricks.sdk.service.jobs.SubmitTask;
import com.databricks.sdk.service.workspace.Delete;
import com.databricks.sdk.service.workspace.Import;
import com.databricks.sdk.service.workspace.ImportFormat;
import com.databricks.sdk.service.workspace.ObjectType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Files of the workspace and of DBFS as code on a cluster sees them. */
@ExtendWith(SharedPlatform.class)
class FilesTest {
    private static final String FOLDER = "/Shared/files";
    private static Repl repl;

    private final WorkspaceClient client = SharedPlatform.client();

    @BeforeAll
    static void connect() {
        SharedPlatform.client().workspace().mkdirs(FOLDER);
        repl = new Repl(SharedPlatform.client(), SharedPlatform.clusterId());
    }

    @AfterAll
    static void leave() {
        repl.close();
        SharedPlatform.client().workspace().delete(new Delete().setPath(FOLDER).setRecursive(true));
    }

    private void put(String name, ImportFormat format, String text) {
        client.workspace()
                .importContent(new Import()
                        .setPath(FOLDER + "/" + name)
                        .setFormat(format)
                        .setOverwrite(true)
                        .setLanguage(
                                format == ImportFormat.SOURCE
                                        ? com.databricks.sdk.service.workspace.Language.PYTHON
                                        : null)
                        .setContent(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
    }

    private String exported(String name) {
        return new String(
                Base64.getDecoder()
                        .decode(client.workspace().export(FOLDER + "/" + name).getContent()),
                StandardCharsets.UTF_8);
    }

    @Test
    void a_file_that_was_imported_is_read_by_pandas_spark_scala_and_the_shell() {
        put("data.csv", ImportFormat.RAW, "name,n\nann,1\nbob,2\n");
        String path = "/Workspace" + FOLDER + "/data.csv";
        assertThat(repl.python("import pandas\nprint(pandas.read_csv('" + path + "').n.sum())"))
                .isEqualTo("3");
        for (String written : List.of("file:" + path, path, "dbfs:" + path)) {
            assertThat(repl.python("print(spark.read.csv('" + written + "', header=True).count())"))
                    .as(written)
                    .isEqualTo("2");
        }
        assertThat(repl.run(Language.SCALA, "println(new java.io.File(\"" + path + "\").length)")
                        .getData()
                        .toString())
                .contains("19");
        assertThat(repl.python("import subprocess\nprint(subprocess.check_output(['wc', '-l', '" + path + "']))"))
                .contains("3 ");
    }

    @Test
    void what_code_writes_is_in_the_workspace_and_what_the_workspace_changes_is_seen_by_code() {
        repl.python("import os\nos.makedirs('/Workspace" + FOLDER + "/made/deep')\n" + "open('/Workspace" + FOLDER
                + "/made/deep/f.txt', 'w').write('of code')");
        Awaitility.await()
                .atMost(PlatformProcess.PATIENCE)
                .ignoreExceptions()
                .until(() -> client.workspace()
                                .getStatus(FOLDER + "/made/deep/f.txt")
                                .getObjectType()
                        == ObjectType.FILE);
        assertThat(exported("made/deep/f.txt")).isEqualTo("of code");
        put("made/deep/f.txt", ImportFormat.RAW, "of the workspace");
        assertThat(repl.python("print(open('/Workspace" + FOLDER + "/made/deep/f.txt').read())"))
                .isEqualTo("of the workspace");
        client.workspace().delete(new Delete().setPath(FOLDER + "/made").setRecursive(true));
        assertThat(repl.python("print(os.path.exists('/Workspace" + FOLDER + "/made'))"))
                .isEqualTo("False");
    }

    @Test
    void dbfs_is_the_default_file_system_and_a_folder_of_the_node() {
        repl.python("spark.range(3).coalesce(1).write.mode('overwrite').csv('/files-test/out')");
        assertThat(repl.python("import glob\nprint(open(glob.glob('/dbfs/files-test/out/*.csv')[0]).read().split())"))
                .isEqualTo("['0', '1', '2']");
        assertThat(repl.python("print(sc.textFile('/files-test/out').count(), "
                        + "len(dbutils.fs.ls('dbfs:/files-test/out')) > 1)"))
                .isEqualTo("3 True");
        assertThat(client.dbfs().list("/files-test")).hasSize(1);
        repl.python("open('/dbfs/files-test/by-python', 'w').write('x')");
        assertThat(client.dbfs().getStatus("/files-test/by-python").getFileSize())
                .isEqualTo(1);
        client.dbfs()
                .delete(new com.databricks.sdk.service.files.Delete()
                        .setPath("/files-test")
                        .setRecursive(true));
    }

    @Test
    void nothing_that_code_makes_lands_in_the_root_of_the_machine() {
        assertThat(repl.python("import os\nos.makedirs('/made-by-files-test', exist_ok=True)\n"
                        + "print(os.path.isdir('/made-by-files-test'), os.getcwd() != '/')"))
                .isEqualTo("True True");
        assertThat(Path.of("/made-by-files-test")).doesNotExist();
    }

    @Test
    void the_libraries_that_notebooks_assume_are_there() {
        assertThat(repl.python(
                        "import sklearn, scipy, statsmodels, seaborn, plotly, requests, boto3, openpyxl, tqdm, yaml\n"
                                + "import databricks.sdk, jinja2, pandas, numpy, matplotlib\nprint('all')"))
                .isEqualTo("all");
        assertThat(repl.python("from databricks.sdk import WorkspaceClient\n" + "print(WorkspaceClient().clusters.get('"
                        + SharedPlatform.clusterId() + "').state.value)"))
                .isEqualTo("RUNNING");
    }

    @Test
    void a_file_of_500_mb_is_written_by_code_and_too_large_for_the_api() {
        String path = FOLDER + "/large.bin";
        repl.python("""
                with open('/Workspace%s', 'wb') as f:
                    f.truncate(500 << 20)
                    f.seek((500 << 20) - 3)
                    f.write(b'end')
                """.formatted(path));
        Awaitility.await()
                .atMost(PlatformProcess.PATIENCE)
                .ignoreExceptions()
                .until(() -> client.workspace().getStatus(path).getSize() == 500L << 20);
        assertThatThrownBy(() -> client.workspace().export(path))
                .hasMessageContaining("524288000 bytes, which exceeds the maximum of 10485760 bytes");
        assertThat(repl.python("f = open('/Workspace" + path + "', 'rb'); f.seek(-3, 2); print(f.read())"))
                .isEqualTo("b'end'");
        client.workspace().delete(new Delete().setPath(path));
        byte[] eleven = new byte[11 << 20];
        assertThatThrownBy(() -> client.workspace()
                        .importContent(new Import()
                                .setPath(path)
                                .setFormat(ImportFormat.RAW)
                                .setContent(Base64.getEncoder().encodeToString(eleven))))
                .hasMessageContaining("exceeds the maximum");
        assertThat(repl.python("import os\nprint(os.path.exists('/Workspace" + path + "'))"))
                .isEqualTo("False");
    }

    @Test
    void each_line_of_two_that_append_to_a_file_is_kept() {
        assertThat(repl.python("""
                        import subprocess, sys
                        path = '/Workspace%s/shared.log'
                        writer = "import sys\\nwith open(sys.argv[1], 'a') as f:\\n for n in range(2000): f.write(f'{sys.argv[2]} {n}\\\\n'); f.flush()"
                        writers = [subprocess.Popen([sys.executable, '-c', writer, path, name]) for name in 'ab']
                        ended = [each.wait() for each in writers]
                        lines = open(path).read().split('\\n')[:-1]
                        print(ended, len(lines), len(set(lines)), all(len(line.split()) == 2 for line in lines))
                        """.formatted(FOLDER))).isEqualTo("[0, 0] 4000 4000 True");
    }

    @Test
    void of_code_and_the_api_that_write_one_file_one_wins_whole() {
        String path = FOLDER + "/both.txt";
        repl.python("""
                import os, threading
                path = '/Workspace%s'
                def over():
                    for n in range(200):
                        with open(path + '.new', 'w') as f:
                            f.write('code' * 5000)
                        os.replace(path + '.new', path)
                writer = threading.Thread(target=over)
                writer.start()
                """.formatted(path));
        for (int n = 0; n < 20; n++) {
            put("both.txt", ImportFormat.RAW, "api!".repeat(5000));
        }
        String winner =
                repl.python("writer.join()\ntext = open(path).read()\nprint(text[:4], text == text[:4] * 5000)");
        assertThat(winner).isIn("code True", "api! True");
        Awaitility.await()
                .atMost(PlatformProcess.PATIENCE)
                .ignoreExceptions()
                .until(() -> exported("both.txt").equals(winner.substring(0, 4).repeat(5000)));
    }

    @Test
    void notebooks_and_python_tasks_find_what_lies_beside_them() {
        put("beside.py", ImportFormat.RAW, "def twice(x):\n    return 2 * x\n");
        put("settings.json", ImportFormat.RAW, "{\"k\": 4}");
        put("notebook", ImportFormat.SOURCE, """
                # Databricks notebook source
                import json
                from beside import twice
                from pyspark.sql.functions import udf
                rows = spark.range(3).select(udf(twice, 'long')('id')).collect()
                assert [row[0] for row in rows] == [0, 2, 4]
                assert twice(json.load(open('settings.json'))['k']) == 8
                """);
        put("requirements.txt", ImportFormat.RAW, "# for the program\ntabulate==0.9.0\n");
        put("program.py", ImportFormat.RAW, """
                import os, sys
                import tabulate
                import beside
                assert beside.twice(2) == 4
                assert __file__ == sys.argv[0] == '/Workspace%1$s/program.py', (__file__, sys.argv)
                assert os.getcwd() == '/Workspace%1$s'
                """.formatted(FOLDER));
        SubmitTask notebook = new SubmitTask()
                .setTaskKey("notebook")
                .setNotebookTask(new NotebookTask().setNotebookPath(FOLDER + "/notebook"));
        SubmitTask program = new SubmitTask()
                .setTaskKey("program")
                .setLibraries(List.of(new Library().setRequirements("/Workspace" + FOLDER + "/requirements.txt")))
                .setSparkPythonTask(new SparkPythonTask().setPythonFile(FOLDER + "/program.py"));
        List<SubmitTask> tasks = List.of(notebook, program);
        tasks.forEach(task -> task.setExistingClusterId(SharedPlatform.clusterId()));
        long id = client.jobs()
                .submit(new SubmitRun().setRunName("beside").setTasks(tasks))
                .getResponse()
                .getRunId();
        Run run = Awaitility.await()
                .atMost(PlatformProcess.PATIENCE)
                .until(() -> client.jobs().getRun(id), now -> now.getState().getResultState() != null);
        assertThat(run.getTasks())
                .allSatisfy(task -> assertThat(task.getState().getResultState())
                        .as("%s: %s", task.getTaskKey(), task.getState().getStateMessage())
                        .hasToString("SUCCESS"));
    }
}
