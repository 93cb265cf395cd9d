package io.slipway.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.driver.standin.CatalogStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three-level names end to end: SQL in the driver, the catalog's REST API, files. */
class CatalogTest {
    @TempDir
    static Path scratch;

    static CatalogStandIn catalog;
    static DriverHarness driver;

    @BeforeAll
    static void start() throws IOException {
        catalog = new CatalogStandIn(Files.createDirectories(scratch.resolve("warehouse")));
        catalog.addCatalog("dev");
        driver = new DriverHarness(scratch, config -> config.put("serverUrl", catalog.url())).awaitReady();
        driver.context("a", body -> {
            body.put("catalog", "main").put("schema", "sales").put("user", CatalogStandIn.USER);
            body.putArray("catalogs").add("main").add("dev");
        });
        sql("create schema main.sales");
    }

    @AfterAll
    static void stop() {
        driver.close();
        catalog.close();
    }

    private static DriverHarness.Result sql(String statement) {
        var result = driver.run("a", "sql", statement);
        assertThat(result.outcome()).as(statement + ": " + result.frames()).isEqualTo("ok");
        return result;
    }

    private static String failure(String statement) {
        return driver.run("a", "sql", statement).error().path("evalue").asText();
    }

    @Test
    void a_managed_table_lives_and_dies() {
        sql("create table orders (id bigint, amount double) comment 'c' tblproperties ('a' = 'b')");
        sql("insert into main.sales.orders values (1, 2.5), (2, 5.0)");
        sql("alter table orders add column note string");
        assertThat(catalog.table("main.sales.orders").path("columns").findValuesAsText("name"))
                .containsExactly("id", "amount", "note");
        sql("merge into orders t using (select 1L id, 9.0D amount union all select 3L, 1.0D) s on t.id = s.id"
                + " when matched then update set t.amount = s.amount"
                + " when not matched then insert (id, amount) values (s.id, s.amount)");
        assertThat(sql("select id, amount from orders order by id").rows().toString())
                .isEqualTo("[[1,9.0],[2,5.0],[3,1.0]]");
        assertThat(sql("select count(*) from orders version as of 1").rows().toString())
                .isEqualTo("[[2]]");
        sql("alter table orders rename to main.sales.orders2");
        assertThat(failure("create table orders2 (x int)")).contains("ALREADY_EXISTS");
        JsonNode table = catalog.table("main.sales.orders2");
        Path files = Path.of(java.net.URI.create(table.path("storage_location").asText()));
        assertThat(files).isDirectory();
        sql("drop table orders2");
        assertThat(files).doesNotExist();
        assertThat(failure("select * from orders2")).contains("TABLE_OR_VIEW_NOT_FOUND");
    }

    @Test
    void views_are_kept_in_the_catalog() {
        sql("create view v as select 1 x");
        assertThat(sql("select * from main.sales.v").rows().toString()).isEqualTo("[[1]]");
        sql("create or replace view v as select 2 y");
        assertThat(sql("select y from v").rows().toString()).isEqualTo("[[2]]");
        sql("create table beside_v (x int)");
        assertThat(sql("show views in main.sales like '*v'").rows().toString()).isEqualTo("[[\"sales\",\"v\",false]]");
        assertThat(sql("show tables in main.sales like '*v'").rows().toString())
                .isEqualTo("[[\"sales\",\"beside_v\",false],[\"sales\",\"v\",false]]");
        assertThat(failure("create or replace table v as select 1 x")).contains("is a view");
        sql("drop view v");
        assertThat(failure("select * from v")).contains("TABLE_OR_VIEW_NOT_FOUND");
    }

    @Test
    void catalogs_join_and_data_frames_write() {
        sql("create schema dev.stage");
        sql("create table dev.stage.p using delta partitioned by (id) as select id, id * 2 v from range(3)");
        assertThat(driver.run(
                                "a",
                                "python",
                                "spark.range(2).write.saveAsTable('main.sales.f');"
                                        + "spark.range(2).write.mode('append').saveAsTable('main.sales.f')")
                        .outcome())
                .isEqualTo("ok");
        assertThat(sql("select count(*) from dev.stage.p p join f on p.id = f.id")
                        .rows()
                        .toString())
                .isEqualTo("[[4]]");
        assertThat(failure("drop schema dev.stage")).contains("SCHEMA_NOT_EMPTY");
        sql("drop schema dev.stage cascade");
    }

