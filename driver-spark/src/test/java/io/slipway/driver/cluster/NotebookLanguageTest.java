package io.slipway.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.driver.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cells of notebooks are written with besides their languages: magics, dbutils, display, and what tells them where they run. */
class NotebookLanguageTest {
    @TempDir
    static Path scratch;

    static DriverHarness driver;

    @BeforeAll
    static void start() throws IOException {
        driver = new DriverHarness(scratch, config -> {}).awaitReady();
    }

    @AfterAll
    static void stop() {
        driver.close();
    }

    @Test
    void python_begins_anew_when_it_is_asked_to_and_keeps_what_is_not_pythons() {
        driver.context("restart", body -> body.put("language", "python"));
        driver.run(
                "restart",
                "python",
                "kept = 1; dbutils.widgets.text('w', '1'); spark.range(3).createOrReplaceTempView('v')");
        var restart = driver.run(
                "restart",
                "python",
                "try:\n    dbutils.library.restartPython()\nexcept Exception:\n    pass\nprint('not run')");
        assertThat(restart.outcome()).isEqualTo("ok");
        assertThat(restart.frames()).isEmpty();
        assertThat(driver.run(
                                "restart",
                                "python",
                                "print('kept' in globals(), dbutils.widgets.get('w'), spark.table('v').count())")
                        .text())
                .isEqualTo("False 1 3\n");
        assertThat(driver.run("restart", "python", "kept = 2\n%restart_python").outcome())
                .isEqualTo("ok");
        assertThat(driver.run("restart", "scala", "dbutils.library.restartPython()")
                        .outcome())
                .isEqualTo("ok");
        assertThat(driver.run("restart", "python", "print('kept' in globals())").text())
                .isEqualTo("False\n");
    }

    @Test
    void magics_in_python_do_what_they_say_or_are_refused_by_name() {
        driver.context("magics", body -> body.put("language", "python"));
        assertThat(driver.run(
                                "magics",
                                "python",
                                "%pip --version\n%pip list \\\n  --format=json # all\nx = 7\nprint('x', x)")
                        .text())
                .contains("pip ", "[{\"name\"", "x 7");
        assertThat(driver.run("magics", "python", "%pip install --no-index nosuch>=9")
                        .error()
                        .path("evalue")
                        .asText())
                .contains("%pip install --no-index nosuch>=9");
        assertThat(driver.run("magics", "python", "%conda install x")
                        .error()
                        .path("evalue")
                        .asText())
                .contains("%conda is not available");
        assertThat(driver.run("magics", "python", "x = 1\n%sql select 1")
                        .error()
                        .path("evalue")
                        .asText())
                .contains("%sql has to be the first line of its cell");
        assertThat(driver.run("magics", "python", "input('name?')")
                        .error()
                        .path("evalue")
                        .asText())
                .contains("input() cannot ask anybody here", "dbutils.widgets.text");
    }

    @Test
    void input_asks_whoever_looks_at_the_notebook_and_waits() {
        driver.context("asking", body -> body.put("language", "python").put("notebookPath", "/Users/ann/ask"));
        String asks = driver.submit(
                "asking",
                "python",
                "import getpass\nname = input('Your name? ')\nsecret = getpass.getpass()\nprint(name.upper(), len(secret))");
        driver.type("asking", asks, "Your name? ", "ann");
        driver.type("asking", asks, "Password: ", "pass word");
        DriverHarness.Result answered = driver.result("asking", asks);
        assertThat(answered.outcome()).isEqualTo("ok");
        assertThat(driver.output("asking", asks).toString())
                .contains("Your name? ann", "Password: \u2022\u2022", "ANN 9")
                .doesNotContain("pass word");
        String waits = driver.submit("asking", "python", "input('More? ')");
        driver.awaitQuestion("asking", waits, "More? ");
        driver.call("POST", "contexts/asking/commands/" + waits + "/cancel", Json.object());
        assertThat(driver.result("asking", waits).state()).isEqualTo("cancelled");
        assertThat(driver.run("asking", "python", "print(name)").text()).isEqualTo("ann\n");
    }

