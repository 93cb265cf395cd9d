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
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import io.slipway.store.Tx;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The door to the metastore and its catalogs. Admins make catalogs. */
public final class Catalogs {
    private static final String MAIN = "main";
    private static final String DEFAULT_SCHEMA = "default";

    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final Ids ids;
    private final Rights rights;
    private final String storageRoot;
    private final Removal removal;
    private final CatalogStore store = new CatalogStore();
    private final SchemaStore schemas = new SchemaStore();

    /** @param storageRoot where managed tables live, such as {@code file:///srv/slipway/catalog} */
    public Catalogs(Base base, IdentityArea identity, URI storageRoot) {
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.ids = base.ids();
        this.rights = new Rights(identity);
        this.storageRoot = Location.of(storageRoot.toString());
        this.removal = new Removal(facts, clock);
    }

    /** Makes what is always there, if it is not yet: the metastore with {@code main.default}, and {@code hive_metastore}. */
    public Metastore bootstrap() {
        return database.write(tx -> {
            Metastore known = store.metastore(tx.sql(), storageRoot).orElseGet(() -> {
                Metastore metastore =
                        new Metastore(ids.uuid(), "slipway", Principal.SYSTEM, clock.millis(), storageRoot);
                store.insert(tx.sql(), metastore);
                make(tx, Caller.SYSTEM, new Catalog.Spec(MAIN), Rights.EVERYBODY);
                return metastore;
            });
            if (store.find(tx.sql(), Hive.NAME).isEmpty()) {
                make(tx, Caller.SYSTEM, new Catalog.Spec(Hive.NAME), Rights.EVERYBODY);
            }
            return known;
        });
    }

    public Metastore metastore() {
        return database.read(handle -> store.metastore(handle, storageRoot))
                .orElseThrow(() -> new IllegalStateException("the catalog room was not bootstrapped"));
    }

    /** All names that the workspace has, in order: what Spark sessions offer. */
    public List<String> catalogNames(WorkspaceId workspace) {
        return database.read(store::names).stream()
                .filter(name -> !Hive.isIt(name) || workspace.equals(WorkspaceId.FIRST))
                .toList();
    }

    /** Where sessions without a catalog of their own begin. */
    public String defaultCatalog() {
        return MAIN;
    }

    public Page<Catalog> list(Caller caller, PageRequest page) {
        return page.page(database.read(handle -> store.list(handle, page)), Catalog::name)
                .only(catalog -> !Hive.isIt(catalog.name()) || OnDbfs.of(caller));
    }

    public Catalog get(Caller caller, String name) {
        String known = OnDbfs.requireCatalog(caller, ObjectName.of(name));
        return database.read(handle -> store.get(handle, known));
    }

    /** A new catalog has a {@code default} schema, as in the real service. */
    public Catalog create(Caller caller, Catalog.Spec spec) {
        rights.requireAdmin(caller, "create catalogs");
        return database.write(tx -> make(tx, caller, spec, caller.principal()));
    }

    private Catalog make(Tx tx, Caller caller, Catalog.Spec spec, Principal owner) {
        String name = ObjectName.of(spec.name());
        OnDbfs.requirePlace(caller, spec.storageRoot(), "Catalog '" + name + "'");
        if (store.find(tx.sql(), name).isPresent()) {
            throw Refusal.exists("Catalog", name);
        }
        Audit audit = Audit.made(clock.millis(), caller.principal());
        Catalog catalog = new Catalog(
                ids.uuid(),
                name,
                spec.comment(),
                spec.properties(),
                spec.storageRoot().map(Location::wanted),
                owner,
                audit);
        store.insert(tx.sql(), catalog);
        facts.tell(tx, caller.id(), new CatalogFact.Created(Ref.ofAccount(Kind.CATALOG, catalog.id()), catalog));
        Schema first = new Schema(
                ids.uuid(),
                name,
                DEFAULT_SCHEMA,
                Optional.empty(),
                Map.of(),
                Hive.isIt(name) ? Hive.schemaRoot(DEFAULT_SCHEMA, Optional.empty()) : Optional.empty(),
                owner,
                audit);
        schemas.insert(tx.sql(), first, catalog);
        facts.tell(tx, caller.id(), new CatalogFact.Created(Ref.ofAccount(Kind.SCHEMA, first.id()), first));
        return catalog;
    }

    public Catalog change(Caller caller, String name, Change change) {
        String known = OnDbfs.requireCatalog(caller, ObjectName.of(name));
        return database.write(tx -> {
            Catalog before = store.get(tx.sql(), known);
            rights.requireManage(caller, ref(before), "catalog " + known, List.of(before.owner()));
            Principal owner = rights.owner(tx, caller, change.owner(), before.owner());
            Catalog wanted = with(before, change, owner, before.audit());
            if (wanted.equals(before)) {
                return before;
            }
            Hive.requireName(known, known, wanted.name());
            if (!wanted.name().equals(known)
                    && store.find(tx.sql(), wanted.name()).isPresent()) {
                throw Refusal.exists("Catalog", wanted.name());
            }
            Catalog after = with(before, change, owner, before.audit().changed(clock.millis(), caller.principal()));
            store.update(tx.sql(), after);
            facts.tell(tx, caller.id(), new CatalogFact.Changed(Ref.ofAccount(Kind.CATALOG, after.id()), after));
            return after;
        });
    }

    static Ref ref(Catalog catalog) {
        return Ref.ofAccount(Kind.CATALOG, catalog.id());
    }

    private static Catalog with(Catalog before, Change change, Principal owner, Audit audit) {
        return new Catalog(
                before.id(),
                change.newName().map(ObjectName::of).orElse(before.name()),
                change.comment().or(before::comment),
                change.properties().orElse(before.properties()),
                before.storageRoot(),
                owner,
                audit);
    }

    /** @param force takes all schemas and tables along; without it a catalog must have no schema, not even {@code default} */
    public void delete(Caller caller, String name, boolean force) {
        String known = OnDbfs.requireCatalog(caller, ObjectName.of(name));
        database.change(tx -> {
            Catalog catalog = store.get(tx.sql(), known);
            rights.requireManage(caller, ref(catalog), "catalog " + known, List.of(catalog.owner()));
            if (Hive.isIt(known)) {
                throw PlatformException.invalid("Catalog '" + known + "' cannot be deleted.");
            }
            int held = store.schemas(tx.sql(), catalog);
            if (held > 0 && !force) {
                throw Refusal.notEmpty("Catalog", known, held + " schema(s)");
            }
            removal.catalog(tx, caller, catalog);
        });
    }
}
