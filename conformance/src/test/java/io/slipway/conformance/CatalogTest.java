package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksError;
import com.databricks.sdk.service.catalog.ColumnInfo;
import com.databricks.sdk.service.catalog.ColumnTypeName;
import com.databricks.sdk.service.catalog.CreateCatalog;
import com.databricks.sdk.service.catalog.CreateSchema;
import com.databricks.sdk.service.catalog.CreateTableRequest;
import com.databricks.sdk.service.catalog.DataSourceFormat;
import com.databricks.sdk.service.catalog.DeleteCatalogRequest;
import com.databricks.sdk.service.catalog.DeleteSchemaRequest;
import com.databricks.sdk.service.catalog.SchemaInfo;
import com.databricks.sdk.service.catalog.TableInfo;
import com.databricks.sdk.service.catalog.TableType;
import com.databricks.sdk.service.catalog.UpdateSchema;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Unity Catalog by the Java SDK and by SQL on Spark: both must see the same thing. */
@NullUnmarked
@ExtendWith(SharedPlatform.class)
class CatalogTest {
    private static Repl repl;

    private final WorkspaceClient client = SharedPlatform.client();

    @BeforeAll
    static void connect() {
        repl = new Repl(SharedPlatform.client(), SharedPlatform.clusterId());
    }

    @AfterAll
    static void leave() {
        repl.close();
    }

    @BeforeEach
    void begin_with_an_empty_schema() {
        repl.sql("drop schema if exists main.judged cascade");
        repl.sql("create schema main.judged");
    }

    private TableInfo table(String name) {
        return client.tables().get("main.judged." + name);
    }

    private List<String> columns(String name) {
        return table(name).getColumns().stream()
                .map(column -> column.getName() + " " + column.getTypeText())
                .toList();
    }

    private List<String> tableNames() {
        List<String> names = new ArrayList<>();
        client.tables().list("main", "judged").forEach(each -> names.add(each.getName()));
        return names;
    }

    private static Path files(TableInfo table) {
        return Path.of(URI.create(table.getStorageLocation()));
    }

    private static String code(Runnable call) {
        try {
            call.run();
        } catch (DatabricksError e) {
            return e.getErrorCode();
        }
        return "no error";
    }

    @Test
    void a_schema_made_in_sql_is_seen_by_the_api_and_the_other_way_round() {
        SchemaInfo bySql = client.schemas().get("main.judged");
        assertThat(bySql.getOwner()).isEqualTo("admin@slipway.local");
        assertThat(bySql.getCatalogName()).isEqualTo("main");

        client.schemas()
                .create(new CreateSchema()
                        .setCatalogName("main")
                        .setName("judged_by_api")
                        .setComment("made by the API"));
        assertThat(repl.sql("show schemas in main")).contains("judged_by_api");
        repl.sql("create table main.judged_by_api.t (x int)");
        assertThat(client.tables().exists("main.judged_by_api.t").getTableExists())
                .isTrue();
        client.schemas()
                .update(new UpdateSchema().setFullName("main.judged_by_api").setComment("changed"));
        assertThat(repl.sql("describe schema main.judged_by_api")).contains("changed");
        repl.sql("drop schema main.judged_by_api cascade");
        assertThat(code(() -> client.schemas().get("main.judged_by_api"))).isEqualTo("SCHEMA_DOES_NOT_EXIST");
    }

    @Test
    void a_catalog_made_by_the_api_is_used_in_sql_by_a_session_that_is_older() {
        client.catalogs().create(new CreateCatalog().setName("judged_catalog"));
        try {
            repl.sql("create schema judged_catalog.s");
            repl.sql("create table judged_catalog.s.t as select 5 as five");
            assertThat(repl.sql("select five from judged_catalog.s.t")).isEqualTo("[[5]]");
            assertThat(client.tables().get("judged_catalog.s.t").getOwner()).isEqualTo("admin@slipway.local");
            assertThat(code(() -> client.catalogs().delete("judged_catalog"))).isEqualTo("CATALOG_NOT_EMPTY");
        } finally {
            client.catalogs()
                    .delete(new DeleteCatalogRequest().setName("judged_catalog").setForce(true));
        }
        assertThat(code(() -> client.catalogs().get("judged_catalog"))).isEqualTo("CATALOG_DOES_NOT_EXIST");
    }

