package io.slipway.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.identity.Caller;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.testing.People;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Event;
import io.slipway.store.TestBase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may change what in the catalog, where its tables are put, and what is told of it, on any database. */
@NullUnmarked
abstract class CatalogChangesContract {
    private static final Caller ADMIN = People.ADMIN;
    private static final Caller ANN = People.ANN;
    private static final Caller BOB = People.BOB;

    @TempDir
    private Path folder;

    private final AtomicLong now = new AtomicLong(1_700_000_000_000L);
    private Base base;
    private Database database;
    private Catalogs catalogs;
    private Schemas schemas;
    private Tables tables;
    private Leftovers leftovers;

    abstract Database open(Path folder);

    @BeforeEach
    void start() {
        database = open(folder);
        People.known(database);
        base = TestBase.of(database, now::get);
        URI root = folder.resolve("managed").toUri();
        CatalogArea area = new CatalogArea(base, new IdentityArea(base, new byte[32]), root, folder.resolve("dbfs"));
        catalogs = area.catalogs();
        schemas = area.schemas();
        tables = area.tables();
        leftovers = area.leftovers();
        catalogs.bootstrap();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static void refused(ErrorCode code, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    private static Table.Spec spec(String schema, String name, TableType type, Optional<String> location) {
        return new Table.Spec(
                "main",
                schema,
                name,
                type,
                Optional.empty(),
                location,
                List.of(),
                Optional.empty(),
                Map.of(),
                type == TableType.VIEW ? Optional.of("select 1") : Optional.empty());
    }

    private Table view(Caller caller, String schema, String name) {
        return tables.create(caller, spec(schema, name, TableType.VIEW, Optional.empty()));
    }

    private static Change owner(String name) {
        return new Change(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(name));
    }

    private static Table.Change ownerOf(String name) {
        return new Table.Change(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(name));
    }

    private static Table.Change query(String text) {
        return new Table.Change(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(text),
                Optional.empty());
    }

    private List<Event> told(long after) {
        return database.read(handle -> base.facts().after(handle, after, 100));
    }

    private long newest() {
        List<Event> all = told(0);
        return all.get(all.size() - 1).seq();
    }

    @Test
    void what_is_given_away_is_managed_by_its_new_owner_and_no_longer_by_the_old_one() {
        schemas.create(ANN, new Schema.Spec("main", "s"));
        view(ANN, "s", "v");
        Table given = tables.change(ANN, "main.s.v", ownerOf("BOB@example.com"));
        assertThat(given.owner()).isEqualTo(BOB.principal());
        assertThat(given.audit().updatedBy()).isEqualTo(ANN.principal());
        assertThat(given.audit().createdBy()).isEqualTo(ANN.principal());
        tables.change(BOB, "main.s.v", query("select 2"));
        tables.change(ANN, "main.s.v", query("select 3"));
        schemas.change(ANN, "main.s", owner("bob@example.com"));
        refused(ErrorCode.PERMISSION_DENIED, "table main.s.v", () -> tables.change(ANN, "main.s.v", query("select 4")));
        refused(ErrorCode.PERMISSION_DENIED, "schema main.s", () -> schemas.change(ANN, "main.s", owner("x")));
        refused(ErrorCode.PERMISSION_DENIED, "schema main.s", () -> view(ANN, "s", "w"));
        schemas.delete(BOB, "main.s", true);
    }

    @Test
    void a_group_owns_too_and_nobody_unknown_does() {
        schemas.create(ANN, new Schema.Spec("main", "s"));
        refused(
                ErrorCode.NOT_FOUND,
                "Principal 'nobody-at-all' does not exist.",
                () -> schemas.change(ANN, "main.s", owner("nobody-at-all")));
        assertThat(schemas.get(ANN, "main.s").owner()).isEqualTo(ANN.principal());
        schemas.change(ANN, "main.s", owner("admins"));
        refused(ErrorCode.PERMISSION_DENIED, "schema main.s", () -> schemas.delete(ANN, "main.s", false));
        schemas.delete(ADMIN, "main.s", false);
        refused(
                ErrorCode.PERMISSION_DENIED,
                "catalog main",
                () -> catalogs.change(ANN, "main", owner("bob@example.com")));
    }

    @Test
    void who_owns_a_catalog_manages_all_that_is_in_it() {
        catalogs.create(ADMIN, new Catalog.Spec("c"));
        catalogs.change(ADMIN, "c", owner("ann@example.com"));
        schemas.create(ANN, new Schema.Spec("c", "s"));
        schemas.change(ANN, "c.s", owner("bob@example.com"));
        schemas.change(ANN, "c.s", owner("ann@example.com"));
        refused(ErrorCode.PERMISSION_DENIED, "catalog c", () -> schemas.create(BOB, new Schema.Spec("c", "t")));
        refused(ErrorCode.PERMISSION_DENIED, "catalog c", () -> catalogs.delete(BOB, "c", true));
        catalogs.delete(ANN, "c", true);
        assertThat(catalogs.catalogNames(WorkspaceId.FIRST)).containsExactly("hive_metastore", "main");
    }

    @Test
    void everybody_makes_things_in_main_but_only_admins_change_main_itself() {
        view(ANN, "default", "v");
        refused(ErrorCode.PERMISSION_DENIED, "schema main.default", () -> schemas.delete(ANN, "main.default", true));
        refused(ErrorCode.PERMISSION_DENIED, "catalog main", () -> catalogs.delete(ANN, "main", true));
        schemas.change(
                ADMIN,
                "main.default",
                new Change(Optional.empty(), Optional.of("for all"), Optional.empty(), Optional.empty()));
        assertThat(schemas.get(BOB, "main.default").comment()).contains("for all");
    }

    @Test
    void a_managed_table_lies_below_the_nearest_root() {
        String usual = catalogs.metastore().tables();
        StagingTable plain = tables.stage(ANN, "main", "default", "t");
        assertThat(plain.location()).isEqualTo(usual + "/" + plain.id());
        catalogs.create(
                ADMIN, new Catalog.Spec("c", Optional.empty(), Map.of(), Optional.of("s3://bucket/x/../catalog/")));
        StagingTable ofCatalog = tables.stage(ADMIN, "c", "default", "t");
        assertThat(ofCatalog.location()).isEqualTo("s3://bucket/catalog/tables/" + ofCatalog.id());
        schemas.create(
                ADMIN, new Schema.Spec("c", "near", Optional.empty(), Map.of(), Optional.of("s3://bucket/schema")));
        StagingTable ofSchema = tables.stage(ADMIN, "c", "near", "t");
        assertThat(ofSchema.location()).isEqualTo("s3://bucket/schema/tables/" + ofSchema.id());
        refused(
                ErrorCode.PERMISSION_DENIED,
                "Only admins can choose a storage root.",
                () -> schemas.create(
                        ANN, new Schema.Spec("main", "s", Optional.empty(), Map.of(), Optional.of("s3://bucket/ann"))));
    }

    private Table inHive(String schema, String name) {
        StagingTable staging = tables.stage(ANN, "hive_metastore", schema, name);
        return tables.create(
                ANN,
                new Table.Spec(
                        "hive_metastore",
                        schema,
                        name,
                        TableType.MANAGED,
                        Optional.of("delta"),
                        Optional.of(staging.location()),
                        List.of(),
                        Optional.empty(),
                        Map.of(),
                        Optional.empty()));
    }

    private Path onDbfs(String location) {
        return folder.resolve("dbfs").resolve(location.replaceFirst("^dbfs:/", ""));
    }

    @Test
    void tables_of_hive_lie_in_folders_that_are_called_like_them() {
        assertThat(inHive("default", "t").storageLocation()).contains("dbfs:/user/hive/warehouse/t");
        schemas.create(ANN, new Schema.Spec("hive_metastore", "Sales"));
        assertThat(schemas.get(ANN, "hive_metastore.sales").storageRoot())
                .contains("dbfs:/user/hive/warehouse/sales.db");
        assertThat(inHive("sales", "T").storageLocation()).contains("dbfs:/user/hive/warehouse/sales.db/t");
        schemas.create(
                ADMIN,
                new Schema.Spec("hive_metastore", "far", Optional.empty(), Map.of(), Optional.of("dbfs:/mnt/far/")));
        assertThat(tables.stage(ADMIN, "hive_metastore", "far", "t").location()).isEqualTo("dbfs:/mnt/far/t");
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "server's own disk",
                () -> schemas.create(
                        ADMIN,
                        new Schema.Spec(
                                "hive_metastore", "s", Optional.empty(), Map.of(), Optional.of("file:/tmp/s"))));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "kept by the platform for itself",
                () -> schemas.create(
                        ADMIN,
                        new Schema.Spec(
                                "main", "s", Optional.empty(), Map.of(), Optional.of("slipway-store://bucket/x"))));
    }

