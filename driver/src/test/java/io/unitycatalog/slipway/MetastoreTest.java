package io.unitycatalog.slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.slipway.driver.json.Json;
import io.slipway.driver.standin.CatalogStandIn;
import io.slipway.driver.standin.LocalSpark;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NamespaceAlreadyExistsException;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.analysis.NonEmptyNamespaceException;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.apache.spark.sql.connector.catalog.CatalogV2Util;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.NamespaceChange;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The plugin's way to the catalog, with the stand-in that keeps the contract of the real one. */
class MetastoreTest {
    private static final String[] SALES = {"sales"};
    private static final StructType SCHEMA =
            new StructType().add("id", "bigint").add("day", "date");

    @TempDir
    Path folder;

    private CatalogStandIn catalog;
    private CatalogSessions.Entry session;
    private Metastore metastore;

    @BeforeAll
    static void spark() {
        SparkSession.setActiveSession(LocalSpark.session());
    }

    @BeforeEach
    void start() throws IOException, NamespaceAlreadyExistsException {
        SparkSession.setActiveSession(LocalSpark.session());
        catalog = new CatalogStandIn(Files.createDirectories(folder.resolve("managed")));
        session = CatalogSessions.open(catalog.url(), CatalogStandIn.TOKEN);
        metastore = new Metastore(session, "main");
        metastore.createNamespace(SALES, Map.of());
    }

    @AfterEach
    void stop() {
        session.close();
        catalog.close();
    }

    private static Identifier id(String name) {
        return Identifier.of(SALES, name);
    }

    private static Column[] columns() {
        return CatalogV2Util.structTypeToV2Columns(SCHEMA, false);
    }

    private Table create(String name, Map<String, String> properties)
            throws TableAlreadyExistsException, NoSuchNamespaceException {
        var all = new HashMap<>(properties);
        all.putIfAbsent("location", metastore.stagingLocation(id(name)));
        if (!properties.containsKey("location")) {
            all.put("is_managed_location", "true");
        }
        return metastore.createTable(id(name), columns(), new Transform[] {Expressions.identity("day")}, all);
    }

    private void view(String name) throws TableAlreadyExistsException, NoSuchNamespaceException {
        metastore.post(
                id(name),
                CatalogRest.object()
                        .put("name", name)
                        .put("catalog_name", "main")
                        .put("schema_name", "sales")
                        .put("table_type", "VIEW")
                        .put("view_definition", "select 1"));
    }

    @Test
    void a_table_is_read_as_it_was_made() throws Exception {
        create("orders", Map.of("provider", "parquet", "comment", "größe ☃", "a", "b", "owner", "x"));
        Table table = metastore.loadTable(id("ORDERS"));
        assertThat(SparkColumns.struct(table.columns())).isEqualTo(SCHEMA);
        assertThat(SparkColumns.names(table.partitioning())).containsExactly("day");
        assertThat(table.properties())
                .containsEntry("a", "b")
                .containsEntry("provider", "parquet")
                .containsEntry("comment", "größe ☃")
                .containsEntry("owner", CatalogStandIn.USER);
        assertThat(table.properties().get("location")).startsWith("file:/").contains("/tables/");
    }

    @Test
    void options_are_kept_once_and_what_is_no_property_of_the_table_is_not() throws Exception {
        create(
                "t",
                Map.of(
                        "location",
                        "dbfs:/t",
                        "external",
                        "true",
                        "option.a",
                        "b",
                        "a",
                        "b",
                        "option.fs.s3a.secret.key",
                        "s",
                        "fs.s3a.secret.key",
                        "s",
                        "keep",
                        "1"));
        assertThat(catalog.table("main.sales.t").path("properties"))
                .isEqualTo(Json.object().put("option.a", "b").put("keep", "1"));
        assertThat(catalog.table("main.sales.t").toString()).doesNotContain("s3a");
        assertThat(catalog.table("main.sales.t").path("table_type").asText()).isEqualTo("EXTERNAL");
        assertThat(catalog.table("main.sales.t").path("data_source_format").asText())
                .isEqualTo("DELTA");
    }

