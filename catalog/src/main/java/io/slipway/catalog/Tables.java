package io.slipway.catalog;

import io.slipway.identity.Caller;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.Principal;
import io.slipway.kit.Clock;
import io.slipway.kit.Ids;
import io.slipway.kit.Kind;
import io.slipway.kit.Page;
import io.slipway.kit.PlatformException;
import io.slipway.kit.Ref;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The door to tables and views. A managed table begins as a staging table: its maker gets a place, writes the files there and then
 * creates the table with that place. When it is dropped only its row goes at once; the place is noted and emptied by
 * {@link Leftovers}, so that a mistake can be mended by hand for a while and a crash loses no clean-up. Spark may delete the
 * files earlier.
 */
public final class Tables {
    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final Ids ids;
    private final Rights rights;
    private final String storageRoot;
    private final Removal removal;
    private final CatalogStore catalogs = new CatalogStore();
    private final SchemaStore schemas = new SchemaStore();
    private final TableStore store = new TableStore();
    private final LocationStore locations = new LocationStore();
    private final Leftovers leftovers;

    /** @param storageRoot the same as that of {@link Catalogs} */
    Tables(Base base, IdentityArea identity, URI storageRoot, Leftovers leftovers) {
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.ids = base.ids();
        this.rights = new Rights(identity);
        this.storageRoot = Location.of(storageRoot.toString());
        this.removal = new Removal(facts, clock);
        this.leftovers = leftovers;
    }

    public Page<Table> list(Caller caller, String catalog, String schema, PageRequest page) {
        String catalogName = OnDbfs.requireCatalog(caller, ObjectName.of(catalog));
        String schemaName = ObjectName.of(schema);
        List<Table> rows =
                database.read(handle -> store.list(handle, loadSchema(handle, catalogName, schemaName), page));
        return page.page(rows, Table::name);
    }

    /** Names and types only, of all schemas of a catalog. Patterns are SQL LIKE. */
    public Page<Table.Summary> summaries(
            Caller caller, String catalog, String schemaPattern, String tablePattern, PageRequest page) {
        String known = OnDbfs.requireCatalog(caller, ObjectName.of(catalog));
        List<Table.Summary> rows = database.read(handle -> store.summaries(
                handle,
                catalogs.get(handle, known),
                schemaPattern.toLowerCase(Locale.ROOT),
                tablePattern.toLowerCase(Locale.ROOT),
                page));
        return page.page(rows, row -> row.fullName().substring(known.length() + 1));
    }

    /** Tables of all catalogs with {@code text} in their own name, in any case. */
    public List<Table.Summary> search(Caller caller, String text, int limit) {
        return database.read(handle -> store.search(handle, text.toLowerCase(Locale.ROOT), limit)).stream()
                .filter(found -> OnDbfs.of(caller) || !found.fullName().startsWith(Hive.NAME + "."))
                .toList();
    }

    public Table get(Caller caller, String fullName) {
        TableName name = named(caller, fullName);
        Table table = database.read(handle -> load(handle, name));
        OnDbfs.requirePlace(caller, table.storageLocation(), "Table '" + name + "'");
        return table;
    }

    private static TableName named(Caller caller, String fullName) {
        TableName name = TableName.of(fullName);
        OnDbfs.requireCatalog(caller, name.catalog());
        return name;
    }

    /** Whether the table is there; that its catalog or schema is not is an error. */
    public boolean exists(Caller caller, String fullName) {
        TableName name = named(caller, fullName);
        return database.read(handle -> {
            loadSchema(handle, name.catalog(), name.schema());
            return store.find(handle, name).isPresent();
        });
    }

    /** Hands out a place for a managed table. */
    public StagingTable stage(Caller caller, String catalog, String schema, String table) {
        TableName name = TableName.of(OnDbfs.requireCatalog(caller, ObjectName.of(catalog)), schema, table);
        // Before the transaction: a bucket may have to be asked, which may be in the same database.
        Optional<String> givenUp = givenUp(caller, name);
        return database.write(tx -> {
            Schema in = requireCreate(caller, tx.sql(), name);
            if (store.find(tx.sql(), name).isPresent()) {
                throw Refusal.exists("Table", name.toString());
            }
            String id = ids.uuid();
            StagingTable staging = new StagingTable(
                    id,
                    name.catalog(),
                    name.schema(),
                    name.table(),
                    place(caller, tx.sql(), in, name.table(), id, givenUp),
                    caller.id(),
                    clock.millis());
            locations.insert(tx.sql(), staging);
            facts.tell(tx, caller.id(), new CatalogFact.Staged(Ref.ofAccount(Kind.TABLE, id), staging));
            return staging;
        });
    }