    @Test
    void files_of_a_dropped_table_of_hive_go_at_once_and_their_folder_is_free() throws IOException {
        String place = inHive("default", "t").storageLocation().orElseThrow();
        Files.createDirectories(onDbfs(place).resolve("_delta_log"));
        Path beside = Files.createDirectories(onDbfs("dbfs:/user/hive/warehouse/mine"));
        tables.delete(ANN, "hive_metastore.default.t");
        assertThat(onDbfs(place)).doesNotExist();
        assertThat(inHive("default", "t").storageLocation()).contains(place);
        schemas.create(ANN, new Schema.Spec("hive_metastore", "s"));
        Path inSchema = Files.createDirectories(
                onDbfs(inHive("s", "t").storageLocation().orElseThrow()));
        schemas.delete(ANN, "hive_metastore.s", true);
        assertThat(inSchema.getParent()).doesNotExist();
        assertThat(beside).exists();
    }

    @Test
    void two_tables_of_hive_never_share_a_folder() throws IOException {
        Table table = inHive("default", "t");
        Files.createDirectories(onDbfs(table.storageLocation().orElseThrow()));
        tables.change(
                ANN,
                "hive_metastore.default.t",
                new Table.Change(
                        Optional.of("before"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        Table second = inHive("default", "t");
        assertThat(second.storageLocation()).contains("dbfs:/user/hive/warehouse/t-" + second.id());
        StagingTable first = tables.stage(ANN, "hive_metastore", "default", "u");
        assertThat(tables.stage(ANN, "hive_metastore", "default", "u").location())
                .as("the first attempt left no files")
                .isEqualTo(first.location());
        Files.createDirectories(onDbfs(first.location()));
        assertThat(tables.stage(ANN, "hive_metastore", "default", "u").location())
                .isNotEqualTo(first.location());
        assertThat(tables.stage(BOB, "hive_metastore", "default", "u").location())
                .isNotEqualTo(first.location());
    }

    @Test
    void hive_is_always_there_and_nothing_in_it_gets_another_name() {
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "cannot be deleted",
                () -> catalogs.delete(ADMIN, "hive_metastore", true));
        Change renamed = new Change(Optional.of("x"), Optional.empty(), Optional.empty(), Optional.empty());
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "cannot be renamed",
                () -> catalogs.change(ADMIN, "hive_metastore", renamed));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "cannot be renamed",
                () -> schemas.change(ADMIN, "hive_metastore.default", renamed));
    }