    @Test
    void a_folder_is_read_and_written_by_its_path() {
        sql("create table delta.`dbfs:/by-path` (id bigint)");
        sql("insert into delta.`dbfs:/by-path` values (1), (2)");
        assertThat(sql("select count(*) from delta.`dbfs:/by-path`").rows().toString())
                .isEqualTo("[[2]]");
        Path folder = scratch.resolve("dbfs/by-path");
        assertThat(sql("select count(*) from delta.`file:" + folder + "`")
                        .rows()
                        .toString())
                .isEqualTo("[[2]]");
        sql("alter table delta.`dbfs:/by-path` add column note string");
        assertThat(sql("describe delta.`dbfs:/by-path`").rows().toString()).contains("note");
        assertThat(sql("select count(*) from parquet.`dbfs:/by-path`").rows().toString())
                .isEqualTo("[[2]]");
        assertThat(failure("select * from delta.`dbfs:/no-such-folder`")).contains("no-such-folder");
    }

    private static List<String> history(String table) {
        var operations = new ArrayList<String>();
        sql("describe history " + table)
                .rows()
                .forEach(row -> operations.add(0, row.get(4).asText()));
        return operations;
    }

    private static List<String> columns(String table) {
        return catalog.table("main.sales." + table).path("columns").findValuesAsText("name");
    }

    @Test
    void a_table_made_of_a_query_is_one_commit() {
        sql("create table made partitioned by (day) comment 'c' as select 1L id, '1st' day");
        assertThat(history("made")).containsExactly("CREATE TABLE AS SELECT");
        assertThat(columns("made")).containsExactly("id", "day");
        assertThat(failure("create table half as select cast(raise_error('half way') as int) x"))
                .contains("TASK_WRITE_FAILED");
        assertThat(catalog.table("main.sales.half").isEmpty()).isTrue();
        sql("create table half as select 1 x");
        assertThat(failure("create table half as select 2 x")).contains("ALREADY_EXISTS");
    }

    @Test
    void a_replaced_table_keeps_its_history() {
        sql("create table r partitioned by (n) comment 'old' tblproperties ('a' = 'b') as select 1L id, 'x' n");
        JsonNode before = catalog.table("main.sales.r");
        sql("create or replace table r as select id + 1 as next from r");
        assertThat(history("r")).containsExactly("CREATE TABLE AS SELECT", "CREATE OR REPLACE TABLE AS SELECT");
        assertThat(sql("select * from r").rows().toString()).isEqualTo("[[2]]");
        assertThat(sql("select * from r version as of 0").rows().toString()).isEqualTo("[[1,\"x\"]]");
        JsonNode after = catalog.table("main.sales.r");
        assertThat(after.path("storage_location")).isEqualTo(before.path("storage_location"));
        assertThat(columns("r")).containsExactly("next");
        assertThat(after.findValue("partition_index")).isNull();
        assertThat(after.path("comment").asText()).isEmpty();
        assertThat(after.path("properties").has("a")).isFalse();
        assertThat(failure("create or replace table r as select cast(raise_error('half way') as int) x"))
                .contains("TASK_WRITE_FAILED");
        assertThat(sql("select * from r").rows().toString()).isEqualTo("[[2]]");
        sql("replace table r (third int) comment 'new'");
        assertThat(columns("r")).containsExactly("third");
        assertThat(catalog.table("main.sales.r").path("comment").asText()).isEqualTo("new");
        assertThat(driver.run(
                                "a",
                                "python",
                                "spark.range(3).write.mode('overwrite').option('overwriteSchema', True)"
                                        + ".saveAsTable('main.sales.r')")
                        .outcome())
                .isEqualTo("ok");
        assertThat(columns("r")).containsExactly("id");
        assertThat(history("r")).hasSize(4);
        assertThat(failure("replace table no_such as select 1 x")).contains("TABLE_OR_VIEW_NOT_FOUND");
    }

    @Test
    void columns_that_come_with_rows_are_told_to_the_catalog() {
        sql("create table g (id bigint, code varchar(5)) tblproperties ('delta.columnMapping.mode' = 'name')");
        python("spark.range(1).selectExpr('id', 'id as more').write.mode('append')"
                + ".option('mergeSchema', True).saveAsTable('main.sales.g')");
        assertThat(columns("g")).containsExactly("id", "code", "more");
        JsonNode wire = catalog.table("main.sales.g").path("columns");
        assertThat(wire.findValuesAsText("type_text")).containsExactly("bigint", "varchar(5)", "bigint");
        assertThat(wire.toString()).doesNotContain("delta.columnMapping");
        sql("merge with schema evolution into g t using (select 9L id, 9 yet) s on s.id = t.id"
                + " when not matched then insert *");
        assertThat(columns("g")).containsExactly("id", "code", "more", "yet");
        sql("restore table g to version as of 0");
        assertThat(columns("g")).containsExactly("id", "code");
    }