    @Test
    void a_table_made_in_sql_is_described_by_the_api_field_by_field() {
        repl.sql(
                "create table main.judged.orders (id bigint not null comment 'the key', amount decimal(10,2), day date,"
                        + " tags array<string>) partitioned by (day) comment 'all orders' tblproperties ('team' = 'sales')");
        TableInfo table = table("orders");
        assertThat(table.getTableType()).isEqualTo(TableType.MANAGED);
        assertThat(table.getDataSourceFormat()).isEqualTo(DataSourceFormat.DELTA);
        assertThat(table.getComment()).isEqualTo("all orders");
        assertThat(table.getOwner()).isEqualTo("admin@slipway.local");
        assertThat(table.getProperties()).containsEntry("team", "sales");
        assertThat(columns("orders"))
                .containsExactly("id bigint", "amount decimal(10,2)", "day date", "tags array<string>");
        List<ColumnInfo> columns = List.copyOf(table.getColumns());
        assertThat(columns.get(0).getTypeName()).isEqualTo(ColumnTypeName.LONG);
        assertThat(columns.get(0).getNullable()).isFalse();
        assertThat(columns.get(0).getComment()).isEqualTo("the key");
        assertThat(columns.get(1).getTypeName()).isEqualTo(ColumnTypeName.DECIMAL);
        assertThat(columns.get(2).getPartitionIndex()).isZero();
        assertThat(columns.get(3).getPosition()).isEqualTo(3);
        assertThat(tableNames()).containsExactly("orders");
        assertThat(files(table).resolve("_delta_log")).isDirectory();
    }

    @Tag("soak")
    @Test
    void rows_are_inserted_merged_updated_and_deleted() {
        repl.sql("create table main.judged.t (id bigint, v bigint)");
        repl.sql("insert into main.judged.t select id, id * 10 from range(5)");
        repl.sql("update main.judged.t set v = v + 1 where id = 1");
        repl.sql("delete from main.judged.t where id = 0");
        repl.sql(
                "merge into main.judged.t t using (select 2L as id, 99L as v union all select 7L, 70L) s on t.id = s.id"
                        + " when matched then update set * when not matched then insert *");
        assertThat(repl.sql("select id, v from main.judged.t order by id"))
                .isEqualTo("[[1, 11], [2, 99], [3, 30], [4, 40], [7, 70]]");
        assertThat(repl.sql("select count(*) from main.judged.t version as of 1"))
                .isEqualTo("[[5]]");
        assertThat(repl.python("print([row.operation for row in"
                        + " spark.sql('describe history main.judged.t').orderBy('version').collect()])"))
                .isEqualTo("['CREATE TABLE', 'WRITE', 'UPDATE', 'DELETE', 'MERGE']");
    }

    @Test
    void tables_are_optimized_vacuumed_and_restored() {
        repl.sql("create table main.judged.t (id bigint)");
        repl.sql("insert into main.judged.t values (1)");
        repl.sql("insert into main.judged.t values (2)");
        assertThat(repl.sql("optimize main.judged.t")).contains("numFilesRemoved=2");
        assertThat(repl.python("print(spark.sql('describe detail main.judged.t').first().numFiles)"))
                .isEqualTo("1");
        repl.sql("vacuum main.judged.t");
        repl.sql("restore table main.judged.t to version as of 1");
        assertThat(repl.sql("select * from main.judged.t")).isEqualTo("[[1]]");
    }

    @Test
    void an_altered_table_shows_its_new_columns_properties_and_name_in_the_api() {
        repl.sql("create table main.judged.t (id bigint)");
        repl.sql("alter table main.judged.t add column note string comment 'free text'");
        repl.sql("alter table main.judged.t set tblproperties ('a' = 'b')");
        repl.sql("comment on table main.judged.t is 'said later'");
        assertThat(columns("t")).containsExactly("id bigint", "note string");
        assertThat(table("t").getProperties()).containsEntry("a", "b");
        assertThat(table("t").getComment()).isEqualTo("said later");
        repl.sql("alter table main.judged.t rename to main.judged.renamed");
        assertThat(tableNames()).containsExactly("renamed");
        repl.sql("insert into main.judged.renamed values (1, 'x')");
        assertThat(repl.sql("select * from main.judged.renamed")).isEqualTo("[[1, x]]");
    }

