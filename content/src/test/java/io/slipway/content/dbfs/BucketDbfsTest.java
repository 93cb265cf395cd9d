package io.slipway.content.dbfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.slipway.iam.policy.AccountId;
import io.slipway.identity.Permissions;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.WorkspaceId;
import io.slipway.object.ObjectArea;
import io.slipway.object.folder.BucketFile;
import io.slipway.object.folder.BucketFolder;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.TestDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** DBFS on a bucket of the platform's own S3. */
@NullUnmarked
class BucketDbfsTest extends DbfsContract {
    private static final String BUCKET = "its-own";

    private BucketFolder bucket;

    @Override
    Database open(Path folder) {
        return TestDatabases.sqlite(folder);
    }

    @Override
    Dbfs made(Base base, Function<WorkspaceId, Path> folders) {
        S3Client s3 = new ObjectArea(base, folder.resolve("objects")).platform(new AccountId("111122223333"));
        s3.createBucket(b -> b.bucket(BUCKET));
        bucket = new BucketFolder(s3, BUCKET, "some/where");
        return new Dbfs(
                base,
                new Permissions(),
                folders,
                id -> Optional.of(bucket.below(id.equals(WorkspaceId.FIRST) ? "dbfs" : "dbfs-" + id)));
    }

    private List<String> keys() {
        return bucket.all("").stream()
                .map(BucketFile::name)
                .filter(name -> !name.equals("dbfs/"))
                .toList();
    }

    private void put(String key) {
        bucket.put(key, new byte[] {1}, Map.of());
    }

    @Test
    void each_workspace_has_a_folder_of_the_bucket_and_nothing_is_on_the_disk() {
        dbfs.put(ANN, "/a/f", bytes("1"), false);
        dbfs.mkdirs(ANN, "/b");
        assertThat(keys()).containsExactly("dbfs/a/f", "dbfs/b/");
        assertThat(bucket.find("dbfs/")).as("the root, for clusters").isPresent();
        assertThat(root).doesNotExist();
    }

    @Test
    void a_close_that_was_cut_off_after_the_put_can_be_repeated() throws IOException {
        long handle = dbfs.create(ANN, "/f", false);
        dbfs.addBlock(ANN, handle, bytes("one"));
        Path part = root.resolveSibling("dbfs-uploads/handle-" + handle);
        Path kept = Files.copy(part, folder.resolve("kept"));
        long second = dbfs.create(ANN, "/g", false);
        assertThat(bucket.putIfAbsent("dbfs/f", kept, "handle-" + handle)).isTrue();
        dbfs.close(ANN, handle);
        assertThat(content("/f")).isEqualTo("one");
        bucket.put("dbfs/g", new byte[0], Map.of());
        refused(() -> dbfs.close(ANN, second), ErrorCode.ALREADY_EXISTS, "/g");
    }

    @Test
    void a_move_of_a_folder_that_was_cut_off_goes_on_and_loses_nothing() {
        for (String name : List.of("a", "b/c", "d")) {
            dbfs.put(ANN, "/from/" + name, bytes(name), false);
        }
        // As much as was done when the platform died.
        bucket.put("dbfs/to/", new byte[0], Map.of("slipway-moving-from", "2f66726f6d"));
        bucket.copy("dbfs/from/a", "dbfs/to/a");
        bucket.copy("dbfs/from/b/c", "dbfs/to/b/c");
        bucket.delete(List.of("dbfs/from/a"));
        refused(() -> dbfs.move(ANN, "/to", "/to"), ErrorCode.ALREADY_EXISTS, "/to");
        dbfs.mkdirs(ANN, "/other");
        refused(() -> dbfs.move(ANN, "/other", "/to"), ErrorCode.ALREADY_EXISTS, "/to");
        dbfs.move(ANN, "/from", "/to");
        assertThat(keys()).containsExactly("dbfs/other/", "dbfs/to/", "dbfs/to/a", "dbfs/to/b/c", "dbfs/to/d");
        dbfs.mkdirs(ANN, "/from");
        refused(() -> dbfs.move(ANN, "/from", "/to"), ErrorCode.ALREADY_EXISTS, "/to");
    }

    @Test
    void keys_of_other_clients_that_are_no_paths_are_not_listed_and_go_with_their_folder() {
        put("dbfs/d/f");
        put("dbfs/d/../x");
        put("dbfs/d//y");
        put("dbfs/d/both");
        put("dbfs/d/both/z");
        assertThat(dbfs.list(ANN, "/d"))
                .extracting(DbfsFile::path, DbfsFile::folder)
                .containsExactly(tuple("/d/both", false), tuple("/d/f", false));
        dbfs.delete(ANN, "/d", true);
        assertThat(keys()).isEmpty();
    }
}