    /** The folder of {@code hive_metastore} for which the caller has begun a table before, without any file in it. */
    private Optional<String> givenUp(Caller caller, TableName name) {
        if (!Hive.isIt(name.catalog())) {
            return Optional.empty();
        }
        return database.read(handle -> schemas.find(handle, name.catalog(), name.schema())
                        .flatMap(Schema::storageRoot)
                        .flatMap(root -> begun(handle, caller, root + "/" + name.table())))
                .map(StagingTable::location)
                .filter(leftovers::none);
    }

    private Optional<StagingTable> begun(Handle handle, Caller caller, String folder) {
        return locations
                .staging(handle, folder)
                .filter(earlier -> earlier.createdBy().equals(caller.id()));
    }

    private String place(Caller caller, Handle handle, Schema in, String table, String id, Optional<String> givenUp) {
        if (Hive.isIt(in.catalogName())) {
            String folder = in.storageRoot().orElseThrow() + "/" + table;
            begun(handle, caller, folder)
                    .filter(earlier -> givenUp.filter(folder::equals).isPresent())
                    .ifPresent(earlier -> locations.deleteStaging(handle, earlier.id()));
            // Taken by a table that was called so, or by one that is being written.
            return locations.free(handle, folder) ? folder : folder + "-" + id;
        }
        return in.storageRoot()
                        .or(() -> catalogs.get(handle, in.catalogName()).storageRoot())
                        .map(root -> root + "/tables")
                        .orElseGet(() -> managed(handle))
                + "/" + id;
    }

    public Table create(Caller caller, Table.Spec spec) {
        TableName name = TableName.of(spec.catalogName(), spec.schemaName(), spec.name());
        OnDbfs.requireCatalog(caller, name.catalog());
        OnDbfs.requirePlace(caller, spec.storageLocation().map(Location::of), "Table '" + name + "'");
        return database.write(tx -> {
            Schema in = requireCreate(caller, tx.sql(), name);
            if (store.find(tx.sql(), name).isPresent()) {
                throw Refusal.exists("Table", name.toString());
            }
            Table table = switch (spec.type()) {
                case MANAGED -> {
                    StagingTable staging = claim(caller, tx.sql(), name, spec);
                    locations.deleteStaging(tx.sql(), staging.id());
                    yield made(caller, staging.id(), name, spec, Optional.of(staging.location()));
                }
                case EXTERNAL -> made(caller, ids.uuid(), name, spec, Optional.of(outside(tx.sql(), spec)));
                case VIEW -> {
                    if (spec.viewDefinition().filter(text -> !text.isBlank()).isEmpty()) {
                        throw PlatformException.invalid("Missing required field 'view_definition'");
                    }
                    yield made(caller, ids.uuid(), name, spec, Optional.empty());
                }
            };
            store.insert(tx.sql(), table, in);
            facts.tell(tx, caller.id(), new CatalogFact.Created(Ref.ofAccount(Kind.TABLE, table.id()), table));
            return table;
        });
    }

    private Table made(Caller caller, String id, TableName name, Table.Spec spec, Optional<String> location) {
        Optional<String> format = spec.type() == TableType.VIEW
                ? Optional.empty()
                : Optional.of(spec.format().orElse("DELTA").toUpperCase(Locale.ROOT));
        return new Table(
                id,
                name.catalog(),
                name.schema(),
                name.table(),
                spec.type(),
                format,
                location,
                spec.columns(),
                spec.comment(),
                spec.properties(),
                spec.viewDefinition(),
                caller.principal(),
                Audit.made(clock.millis(), caller.principal()));
    }

    /** The staging table that {@code spec} completes: of this name, by the same user, not used yet. */
    private StagingTable claim(Caller caller, Handle handle, TableName name, Table.Spec spec) {
        String location = Location.of(storageLocation(spec));
        return locations
                .staging(handle, location)
                .filter(staging -> staging.createdBy().equals(caller.id())
                        && name.equals(new TableName(staging.catalogName(), staging.schemaName(), staging.name())))
                .orElseThrow(() -> PlatformException.invalid("Storage location '" + location
                        + "' was not handed out to " + caller.name() + " for managed table '" + name
                        + "'. Create a staging table first."));
    }