    private static void python(String code) {
        var result = driver.run("a", "python", code);
        assertThat(result.outcome()).as(code + ": " + result.frames()).isEqualTo("ok");
    }

    @Test
    void an_external_table_is_replaced_in_its_place_only() {
        sql("create table e (id bigint, n string) using delta partitioned by (n) location 'dbfs:/e'");
        assertThat(columns("e")).containsExactly("id", "n");
        sql("create or replace table e using delta location 'dbfs:/e' as select 1 x");
        assertThat(columns("e")).containsExactly("x");
        assertThat(history("e")).hasSize(2);
        assertThat(catalog.table("main.sales.e").path("table_type").asText()).isEqualTo("EXTERNAL");
        assertThat(failure("create or replace table e using delta location 'dbfs:/f' as select 2 x"))
                .contains("drop it first");
        assertThat(sql("select * from e").rows().toString()).isEqualTo("[[1]]");
    }

    @Test
    void tables_without_a_log_are_replaced_too() {
        sql("create table p using parquet partitioned by (n) as select 1L id, 'x' n");
        assertThat(sql("select * from p").rows().toString()).isEqualTo("[[1,\"x\"]]");
        sql("create or replace table p using parquet as select 2 y");
        assertThat(sql("select * from p").rows().toString()).isEqualTo("[[2]]");
        sql("create or replace table p as select 3 z");
        assertThat(history("p")).containsExactly("CREATE OR REPLACE TABLE AS SELECT");
        assertThat(failure("create table q using parquet as select cast(raise_error('half way') as int) x"))
                .contains("half way");
        assertThat(catalog.table("main.sales.q").isEmpty()).isTrue();
    }

    @Test
    void a_table_of_files_is_appended_to_by_name() {
        python("spark.range(1).selectExpr('id', 'id as part').write.format('parquet').partitionBy('part')"
                + ".saveAsTable('main.sales.files')");
        assertThat(sql("select * from files").rows().toString()).isEqualTo("[[0,0]]");
        python("spark.range(1, 2).selectExpr('id', 'id as part').write.format('parquet').mode('append')"
                + ".partitionBy('part').saveAsTable('main.sales.files')");
        sql("insert into files values (2, 2)");
        sql("insert into files partition (part = 3) values (3)");
        assertThat(sql("select * from files order by id").rows().toString()).isEqualTo("[[0,0],[1,1],[2,2],[3,3]]");
        sql("insert overwrite files partition (part = 3) values (4)");
        sql("insert overwrite files partition (part = 2) select 1 where false");
        assertThat(sql("select * from files order by id").rows().toString()).isEqualTo("[[0,0],[1,1],[4,3]]");
    }

    @Test
    void the_token_is_sent_and_never_shown() {
        sql("show schemas in main");
        assertThat(catalog.tokens()).containsOnlyKeys("Bearer user-token");
        assertThat(driver.run("a", "sql", "set").frames().toString()).doesNotContain("user-token");
    }

    private static void rows(String statement, String expected) {
        assertThat(sql(statement).rows().toString()).as(statement).isEqualTo(expected);
    }