    @Test
    void a_view_is_kept_in_the_catalog_and_follows_its_table() {
        repl.sql("create table main.judged.t as select 1 as x");
        repl.sql("create view main.judged.v as select x + 1 as y from main.judged.t");
        TableInfo view = table("v");
        assertThat(view.getTableType()).isEqualTo(TableType.VIEW);
        assertThat(view.getViewDefinition()).contains("x + 1");
        assertThat(columns("v")).containsExactly("y int");
        repl.sql("insert into main.judged.t values (10)");
        assertThat(repl.sql("select y from main.judged.v order by y")).isEqualTo("[[2], [11]]");
        repl.sql("create or replace view main.judged.v as select 'now' as z");
        assertThat(columns("v")).containsExactly("z string");
        repl.sql("drop view main.judged.v");
        assertThat(tableNames()).containsExactly("t");
    }

    @Test
    void a_table_registered_by_the_api_is_read_and_written_in_sql() {
        repl.python("dbutils.fs.rm('dbfs:/judged-external', True)");
        repl.python("spark.range(3).write.format('delta').save('dbfs:/judged-external/delta')");
        repl.python("spark.range(3).write.format('parquet').save('dbfs:/judged-external/parquet')");
        for (DataSourceFormat format : List.of(DataSourceFormat.DELTA, DataSourceFormat.PARQUET)) {
            String name = format.name().toLowerCase(java.util.Locale.ROOT);
            client.tables()
                    .create(new CreateTableRequest()
                            .setCatalogName("main")
                            .setSchemaName("judged")
                            .setName(name)
                            .setTableType(TableType.EXTERNAL)
                            .setDataSourceFormat(format)
                            .setStorageLocation("dbfs:/judged-external/" + name)
                            .setColumns(List.of(new ColumnInfo()
                                    .setName("id")
                                    .setPosition(0L)
                                    .setTypeName(ColumnTypeName.LONG)
                                    .setTypeText("bigint")
                                    .setTypeJson(
                                            "{\"name\":\"id\",\"type\":\"long\",\"nullable\":true,\"metadata\":{}}"))));
            repl.sql("insert into main.judged." + name + " values (100)");
            assertThat(repl.sql("select count(*), max(id) from main.judged." + name))
                    .as(name)
                    .isEqualTo("[[4, 100]]");
            client.tables().delete("main.judged." + name);
            assertThat(repl.sqlError("select * from main.judged." + name)).contains("TABLE_OR_VIEW_NOT_FOUND");
        }
        assertThat(repl.python("print(spark.read.load('dbfs:/judged-external/delta').count())"))
                .isEqualTo("4");
    }

    @Test
    void a_delta_folder_is_read_by_its_path() {
        repl.python("spark.range(3).write.format('delta').mode('overwrite').save('dbfs:/judged-by-path')");
        assertThat(repl.sql("select count(*) from delta.`dbfs:/judged-by-path`"))
                .isEqualTo("[[3]]");
    }

    @Test
    void a_table_made_of_a_query_has_its_rows_and_its_columns() {
        repl.sql("create table main.judged.t as select id, cast(id as string) as text from range(3)");
        assertThat(columns("t")).containsExactly("id bigint", "text string");
        assertThat(repl.sql("select count(*) from main.judged.t")).isEqualTo("[[3]]");
        assertThat(operations("t")).isEqualTo("['CREATE TABLE AS SELECT']");
        assertThat(repl.sqlError("create table main.judged.bad as select cast(raise_error('half way') as int) as x"))
                .contains("TASK_WRITE_FAILED");
        assertThat(tableNames()).containsExactly("t");
    }

    private String operations(String table) {
        return repl.python("print([row.operation for row in spark.sql('describe history main.judged." + table
                + "').orderBy('version').collect()])");
    }

    @Test
    void a_replaced_table_keeps_its_history_and_its_place() {
        repl.sql("create table main.judged.t comment 'old' as select 1 as x");
        String place = table("t").getStorageLocation();
        repl.sql("create or replace table main.judged.t as select 'new' as y");
        assertThat(columns("t")).containsExactly("y string");
        assertThat(table("t").getStorageLocation()).isEqualTo(place);
        assertThat(operations("t")).isEqualTo("['CREATE TABLE AS SELECT', 'CREATE OR REPLACE TABLE AS SELECT']");
        assertThat(repl.sql("select x from main.judged.t version as of 0")).isEqualTo("[[1]]");
        assertThat(repl.sqlError(
                        "create or replace table main.judged.t as select cast(raise_error('half way') as int) as x"))
                .contains("TASK_WRITE_FAILED");
        assertThat(repl.sql("select y from main.judged.t")).isEqualTo("[[new]]");
    }