    private String outside(Handle handle, Table.Spec spec) {
        String location = Location.wanted(storageLocation(spec));
        String managed = managed(handle);
        if (Location.overlap(location, managed)) {
            throw PlatformException.invalid(
                    "Storage location '" + location + "' of an external table overlaps with managed storage.");
        }
        if (Location.ofTheServer(location)) {
            throw PlatformException.invalid("Storage location '" + location
                    + "' of an external table is on the server's own disk. Use a folder below dbfs:/.");
        }
        return location;
    }

    private static String storageLocation(Table.Spec spec) {
        return spec.storageLocation()
                .orElseThrow(() -> PlatformException.invalid("Missing required field 'storage_location'"));
    }

    private String managed(Handle handle) {
        return catalogs.metastore(handle, storageRoot)
                .orElseThrow(() -> new IllegalStateException("the catalog room was not bootstrapped"))
                .tables();
    }

    public Table change(Caller caller, String fullName, Table.Change change) {
        TableName name = named(caller, fullName);
        return database.write(tx -> {
            Table before = load(tx.sql(), name);
            requireManage(caller, tx.sql(), before);
            if (change.viewDefinition().isPresent() && before.type() != TableType.VIEW) {
                throw PlatformException.invalid("'" + name + "' is not a view.");
            }
            Principal owner = rights.owner(tx, caller, change.owner(), before.owner());
            Table wanted = with(before, change, owner, before.audit());
            if (wanted.equals(before)) {
                return before;
            }
            TableName after = TableName.of(wanted.fullName());
            if (!after.equals(name) && store.find(tx.sql(), after).isPresent()) {
                throw Refusal.exists("Table", after.toString());
            }
            Table changed = with(before, change, owner, before.audit().changed(clock.millis(), caller.principal()));
            store.update(tx.sql(), changed);
            facts.tell(tx, caller.id(), new CatalogFact.Changed(Ref.ofAccount(Kind.TABLE, changed.id()), changed));
            return changed;
        });
    }

    private static Table with(Table before, Table.Change change, Principal owner, Audit audit) {
        return new Table(
                before.id(),
                before.catalogName(),
                before.schemaName(),
                change.newName().map(written -> newName(before, written)).orElse(before.name()),
                before.type(),
                before.format(),
                before.storageLocation(),
                change.columns().orElse(before.columns()),
                change.comment().or(before::comment),
                change.properties().orElse(before.properties()),
                change.viewDefinition().or(before::viewDefinition),
                owner,
                audit);
    }

    /** A new name may be given with its levels; a table stays in its schema. */
    private static String newName(Table before, String written) {
        if (written.indexOf('.') < 0) {
            return ObjectName.of(written);
        }
        TableName name = TableName.of(written);
        if (!name.catalog().equals(before.catalogName()) || !name.schema().equals(before.schemaName())) {
            throw PlatformException.invalid("Cannot move '" + before.fullName() + "' to another schema.");
        }
        return name.table();
    }

    public void delete(Caller caller, String fullName) {
        TableName name = named(caller, fullName);
        database.change(tx -> {
            Table table = load(tx.sql(), name);
            requireManage(caller, tx.sql(), table);
            removal.table(tx, caller, table);
        });
        leftovers.ofHive();
    }

    private Schema requireCreate(Caller caller, Handle handle, TableName name) {
        Schema in = loadSchema(handle, name.catalog(), name.schema());
        Catalog above = catalogs.get(handle, name.catalog());
        rights.requireCreate(caller, Schemas.ref(in), "schema " + in.fullName(), List.of(in.owner(), above.owner()));
        return in;
    }

    private void requireManage(Caller caller, Handle handle, Table table) {
        Schema in = loadSchema(handle, table.catalogName(), table.schemaName());
        Catalog above = catalogs.get(handle, table.catalogName());
        rights.requireManage(
                caller,
                Ref.ofAccount(Kind.TABLE, table.id()),
                "table " + table.fullName(),
                List.of(table.owner(), in.owner(), above.owner()));
    }

    private Schema loadSchema(Handle handle, String catalog, String schema) {
        catalogs.get(handle, catalog);
        return schemas.find(handle, catalog, schema)
                .orElseThrow(() -> Refusal.missing("Schema", catalog + "." + schema));
    }

    private Table load(Handle handle, TableName name) {
        Optional<Table> found = store.find(handle, name);
        return found.orElseThrow(() -> {
            Schema in = loadSchema(handle, name.catalog(), name.schema());
            return Refusal.missing("Table", in.fullName() + "." + name.table());
        });
    }
}
