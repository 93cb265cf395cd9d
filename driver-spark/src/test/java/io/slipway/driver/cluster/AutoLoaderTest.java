package io.slipway.driver.cluster;

import static io.slipway.driver.cluster.CatalogDriver.put;
import static io.slipway.driver.cluster.CatalogDriver.python;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Auto Loader: streams of the files that come into a folder. */
@ExtendWith(CatalogDriver.class)
class AutoLoaderTest {
    /** A stream of a folder, and what a table has when all of the folder has been read into it. */
    private static final String HARNESS = """
            def stream(name, format, schema=None, **options):
                r = spark.readStream.format('cloudFiles').option('cloudFiles.format', format)
                r = r.schema(schema) if schema else r.option('cloudFiles.schemaLocation', f'dbfs:/{name}/schema')
                for k, v in options.items(): r = r.option(k.replace('__', '.'), v)
                return r.load(f'dbfs:/{name}/in')
            def write(frame, name):
                q = (frame.writeStream.option('checkpointLocation', f'dbfs:/{name}/cp').trigger(availableNow=True)
                     .foreachBatch(lambda rows, n: rows.write.mode('append').parquet(f'dbfs:/{name}/out')).start())
                q.awaitTermination()
            def load(name, format, schema=None, **options):
                write(stream(name, format, schema, **options), name)
                return show(name)
            def show(name):
                t = spark.read.option('mergeSchema', True).parquet(f'dbfs:/{name}/out')
                t = t.select(sorted(t.columns))
                return ' '.join(sorted('|'.join(str(v) for v in r) for r in t.collect())) + ' : ' + ','.join(
                    f.name + ' ' + f.dataType.simpleString() for f in t.schema)
            def refused(act):
                try: return act()
                except Exception as e: return str(e).split('JVM stacktrace')[0]
            """;

    @BeforeAll
    static void tools() {
        python(HARNESS);
    }

    @Test
    void files_are_read_once_over_restarts() throws IOException {
        put("once/in/a.json", "{\"id\": 1, \"n\": {\"x\": 1}}\n");
        put("once/in/deep/er/b.json", "{\"id\": 2}\n");
        put("once/in/_hidden.json", "{\"id\": 9}\n");
        String columns = " : _rescued_data string,id string,n string\n";
        assertThat(python("print(load('once', 'json'))")).isEqualTo("None|1|{\"x\":1} None|2|None" + columns);
        assertThat(python("print(load('once', 'json'))")).isEqualTo("None|1|{\"x\":1} None|2|None" + columns);
        put("once/in/a.json", "{\"id\": 3}\n");
        put("once/in/c d%20e[1].json", "{\"id\": 4}\n");
        put("once/in/f.json", "{\"id\": 5, \"ID\": 6}\nbroken\n");
        assertThat(python("print(load('once', 'json'))"))
                .isEqualTo(
                        "None|1|{\"x\":1} None|2|None None|4|None {\"ID\":6,\"_file_path\":\"dbfs:/once/in/f.json\"}|5|None"
                                + " {\"_corrupt_record\":\"broken\",\"_file_path\":\"dbfs:/once/in/f.json\"}|None|None"
                                + columns);
        assertThat(CatalogDriver.dbfs().resolve("once/schema/_schemas/0")).exists();
    }

    @Test
    void a_stream_that_breaks_between_its_logs_neither_loses_nor_doubles_a_file() throws IOException {
        for (int i = 0; i < 7; i++) {
            put("broken/in/" + i + ".json", "{\"id\": " + i + "}\n");
        }
        assertThat(python("""
                done = []
                def each(rows, batch):
                    done.append((batch, sorted(r.id for r in rows.collect())))
                    if len(done) == 2: raise Exception('half way')
                def go():
                    q = (stream('broken', 'json', 'id INT', cloudFiles__maxFilesPerTrigger=2).writeStream.foreachBatch(each)
                         .option('checkpointLocation', 'dbfs:/broken/cp').trigger(availableNow=True).start())
                    q.awaitTermination()
                print('half way' in refused(go))
                go()
                print(done)
                """)).isEqualTo("True\n[(0, [0, 1]), (1, [2, 3]), (1, [2, 3]), (2, [4, 5]), (3, [6])]\n");
    }

    @Test
    void a_killed_stream_goes_on_where_it_was() throws IOException {
        put("killed/in/0.json", "{\"id\": 0}\n");
        assertThat(python("""
                import time
                def start():
                    return (stream('killed', 'json', 'id INT').writeStream.option('checkpointLocation', 'dbfs:/killed/cp')
                            .trigger(processingTime='100 milliseconds').table('main.s.killed'))
                q = start()
                q.processAllAvailable()
                q.stop()
                for i in range(1, 3):
                    q = start()
                    for j in range(5): dbutils.fs.put(f'dbfs:/killed/in/{i}-{j}.json', '{"id": %d}' % (10 * i + j))
                    q.stop()
                q = start()
                q.processAllAvailable()
                q.stop()
                print(sorted(r.id for r in spark.table('main.s.killed').collect()))
                """)).endsWith("[0, 10, 11, 12, 13, 14, 20, 21, 22, 23, 24]\n");
    }

