package io.slipway.driver.cluster;

import static io.slipway.driver.cluster.CatalogDriver.put;
import static io.slipway.driver.cluster.CatalogDriver.python;
import static io.slipway.driver.cluster.CatalogDriver.sql;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Files as sources: what cannot be read is put aside or rescued. */
@ExtendWith(CatalogDriver.class)
class SourcesTest {
    private static String failure(String code) {
        return CatalogDriver.run("python", code).error().path("evalue").asText();
    }

    /** The lines of all files below a folder, those of parts that are hidden too. */
    private static List<String> lines(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(CatalogDriver.dbfs().resolve(folder))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().endsWith(".crc"))
                    .flatMap(file -> {
                        try {
                            return Files.readAllLines(file).stream();
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    })
                    .sorted()
                    .toList();
        }
    }

    @Test
    void bad_records_of_json_are_put_aside() throws IOException {
        put("bad-json/in/a.json", "{\"id\": 1}\n{nonsense\n{\"id\": \"x\"}\n\n{\"id\": 2}\n");
        assertThat(python("""
                d = spark.read.schema('id INT').option('badRecordsPath', 'dbfs:/bad-json/aside').json('dbfs:/bad-json/in')
                print(sorted(r.id for r in d.collect()), d.count(), d.columns)
                """)).isEqualTo("[1, 2] 2 ['id']\n");
        assertThat(lines("bad-json/aside"))
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(
                        line -> line.contains("\"path\":\"dbfs:/bad-json/in/a.json\"") && line.contains("\"reason\":"))
                .anyMatch(line -> line.contains("\"record\":\"{nonsense\""))
                .anyMatch(line -> line.contains("\"record\":\"{\\\"id\\\": \\\"x\\\"}\""));
        try (Stream<Path> folders = Files.list(CatalogDriver.dbfs().resolve("bad-json/aside"))) {
            assertThat(folders)
                    .allMatch(folder -> folder.getFileName().toString().matches("\\d{8}T\\d{6}")
                            && Files.isDirectory(folder.resolve("bad_records")));
        }
    }

    @Test
    void bad_records_of_csv_are_put_aside_in_batches_and_in_streams() throws IOException {
        put("bad-csv/in/a.csv", "id,n\n1,x\ny,z\n2\n3,\"a\"\n");
        String read =
                ".schema('id INT, n STRING').option('header', True).option('badRecordsPath', 'dbfs:/bad-csv/%s').csv("
                        + "'dbfs:/bad-csv/in')\n";
        assertThat(python("d = spark.read" + read.formatted("batch") + "print(sorted(tuple(r) for r in d.collect()))"))
                .isEqualTo("[(1, 'x'), (3, 'a')]\n");
        assertThat(lines("bad-csv/batch"))
                .hasSize(2)
                .anyMatch(line -> line.contains("\"record\":\"y,z\""))
                .anyMatch(line -> line.contains("\"record\":\"2\""));
        assertThat(python("d = spark.readStream" + read.formatted("stream") + """
                q = (d.writeStream.format('memory').queryName('bad_csv').trigger(availableNow=True)
                     .option('checkpointLocation', 'dbfs:/bad-csv/cp').start())
                q.awaitTermination()
                print(sorted(tuple(r) for r in spark.table('bad_csv').collect()))
                """))
                .isEqualTo("[(1, 'x'), (3, 'a')]\n");
        assertThat(lines("bad-csv/stream")).hasSize(2);
    }

    @Test
    void files_that_cannot_be_read_are_put_aside() throws IOException {
        put("bad-files/note.txt", "");
        assertThat(python("""
                spark.range(3).coalesce(1).write.parquet('dbfs:/bad-files/p')
                dbutils.fs.put('dbfs:/bad-files/p/broken.parquet', 'no parquet at all, but long enough to look at')
                d = spark.read.schema('id LONG').option('badRecordsPath', 'dbfs:/bad-files/aside').parquet('dbfs:/bad-files/p')
                print(sorted(r.id for r in d.collect()))
                """)).endsWith("[0, 1, 2]\n");
        assertThat(lines("bad-files/aside"))
                .hasSize(1)
                .allMatch(line -> line.contains("\"path\":\"dbfs:/bad-files/p/broken.parquet\""));
    }

    @Test
    void what_the_schema_has_no_place_for_is_rescued() throws IOException {
        put("rescue/a.json", """
                {"id": 1, "n": {"a": 1, "b": 2}}
                {"id": "x", "more": [1.50], "ID": 3}
                {"id": 2, "list": [1, "y"]}
                broken
                """);
        assertThat(python("""
                d = (spark.read.schema('id INT, n STRUCT<a: INT>, list ARRAY<INT>')
                     .option('rescuedDataColumn', '_rescued_data').json('dbfs:/rescue/a.json'))
                print(d.columns, d.count())
                for r in d.collect(): print(r.id, r.n, r._rescued_data)
                """)).isEqualTo("""
                ['id', 'n', 'list', '_rescued_data'] 4
                1 Row(a=1) {"n":{"b":2},"_file_path":"dbfs:/rescue/a.json"}
                None None {"id":"x","more":[1.50],"ID":3,"_file_path":"dbfs:/rescue/a.json"}
                2 None {"list":[1,"y"],"_file_path":"dbfs:/rescue/a.json"}
                None None {"_corrupt_record":"broken","_file_path":"dbfs:/rescue/a.json"}
                """);
        put("rescue-csv/a.csv", "n,id,more\nx,1,\ny,z,w\n");
        assertThat(python("""
                d = (spark.read.schema('id INT, n STRING').option('header', True).option('rescuedDataColumn', 'rest')
                     .csv('dbfs:/rescue-csv'))
                for r in d.collect(): print(r.id, r.n, r.rest)
                s = (spark.readStream.schema('id INT, n STRING').option('header', True).option('rescuedDataColumn', 'rest')
                     .csv('dbfs:/rescue-csv'))
                q = (s.writeStream.format('memory').queryName('rescue_csv').trigger(availableNow=True)
                     .option('checkpointLocation', 'dbfs:/rescue-cp').start())
                q.awaitTermination()
                print([tuple(r) for r in spark.sql('select id, n, rest is null from rescue_csv').collect()])
                """)).isEqualTo("""
                1 x None
                None y {"id":"z","more":"w","_file_path":"dbfs:/rescue-csv/a.csv"}
                [(1, 'x', True), (None, 'y', False)]
                """);
        assertThat(failure(
                        "spark.read.schema('id INT').option('rescuedDataColumn', 'r').parquet('dbfs:/rescue').show()"))
                .contains("rescuedDataColumn");
    }

    @Test
    void rescued_values_are_no_bad_records_and_broken_ones_are() throws IOException {
        put("both/a.json", "[{\"id\": 1},\n {\"id\": \"x\"}]");
        put("both/b.json", "{\"id\": ");
        assertThat(python("""
                d = (spark.read.schema('id INT').option('multiLine', True).option('rescuedDataColumn', 'rest')
                     .option('badRecordsPath', 'dbfs:/both-aside').json('dbfs:/both'))
                print(sorted((r.id or 0, r.rest or '') for r in d.collect()))
                """)).isEqualTo("[(0, '{\"id\":\"x\",\"_file_path\":\"dbfs:/both/a.json\"}'), (1, '')]\n");
        assertThat(lines("both-aside")).hasSize(1).allMatch(line -> line.contains("dbfs:/both/b.json"));
    }

    private static String rows(String statement) {
        return sql(statement).rows().toString();
    }

    private static String refused(String statement) {
        return CatalogDriver.run("sql", statement).error().path("evalue").asText();
    }

    @Test
    void read_files_finds_columns_and_formats() throws IOException {
        put("rf/json/day=2024-01-02/a.json", "{\"id\": 1, \"n\": \"x\"}\n{\"id\": 2, \"more\": 1.5}\n");
        assertThat(rows("select * from read_files('dbfs:/rf/json') order by id"))
                .isEqualTo("[[1,null,\"x\",\"2024-01-02\",null],[2,1.5,null,\"2024-01-02\",null]]");
        assertThat(
                        rows(
                                "select id + 1, more, _metadata.file_name, _rescued_data is null from read_files('/rf/js' || 'on',"
                                        + " schemaHints => 'more STRING', partitionColumns => '', format => 'json') order by id"))
                .isEqualTo("[[2,null,\"a.json\",true],[3,\"1.5\",\"a.json\",true]]");
        put("rf/csv/a.csv", "id;n\n1;x\ny;z\n");
        put("rf/csv/b.csv", "n;id\nw;3\n");
        assertThat(rows("select id, n from read_files('dbfs:/rf/csv/*.csv', header => true, sep => ';') order by n"))
                .isEqualTo("[[\"3\",\"w\"],[\"1\",\"x\"],[\"y\",\"z\"]]");
        assertThat(rows("select id, rest from read_files('dbfs:/rf/csv', header => true, sep => ';',"
                        + " schema => 'id INT', rescuedDataColumn => 'rest', pathGlobFilter => 'a*') order by id"))
                .isEqualTo("[[null,\"{\\\"id\\\":\\\"y\\\",\\\"n\\\":\\\"z\\\",\\\"_file_path\\\":"
                        + "\\\"dbfs:/rf/csv/a.csv\\\"}\"],[1,\"{\\\"n\\\":\\\"x\\\",\\\"_file_path\\\":"
                        + "\\\"dbfs:/rf/csv/a.csv\\\"}\"]]");
        put("rf/plain/notes", "[{\"a\": 1},\n{\"a\": 2}]");
        assertThat(rows("select sum(a) from read_files('dbfs:/rf/plain', multiLine => true)"))
                .isEqualTo("[[3]]");
        sql(
                "create table main.s.from_files as select * from read_files('dbfs:/rf/csv/b.csv', header => true, sep => ';')");
        assertThat(rows("select id, n from main.s.from_files")).isEqualTo("[[3,\"w\"]]");
        put("rf/text/a.txt", "one\ntwo\n");
        assertThat(rows("select t.value, u.value from read_files('dbfs:/rf/text') t join read_files('dbfs:/rf/text') u"
                        + " on t.value = u.value order by 1"))
                .isEqualTo("[[\"one\",\"one\"],[\"two\",\"two\"]]");
    }

    @Test
    void what_read_files_cannot_do_is_refused_by_name() throws IOException {
        put("rf-refused/a.dat", "what is this?");
        assertThat(refused("select * from read_files('dbfs:/rf-none')")).contains("CF_EMPTY_DIR_FOR_SCHEMA_INFERENCE");
        assertThat(refused("select * from read_files('dbfs:/rf-refused')")).contains("format => 'csv'");
        assertThat(refused("select * from read_files('dbfs:/rf-refused', 'text')"))
                .contains("by their names");
        assertThat(refused("select * from read_files('dbfs:/rf-refused', format => 'text', maxFilesPerTrigger => 1)"))
                .contains("maxFilesPerTrigger");
        assertThat(refused("select * from stream read_files('dbfs:/rf-refused', format => 'text')"))
                .contains("STREAM read_files");
    }

    @Test
    void xml_is_read_by_its_row_tag() throws IOException {
        put("xml/a.xml", "<all><one id=\"1\"><n>x</n></one><one id=\"2\"><n>y</n></one></all>");
        assertThat(
                        python(
                                "print([tuple(r) for r in spark.read.format('xml').option('rowTag', 'one').load('dbfs:/xml').collect()])"))
                .isEqualTo("[(1, 'x'), (2, 'y')]\n");
        assertThat(rows("select n, _id from read_files('dbfs:/xml', rowTag => 'one') order by n"))
                .isEqualTo("[[\"x\",1],[\"y\",2]]");
        assertThat(
                        failure(
                                "spark.read.option('badRecordsPath', 'dbfs:/xml-bad').option('rowTag', 'one').xml('dbfs:/xml')"))
                .contains("badRecordsPath");
    }
}