    @Test
    void names_that_are_taken_or_lead_nowhere_are_told_in_words_of_spark() throws Exception {
        create("t", Map.of());
        view("v");
        for (String taken : List.of("t", "T", "v")) {
            assertThatThrownBy(() -> metastore.stagingLocation(id(taken)))
                    .isInstanceOf(TableAlreadyExistsException.class);
            assertThatThrownBy(() -> create(taken, Map.of("location", "dbfs:/x")))
                    .isInstanceOf(TableAlreadyExistsException.class);
        }
        Identifier nowhere = Identifier.of(new String[] {"no"}, "t");
        assertThatThrownBy(() -> metastore.stagingLocation(nowhere)).isInstanceOf(NoSuchNamespaceException.class);
        assertThatThrownBy(() ->
                        metastore.createTable(nowhere, columns(), new Transform[0], Map.of("location", "dbfs:/x")))
                .isInstanceOf(NoSuchNamespaceException.class);
        assertThatThrownBy(() -> metastore.listTables(new String[] {"no"}))
                .isInstanceOf(NoSuchNamespaceException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "dbfs:/folder", "/folder/x", "a.b", "a b", ""})
    void what_cannot_be_a_table_of_the_catalog_is_none(String name) {
        assertThatThrownBy(() -> metastore.loadTable(id(name))).isInstanceOf(NoSuchTableException.class);
        assertThatThrownBy(() -> metastore.lookUp(Identifier.of(new String[] {"a", "b"}, "t")))
                .isInstanceOf(NoSuchTableException.class);
        assertThatThrownBy(() -> metastore.lookUp(Identifier.of(new String[0], "t")))
                .isInstanceOf(NoSuchTableException.class);
    }

    @Test
    void views_are_listed_apart_and_are_no_tables() throws Exception {
        create("t", Map.of());
        view("v");
        assertThat(metastore.listTables(SALES)).containsExactly(id("t"));
        assertThat(metastore.list(SALES, true)).containsExactly(id("v"));
        assertThatThrownBy(() -> metastore.loadTable(id("v"))).isInstanceOf(NoSuchTableException.class);
        assertThat(metastore.dropTable(id("v"))).isFalse();
        assertThat(catalog.table("main.sales.v").isEmpty()).isFalse();
    }

    @Test
    void a_schema_of_more_tables_than_a_page_is_listed_whole() throws Exception {
        for (int i = 0; i < 501; i++) {
            view("v%03d".formatted(i));
        }
        catalog.calls();
        Identifier[] all = metastore.list(SALES, true);
        assertThat(Arrays.stream(all).map(Identifier::name).distinct()).hasSize(501);
        assertThat(catalog.calls()).hasSize(2).allMatch(call -> call.contains("max_results=500"));
    }

    @Test
    void names_with_signs_of_addresses_are_asked_for_as_they_are() throws Exception {
        var odd = new Metastore(session, "main");
        odd.createNamespace(new String[] {"a&b=c+d%"}, Map.of());
        assertThat(odd.loadNamespaceMetadata(new String[] {"a&b=c+d%"})).containsKey("owner");
        assertThat(odd.listTables(new String[] {"a&b=c+d%"})).isEmpty();
        assertThatThrownBy(() -> odd.loadTable(Identifier.of(new String[] {"a&b=c+d%"}, "ü?#")))
                .isInstanceOf(NoSuchTableException.class);
    }

    @Test
    void whoever_may_not_is_told_so_and_it_is_no_missing_table() throws Exception {
        create("t", Map.of());
        session.renew(CatalogStandIn.STRANGERS_TOKEN);
        assertThat(metastore.loadTable(id("t"))).isNotNull();
        assertThatThrownBy(() -> metastore.requireManage(id("t")))
                .isInstanceOf(CatalogFailure.class)
                .hasMessageStartingWith("PERMISSION_DENIED: ");
        assertThatThrownBy(() -> metastore.dropTable(id("t"))).isInstanceOf(CatalogFailure.class);
        assertThatThrownBy(() -> metastore.stagingLocation(id("u"))).isInstanceOf(CatalogFailure.class);
        session.renew(CatalogStandIn.TOKEN);
        metastore.requireManage(id("t"));
        session.renew("expired");
        assertThatThrownBy(() -> metastore.loadTable(id("t")))
                .isInstanceOf(CatalogFailure.class)
                .hasMessageContaining("Invalid access token");
        assertThat(catalog.tokens()).containsKey("Bearer expired");
    }