    @Test
    void tables_of_hive_are_kept_and_lie_where_notebooks_look_for_them() {
        driver.context("hive", body -> {
            body.put("catalog", "main").put("schema", "default");
            body.putArray("catalogs").add("main");
        });
        for (String statement : List.of(
                "use catalog hive_metastore",
                "create schema old",
                "create table old.t (id bigint generated always as identity, x int)",
                "insert into old.t (x) values (7)",
                "create table c using csv options (header 'true') as select 1 a, 'b' b",
                "use catalog main",
                "create table hive_metastore.default.made as select 2 x")) {
            var result = driver.run("hive", "sql", statement);
            assertThat(result.outcome()).as(statement + ": " + result.frames()).isEqualTo("ok");
        }
        assertThat(catalog.table("hive_metastore.old.t")
                        .path("storage_location")
                        .asText())
                .isEqualTo("dbfs:/user/hive/warehouse/old.db/t");
        rows("select x from delta.`/user/hive/warehouse/old.db/t`", "[[7]]");
        rows("select * from hive_metastore.default.c", "[[1,\"b\"]]");
        Path files = scratch.resolve("dbfs/user/hive/warehouse/made");
        assertThat(files).isDirectory();
        sql("drop table hive_metastore.default.made");
        assertThat(files).doesNotExist();
        assertThat(failure("create table hive_metastore.default.made as select 1 / (id - 1) x from range(0, 2, 1, 1)"))
                .contains("TASK_WRITE_FAILED");
        assertThat(files).as("of a table that came to nothing").doesNotExist();
        python("spark.range(3).write.format('parquet').saveAsTable('hive_metastore.old.p')");
        rows("select count(*) from parquet.`/user/hive/warehouse/old.db/p`", "[[3]]");
        sql("drop schema hive_metastore.old cascade");
    }

    @Test
    void sparks_own_catalog_takes_nothing_that_it_would_forget() {
        for (String statement : List.of(
                "create table spark_catalog.default.t (x int)",
                "create table spark_catalog.default.t using csv as select 1 x",
                "create or replace table spark_catalog.default.t as select 1 x",
                "create view spark_catalog.default.v as select 1 x",
                "create schema spark_catalog.s",
                "create function spark_catalog.default.f as 'org.example.F'")) {
            var result = driver.run("a", "sql", statement);
            assertThat(result.outcome()).as(statement).isEqualTo("error");
            assertThat(result.error().path("evalue").asText()).as(statement).contains("hive_metastore");
        }
        sql("create temporary view of_mine as select 1 x");
        sql("drop view of_mine");
    }

    @Test
    void catalogs_are_made_used_and_dropped_in_sql() {
        driver.context("b", body -> {
            body.put("catalog", "main").put("schema", "default");
            body.putArray("catalogs").add("main").add("dev");
        });
        var steps = List.of(
                List.of("create catalog if not exists made comment 'c'", ""),
                List.of("use catalog made", ""),
                List.of("create table t as select 1 x", ""),
                List.of(
                        "select current_catalog(), current_schema(), x from made.default.t",
                        "[[\"made\",\"default\",1]]"),
                List.of("show catalogs like 'ma*'", "[[\"made\"],[\"main\"]]"),
                List.of("comment on catalog made is 'd'", ""),
                List.of(
                        "describe catalog made",
                        "[[\"Catalog Name\",\"made\"],[\"Comment\",\"d\"]," + "[\"Owner\",\"user@example.com\"]]"),
                List.of("drop catalog made cascade", ""),
                List.of("drop catalog if exists made", ""));
        for (var step : steps) {
            var result = driver.run("b", "sql", step.get(0));
            assertThat(result.outcome())
                    .as(step.get(0) + ": " + result.frames())
                    .isEqualTo("ok");
            if (!step.get(1).isEmpty()) {
                assertThat(result.rows().toString()).isEqualTo(step.get(1));
            }
        }
        assertThat(driver.run("b", "sql", "use catalog made")
                        .error()
                        .path("evalue")
                        .asText())
                .contains("Catalog 'made' was not found");
        assertThat(failure("grant select on table t to `x`")).contains("GRANT is not supported");
    }

    @Test
    void columns_get_the_values_that_their_table_makes() {
        sql("create table ids (id bigint generated always as identity (start with 10 increment by 5), n string)");
        rows("insert into ids (n) values ('x')", "[[1,1]]");
        rows("select * from ids", "[[10,\"x\"]]");
        sql("create table days (ts timestamp, d date generated always as (cast(ts as date))) partitioned by (d)");
        sql("insert into days (ts) values (timestamp'2024-05-06 07:08:09')");
        rows("select cast(d as string) from days", "[[\"2024-05-06\"]]");
        sql("create table defaults (a int, b int default 7)"
                + " tblproperties ('delta.feature.allowColumnDefaults' = 'supported')");
        sql("insert into defaults (a) values (1)");
        rows("select * from defaults", "[[1,7]]");
        sql("create table like_days like days");
        sql("insert into like_days (ts) values (timestamp'2024-05-06 07:08:09')");
        rows("select cast(d as string) from like_days", "[[\"2024-05-06\"]]");
        assertThat(sql("show create table ids").rows().toString())
                .contains("id BIGINT GENERATED ALWAYS AS IDENTITY (START WITH 10 INCREMENT BY 5)");
        assertThat(failure("create table p (a int, b int generated always as (a)) using parquet"))
                .contains("which tables of parquet cannot have");
    }