    @Test
    void new_columns_stop_the_stream_once_and_are_then_there() throws IOException {
        put("evolve/in/a.csv", "id,n\n1,x\n");
        assertThat(python("""
                f = stream('evolve', 'csv', header=True, cloudFiles__inferColumnTypes=True, cloudFiles__schemaHints='more DATE')
                write(f, 'evolve'); print(show('evolve'))
                """)).isEqualTo("None|1|None|x : _rescued_data string,id int,more date,n string\n");
        put("evolve/in/b.csv", "extra,id,more,N\n1.5,2,2024-01-02,z\n");
        String options = "header=True, cloudFiles__inferColumnTypes=True, cloudFiles__schemaHints='more DATE'";
        assertThat(python("print(refused(lambda: write(f, 'evolve')))"))
                .contains("[UNKNOWN_FIELD_EXCEPTION.NEW_FIELDS_IN_FILE]", "[extra]");
        // The old frame has the old schema.
        assertThat(python("print(refused(lambda: write(f, 'evolve')))")).contains("[extra]");
        assertThat(python("print(load('evolve', 'csv', " + options + "))"))
                .isEqualTo(
                        "None|None|1|None|x {\"N\":\"z\",\"_file_path\":\"dbfs:/evolve/in/b.csv\"}|1.5|2|2024-01-02|None : "
                                + "_rescued_data string,extra double,id int,more date,n string\n");
        put("evolve/in/c.csv", "id,last\n3,y\n");
        assertThat(python(
                        "print(refused(lambda: load('evolve', 'csv', cloudFiles__schemaEvolutionMode='failOnNewColumns', "
                                + options + ")))"))
                .contains("[UNKNOWN_FIELD_EXCEPTION.NEW_FIELDS_IN_FILE]", "automatic retry: false");
        assertThat(python("print(load('evolve', 'csv', cloudFiles__schemaEvolutionMode='rescue', " + options + "))"))
                .contains("{\"last\":\"y\",\"_file_path\":\"dbfs:/evolve/in/c.csv\"}|None|3|None|None");
        put("evolve/in/d.csv", "id,last\n4,y\n");
        assertThat(python("print(load('evolve', 'csv', cloudFiles__schemaEvolutionMode='none', " + options + "))"))
                .contains("None|None|4|None|None");
    }

    @Test
    void folders_are_columns_and_files_have_metadata() throws IOException {
        put("folders/in/day=2024-01-02/k=7/a.json", "{\"id\": 1}");
        assertThat(python("print(load('folders', 'json', cloudFiles__inferColumnTypes=True))"))
                .isEqualTo("None|2024-01-02|1|7 : _rescued_data string,day date,id bigint,k int\n");
        put("folders/in/day=2024-01-03/k=8/b.json", "{\"id\": \"x\"}");
        assertThat(python("print(load('folders', 'json', cloudFiles__inferColumnTypes=True))"))
                .contains("\"dbfs:/folders/in/day=2024-01-03/k=8/b.json\"}|2024-01-03|None|8");
        assertThat(python("""
                f = stream('folders', 'json', 'id STRING, k INT').select('k', '_metadata.file_name', '_metadata.file_size')
                write(f, 'meta'); print(show('meta'))
                """)).startsWith("a.json|9|7 b.json|11|8 : ");
    }

    @Test
    void every_format_can_be_loaded() throws IOException {
        assertThat(python("""
                d = spark.range(1).selectExpr('id', "'x' n")
                for f in ['parquet', 'orc', 'xml']:
                    w = d.write.format(f)
                    (w.option('rowTag', 'row') if f == 'xml' else w).save(f'dbfs:/{f}s/in/')
                    print(load(f + 's', f, **({'rowTag': 'row'} if f == 'xml' else {})))
                d.withColumn('more', d.id).write.mode('append').parquet('dbfs:/parquets/in')
                print('NEW_FIELDS_IN_FILE' in refused(lambda: load('parquets', 'parquet')))
                print(load('parquets', 'parquet'))
                """)).isEqualTo("""
                None|0|x : _rescued_data string,id bigint,n string
                None|0|x : _rescued_data string,id bigint,n string
                None|0|x : _rescued_data string,id string,n string
                True
                None|0|0|x None|0|None|x : _rescued_data string,id bigint,more bigint,n string
                """);
        put("texts/in/a.txt", "one\ntwo\n");
        assertThat(python("""
                f = spark.readStream.format('cloudFiles').option('cloudFiles.format', 'text').load('dbfs:/texts/in')
                write(f, 'texts'); print(show('texts'))
                f = spark.readStream.format('cloudFiles').option('cloudFiles.format', 'binaryFile').load('dbfs:/texts/in/*.txt')
                write(f.selectExpr('length'), 'bytes'); print(show('bytes'))
                """)).isEqualTo("one two : value string\n8 : length bigint\n");
    }