    @Test
    void files_of_a_managed_table_go_with_it_and_others_stay() throws Exception {
        create("managed", Map.of());
        Path files = Path.of(URI.create(
                catalog.table("main.sales.managed").path("storage_location").asText()));
        Files.writeString(Files.createDirectories(files).resolve("part"), "x");
        Path outside = LocalSpark.dbfs().resolve("outside");
        Files.writeString(Files.createDirectories(outside).resolve("part"), "x");
        create("external", Map.of("location", "dbfs:/outside"));
        assertThat(metastore.dropWithFiles(id("managed"))).isTrue();
        assertThat(metastore.dropWithFiles(id("external"))).isTrue();
        assertThat(files).doesNotExist();
        assertThat(outside.resolve("part")).exists();
        assertThat(metastore.dropWithFiles(id("managed"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"'',", "sales,", "main,sales"})
    void a_table_is_renamed_within_its_schema_however_that_is_written(String first, String second) throws Exception {
        create("t", Map.of());
        String[] namespace =
                first.isEmpty() ? new String[0] : second == null ? new String[] {first} : new String[] {first, second};
        metastore.renameTable(id("t"), Identifier.of(namespace, "u"));
        assertThat(metastore.loadTable(id("u"))).isNotNull();
        assertThatThrownBy(() -> metastore.loadTable(id("t"))).isInstanceOf(NoSuchTableException.class);
    }

    @Test
    void a_table_is_not_renamed_elsewhere_or_over_another() throws Exception {
        create("t", Map.of());
        create("taken", Map.of());
        for (String[] elsewhere : new String[][] {{"dev"}, {"dev", "sales"}, {"a", "main", "sales"}}) {
            assertThatThrownBy(() -> metastore.renameTable(id("t"), Identifier.of(elsewhere, "u")))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
        assertThatThrownBy(() -> metastore.renameTable(id("t"), id("taken")))
                .isInstanceOf(TableAlreadyExistsException.class);
        assertThatThrownBy(() -> metastore.renameTable(id("none"), id("u"))).isInstanceOf(NoSuchTableException.class);
    }

    @Test
    void a_change_is_told_with_all_that_it_says() throws Exception {
        create("t", Map.of("provider", "parquet", "a", "1", "b", "2", "comment", "old"));
        metastore.alterTable(
                id("t"),
                TableChange.addColumn(new String[] {"note"}, DataTypes.StringType),
                TableChange.setProperty("a", "3"),
                TableChange.removeProperty("b"),
                TableChange.setProperty("comment", "new"));
        JsonNode table = catalog.table("main.sales.t");
        assertThat(table.path("columns").findValuesAsText("name")).containsExactly("id", "day", "note");
        assertThat(table.path("properties")).hasToString("{\"a\":\"3\"}");
        assertThat(table.path("comment").asText()).isEqualTo("new");
        assertThat(Columns.partitions(table)).containsExactly("day");
    }

    @Test
    void a_comment_that_is_taken_away_is_gone() throws Exception {
        create("t", Map.of("provider", "parquet", "comment", "old"));
        metastore.alterTable(id("t"), TableChange.removeProperty("comment"));
        assertThat(catalog.table("main.sales.t").path("comment").asText("")).isEmpty();
        metastore.createNamespace(new String[] {"x"}, Map.of("comment", "old"));
        metastore.alterNamespace(new String[] {"x"}, NamespaceChange.removeProperty("comment"));
        assertThat(catalog.schema("main.x").path("comment").asText("")).isEmpty();
    }

    @Test
    void a_change_that_changes_nothing_asks_for_nothing() throws Exception {
        create("t", Map.of("provider", "parquet", "a", "1"));
        catalog.calls();
        metastore.sync(id("t"), metastore.lookUp(id("t")), SCHEMA, TableChange.setProperty("a", "1"));
        assertThat(catalog.calls()).noneMatch(call -> call.startsWith("PATCH"));
    }

    @Test
    void schemas_come_change_and_go() throws Exception {
        metastore.createNamespace(new String[] {"x"}, Map.of("comment", "c", "a", "1", "b", "2"));
        assertThatThrownBy(() -> metastore.createNamespace(new String[] {"X"}, Map.of()))
                .isInstanceOf(NamespaceAlreadyExistsException.class);
        metastore.alterNamespace(
                new String[] {"x"},
                NamespaceChange.setProperty("a", "3"),
                NamespaceChange.removeProperty("b"),
                NamespaceChange.setProperty("comment", "new"));
        assertThat(metastore.loadNamespaceMetadata(new String[] {"x"}))
                .containsExactlyInAnyOrderEntriesOf(Map.of("a", "3", "comment", "new", "owner", CatalogStandIn.USER));
        assertThat(Arrays.stream(metastore.listNamespaces()).map(each -> each[0]))
                .containsExactly("default", "sales", "x");
        assertThat(metastore.listNamespaces(new String[] {"x"})).isEmpty();
        assertThat(metastore.dropNamespace(new String[] {"x"}, false)).isTrue();
        for (String[] none : new String[][] {{"x"}, {"a", "b"}}) {
            assertThatThrownBy(() -> metastore.listNamespaces(none)).isInstanceOf(NoSuchNamespaceException.class);
        }
        assertThatThrownBy(() -> metastore.dropNamespace(new String[] {"x"}, true))
                .isInstanceOf(NoSuchNamespaceException.class);
        assertThatThrownBy(() -> metastore.createNamespace(new String[] {"a", "b"}, Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_schema_with_tables_is_dropped_only_with_them() throws Exception {
        create("t", Map.of());
        assertThatThrownBy(() -> metastore.dropNamespace(SALES, false)).isInstanceOf(NonEmptyNamespaceException.class);
        assertThat(metastore.dropNamespace(SALES, true)).isTrue();
        assertThat(catalog.table("main.sales.t").isEmpty()).isTrue();
    }

    @Test
    void the_place_of_a_schema_is_where_its_maker_wants_it() throws Exception {
        metastore.createNamespace(new String[] {"far"}, Map.of("location", "s3://bucket/far"));
        assertThat(metastore.loadNamespaceMetadata(new String[] {"far"})).containsEntry("location", "s3://bucket/far");
        assertThat(metastore.stagingLocation(Identifier.of(new String[] {"far"}, "t")))
                .startsWith("s3://bucket/far/");
    }

    @Test
    void a_catalog_that_cannot_be_reached_is_no_missing_table() {
        catalog.close();
        assertThatThrownBy(() -> metastore.loadTable(id("t")))
                .isInstanceOf(CatalogFailure.class)
                .hasMessageContaining("cannot be reached");
    }

    @Test
    void an_answer_that_is_no_json_is_told_by_its_status() throws IOException {
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
        proxy.createContext("/", exchange -> {
            byte[] page = "<html>Bad Gateway</html>".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(502, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        proxy.start();
        try (var entry =
                CatalogSessions.open("http://127.0.0.1:" + proxy.getAddress().getPort(), "t")) {
            assertThatThrownBy(() -> new Metastore(entry, "main").loadTable(id("t")))
                    .isInstanceOf(CatalogFailure.class)
                    .hasMessage("the catalog answered with status 502");
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void a_command_that_is_cancelled_while_it_asks_stays_cancelled() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> metastore.loadTable(id("t"))).isInstanceOf(CatalogFailure.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    // ---- what sessions know

    @Test
    void a_session_that_has_ended_has_no_catalogs() {
        assertThat(CatalogSessions.find(session.key())).isSameAs(session);
        session.close();
        assertThatThrownBy(() -> CatalogSessions.find(session.key()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has ended");
    }

    @Test
    void a_commit_with_new_columns_is_told_to_the_catalog_of_the_session_that_commits() throws Exception {
        create("t", Map.of("location", "dbfs:/committed"));
        SparkSession own = LocalSpark.session().newSession();
        session.enter(own);
        metastore.loadTable(id("t"));
        String action = Json.object()
                .set(
                        "metaData",
                        Json.object()
                                .put(
                                        "schemaString",
                                        new StructType()
                                                .add("id", "bigint")
                                                .add("more", "int")
                                                .json()
                                                .replace(
                                                        "\"metadata\":{}",
                                                        "\"metadata\":{\"delta.columnMapping.id\":1,\"comment\":\"kept\"}"))
                                .set(
                                        "partitionColumns",
                                        Json.mapper().createArrayNode().add("more")))
                .toString();
        var place = new org.apache.hadoop.fs.Path("dbfs:/committed");
        SparkSession.setActiveSession(LocalSpark.session().newSession());
        CommittedSchemas.tell(place, action);
        assertThat(catalog.table("main.sales.t").path("columns").findValuesAsText("name"))
                .as("another session")
                .containsExactly("id", "day");
        SparkSession.setActiveSession(own);
        CommittedSchemas.tell(new org.apache.hadoop.fs.Path("dbfs:/another"), action);
        CommittedSchemas.tell(place, "not json");
        CommittedSchemas.tell(place, action);
        JsonNode columns = catalog.table("main.sales.t").path("columns");
        assertThat(columns.findValuesAsText("name")).containsExactly("id", "more");
        assertThat(columns.toString()).doesNotContain("delta.columnMapping").contains("kept");
        assertThat(Columns.partitions(catalog.table("main.sales.t"))).containsExactly("more");
        catalog.close();
        CommittedSchemas.tell(place, action);
    }
}
