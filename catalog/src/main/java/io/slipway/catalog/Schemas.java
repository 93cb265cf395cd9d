package io.slipway.catalog;

import io.slipway.identity.Caller;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.Principal;
import io.slipway.kit.Clock;
import io.slipway.kit.Ids;
import io.slipway.kit.Kind;
import io.slipway.kit.Page;
import io.slipway.kit.Ref;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The door to schemas. Whoever owns a catalog makes schemas in it; in {@code main} everybody does. */
public final class Schemas {
    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final Ids ids;
    private final Rights rights;
    private final Removal removal;
    private final Leftovers leftovers;
    private final CatalogStore catalogs = new CatalogStore();
    private final SchemaStore store = new SchemaStore();

    Schemas(Base base, IdentityArea identity, Leftovers leftovers) {
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.ids = base.ids();
        this.rights = new Rights(identity);
        this.removal = new Removal(facts, clock);
        this.leftovers = leftovers;
    }

    public Page<Schema> list(Caller caller, String catalog, PageRequest page) {
        String known = OnDbfs.requireCatalog(caller, ObjectName.of(catalog));
        List<Schema> rows = database.read(handle -> store.list(handle, catalogs.get(handle, known), page));
        return page.page(rows, Schema::name);
    }

    public Schema get(Caller caller, String fullName) {
        List<String> name = split(caller, fullName);
        return database.read(handle -> load(handle, name));
    }

    public Schema create(Caller caller, Schema.Spec spec) {
        String name = ObjectName.of(spec.name());
        String catalogName = OnDbfs.requireCatalog(caller, ObjectName.of(spec.catalogName()));
        OnDbfs.requirePlace(caller, spec.storageRoot(), "Schema '" + catalogName + "." + name + "'");
        return database.write(tx -> {
            Catalog catalog = catalogs.get(tx.sql(), catalogName);
            rights.requireCreate(caller, Catalogs.ref(catalog), "catalog " + catalogName, List.of(catalog.owner()));
            if (spec.storageRoot().isPresent()) {
                rights.requireAdmin(caller, "choose a storage root");
            }
            if (store.find(tx.sql(), catalogName, name).isPresent()) {
                throw Refusal.exists("Schema", catalogName + "." + name);
            }
            Optional<String> asked = spec.storageRoot().map(Location::wanted);
            Optional<String> root = Hive.isIt(catalogName) ? Hive.schemaRoot(name, asked) : asked;
            Schema schema = new Schema(
                    ids.uuid(),
                    catalogName,
                    name,
                    spec.comment(),
                    spec.properties(),
                    root,
                    caller.principal(),
                    Audit.made(clock.millis(), caller.principal()));
            store.insert(tx.sql(), schema, catalog);
            facts.tell(tx, caller.id(), new CatalogFact.Created(Ref.ofAccount(Kind.SCHEMA, schema.id()), schema));
            return schema;
        });
    }

    public Schema change(Caller caller, String fullName, Change change) {
        List<String> name = split(caller, fullName);
        return database.write(tx -> {
            Schema before = load(tx.sql(), name);
            requireManage(caller, tx.sql(), before);
            Principal owner = rights.owner(tx, caller, change.owner(), before.owner());
            Schema wanted = with(before, change, owner, before.audit());
            if (wanted.equals(before)) {
                return before;
            }
            Hive.requireName(before.catalogName(), before.name(), wanted.name());
            if (!wanted.name().equals(before.name())
                    && store.find(tx.sql(), wanted.catalogName(), wanted.name()).isPresent()) {
                throw Refusal.exists("Schema", wanted.fullName());
            }
            Schema after = with(before, change, owner, before.audit().changed(clock.millis(), caller.principal()));
            store.update(tx.sql(), after);
            facts.tell(tx, caller.id(), new CatalogFact.Changed(Ref.ofAccount(Kind.SCHEMA, after.id()), after));
            return after;
        });
    }

    static Ref ref(Schema schema) {
        return Ref.ofAccount(Kind.SCHEMA, schema.id());
    }

    private static Schema with(Schema before, Change change, Principal owner, Audit audit) {
        return new Schema(
                before.id(),
                before.catalogName(),
                change.newName().map(ObjectName::of).orElse(before.name()),
                change.comment().or(before::comment),
                change.properties().orElse(before.properties()),
                before.storageRoot(),
                owner,
                audit);
    }

    /** @param force takes all tables along; without it the schema must have none */
    public void delete(Caller caller, String fullName, boolean force) {
        List<String> name = split(caller, fullName);
        Schema gone = database.write(tx -> {
            Schema schema = load(tx.sql(), name);
            requireManage(caller, tx.sql(), schema);
            int held = store.tables(tx.sql(), schema);
            if (held > 0 && !force) {
                throw Refusal.notEmpty("Schema", schema.fullName(), held + " table(s)");
            }
            removal.schema(tx, caller, schema);
            return schema;
        });
        leftovers.ofHive();
        leftovers.ofSchema(gone);
    }

    private void requireManage(Caller caller, Handle handle, Schema schema) {
        Principal above = catalogs.get(handle, schema.catalogName()).owner();
        rights.requireManage(caller, ref(schema), "schema " + schema.fullName(), List.of(schema.owner(), above));
    }

    private static List<String> split(Caller caller, String fullName) {
        List<String> name = ObjectName.split(fullName, 2, "catalog.schema");
        OnDbfs.requireCatalog(caller, name.get(0));
        return name;
    }

    private Schema load(Handle handle, List<String> name) {
        Optional<Schema> found = store.find(handle, name.get(0), name.get(1));
        return found.orElseThrow(() -> {
            Catalog catalog = catalogs.get(handle, name.get(0));
            return Refusal.missing("Schema", catalog.name() + "." + name.get(1));
        });
    }
}
