package io.slipway.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.identity.Caller;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.testing.People;
import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Page;
import io.slipway.kit.PlatformException;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.TestBase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

/** Catalogs, schemas and tables on any database. */
@NullUnmarked
abstract class CatalogContract {
    private static final Caller ADMIN = People.ADMIN;
    private static final Caller ANN = People.ANN;
    private static final Caller BOB = People.BOB;
    private static final Change NOTHING =
            new Change(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    private static final Column ID = new Column(
            "id",
            "bigint",
            "\"long\"",
            "LONG",
            Optional.empty(),
            Optional.empty(),
            0,
            false,
            Optional.of(0),
            Optional.of("key"));

    @TempDir
    private Path folder;

    private final AtomicLong now = new AtomicLong(1_700_000_000_000L);
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
        Clock clock = now::get;
        Base base = TestBase.of(database, clock);
        IdentityArea identity = new IdentityArea(base, new byte[32]);
        URI root = folder.resolve("managed").toUri();
        CatalogArea area = new CatalogArea(base, identity, root, folder.resolve("dbfs"));
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

    private static void refused(ThrowingCallable call, ErrorCode code, String reason, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(PlatformException.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.details().getOrDefault("reason", "")).isEqualTo(reason);
                })
                .hasMessageContaining(message);
    }

    private static Table.Spec table(String fullName, TableType type, Optional<String> location) {
        String[] name = fullName.split("\\.");
        return new Table.Spec(
                name[0],
                name[1],
                name[2],
                type,
                Optional.of("delta"),
                location,
                List.of(ID),
                Optional.of("a table"),
                Map.of("delta.x", "1"),
                type == TableType.VIEW ? Optional.of("select 1") : Optional.empty());
    }

    private Table external(Caller caller, String fullName) {
        return tables.create(caller, table(fullName, TableType.EXTERNAL, Optional.of("s3://bucket/" + fullName + "/")));
    }

    private Table managed(Caller caller, String fullName) {
        String[] name = fullName.split("\\.");
        StagingTable staging = tables.stage(caller, name[0], name[1], name[2]);
        return tables.create(caller, table(fullName, TableType.MANAGED, Optional.of(staging.location())));
    }

    private static Table.Change changed(Optional<String> newName, Optional<String> comment) {
        return new Table.Change(
                newName, Optional.empty(), Optional.empty(), comment, Optional.empty(), Optional.empty());
    }

    @Test
    void main_and_its_default_schema_are_there_from_the_start_and_made_once() {
        Metastore metastore = catalogs.metastore();
        assertThat(catalogs.bootstrap()).isEqualTo(metastore);
        assertThat(catalogs.catalogNames(WorkspaceId.FIRST)).containsExactly("hive_metastore", "main");
        assertThat(schemas.get(ANN, "main.default").fullName()).isEqualTo("main.default");
    }

    @Test
    void names_are_the_same_in_any_case() {
        catalogs.create(ADMIN, new Catalog.Spec("Sales_EU"));
        assertThat(catalogs.get(ANN, "SALES_eu").name()).isEqualTo("sales_eu");
        schemas.create(ADMIN, new Schema.Spec("SALES_EU", "Raw"));
        external(ADMIN, "Sales_EU.RAW.Orders");
        assertThat(tables.get(ANN, "sales_eu.raw.ORDERS").fullName()).isEqualTo("sales_eu.raw.orders");
        refused(
                () -> catalogs.create(ADMIN, new Catalog.Spec("sales_eu")),
                ErrorCode.ALREADY_EXISTS,
                "CATALOG_ALREADY_EXISTS",
                "Catalog 'sales_eu' already exists");
        refused(
                () -> schemas.create(ADMIN, new Schema.Spec("sales_eu", "RAW")),
                ErrorCode.ALREADY_EXISTS,
                "SCHEMA_ALREADY_EXISTS",
                "sales_eu.raw");
        refused(
                () -> external(ADMIN, "sales_eu.raw.orders"),
                ErrorCode.ALREADY_EXISTS,
                "TABLE_ALREADY_EXISTS",
                "sales_eu.raw.orders");
    }

    @Test
    void bad_names_are_refused() {
        for (String name : List.of("", " ", "a.b", "a b", "a/b", "a\nb", "x".repeat(256))) {
            refused(
                    () -> catalogs.create(ADMIN, new Catalog.Spec(name)),
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "",
                    "Name cannot");
        }
        refused(() -> schemas.get(ANN, "main"), ErrorCode.INVALID_PARAMETER_VALUE, "", "catalog.schema");
        refused(() -> tables.get(ANN, "main.x"), ErrorCode.INVALID_PARAMETER_VALUE, "", "catalog.schema.table");
    }

    @Test
    void the_missing_level_is_named() {
        refused(() -> catalogs.get(ANN, "no"), ErrorCode.NOT_FOUND, "CATALOG_DOES_NOT_EXIST", "Catalog 'no'");
        refused(() -> schemas.get(ANN, "no.x"), ErrorCode.NOT_FOUND, "CATALOG_DOES_NOT_EXIST", "Catalog 'no'");
        refused(() -> schemas.get(ANN, "main.no"), ErrorCode.NOT_FOUND, "SCHEMA_DOES_NOT_EXIST", "main.no");
        refused(() -> tables.get(ANN, "no.x.y"), ErrorCode.NOT_FOUND, "CATALOG_DOES_NOT_EXIST", "no");
        refused(() -> tables.get(ANN, "main.no.y"), ErrorCode.NOT_FOUND, "SCHEMA_DOES_NOT_EXIST", "main.no");
        refused(
                () -> tables.get(ANN, "main.default.no"),
                ErrorCode.NOT_FOUND,
                "TABLE_DOES_NOT_EXIST",
                "Table 'main.default.no' does not exist.");
        refused(() -> tables.exists(ANN, "main.no.y"), ErrorCode.NOT_FOUND, "SCHEMA_DOES_NOT_EXIST", "main.no");
        assertThat(tables.exists(ANN, "main.default.no")).isFalse();
        assertThat(tables.exists(ANN, external(ANN, "main.default.yes").fullName()))
                .isTrue();
    }

    @Test
    void a_table_is_read_as_it_was_made() {
        Table made = external(ANN, "main.default.t");
        assertThat(tables.get(BOB, "main.default.t")).isEqualTo(made);
        assertThat(made.columns()).containsExactly(ID);
        assertThat(made.format()).contains("DELTA");
        assertThat(made.storageLocation()).contains("s3://bucket/main.default.t");
        assertThat(made.owner()).isEqualTo(ANN.principal());
        assertThat(made.audit()).isEqualTo(new Audit(now.get(), ANN.principal(), now.get(), ANN.principal()));
        assertThat(tables.list(BOB, "main", "default", PageRequest.ALL).items()).containsExactly(made);
    }

    @Test
    void a_list_has_pages_only_when_asked() {
        for (int i = 0; i < 5; i++) {
            external(ANN, "main.default.t" + i);
        }
        assertThat(tables.list(ANN, "main", "default", PageRequest.ALL).items()).hasSize(5);
        List<String> names = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            Page<Table> page = tables.list(ANN, "main", "default", new PageRequest(Optional.of(2), token));
            assertThat(page.items()).hasSizeLessThanOrEqualTo(2);
            page.items().forEach(table -> names.add(table.name()));
            token = Optional.of(page.next());
        } while (!token.get().isEmpty());
        assertThat(names).containsExactly("t0", "t1", "t2", "t3", "t4");
        PageRequest usual = new PageRequest(Optional.of(0), Optional.empty());
        assertThat(tables.list(ANN, "main", "default", usual).items()).hasSize(5);
        assertThat(catalogs.list(ANN, usual).items()).hasSize(2);
        assertThat(schemas.list(ANN, "main", usual).items()).hasSize(1);
        assertThatThrownBy(() ->
                        tables.list(ANN, "main", "default", new PageRequest(Optional.of(2), Optional.of("garbage"))))
                .hasMessage("Invalid page token.");
        assertThatThrownBy(() -> new PageRequest(Optional.of(-1), Optional.empty()))
                .hasMessageContaining("greater than or equal to 0");
    }

    @Test
    void summaries_cross_schemas_and_have_pages() {
        schemas.create(ANN, new Schema.Spec("main", "raw"));
        external(ANN, "main.default.orders");
        external(ANN, "main.raw.orders");
        external(ANN, "main.raw.users");
        PageRequest one = new PageRequest(Optional.of(1), Optional.empty());
        Page<Table.Summary> first = tables.summaries(ANN, "main", "%", "ord%", one);
        assertThat(first.items()).containsExactly(new Table.Summary("main.default.orders", TableType.EXTERNAL));
        Page<Table.Summary> second =
                tables.summaries(ANN, "main", "%", "ord%", new PageRequest(Optional.of(1), Optional.of(first.next())));
        assertThat(second.items()).extracting(Table.Summary::fullName).containsExactly("main.raw.orders");
        assertThat(second.next()).isEmpty();
        assertThat(tables.summaries(ANN, "main", "RAW", "%", PageRequest.ALL).items())
                .hasSize(2);
    }

    @Test
    void a_managed_table_needs_the_place_handed_out_for_its_name_to_its_maker() {
        StagingTable staging = tables.stage(ANN, "main", "default", "T");
        String root = "file://" + folder.resolve("managed");
        assertThat(staging.location())
                .isEqualTo(root + "/" + catalogs.metastore().id() + "/tables/" + staging.id());
        Optional<String> place = Optional.of(staging.location());
        for (ThrowingCallable wrong : List.<ThrowingCallable>of(
                () -> tables.create(BOB, table("main.default.t", TableType.MANAGED, place)),
                () -> tables.create(ANN, table("main.default.other", TableType.MANAGED, place)),
                () -> tables.create(ANN, table("main.default.t", TableType.MANAGED, Optional.of(root + "/x"))))) {
            refused(wrong, ErrorCode.INVALID_PARAMETER_VALUE, "", "was not handed out");
        }
        refused(
                () -> tables.create(ANN, table("main.default.t", TableType.MANAGED, Optional.empty())),
                ErrorCode.INVALID_PARAMETER_VALUE,
                "",
                "storage_location");
        // Hadoop writes local paths with one slash.
        Table made = tables.create(
                ANN,
                table(
                        "main.default.t",
                        TableType.MANAGED,
                        Optional.of(staging.location().replace("file:///", "file:/") + "/")));
        assertThat(made.id()).isEqualTo(staging.id());
        assertThat(made.storageLocation()).isEqualTo(place);
        tables.delete(ANN, "main.default.t");
        refused(
                () -> tables.create(ANN, table("main.default.t", TableType.MANAGED, place)),
                ErrorCode.INVALID_PARAMETER_VALUE,
                "",
                "was not handed out");
    }

    @Test
    void an_external_table_stays_out_of_managed_storage() {
        String root = "file://" + folder.resolve("managed") + "/"
                + catalogs.metastore().id();
        for (String place : List.of(root + "/tables/x", root, root + "/tables/../tables/x", "file:///")) {
            refused(
                    () -> tables.create(ANN, table("main.default.t", TableType.EXTERNAL, Optional.of(place))),
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "",
                    "managed storage");
        }
        for (String place : List.of("relative/x", "/x", root + "/%2e%2e/x", "file:///../x", "s3:x", "a b")) {
            refused(
                    () -> tables.create(ANN, table("main.default.t", TableType.EXTERNAL, Optional.of(place))),
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "",
                    "absolute URI");
        }
    }

    @Test
    void an_external_table_stays_off_the_servers_own_disk() {
        for (String place : List.of("file:/etc", "file:///srv/x", "dbfs:/.slipway/x", "dbfs:///.slipway")) {
            refused(
                    () -> tables.create(ADMIN, table("main.default.t", TableType.EXTERNAL, Optional.of(place))),
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "",
                    "server's own disk");
        }
        refused(
                () -> tables.create(
                        ADMIN, table("main.default.t", TableType.EXTERNAL, Optional.of("slipway-store://bucket/x"))),
                ErrorCode.INVALID_PARAMETER_VALUE,
                "",
                "kept by the platform for itself");
        assertThat(tables.create(ANN, table("main.default.t", TableType.EXTERNAL, Optional.of("dbfs:/mine/t")))
                        .storageLocation())
                .contains("dbfs:/mine/t");
    }

    @Test
    void files_of_a_dropped_managed_table_go_after_a_while() throws IOException {
        Path files = Path.of(
                URI.create(managed(ANN, "main.default.t").storageLocation().orElseThrow()));
        Files.createDirectories(files.resolve("_delta_log"));
        Files.writeString(files.resolve("_delta_log/0.json"), "{}");
        tables.delete(ANN, "main.default.t");
        assertThat(leftovers.purge(Duration.ofDays(7))).isZero();
        assertThat(files).exists();
        now.addAndGet(Duration.ofDays(7).toMillis());
        assertThat(leftovers.purge(Duration.ofDays(7))).isEqualTo(1);
        assertThat(files).doesNotExist();
        assertThat(leftovers.purge(Duration.ofDays(7))).isZero();
    }

    @Test
    void a_staging_table_that_was_never_created_is_given_up() throws IOException {
        StagingTable staging = tables.stage(ANN, "main", "default", "t");
        Path files = Files.createDirectories(Path.of(URI.create(staging.location())));
        assertThat(leftovers.purge(Duration.ZERO)).isZero();
        now.addAndGet(Duration.ofDays(2).toMillis());
        assertThat(leftovers.purge(Duration.ZERO)).isEqualTo(1);
        assertThat(files).doesNotExist();
    }

    @Test
    void a_view_needs_its_query() {
        Table view = tables.create(ANN, table("main.default.v", TableType.VIEW, Optional.empty()));
        assertThat(view.viewDefinition()).contains("select 1");
        assertThat(view.storageLocation()).isEmpty();
        Table.Spec without = new Table.Spec(
                "main",
                "default",
                "w",
                TableType.VIEW,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Map.of(),
                Optional.empty());
        refused(() -> tables.create(ANN, without), ErrorCode.INVALID_PARAMETER_VALUE, "", "view_definition");
    }

    @Test
    void a_change_touches_only_what_it_names() {
        Table before = external(ANN, "main.default.t");
        now.addAndGet(5);
        assertThat(tables.change(ANN, "main.default.t", changed(Optional.empty(), Optional.empty())))
                .isEqualTo(before);
        Table after = tables.change(ANN, "main.default.t", changed(Optional.of("U"), Optional.of("new")));
        assertThat(after.fullName()).isEqualTo("main.default.u");
        assertThat(after.comment()).contains("new");
        assertThat(after.columns()).isEqualTo(before.columns());
        assertThat(after.audit().updatedAt()).isEqualTo(now.get());
        assertThat(after.audit().createdAt()).isEqualTo(now.get() - 5);
        assertThat(tables.get(ANN, "main.default.u")).isEqualTo(after);
        external(ANN, "main.default.t");
        refused(
                () -> tables.change(ANN, "main.default.t", changed(Optional.of("u"), Optional.empty())),
                ErrorCode.ALREADY_EXISTS,
                "TABLE_ALREADY_EXISTS",
                "main.default.u");
        refused(
                () -> tables.change(ANN, "main.default.t", changed(Optional.of("main.x.t"), Optional.empty())),
                ErrorCode.INVALID_PARAMETER_VALUE,
                "",
                "another schema");
    }

    @Test
    void renaming_a_catalog_or_schema_keeps_what_is_in_it() {
        catalogs.create(ADMIN, new Catalog.Spec("c"));
        external(ADMIN, "c.default.t");
        catalogs.change(
                ADMIN,
                "c",
                new Change(Optional.of("d"), Optional.of("new"), Optional.of(Map.of("k", "v")), Optional.empty()));
        schemas.change(
                ADMIN, "d.default", new Change(Optional.of("s"), Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(tables.get(ANN, "d.s.t").catalogName()).isEqualTo("d");
        assertThat(catalogs.get(ANN, "d").properties()).containsEntry("k", "v");
        assertThat(catalogs.change(ADMIN, "d", NOTHING)).isEqualTo(catalogs.get(ANN, "d"));
        refused(() -> catalogs.get(ANN, "c"), ErrorCode.NOT_FOUND, "CATALOG_DOES_NOT_EXIST", "c");
    }

    @Test
    void what_is_not_empty_is_deleted_only_with_force() throws IOException {
        catalogs.create(ADMIN, new Catalog.Spec("c"));
        Path files = Files.createDirectories(Path.of(
                URI.create(managed(ADMIN, "c.default.t").storageLocation().orElseThrow())));
        refused(() -> schemas.delete(ADMIN, "c.default", false), ErrorCode.NOT_EMPTY, "SCHEMA_NOT_EMPTY", "1 table(s)");
        refused(() -> catalogs.delete(ADMIN, "c", false), ErrorCode.NOT_EMPTY, "CATALOG_NOT_EMPTY", "1 schema(s)");
        catalogs.delete(ADMIN, "c", true);
        assertThat(catalogs.catalogNames(WorkspaceId.FIRST)).containsExactly("hive_metastore", "main");
        assertThat(leftovers.purge(Duration.ZERO)).isEqualTo(1);
        assertThat(files).doesNotExist();
        catalogs.create(ADMIN, new Catalog.Spec("c"));
        schemas.delete(ADMIN, "c.default", false);
        catalogs.delete(ADMIN, "c", false);
    }

    @Test
    void owners_manage_their_own_and_what_is_below_it() {
        refused(() -> catalogs.create(ANN, new Catalog.Spec("c")), ErrorCode.PERMISSION_DENIED, "", "Only admins");
        schemas.create(ANN, new Schema.Spec("main", "ann"));
        refused(() -> external(BOB, "main.ann.t"), ErrorCode.PERMISSION_DENIED, "", "main.ann");
        refused(() -> tables.stage(BOB, "main", "ann", "t"), ErrorCode.PERMISSION_DENIED, "", "main.ann");
        external(BOB, "main.default.t");
        refused(() -> tables.delete(ANN, "main.default.t"), ErrorCode.PERMISSION_DENIED, "", "main.default.t");
        refused(
                () -> tables.change(ANN, "main.default.t", changed(Optional.empty(), Optional.of("x"))),
                ErrorCode.PERMISSION_DENIED,
                "",
                "main.default.t");
        refused(() -> schemas.delete(BOB, "main.ann", true), ErrorCode.PERMISSION_DENIED, "", "main.ann");
        refused(() -> catalogs.delete(BOB, "main", true), ErrorCode.PERMISSION_DENIED, "", "main");
        external(ADMIN, "main.ann.t");
        tables.delete(ANN, "main.ann.t");
        schemas.delete(ANN, "main.ann", false);
    }
}
