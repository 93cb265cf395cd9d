package io.slipway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.iam.policy.AccountId;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.testing.People;
import io.slipway.object.ObjectArea;
import io.slipway.object.folder.BucketFile;
import io.slipway.object.folder.BucketFolder;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.TestBase;
import io.slipway.store.TestDatabases;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** Files of managed tables on buckets of the platform. */
@NullUnmarked
class BucketTablesTest {
    @TempDir
    private Path folder;

    private Database database;
    private Base base;
    private TableStorage storage;
    private S3Client s3;
    private ManagedFiles files;
    private BucketFolder all;

    @BeforeEach
    void start() {
        database = TestDatabases.sqlite(folder);
        base = TestBase.of(database, () -> 1_700_000_000_000L);
        s3 = new ObjectArea(base, folder.resolve("objects")).platform(new AccountId("111122223333"));
        s3.createBucket(b -> b.bucket("ours"));
        all = new BucketFolder(s3, "ours", "");
        storage = new TableStorage(
                URI.create("slipway-store://ours/managed"),
                folder.resolve("managed").toUri(),
                folder.resolve("dbfs"),
                Optional.of(all.below("dbfs")),
                location -> Optional.of(URI.create(location))
                        .filter(uri -> !uri.getHost().equals("theirs"))
                        .map(uri -> new BucketFolder(
                                s3, uri.getHost(), uri.getPath().substring(1))));
        files = new ManagedFiles(storage);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private boolean delete(String location) {
        return files.delete(location, "file:///srv/managed");
    }

    private void put(String... keys) {
        for (String key : keys) {
            all.put(key, new byte[] {1}, Map.of());
        }
    }

    private List<String> keys() {
        return all.all("").stream().map(BucketFile::name).toList();
    }

    @Test
    void a_table_goes_with_all_its_files_and_may_be_gone_already() {
        put("managed/t/_delta_log/0.json", "managed/t/0.parquet", "managed/t2/0.parquet", "root/t/0.parquet");
        assertThat(delete("slipway-store://ours/managed/t")).isTrue();
        assertThat(delete("slipway-store://ours/managed/t")).isTrue();
        assertThat(delete("s3://ours/root/t")).isTrue();
        assertThat(keys()).containsExactly("managed/t2/0.parquet");
    }

    @Test
    void what_others_keep_and_what_cannot_be_deleted_now_stays_on_the_list() {
        put("t/0.parquet");
        assertThat(delete("s3://theirs/t")).isFalse();
        assertThat(delete("s3://not-there/t")).isFalse();
        assertThat(delete("s3://ours")).isFalse();
        assertThat(keys()).containsExactly("t/0.parquet");
    }

    @Test
    void a_folder_that_somebody_chose_for_hive_is_never_emptied_on_a_bucket() {
        put("root/t/0.parquet", "dbfs/user/t/0.parquet");
        assertThat(files.deleteOfHive("s3://ours/root/t")).isFalse();
        assertThat(files.deleteOfHive("slipway-store://ours/root/t")).isFalse();
        assertThat(files.deleteOfHive("dbfs:/user/t")).isTrue();
        assertThat(keys()).containsExactly("root/t/0.parquet");
    }

    @Test
    void tables_on_dbfs_go_from_its_bucket_and_empty_folders_with_them() {
        put("dbfs/user/t/0.parquet", "user/t/0.parquet", "dbfs/.slipway/t");
        assertThat(files.none("dbfs:/user/t")).isFalse();
        files.deleteEmpty("dbfs:/user/t");
        assertThat(delete("dbfs:/user/t")).isTrue();
        assertThat(delete("dbfs:/.slipway/t")).isFalse();
        assertThat(files.none("dbfs:/user/t")).isTrue();
        assertThat(keys()).containsExactly("dbfs/.slipway/t", "user/t/0.parquet");
        put("dbfs/s.db/");
        files.deleteEmpty("dbfs:/s.db");
        assertThat(keys()).containsExactly("dbfs/.slipway/t", "user/t/0.parquet");
    }

    @Test
    void a_dropped_table_is_emptied_after_its_time_and_a_begun_one_of_hive_finds_its_folder_again() {
        People.known(database);
        CatalogArea area = new CatalogArea(base, new IdentityArea(base, new byte[32]), storage);
        area.catalogs().bootstrap();
        String place = area.tables()
                .stage(People.ANN, "hive_metastore", "default", "t")
                .location();
        assertThat(place).isEqualTo("dbfs:/user/hive/warehouse/t");
        assertThat(area.tables()
                        .stage(People.ANN, "hive_metastore", "default", "t")
                        .location())
                .isEqualTo(place);
        put("dbfs/user/hive/warehouse/t/0.parquet");
        assertThat(area.tables()
                        .stage(People.ANN, "hive_metastore", "default", "t")
                        .location())
                .startsWith(place + "-");
        StagingTable staged = area.tables().stage(People.ANN, "main", "default", "t");
        assertThat(staged.location()).startsWith("slipway-store://ours/managed/");
        put(staged.location().substring("slipway-store://ours/".length()) + "/0.parquet");
        area.tables()
                .create(
                        People.ANN,
                        new Table.Spec(
                                "main",
                                "default",
                                "t",
                                TableType.MANAGED,
                                Optional.empty(),
                                Optional.of(staged.location()),
                                List.of(),
                                Optional.empty(),
                                Map.of(),
                                Optional.empty()));
        area.tables().delete(People.ANN, "main.default.t");
        assertThat(area.leftovers().purge(Duration.ofDays(1))).isZero();
        assertThat(area.leftovers().purge(Duration.ZERO)).isEqualTo(1);
        assertThat(keys()).containsExactly("dbfs/user/hive/warehouse/t/0.parquet");
    }
}