    @Test
    void keys_are_kept_and_checks_are_kept_up() {
        sql("create table parents (id bigint primary key, n string)");
        sql("create table children (id bigint not null, pid bigint constraint of_parent references parents,"
                + " constraint pos check (id > 0))");
        assertThat(failure("insert into children values (-1, 1)")).contains("CHECK constraint pos");
        assertThat(failure("insert into parents values (null, 'x')")).contains("NOT NULL");
        rows(
                "select constraint_name, constraint_type, enforced from main.information_schema.table_constraints"
                        + " where table_name in ('parents', 'children') order by 1",
                "[[\"of_parent\",\"FOREIGN KEY\",\"NO\"],[\"parents_pk\",\"PRIMARY KEY\",\"NO\"],"
                        + "[\"pos\",\"CHECK\",\"YES\"]]");
        sql("alter table parents drop primary key");
        sql("alter table parents add constraint again primary key (id)");
        sql("alter table children drop constraint of_parent");
        rows(
                "select column_name from main.information_schema.key_column_usage where constraint_name in"
                        + " ('again', 'of_parent')",
                "[[\"id\"]]");
    }

    @Test
    void options_of_a_table_of_files_count() {
        sql("create table pipes (id int, n string) using csv options (header = 'true', delimiter = '|')"
                + " location 'dbfs:/pipes'");
        sql("insert into pipes values (1, 'x'), (2, 'y')");
        rows("select id, n from pipes order by id", "[[1,\"x\"],[2,\"y\"]]");
        rows("select max(_c0) from csv.`dbfs:/pipes`", "[[\"id|n\"]]");
        sql("create table found using csv options (header 'true', sep '|', inferSchema 'true') location 'dbfs:/pipes'");
        assertThat(catalog.table("main.sales.found").path("columns").findValuesAsText("type_text"))
                .containsExactly("int", "string");
        rows("select sum(id) from found", "[[3]]");
        assertThat(failure("create table nowhere (a int) using nosuchformat")).contains("nosuchformat");
        assertThat(failure("create table nowhere using jdbc options (url 'x')")).contains("UNSUPPORTED_DATASOURCE");
        assertThat(catalog.table("main.sales.nowhere").isEmpty()).isTrue();
    }

    @Test
    void files_are_copied_into_a_table_once() {
        python("spark.range(5).write.parquet('dbfs:/copy')");
        sql("create table copied (id bigint)");
        rows("copy into copied from 'dbfs:/copy' fileformat = parquet", "[[5,5,0]]");
        rows("copy into copied from 'dbfs:/copy' fileformat = parquet", "[[0,0,0]]");
        python("spark.range(5, 7).write.mode('append').parquet('dbfs:/copy')");
        rows(
                "copy into main.sales.copied from (select id + 100 as id from 'dbfs:/copy') fileformat = parquet"
                        + " copy_options ('mergeSchema' = 'true')",
                "[[2,2,0]]");
        rows("select count(*), max(id) from copied", "[[7,106]]");
        rows("copy into copied from 'dbfs:/copy' fileformat = parquet copy_options ('force' = 'true')", "[[7,7,0]]");
        sql("create or replace table copied (id bigint)");
        rows("copy into copied from 'dbfs:/copy' fileformat = parquet pattern = '*.parquet'", "[[7,7,0]]");
        assertThat(failure("copy into copied from (select raise_error('bad row') as id from 'dbfs:/copy') fileformat ="
                        + " parquet copy_options ('force' = 'true')"))
                .contains("bad row");
        rows("copy into copied from 'dbfs:/copy' fileformat = parquet copy_options ('force' = 'true')", "[[7,7,0]]");
        python("""
                import json, glob, os
                dbutils.fs.put('dbfs:/cut-off/a.csv', 'id\\n1001\\n1002\\n')
                folder = spark.sql('describe detail copied').first()['location'].replace('file:', '').replace('dbfs:', '')
                last = json.load(open(max(glob.glob(folder + '/_copy_into_log/*/*.json'), key=os.path.getmtime)))
                last['number'] += 1
                last['files'] = ['dbfs:/cut-off/a.csv']
                last['statement'].update(source='dbfs:/cut-off', format='csv', formatOptions={'header': 'true', 'inferSchema': 'true'})
                name = max(glob.glob(folder + '/_copy_into_log/*/*.json'), key=os.path.getmtime)
                open(name[:-25] + '%020d.json' % last['number'], 'w').write(json.dumps(last))
                """);
        rows("copy into copied from 'dbfs:/copy' fileformat = parquet", "[[2,2,0]]");
        rows("select count(*) from copied where id > 1000", "[[2]]");
        assertThat(failure("copy into copied from 'dbfs:/copy' fileformat = csv format_options ('ignoreCorruptFiles' ="
                        + " 'true')"))
                .contains("corrupt files");
        assertThat(failure("copy into copied from 'dbfs:/nothing-here' fileformat = parquet"))
                .contains("PATH_NOT_FOUND");
        assertThat(failure("copy into copied from 'dbfs:/copy' fileformat = parquet validate all"))
                .contains("VALIDATE is not supported");
    }