    @Test
    void code_finds_dbutils_and_its_surroundings_where_it_looks_for_them() {
        driver.context("surroundings", body -> body.put("language", "python").put("notebookPath", "/Users/ann/report"));
        assertThat(driver.run("surroundings", "python", """
                import os, json
                from pyspark.dbutils import DBUtils
                from databricks.sdk.runtime import dbutils as d, spark as s, udf as u
                from dbruntime.databricks_repl_context import get_context
                import databricks.sdk.runtime, dbruntime.dbutils
                print(DBUtils(spark) is dbutils, d is dbutils, s is spark)
                c = dbutils.notebook.entry_point.getDbutils().notebook().getContext()
                print(c.notebookPath().get(), c.tags().apply('user'), json.loads(c.toJson())['tags']['clusterId'])
                print(get_context().notebookPath, get_context().isInJob, bool(os.environ['DATABRICKS_RUNTIME_VERSION']))
                print(os.environ['DB_CLUSTER_ID'], os.environ['DB_IS_DRIVER'])
                """).text())
                .isEqualTo("True True True\n/Users/ann/report u c-1\n/Users/ann/report False True\nc-1 TRUE\n");
        assertThat(driver.run("surroundings", "python", """
                from dbruntime.sdk_credential_provider import init_runtime_native_auth
                host, header = init_runtime_native_auth()
                print(host, header())
                from databricks.sdk import WorkspaceClient
                """).text())
                .isEqualTo("http://127.0.0.1:1 {'Authorization': 'Bearer user-token'}\n");
        assertThat(driver.run("surroundings", "sh", "echo $DB_CLUSTER_ID").text())
                .isEqualTo("c-1\n");
    }

    @Test
    void every_part_of_dbutils_helps_and_refuses_by_name() {
        driver.context("dbutils", body -> body.put("language", "python"));
        assertThat(driver.run("dbutils", "python", """
                dbutils.help(); dbutils.help('fs')
                for part in 'credentials data fs jobs library notebook secrets widgets'.split(): getattr(dbutils, part).help()
                dbutils.fs.help('cp'); dbutils.jobs.taskValues.help('get')
                print([m.mountPoint for m in dbutils.fs.mounts()], dbutils.fs.refreshMounts())
                """).text()).contains("dbutils.widgets:", "['/'] True");
        for (String[] refused : new String[][] {
            {"dbutils.fs.mount('gs://x', mount_point='/mnt/x')", "only buckets of S3 can be mounted"},
            {
                "dbutils.fs.mount('s3a://x', '/mnt/x', extra_configs={'fs.s3a.secret.key': 'k'})",
                "without fs.s3a.secret.key"
            },
            {"dbutils.fs.unmount('/mnt/x')", "Directory not mounted: /mnt/x"},
            {"dbutils.fs.copy('a')", "dbutils.fs has no copy"},
            {"getArgument('nobody')", "InputWidgetNotDefined"},
            {"dbutils.ml", "dbutils has no part ml"},
            {"dbutils.fs.ls('/none')", "java.io.FileNotFoundException: "},
            {"dbutils.library.installPyPI('x')", "%pip install takes its place"},
        }) {
            assertThat(driver.run("dbutils", "python", refused[0])
                            .error()
                            .path("evalue")
                            .asText())
                    .as(refused[0])
                    .contains(refused[1]);
        }
        assertThat(driver.run(
                                "dbutils",
                                "python",
                                "import pandas as pd\ndbutils.data.summarize(pd.DataFrame({'a': [1, None]}))")
                        .frames()
                        .toString())
                .contains("1 (50.0 %)");
    }

