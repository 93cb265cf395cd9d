package io.slipway.catalog;

import io.slipway.kit.Clock;
import io.slipway.store.Base;
import io.slipway.store.Database;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** Files of managed tables that are no tables any more. Safe to be cut off and repeated. */
public final class Leftovers {
    /** A staging table that was not created by then is given up. */
    private static final Duration STAGING_LIFE = Duration.ofDays(1);

    private final Database database;
    private final Clock clock;
    private final String storageRoot;
    private final String disk;
    private final ManagedFiles files;
    private final CatalogStore catalogs = new CatalogStore();
    private final LocationStore locations = new LocationStore();

    Leftovers(Base base, TableStorage storage) {
        this.database = base.database();
        this.clock = base.clock();
        this.storageRoot = Location.of(storage.managed().toString());
        this.disk = Location.of(storage.disk().toString());
        this.files = new ManagedFiles(storage);
    }

    /**
     * Deletes the files of managed tables that were dropped at least {@code kept} ago, and gives up staging tables older than a
     * day. To be called now and then.
     *
     * @return how many places were emptied
     */
    public int purge(Duration kept) {
        long now = clock.millis();
        database.change(tx -> {
            for (StagingTable staging : locations.stagingBefore(tx.sql(), now - STAGING_LIFE.toMillis())) {
                String fullName = staging.catalogName() + "." + staging.schemaName() + "." + staging.name();
                locations.insertDropped(tx.sql(), staging.location(), fullName, staging.createdAt());
                locations.deleteStaging(tx.sql(), staging.id());
            }
        });
        return ofHive() + ofOthers(database.read(handle -> locations.droppedUntil(handle, now - kept.toMillis())));
    }

    /** Files in folders that are called like their table go at once: the next table of that name, or its user, wants the folder. */
    int ofHive() {
        return empty(database.read(locations::droppedOfHive), files::deleteOfHive);
    }

    /** The folder of a schema of hive that is gone, if nothing else is in it. */
    void ofSchema(Schema gone) {
        gone.storageRoot()
                .filter(root -> Hive.isIt(gone.catalogName()) && root.startsWith("dbfs:/"))
                .ifPresent(files::deleteEmpty);
    }

    /** Whether nothing lies at a place on DBFS. */
    boolean none(String place) {
        return place.startsWith("dbfs:/") && files.none(place);
    }

    private int ofOthers(List<String> places) {
        if (places.isEmpty()) {
            return 0;
        }
        String managed = database.read(handle -> catalogs.metastore(handle, storageRoot))
                .orElseThrow(() -> new IllegalStateException("the catalog room was not bootstrapped"))
                .tables(disk);
        return empty(places, place -> files.delete(place, managed));
    }

    private int empty(List<String> places, Predicate<String> deleted) {
        int emptied = 0;
        for (String place : places) {
            if (deleted.test(place)) {
                database.change(tx -> locations.deleteDropped(tx.sql(), place));
                emptied++;
            }
        }
        return emptied;
    }
}