    @Test
    void a_deep_clone_outlives_its_source() {
        sql("create table source tblproperties ('delta.enableDeletionVectors' = 'true')"
                + " as select /*+ coalesce(1) */ id, id % 2 p from range(10)");
        sql("delete from source where id = 3");
        sql("create or replace table deep deep clone source");
        sql("create table first clone source version as of 0");
        sql("create table shallow shallow clone source");
        rows("select count(*) from source@v0", "[[10]]");
        sql("drop table source");
        rows("select count(*), sum(id) from deep", "[[9,42]]");
        rows("select count(*) from first", "[[10]]");
        sql("delete from deep where id = 4");
        sql("set spark.databricks.delta.retentionDurationCheck.enabled = false");
        sql("vacuum deep retain 0 hours");
        rows("select count(*), sum(id) from deep", "[[8,38]]");
    }

    @Test
    void a_version_says_who_made_it() {
        sql("create table signed as select 1 x");
        JsonNode made = sql("describe history signed").rows().get(0);
        assertThat(made.get(2).asText()).isEqualTo("42");
        assertThat(made.get(3).asText()).isEqualTo(CatalogStandIn.USER);
    }

    @Test
    void names_of_delta_are_found_in_the_current_schema() {
        sql("create table named as select 1 x");
        python("""
                # Spark lists tables by code that it makes, or not at all.
                spark.conf.set('spark.sql.codegen.factoryMode', 'FALLBACK')
                from delta.tables import DeltaTable
                assert DeltaTable.forName(spark, 'sales.named').toDF().count() == 1
                assert DeltaTable.forName(spark, 'named').toDF().count() == 1
                DeltaTable.createOrReplace(spark).tableName('made_by_delta').addColumn('id', 'BIGINT').execute()
                for _ in range(2):
                    made = DeltaTable.createIfNotExists(spark).tableName('main.sales.made_whole').addColumn('id', 'BIGINT').execute()
                assert made.toDF().columns == ['id'] and spark.table('main.sales.made_whole').count() == 0
                spark.sql('drop table main.sales.made_whole')
                assert spark.catalog.tableExists('made_by_delta')
                assert spark.catalog.tableExists('named', 'sales')
                assert not spark.catalog.tableExists('other', 'sales')
                assert 'named' in [t.name for t in spark.catalog.listTables()]
                """);
    }

    @Test
    void functions_and_columns_are_called_as_on_databricks() {
        rows(
                "select iff(true, 1, 2), charindex('a', 'bab'), is_member('admins'), is_account_group_member('nobody'),"
                        + " current_metastore(), current_user(), getdate() is not null, current_version().dbsql_version",
                "[[1,2,true,false,\"aws:local:1\",\"user@example.com\",true,null]]");
        rows("select c:a.b, c:a['b']::int + 1, c:nothing from (select '{\"a\":{\"b\":5}}' c)", "[[\"5\",6,null]]");
        rows("select parse_json('{\"a\":{\"b\":5}}'):a.b::int", "[[5]]");
        sql("create table columns_of (x int)");
        python("""
                assert spark.sql('show databases').columns == ['databaseName']
                assert spark.sql('show tables').columns[0] == 'database'
                """);
        sql("analyze table columns_of compute statistics for all columns");
        sql("msck repair table columns_of");
        sql("comment on column columns_of.x is 'it''s'");
        rows("describe columns_of", "[[\"x\",\"int\",\"it's\"]]");
        assertThat(failure("select no_such_function(1)")).contains("no_such_function");
        rows("select count(*) > 0 from system.information_schema.schemata", "[[true]]");
    }
}