    @Test
    void files_that_are_not_the_platforms_are_left_where_they_are() {
        tables.create(ANN, spec("default", "ext", TableType.EXTERNAL, Optional.of("dbfs:/mine/t")));
        tables.delete(ANN, "main.default.ext");
        catalogs.create(ADMIN, new Catalog.Spec("c", Optional.empty(), Map.of(), Optional.of("s3://bucket/c")));
        StagingTable elsewhere = tables.stage(ADMIN, "c", "default", "t");
        assertThat(elsewhere.location()).startsWith("s3://");
        now.addAndGet(Duration.ofDays(30).toMillis());
        assertThat(leftovers.purge(Duration.ofDays(7))).isZero();
    }

    @Test
    void what_happens_is_told_with_the_row_as_it_is_then_and_what_is_refused_is_not() {
        long before = newest();
        catalogs.create(ADMIN, new Catalog.Spec("c"));
        schemas.create(ADMIN, new Schema.Spec("c", "s"));
        schemas.change(
                ADMIN, "c.s", new Change(Optional.of("t"), Optional.empty(), Optional.empty(), Optional.empty()));
        StagingTable staging = tables.stage(ADMIN, "c", "t", "x");
        assertThat(staging.createdBy()).isEqualTo(ADMIN.id());
        refused(ErrorCode.NOT_EMPTY, "schema(s)", () -> catalogs.delete(ADMIN, "c", false));
        refused(ErrorCode.ALREADY_EXISTS, "c", () -> catalogs.create(ADMIN, new Catalog.Spec("C")));
        catalogs.delete(ADMIN, "c", true);
        List<Event> told = told(before);
        assertThat(told)
                .extracting(Event::kind)
                .containsExactly(
                        "catalog.created",
                        "schema.created",
                        "schema.created",
                        "schema.changed",
                        "table.staged",
                        "schema.deleted",
                        "schema.deleted",
                        "catalog.deleted");
        assertThat(told.get(3).body().path("name").asText()).isEqualTo("t");
    }