    @Test
    void dropping_a_managed_table_takes_its_files_and_an_external_one_leaves_them() {
        repl.sql("create table main.judged.managed as select 1 as x");
        Path files = files(table("managed"));
        assertThat(files).isDirectory();
        repl.sql("drop table main.judged.managed");
        assertThat(files).doesNotExist();
        repl.python("dbutils.fs.rm('dbfs:/judged-kept', True)");
        repl.sql("create table main.judged.kept using delta location 'dbfs:/judged-kept' as select 1 as x");
        assertThat(table("kept").getTableType()).isEqualTo(TableType.EXTERNAL);
        repl.sql("drop table main.judged.kept");
        assertThat(client.dbfs().list("/judged-kept")).isNotEmpty();
        assertThat(tableNames()).isEmpty();
    }

    @Test
    void what_is_missing_taken_or_in_use_is_refused_with_the_real_codes() {
        repl.sql("create table main.judged.t (x int)");
        assertThat(code(() -> table("nothing"))).isEqualTo("TABLE_DOES_NOT_EXIST");
        assertThat(code(() -> client.tables().get("main.nothing.t"))).isEqualTo("SCHEMA_DOES_NOT_EXIST");
        assertThat(code(() -> client.tables().get("nothing.default.t"))).isEqualTo("CATALOG_DOES_NOT_EXIST");
        assertThat(code(() -> client.schemas()
                        .create(new CreateSchema().setCatalogName("main").setName("judged"))))
                .isEqualTo("SCHEMA_ALREADY_EXISTS");
        assertThat(code(() -> client.schemas().delete(new DeleteSchemaRequest().setFullName("main.judged"))))
                .isEqualTo("SCHEMA_NOT_EMPTY");
        assertThat(code(() -> client.schemas()
                        .create(new CreateSchema().setCatalogName("main").setName("no/slash"))))
                .isEqualTo("INVALID_PARAMETER_VALUE");
        assertThatThrownBy(() -> client.tables().get("two.levels"))
                .isInstanceOf(DatabricksError.class)
                .hasMessageContaining("not a valid name");
        assertThat(repl.sqlError("select * from main.judged.nothing")).contains("TABLE_OR_VIEW_NOT_FOUND");
        assertThat(repl.sqlError("create table main.judged.t (y int)")).contains("TABLE_OR_VIEW_ALREADY_EXISTS");
        assertThat(repl.sqlError("create schema main.judged")).contains("SCHEMA_ALREADY_EXISTS");
        assertThat(repl.sqlError("create table main.nothing.t (y int)")).contains("SCHEMA_NOT_FOUND");
        assertThat(repl.sqlError("drop schema main.judged")).contains("SCHEMA_NOT_EMPTY");
        assertThat(repl.sqlError("selekt 1")).contains("PARSE_SYNTAX_ERROR");
        assertThat(columns("t")).containsExactly("x int");
    }

    @Test
    void data_frames_write_tables_by_their_three_level_names() {
        repl.python("spark.range(2).write.saveAsTable('main.judged.f')");
        repl.python("spark.range(2).write.mode('append').saveAsTable('main.judged.f')");
        assertThat(repl.sql("select count(*) from main.judged.f")).isEqualTo("[[4]]");
        repl.python("spark.range(1).selectExpr('id as other').write.mode('overwrite')"
                + ".option('overwriteSchema', True).saveAsTable('main.judged.f')");
        assertThat(repl.sql("select other from main.judged.f")).isEqualTo("[[0]]");
        assertThat(columns("f")).containsExactly("other bigint");
        repl.python("spark.range(1).selectExpr('id as other', 'id as more').write.mode('append')"
                + ".option('mergeSchema', True).saveAsTable('main.judged.f')");
        assertThat(columns("f")).containsExactly("other bigint", "more bigint");
        repl.python("spark.range(2).write.format('parquet').saveAsTable('main.judged.p')");
        repl.python("spark.range(2).write.format('parquet').mode('append').saveAsTable('main.judged.p')");
        assertThat(repl.sql("select count(*) from main.judged.p")).isEqualTo("[[4]]");
    }
}