    @Test
    void display_makes_tables_of_whatever_has_rows() {
        driver.context("display", body -> body.put("language", "python"));
        for (String[] shown : new String[][] {
            {"spark.range(2).display()", "[[0],[1]]"},
            {"display(spark.range(2).collect())", "[[0],[1]]"},
            {"display(spark.range(1).first())", "[[0]]"},
            {"display([{'a': 1, 'b': 'x'}, {'a': None, 'c': 2.5}])", "[[1,\"x\",null],[null,null,2.5]]"},
            {
                "dbutils.fs.put('/shown/f', 'abc')\ndisplay(dbutils.fs.ls('/shown')[0][1:3] and dbutils.fs.ls('/shown'))",
                "\"f\",3,"
            },
            {"import pandas as pd\ndisplay(pd.DataFrame({'a': [1]}))", "[[1]]"},
        }) {
            assertThat(driver.run("display", "python", shown[0]).rows().toString())
                    .as(shown[0])
                    .contains(shown[1]);
        }
        assertThat(driver.run("display", "python", "display([1, 2]); display({'a': 1}); display(())")
                        .text())
                .contains("[1, 2]", "{'a': 1}");
    }

    @Test
    void a_stream_is_shown_with_its_first_rows_and_goes_on() {
        driver.context("stream", body -> body.put("language", "python"));
        var shown = driver.run("stream", "python", """
                rate = spark.readStream.format('rate').option('rowsPerSecond', 50).load()
                display(rate.groupBy().count(), streamName='counted')
                """);
        assertThat(shown.outcome()).as(shown.frames().toString()).isEqualTo("ok");
        assertThat(shown.rows()).hasSize(1);
        var later = driver.run("stream", "python", """
                import time
                end = time.time() + 60
                [counted] = [q for q in spark.streams.active if q.name == 'counted']
                seen = counted.lastProgress and counted.lastProgress['batchId']
                while time.time() < end and (counted.lastProgress or {}).get('batchId', -1) < (seen or 0) + 3: time.sleep(0.2)
                counted.stop()
                """);
        assertThat(later.frames().toString()).contains("update_display_data", "\"count\"");
        assertThat(driver.run("stream", "python", "display(rate.select('nope'))")
                        .outcome())
                .isEqualTo("error");
    }

    @Test
    void scala_has_what_notebooks_use_without_asking() {
        driver.context(
                "scala",
                body -> body.put("language", "scala").putObject("arguments").put("by", "job"));
        assertThat(driver.run("scala", "scala", """
                dbutils.fs.put("/scala/f", "x")
                println(dbutils.fs.ls("/scala").map(_.name).filter(_.startsWith("f")).size)
                println(getArgument("by") + dbutils.widgets.getAll("by") + sql("select 1").count())
                """).text()).contains("1\n", "jobjob1\n");
        assertThat(driver.run(
                                "scala",
                                "scala",
                                "println(dbutils.notebook.getContext.tags(\"user\") + dbutils.notebook.getContext().tags.get(\"none\"))")
                        .text())
                .contains("uNone");
        assertThat(driver.run("scala", "scala", "case class P(a: Int, b: String)\ndisplay(Seq(P(1, \"x\")))")
                        .rows()
                        .toString())
                .isEqualTo("[[\"1\",\"x\"]]");
        var compiled = driver.run(
                "scala",
                "scala",
                "// of its own\npackage com.example.tools\n\ncase class Item(n: Int)\nobject Twice { def of(i: Item): Int = i.n * 2 }");
        assertThat(compiled.outcome()).as(compiled.frames().toString()).isEqualTo("ok");
        assertThat(driver.run(
                                "scala",
                                "scala",
                                "import com.example.tools._\nprintln(Twice.of(Item(3)))\nspark.range(2).map(n => Twice.of(Item(n.toInt))).collect().toList")
                        .text())
                .contains("6\n", "List(0, 2)");
        assertThat(driver.run("scala", "scala", "package com.example.wrong\nobject X { def f: Int = \"a\" }")
                        .error()
                        .path("evalue")
                        .asText())
                .contains("type mismatch");
        assertThat(driver.run("scala", "scala", "%sql select 1")
                        .error()
                        .path("evalue")
                        .asText())
                .contains("%sql is not a magic of Scala cells");
    }

    @Test
    void functions_in_tasks_find_out_where_they_run() {
        driver.context("where", body -> body.put("language", "python"));
        assertThat(driver.run("where", "python", """
                                import os
                                names = ['DATABRICKS_RUNTIME_VERSION', 'DB_CLUSTER_ID', 'DB_IS_DRIVER', 'DATABRICKS_CONFIG_FILE']
                                seen = sc.parallelize([1], 1).map(lambda _: [os.environ.get(n) for n in names]).first()
                                print(seen == [os.environ.get(n) for n in names], seen[3])
                                """).text()).isEqualTo("True /dev/null\n");
    }