    @Test
    void options_say_which_files_are_read() throws IOException {
        put("which/in/old.json", "{\"id\": 1}");
        put("which/in/old.txt", "{\"id\": 2}");
        String options =
                "cloudFiles__includeExistingFiles=False, cloudFiles__allowOverwrites=True, pathGlobFilter='*.json'";
        assertThat(python("print(load('which', 'json', 'id INT', " + options + "))"))
                .isEqualTo(" : id int\n");
        put("which/in/new.json", "{\"id\": 3}");
        put("which/in/new.txt", "{\"id\": 4}");
        assertThat(python("print(load('which', 'json', 'id INT', " + options + "))"))
                .isEqualTo("3 : id int\n");
        put("which/in/new.json", "{\"id\": 5}");
        Path changed = CatalogDriver.dbfs().resolve("which/in/new.json");
        Files.setLastModifiedTime(
                changed,
                java.nio.file.attribute.FileTime.fromMillis(
                        Files.getLastModifiedTime(changed).toMillis() + 5000));
        assertThat(python("print(load('which', 'json', 'id INT', " + options + "))"))
                .isEqualTo("3 5 : id int\n");
    }

    @Test
    void what_is_not_there_is_refused_by_name() throws IOException {
        put("refused/in/a.json", "{\"id\": 1}");
        put("refused/empty/_only_hidden.json", "{\"id\": 1}");
        String read = "print(refused(lambda: stream('refused', 'json', 'id INT', cloudFiles__%s)))";
        assertThat(python(read.formatted("useNotifications=True"))).contains("cloudFiles.useNotifications");
        assertThat(python(read.formatted("useManagedFileEvents=True"))).contains("cloudFiles.useManagedFileEvents");
        assertThat(python(read.formatted("queueUrl='x'"))).contains("cloudFiles.queueUrl");
        assertThat(python(read.formatted("formt='x'"))).contains("CF_UNKNOWN_OPTION_KEYS_ERROR", "cloudFiles.formt");
        assertThat(python(read.formatted("formt='x', cloudFiles__validateOptions=False")))
                .contains("id: int");
        assertThat(python(read.formatted("schemaEvolutionMode='addNewColumns'")))
                .contains("CF_ADD_NEW_NOT_SUPPORTED");
        assertThat(python(read.formatted("cleanSource='DELETE'"))).contains("cloudFiles.cleanSource");
        assertThat(python(read.formatted("backfillInterval='1 day', cloudFiles__useIncrementalListing='auto'")))
                .contains("id: int");
        String json = ".format('cloudFiles').option('cloudFiles.format', 'json').load('dbfs:/refused/%s')))";
        assertThat(python("print(refused(lambda: spark.readStream" + json.formatted("in")))
                .contains("cloudFiles.schemaLocation");
        assertThat(python(
                        "print(refused(lambda: spark.readStream.option('cloudFiles.schemaLocation', 'dbfs:/refused/s')"
                                + json.formatted("empty")))
                .contains("CF_EMPTY_DIR_FOR_SCHEMA_INFERENCE");
        assertThat(python("print(refused(lambda: spark.readStream.schema('id INT')" + json.formatted("none")))
                .contains("PATH_NOT_FOUND", "dbfs:/refused/none");
        assertThat(python("print(refused(lambda: spark.read" + json.formatted("in")))
                .contains("CF_INCORRECT_BATCH_USAGE")
                .doesNotContain("Py4J", "at io.slipway");
    }

    @Test
    void scala_loads_files_too() throws IOException {
        put("scala/in/a.json", "{\"id\": 1}");
        var result = CatalogDriver.run("scala", """
                import org.apache.spark.sql.streaming.Trigger
                val q = spark.readStream.format("cloudFiles").option("cloudFiles.format", "json")
                  .option("cloudFiles.schemaLocation", "dbfs:/scala/schema").load("dbfs:/scala/in")
                  .writeStream.option("checkpointLocation", "dbfs:/scala/cp").trigger(Trigger.AvailableNow())
                  .table("main.s.scala_al")
                q.awaitTermination()
                println("rows " + spark.table("main.s.scala_al").count())
                """);
        assertThat(result.text()).contains("rows 1");
    }
}