    @Test
    void a_change_that_changes_nothing_is_told_to_nobody() {
        view(ANN, "default", "v");
        long before = newest();
        Table same = tables.change(ANN, "main.default.v", query("select 1"));
        assertThat(same.audit().updatedAt()).isEqualTo(same.audit().createdAt());
        schemas.change(
                ADMIN,
                "main.default",
                new Change(Optional.of("DEFAULT"), Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(told(before)).isEmpty();
    }

    @Test
    void only_views_have_a_query_and_a_table_keeps_its_own_format() {
        tables.create(ANN, spec("default", "t", TableType.EXTERNAL, Optional.of("dbfs:/mine/t")));
        assertThat(tables.get(BOB, "main.default.t").format()).contains("DELTA");
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "'main.default.t' is not a view.",
                () -> tables.change(ANN, "main.default.t", query("select 1")));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "storage_location",
                () -> tables.create(ANN, spec("default", "u", TableType.EXTERNAL, Optional.empty())));
        assertThat(view(ANN, "default", "v").format()).isEmpty();
    }

    @Test
    void a_table_is_there_or_not_and_that_its_schema_is_not_is_an_error() {
        view(ANN, "default", "v");
        assertThat(tables.exists(BOB, "MAIN.default.V")).isTrue();
        assertThat(tables.exists(BOB, "main.default.w")).isFalse();
        refused(ErrorCode.NOT_FOUND, "Schema 'main.s' does not exist.", () -> tables.exists(BOB, "main.s.v"));
        refused(ErrorCode.NOT_FOUND, "Catalog 'c' does not exist.", () -> tables.exists(BOB, "c.s.v"));
    }

    @Test
    void a_search_looks_at_the_tables_own_name_in_any_case_and_takes_signs_of_patterns_literally() {
        view(ANN, "default", "orders_eu");
        view(ANN, "default", "ordersxeu");
        schemas.create(ANN, new Schema.Spec("main", "orders"));
        view(ANN, "orders", "other");
        assertThat(tables.search(BOB, "ORDERS", 10))
                .extracting(Table.Summary::fullName)
                .containsExactlyInAnyOrder("main.default.orders_eu", "main.default.ordersxeu");
        assertThat(tables.search(BOB, "orders", 1)).hasSize(1);
        assertThat(tables.search(BOB, "s_e", 10))
                .extracting(Table.Summary::fullName)
                .containsExactly("main.default.orders_eu");
    }

    private static Column column(String name, int position, Optional<Integer> precision, Optional<Integer> partition) {
        return new Column(
                name,
                "decimal(10,2)",
                "{\"type\":\"x\"}",
                "DECIMAL",
                precision,
                precision.map(digits -> digits - 1),
                position,
                position % 2 == 0,
                partition,
                partition.map(index -> "says \"" + index + "\" ü"));
    }

    private static Table.Spec full(String name, Optional<String> location, List<Column> columns) {
        return new Table.Spec(
                "main",
                "default",
                name,
                location.isPresent() ? TableType.MANAGED : TableType.VIEW,
                location.map(place -> "parquet"),
                location,
                columns,
                Optional.of("it's a \"table\"\nwith two lines"),
                Map.of("a.b", "", "c", "ü=\u00e9"),
                Optional.of("select 'x'"));
    }

    @Test
    void everything_that_was_said_of_a_table_comes_back() {
        List<Column> columns = List.of(
                column("id", 0, Optional.of(10), Optional.empty()),
                column("Name with blank", 1, Optional.empty(), Optional.of(1)),
                column("day", 2, Optional.empty(), Optional.of(0)));
        StagingTable staging = tables.stage(ANN, "main", "default", "t");
        Table made = tables.create(ANN, full("t", Optional.of(staging.location() + "/"), columns));
        assertThat(made.columns()).isEqualTo(columns);
        assertThat(made.id()).as("it was told when its place was given out").isEqualTo(staging.id());
        assertThat(made.storageLocation()).contains(staging.location());
        assertThat(made.format()).contains("PARQUET");
        assertThat(tables.get(BOB, "main.default.t")).isEqualTo(made);
        Table view = tables.create(ANN, full("v", Optional.empty(), columns));
        assertThat(tables.get(BOB, "main.default.v")).isEqualTo(view);
        assertThat(tables.list(BOB, "main", "default", PageRequest.ALL).items()).containsExactly(made, view);
    }