    @Test
    void shuffle_partitions_may_be_auto_in_every_language() {
        driver.context("auto", body -> body.put("language", "python"));
        assertThat(driver.run(
                                "auto",
                                "python",
                                "spark.conf.set('spark.sql.shuffle.partitions', 'auto')\nspark.range(9).groupBy('id').count().count()")
                        .text())
                .isEqualTo("9");
        assertThat(driver.run(
                                "auto",
                                "sql",
                                "set spark.sql.shuffle.partitions = auto; select count(distinct id) from range(9)")
                        .outcome())
                .isEqualTo("ok");
        assertThat(driver.run("auto", "python", """
                                spark.conf.set('spark.databricks.delta.autoCompact.enabled', 'auto')
                                spark.conf.set('spark.databricks.delta.autoCompact.minNumFiles', 3)
                                for part in range(5): spark.range(1).write.mode('append').format('delta').save('dbfs:/auto-compact')
                                files = spark.sql("describe detail delta.`dbfs:/auto-compact`").first()['numFiles']
                                spark.conf.unset('spark.databricks.delta.autoCompact.enabled')
                                spark.conf.unset('spark.databricks.delta.autoCompact.minNumFiles')
                                print(files < 5, spark.read.format('delta').load('dbfs:/auto-compact').count())
                                """).text()).isEqualTo("True 5\n");
        assertThat(driver.run("auto", "python", "spark.conf.set('spark.sql.shuffle.partitions', 'many')")
                        .outcome())
                .isEqualTo("error");
    }

    @Test
    void state_of_streams_lies_in_rocks_db_by_its_name_of_databricks() {
        driver.context("rocks", body -> body.put("language", "python"));
        assertThat(driver.run("rocks", "python", """
                                spark.conf.set('spark.sql.streaming.stateStore.providerClass',
                                    'com.databricks.sql.streaming.state.RocksDBStateStoreProvider')
                                spark.range(3).write.mode('overwrite').format('delta').save('dbfs:/rocks/table')
                                for attempt in range(2):
                                    query = (spark.readStream.format('delta').load('dbfs:/rocks/table').groupBy('id').count()
                                        .writeStream.format('memory').queryName('rocks_rows').outputMode('complete')
                                        .option('checkpointLocation', 'dbfs:/rocks/checkpoint').trigger(availableNow=True).start())
                                    query.awaitTermination()
                                    spark.range(3, 5).write.mode('append').format('delta').save('dbfs:/rocks/table')
                                counts = spark.table('rocks_rows').count()
                                files = [f.name for f in dbutils.fs.ls('dbfs:/rocks/checkpoint/state/0/0')]
                                print(counts, any(name.endswith('.zip') or name.endswith('.changelog') for name in files))
                                """).text()).isEqualTo("5 True\n");
    }

    @Test
    void avro_and_kafka_belong_to_the_runtime() {
        driver.context("sources", body -> body.put("language", "python"));
        assertThat(driver.run("sources", "python", """
                                from pyspark.sql.avro.functions import from_avro, to_avro
                                spark.range(2).write.mode('overwrite').format('avro').save('dbfs:/sources/avro')
                                frame = spark.read.format('avro').load('dbfs:/sources/avro')
                                codes = spark.range(2).select(to_avro('id').alias('code'))
                                back = codes.select(from_avro('code', '"long"').alias('id'))
                                print(frame.count(), sorted(row.id for row in back.collect()))
                                stream = (spark.readStream.format('kafka').option('kafka.bootstrap.servers', '127.0.0.1:1')
                                    .option('subscribe', 'topic').load())
                                print(stream.columns)
                                """).text())
                .isEqualTo(
                        "2 [0, 1]\n['key', 'value', 'topic', 'partition', 'offset', 'timestamp', 'timestampType']\n");
    }
}
