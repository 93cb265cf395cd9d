package io.slipway.wire.databricks.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.error.platform.BadRequest;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.service.catalog.CatalogInfo;
import com.databricks.sdk.service.catalog.CatalogType;
import com.databricks.sdk.service.catalog.ColumnInfo;
import com.databricks.sdk.service.catalog.ColumnTypeName;
import com.databricks.sdk.service.catalog.CreateCatalog;
import com.databricks.sdk.service.catalog.CreateSchema;
import com.databricks.sdk.service.catalog.CreateTableRequest;
import com.databricks.sdk.service.catalog.DataSourceFormat;
import com.databricks.sdk.service.catalog.DeleteCatalogRequest;
import com.databricks.sdk.service.catalog.ListCatalogsRequest;
import com.databricks.sdk.service.catalog.ListTablesRequest;
import com.databricks.sdk.service.catalog.TableInfo;
import com.databricks.sdk.service.catalog.TableSummary;
import com.databricks.sdk.service.catalog.TableType;
import com.databricks.sdk.service.catalog.UpdateCatalog;
import com.databricks.sdk.service.catalog.UpdateSchema;
import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.catalog.CatalogArea;
import io.slipway.identity.IdentityArea;
import io.slipway.wire.databricks.WireServer;
import io.slipway.wire.databricks.tree.RawClient;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class CatalogWireTest {
    private static final String API = "/api/2.1/unity-catalog";

    private WireServer server;
    private RawClient raw;
    private WorkspaceClient sdk;

    @BeforeEach
    void start(@TempDir Path folder) {
        server = WireServer.start(folder, parts -> {
            URI root = folder.resolve("managed").toUri();
            CatalogArea catalog = new CatalogArea(
                    parts.base(), new IdentityArea(parts.base(), new byte[32]), root, folder.resolve("dbfs"));
            catalog.catalogs().bootstrap();
            new CatalogRoutes(catalog.catalogs(), catalog.schemas()).add(parts.api());
            new TableRoutes(catalog.catalogs(), catalog.tables()).add(parts.api());
        });
        raw = new RawClient(server);
        sdk = RawClient.sdk(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private TableInfo external(String name) {
        return sdk.tables()
                .create(new CreateTableRequest()
                        .setCatalogName("main")
                        .setSchemaName("default")
                        .setName(name)
                        .setTableType(TableType.EXTERNAL)
                        .setDataSourceFormat(DataSourceFormat.DELTA)
                        .setStorageLocation("s3://bucket/" + name)
                        .setProperties(Map.of("k", "v"))
                        .setColumns(List.of(new ColumnInfo()
                                .setName("id")
                                .setTypeText("bigint")
                                .setTypeJson("\"long\"")
                                .setTypeName(ColumnTypeName.LONG)
                                .setPosition(0L)
                                .setNullable(false))));
    }

    @Test
    void the_sdk_makes_changes_and_deletes_catalogs() {
        CatalogInfo made =
                sdk.catalogs().create(new CreateCatalog().setName("Sales").setComment("hi"));
        assertThat(made.getFullName()).isEqualTo("sales");
        assertThat(made.getCatalogType()).isEqualTo(CatalogType.MANAGED_CATALOG);
        assertThat(made.getOwner()).isEqualTo("admin@example.com");
        assertThat(made.getMetastoreId()).isNotBlank();
        assertThat(made.getCreatedAt()).isPositive();
        assertThat(sdk.catalogs().list(new ListCatalogsRequest()))
                .extracting(CatalogInfo::getName)
                .containsExactly("hive_metastore", "main", "sales");
        sdk.catalogs().update(new UpdateCatalog().setName("sales").setNewName("sales2"));
        assertThat(sdk.catalogs().get("sales2").getComment()).isEqualTo("hi");
        assertThatThrownBy(() -> sdk.catalogs().delete("sales2"))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("is not empty");
        sdk.catalogs().delete(new DeleteCatalogRequest().setName("sales2").setForce(true));
        assertThatThrownBy(() -> sdk.catalogs().get("sales2"))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("Catalog 'sales2' does not exist.");
    }

    @Test
    void the_sdk_makes_changes_and_deletes_schemas() {
        sdk.schemas()
                .create(new CreateSchema().setCatalogName("main").setName("raw").setProperties(Map.of("a", "b")));
        assertThat(sdk.schemas().list("main")).hasSize(2);
        sdk.schemas().update(new UpdateSchema().setFullName("main.raw").setComment("new"));
        assertThat(sdk.schemas().get("main.raw").getComment()).isEqualTo("new");
        assertThat(sdk.schemas().get("main.raw").getProperties()).containsEntry("a", "b");
        sdk.schemas().delete("main.raw");
        assertThatThrownBy(() -> sdk.schemas().get("main.raw")).isInstanceOf(NotFound.class);
    }

    @Test
    void the_sdk_registers_lists_and_drops_tables() {
        TableInfo made = external("orders");
        assertThat(made.getFullName()).isEqualTo("main.default.orders");
        TableInfo read = sdk.tables().get("main.default.orders");
        assertThat(read.getTableId()).isEqualTo(made.getTableId());
        assertThat(read.getColumns()).singleElement().satisfies(column -> {
            assertThat(column.getTypeName()).isEqualTo(ColumnTypeName.LONG);
            assertThat(column.getTypeJson()).isEqualTo("\"long\"");
            assertThat(column.getNullable()).isFalse();
        });
        external("users");
        external("visits");
        assertThat(sdk.tables()
                        .list(new ListTablesRequest()
                                .setCatalogName("main")
                                .setSchemaName("default")
                                .setMaxResults(2L)))
                .extracting(TableInfo::getName)
                .containsExactly("orders", "users", "visits");
        assertThat(sdk.tables().listSummaries("main"))
                .extracting(TableSummary::getFullName)
                .hasSize(3);
        assertThat(sdk.tables().exists("main.default.orders").getTableExists()).isTrue();
        sdk.tables().delete("main.default.orders");
        assertThat(sdk.tables().exists("main.default.orders").getTableExists()).isFalse();
    }

    @Test
    void the_sdk_reads_the_metastore() {
        assertThat(sdk.metastores().summary().getMetastoreId())
                .isEqualTo(sdk.metastores().current().getMetastoreId());
        assertThat(sdk.metastores().current().getWorkspaceId()).isEqualTo(1001);
        assertThat(sdk.metastores().current().getDefaultCatalogName()).isEqualTo("main");
    }

    @Test
    void spark_stages_creates_changes_and_drops_a_managed_table() throws Exception {
        JsonNode staged = RawClient.tree(raw.json(
                "POST",
                API + "/staging-tables",
                "{\"catalog_name\":\"main\",\"schema_name\":\"default\",\"name\":\"t\"}"));
        String location = staged.path("staging_location").asText();
        assertThat(location).startsWith("file:///").endsWith(staged.path("id").asText());
        JsonNode made = RawClient.tree(raw.json("POST", API + "/tables", """
                {"name":"t","catalog_name":"main","schema_name":"default","table_type":"MANAGED",
                 "data_source_format":"DELTA","storage_location":"%s","comment":null,
                 "columns":[{"name":"d","type_text":"decimal(10,2)","type_json":"\\"decimal(10,2)\\"","type_name":"DECIMAL",
                             "type_precision":10,"type_scale":2,"position":0,"nullable":true,"partition_index":0}]}
                """.formatted(location)));
        assertThat(made.path("table_id")).isEqualTo(staged.path("id"));
        assertThat(made.path("securable_kind").asText()).isEqualTo("TABLE_DELTA");
        assertThat(made.path("columns").path(0).path("type_precision").asInt()).isEqualTo(10);

        JsonNode changed = RawClient.tree(
                raw.json(
                        "PATCH",
                        API + "/tables/main.default.t",
                        "{\"new_name\":\"u\",\"columns\":[{\"name\":\"x\",\"type_text\":\"int\"}],\"properties\":{\"p\":\"q\"}}"));
        assertThat(changed.path("full_name").asText()).isEqualTo("main.default.u");
        assertThat(changed.path("columns").path(0).path("name").asText()).isEqualTo("x");
        assertThat(changed.path("properties").path("p").asText()).isEqualTo("q");
        assertThat(RawClient.text(raw.json("DELETE", API + "/tables/main.default.u", "{}")))
                .isEqualTo("{}");
    }

    @Test
    void an_unpaged_list_is_whole_and_a_paged_one_has_a_token() throws Exception {
        for (int i = 0; i < 3; i++) {
            external("t" + i);
        }
        String list = API + "/tables?catalog_name=main&schema_name=default";
        JsonNode whole = RawClient.tree(raw.get(list));
        assertThat(whole.path("tables")).hasSize(3);
        assertThat(whole.has("next_page_token")).isFalse();
        JsonNode page = RawClient.tree(raw.get(list + "&max_results=2&omit_columns=true"));
        assertThat(page.path("tables")).hasSize(2);
        assertThat(page.path("tables").path(0).has("columns")).isFalse();
        assertThat(page.path("next_page_token").asText()).isNotEmpty();
    }

    @Test
    void errors_carry_the_codes_of_unity_catalog() throws Exception {
        HttpResponse<byte[]> missing = raw.get("/api/2.0/unity-catalog/tables/main.default.no");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(RawClient.text(missing)).contains("\"error_code\":\"TABLE_DOES_NOT_EXIST\"");
        HttpResponse<byte[]> taken = raw.json("POST", API + "/catalogs", "{\"name\":\"main\"}");
        assertThat(taken.statusCode()).isEqualTo(400);
        assertThat(RawClient.text(taken)).contains("CATALOG_ALREADY_EXISTS");
        assertThat(RawClient.text(raw.json("DELETE", API + "/catalogs/main", "")))
                .contains("CATALOG_NOT_EMPTY");
        assertThat(RawClient.text(raw.get(API + "/schemas"))).contains("Missing required field 'catalog_name'");
        assertThat(
                        RawClient.text(
                                raw.json(
                                        "POST",
                                        API + "/tables",
                                        "{\"name\":\"t\",\"catalog_name\":\"main\",\"schema_name\":\"default\",\"table_type\":\"ODD\"}")))
                .contains("INVALID_PARAMETER_VALUE")
                .contains("MANAGED");
        assertThat(RawClient.text(raw.get(API + "/catalogs?max_results=-1"))).contains("INVALID_PARAMETER_VALUE");
    }
}