    @Test
    void columns_and_properties_are_replaced_as_a_whole_and_a_new_name_changes_nothing_else() {
        Table before = tables.create(
                ANN, full("v", Optional.empty(), List.of(column("a", 0, Optional.empty(), Optional.empty()))));
        List<Column> wanted = List.of(
                column("b", 0, Optional.empty(), Optional.empty()), column("c", 1, Optional.of(3), Optional.empty()));
        Table after = tables.change(
                ANN,
                "main.default.v",
                new Table.Change(
                        Optional.of("main.DEFAULT.w"),
                        Optional.of(wanted),
                        Optional.of(Map.of("only", "this")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(after.columns()).isEqualTo(wanted);
        assertThat(after.properties()).isEqualTo(Map.of("only", "this"));
        assertThat(after.comment()).isEqualTo(before.comment());
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(tables.get(BOB, "main.default.w")).isEqualTo(after);
        assertThat(tables.exists(BOB, "main.default.v")).isFalse();
    }

    @Test
    void a_place_is_given_out_for_one_table_of_one_name_by_its_maker() {
        StagingTable staging = tables.stage(ANN, "main", "default", "t");
        StagingTable again = tables.stage(ANN, "main", "default", "T");
        assertThat(again.location()).isNotEqualTo(staging.location());
        Optional<String> place = Optional.of(staging.location());
        String refusal = "was not handed out to";
        refused(ErrorCode.INVALID_PARAMETER_VALUE, refusal, () -> tables.create(BOB, full("t", place, List.of())));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, refusal, () -> tables.create(ANN, full("u", place, List.of())));
        tables.create(ANN, full("t", place, List.of()));
        tables.delete(ANN, "main.default.t");
        refused(ErrorCode.INVALID_PARAMETER_VALUE, refusal, () -> tables.create(ANN, full("t", place, List.of())));
        tables.create(ANN, full("t", Optional.of(again.location()), List.of()));
        refused(ErrorCode.ALREADY_EXISTS, "main.default.t", () -> tables.stage(ANN, "main", "default", "t"));
    }

    @Test
    void places_of_dropped_tables_and_of_stages_that_were_given_up_are_emptied_once() throws IOException {
        StagingTable made = tables.stage(ANN, "main", "default", "t");
        tables.create(ANN, full("t", Optional.of(made.location()), List.of()));
        StagingTable left = tables.stage(ANN, "main", "default", "u");
        for (StagingTable each : List.of(made, left)) {
            Path files = Files.createDirectories(Path.of(URI.create(each.location())));
            Files.writeString(files.resolve("part-0"), "rows");
        }
        now.addAndGet(Duration.ofDays(2).toMillis());
        assertThat(leftovers.purge(Duration.ofDays(1)))
                .as("the one that nobody completed")
                .isEqualTo(1);
        assertThat(Path.of(URI.create(left.location()))).doesNotExist();
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "was not handed out to",
                () -> tables.create(ANN, full("u", Optional.of(left.location()), List.of())));
        assertThat(Path.of(URI.create(made.location()))).as("its table lives").exists();
        schemas.create(ANN, new Schema.Spec("main", "s"));
        tables.delete(ANN, "main.default.t");
        assertThat(leftovers.purge(Duration.ofDays(1))).isZero();
        now.addAndGet(Duration.ofDays(1).toMillis());
        assertThat(leftovers.purge(Duration.ofDays(1))).isEqualTo(1);
        assertThat(leftovers.purge(Duration.ZERO)).isZero();
    }

    @Test
    void the_next_server_finds_what_the_last_one_made() {
        view(ANN, "default", "v");
        Metastore metastore = catalogs.metastore();
        CatalogArea next = new CatalogArea(
                base,
                new IdentityArea(base, new byte[32]),
                folder.resolve("managed").toUri(),
                folder.resolve("dbfs"));
        assertThat(next.catalogs().bootstrap()).isEqualTo(metastore);
        assertThat(next.catalogs().catalogNames(WorkspaceId.FIRST)).isEqualTo(catalogs.catalogNames(WorkspaceId.FIRST));
        assertThat(next.tables().get(BOB, "main.default.v")).isEqualTo(tables.get(BOB, "main.default.v"));
        assertThat(next.schemas().list(BOB, "main", PageRequest.ALL).items())
                .isEqualTo(schemas.list(BOB, "main", PageRequest.ALL).items());
    }
}
