package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.service.compute.Language;
import com.databricks.sdk.service.compute.Library;
import com.databricks.sdk.service.files.Delete;
import com.databricks.sdk.service.files.FileInfo;
import com.databricks.sdk.service.files.Put;
import com.databricks.sdk.service.jobs.Run;
import com.databricks.sdk.service.jobs.SparkPythonTask;
import com.databricks.sdk.service.jobs.SubmitRun;
import com.databricks.sdk.service.jobs.SubmitTask;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A platform that keeps DBFS and managed tables on a bucket of its own S3, as a notebook and the API see it. */
@Tag("soak")
@ExtendWith(OneMoreCluster.class)
@NullUnmarked
class BucketStorageTest {
    private static PlatformProcess platform;
    private static WorkspaceClient client;
    private static String cluster;
    private static Repl repl;

    @BeforeAll
    static void start() throws Exception {
        platform = PlatformProcess.startWith("""
                dbfs.storage = s3://kept/files
                catalog.storage = s3://kept/managed
                """);
        client = platform.client();
        cluster = platform.cluster(SharedPlatform.singleNode("on-a-bucket").setNumWorkers(1L));
        repl = new Repl(client, cluster);
    }

    @AfterAll
    static void stop() throws Exception {
        repl.close();
        platform.close();
    }

    private static List<String> listed(String path) {
        return StreamSupport.stream(client.dbfs().list(path).spliterator(), false)
                .map(FileInfo::getPath)
                .toList();
    }

    @Test
    void spark_dbutils_and_the_api_see_the_same_files() {
        client.dbfs()
                .put(new Put()
                        .setPath("/in/ids.csv")
                        .setContents(
                                Base64.getEncoder().encodeToString("id\n1\n2\n".getBytes(StandardCharsets.UTF_8))));
        assertThat(repl.python("""
                frame = spark.read.option("header", True).csv("dbfs:/in/ids.csv")
                frame.write.parquet("/out/ids")
                print(spark.read.parquet("dbfs:/out/ids").count())
                """)).isEqualTo("2");
        assertThat(listed("/out/ids")).anyMatch(path -> path.endsWith(".parquet"));
        assertThat(repl.python("""
                a = dbutils.fs.put("/notes/a.txt", "hello")
                b = dbutils.fs.cp("/notes/a.txt", "/notes/deep/b.txt")
                c = dbutils.fs.mv("/notes/deep", "/notes/moved", True)
                print([(f.name, f.size) for f in dbutils.fs.ls("/notes")], dbutils.fs.head("/notes/moved/b.txt"))
                print(dbutils.fs.rm("/notes/a.txt"), {"dbfs:/in/", "dbfs:/out/"} < {f.path for f in dbutils.fs.ls("/")})
                """)).isEqualTo("""
                [('a.txt', 5), ('moved/', 0)] hello
                True True""");
        assertThat(listed("/notes")).containsExactly("/notes/moved");
        client.dbfs().delete(new Delete().setPath("/notes/moved/b.txt"));
        assertThat(repl.python("print(dbutils.fs.ls('/notes/moved'))")).isEqualTo("[]");
        assertThat(platform.home().resolve("data/dbfs")).doesNotExist();
    }

    @Test
    void tables_of_delta_and_checkpoints_work_on_it() {
        assertThat(repl.python("""
                for n in range(3):
                    spark.range(n, n + 1).write.format("delta").mode("append").save("dbfs:/tables/d")
                stream = spark.readStream.format("delta").load("/tables/d")
                query = (stream.writeStream.format("delta").option("checkpointLocation", "/tables/checkpoint")
                    .trigger(availableNow=True).start("/tables/copy"))
                query.awaitTermination()
                print(spark.read.format("delta").load("/tables/copy").count(),
                      spark.sql("DESCRIBE HISTORY delta.`dbfs:/tables/d`").count())
                """)).isEqualTo("3 3");
        assertThat(repl.python("""
                for name in ["main.default.t", "hive_metastore.default.h"]:
                    spark.sql(f"CREATE TABLE {name} AS SELECT id FROM range(5)")
                    spark.sql(f"INSERT INTO {name} VALUES (9)")
                    place = spark.sql(f"DESCRIBE DETAIL {name}").first().location
                    print(place.split("/")[:4], spark.table(name).count())
                    spark.sql(f"DROP TABLE {name}")
                """)).isEqualTo("""
                ['slipway-store:', '', 'kept', 'managed'] 6
                ['dbfs:', 'user', 'hive', 'warehouse'] 6""");
        assertThat(listed("/user/hive/warehouse")).isEmpty();
        assertThat(Files.exists(platform.home().resolve("data/managed"))).isFalse();
    }

    @Test
    void jobs_find_their_programs_and_libraries_on_it() {
        assertThat(repl.python("""
                import zipfile
                name = "tiny-1.0-py3-none-any.whl"
                with zipfile.ZipFile("/tmp/" + name, "w") as wheel:
                    wheel.writestr("tiny.py", "NUMBER = 42\\n")
                    info = "tiny-1.0.dist-info/"
                    wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: tiny\\nVersion: 1.0\\n")
                    wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
                    wheel.writestr(info + "RECORD", "tiny.py,,\\n" + info + "METADATA,,\\n" + info + "WHEEL,,\\n")
                a = dbutils.fs.cp("file:/tmp/" + name, "dbfs:/libs/" + name)
                b = dbutils.fs.put("/libs/program.py", "import tiny; assert tiny.NUMBER == 42")
                print(a, b)
                """)).isEqualTo("True True");
        SubmitTask task = new SubmitTask()
                .setTaskKey("program")
                .setExistingClusterId(cluster)
                .setLibraries(List.of(new Library().setWhl("dbfs:/libs/tiny-1.0-py3-none-any.whl")))
                .setSparkPythonTask(new SparkPythonTask().setPythonFile("dbfs:/libs/program.py"));
        long id = client.jobs()
                .submit(new SubmitRun().setRunName("on-a-bucket").setTasks(List.of(task)))
                .getResponse()
                .getRunId();
        Run run = Awaitility.await()
                .atMost(PlatformProcess.PATIENCE)
                .until(() -> client.jobs().getRun(id), now -> now.getState().getResultState() != null);
        assertThat(run.getTasks())
                .allSatisfy(each -> assertThat(each.getState().getResultState())
                        .as(each.getState().getStateMessage())
                        .hasToString("SUCCESS"));
    }

    @Test
    void what_users_read_by_s3_is_theirs_and_local_programs_are_told_where_dbfs_is() {
        assertThat(repl.run(Language.PYTHON, "spark.read.text('s3://kept/files/dbfs/').count()")
                        .toString())
                .contains("403");
        assertThat(repl.run(Language.PYTHON, "open('/dbfs/x.txt', 'w')").toString())
                .contains("NotADirectoryError")
                .contains("dbutils.fs.cp");
        assertThat(repl.python("""
                import subprocess
                print(subprocess.run("echo lost > /dbfs/x", shell=True, capture_output=True, text=True).returncode != 0)
                """)).isEqualTo("True");
    }
}
