package io.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.WorkspaceId;
import io.slipway.nodes.agent.NodeRoles;
import io.slipway.object.folder.BucketFolder;
import io.slipway.protocol.driver.DriverProtocol;
import io.slipway.server.StorageSettings.Elsewhere;
import io.slipway.server.StorageSettings.Place;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A platform that keeps DBFS and managed tables on buckets, seen by the SDK's own client of S3. */
@NullUnmarked
class PlatformStorageTest {
    private static final StorageSettings OWN = new StorageSettings(
            Optional.of(new Place("files", "some/")), Optional.of(new Place("files", "managed/")), Optional.empty());

    @TempDir
    private Path folder;

    private static void put(RunningPlatform platform, String path, String text) {
        platform.api()
                .post(
                        "/api/2.0/dbfs/put",
                        Map.of(
                                "path",
                                path,
                                "contents",
                                Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
    }

    private static List<String> keys(S3Client s3, String bucket) {
        return s3.listObjectsV2(b -> b.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }

    @Test
    void both_sides_call_the_scheme_alike() {
        assertThat(BucketFolder.SCHEME).isEqualTo(DriverProtocol.STORE_SCHEME);
    }

    @Test
    void a_bucket_of_its_own_is_made_at_the_first_start_and_has_the_files_at_the_next() throws IOException {
        Path home = folder.resolve("home");
        try (RunningPlatform platform = new RunningPlatform(home, OWN);
                S3Client s3 = StorageClients.s3(platform, StorageClients.rootKey(platform, home))) {
            put(platform, "/a/f", "hello");
            assertThat(keys(s3, "files")).containsExactly("some/dbfs/", "some/dbfs/a/f");
            assertThat(s3.getPublicAccessBlock(b -> b.bucket("files"))
                            .publicAccessBlockConfiguration()
                            .blockPublicPolicy())
                    .isTrue();
            assertThat(platform.api()
                            .get("/api/2.1/unity-catalog/metastore_summary")
                            .path("storage_root")
                            .asText())
                    .startsWith("slipway-store://files/managed");
        }
        try (RunningPlatform platform = new RunningPlatform(home, OWN)) {
            assertThat(platform.api()
                            .get("/api/2.0/dbfs/read", Map.of("path", "/a/f"))
                            .path("data")
                            .asText())
                    .isEqualTo("aGVsbG8=");
        }
        assertThat(home.resolve("data/dbfs")).doesNotExist();
    }

    /** What a node may do with its keys: all in the folders of its workspace, and nothing else. */
    private static void checkReach(S3Client node, S3Client root) {
        for (String key : List.of("some/dbfs/x y", "managed/id/tables/t/0.parquet")) {
            node.putObject(b -> b.bucket("files").key(key), RequestBody.fromString("1"));
            assertThat(node.headObject(b -> b.bucket("files").key(key)).contentLength())
                    .isEqualTo(1);
            String start = key.substring(0, key.lastIndexOf('/') + 1);
            assertThat(node.listObjectsV2(b -> b.bucket("files").prefix(start)).contents())
                    .extracting(S3Object::key)
                    .contains(key);
            assertThatThrownBy(() -> node.headObject(b -> b.bucket("files").key(start + "none")))
                    .isInstanceOf(NoSuchKeyException.class);
            String copy = key + "-copy";
            node.copyObject(b -> b.sourceBucket("files")
                    .sourceKey(key)
                    .destinationBucket("files")
                    .destinationKey(copy));
            node.deleteObject(b -> b.bucket("files").key(copy));
        }
        root.putObject(b -> b.bucket("files").key("some/dbfs-2/secret"), RequestBody.fromString("1"));
        root.putObject(b -> b.bucket("files").key("beside"), RequestBody.fromString("1"));
        for (String key : List.of("some/dbfs-2/secret", "beside")) {
            refused(() -> node.getObjectAsBytes(b -> b.bucket("files").key(key)));
            refused(() -> node.putObject(b -> b.bucket("files").key(key), RequestBody.fromString("2")));
            refused(() -> node.copyObject(b -> b.sourceBucket("files")
                    .sourceKey(key)
                    .destinationBucket("files")
                    .destinationKey("some/dbfs/stolen")));
        }
        refused(() -> node.headObject(b -> b.bucket("files").key("some/dbfs-2/none")));
        refused(() -> node.listObjectsV2(b -> b.bucket("files")));
        refused(() -> node.listObjectsV2(
                b -> b.bucket("files").prefix("some/dbfs").delimiter("").prefix("some/dbfs-2/")));
        refused(() -> node.listBuckets());
        refused(() -> node.createBucket(b -> b.bucket("another")));
        refused(() -> node.deleteBucketPolicy(b -> b.bucket("files")));
    }

    @Test
    void keys_of_a_node_reach_the_folders_of_its_workspace_and_nothing_else() throws IOException {
        Path home = folder.resolve("home");
        try (RunningPlatform platform = new RunningPlatform(home, OWN);
                S3Client root = StorageClients.s3(platform, StorageClients.rootKey(platform, home))) {
            AwsSide aws = platform.composition().aws();
            NodeRoles.Keys keys = aws.storageKeys(WorkspaceId.FIRST, "i-1").orElseThrow();
            assertThat(keys.expires()).isGreaterThan(keys.issued());
            checkReach(StorageClients.s3(platform, keys), root);
            NodeRoles.Keys other = aws.storageKeys(new WorkspaceId(2), "i-2").orElseThrow();
            assertThat(StorageClients.s3(platform, other)
                            .getObjectAsBytes(b -> b.bucket("files").key("some/dbfs-2/secret"))
                            .asUtf8String())
                    .isEqualTo("1");
        }
    }

    @Test
    void the_bucket_may_be_in_another_s3_and_a_role_narrows_what_nodes_get() throws IOException {
        Path there = folder.resolve("there");
        try (RunningPlatform elsewhere = new RunningPlatform(there, StorageSettings.NONE)) {
            RootKey key = StorageClients.rootKey(elsewhere, there);
            S3Client root = StorageClients.s3(elsewhere, key);
            root.createBucket(b -> b.bucket("files"));
            Path here = folder.resolve("here");
            try (RunningPlatform platform = new RunningPlatform(here, at(elsewhere, key, Optional.empty()))) {
                put(platform, "/a/f", "hello");
                assertThat(keys(root, "files")).containsExactly("some/dbfs/", "some/dbfs/a/f");
                assertThat(platform.composition()
                                .aws()
                                .storageKeys(WorkspaceId.FIRST, "i-1")
                                .orElseThrow())
                        .satisfies(given -> {
                            assertThat(given.accessKeyId()).isEqualTo(key.id());
                            assertThat(given.sessionToken()).isEmpty();
                        });
            }
            // The same could be a user; roots of accounts cannot assume roles.
            var iam = StorageClients.iam(elsewhere, key);
            String account = platformAccount(elsewhere);
            iam.createUser(b -> b.userName("slipway"));
            iam.putUserPolicy(b -> b.userName("slipway").policyName("all").policyDocument(ALL));
            var made = iam.createAccessKey(b -> b.userName("slipway")).accessKey();
            iam.createRole(b -> b.roleName("clusters")
                    .assumeRolePolicyDocument(ALL.replace(
                            "\"Action\":\"*\",\"Resource\":\"*\"",
                            "\"Action\":\"sts:AssumeRole\",\"Principal\":{\"AWS\":\"" + account + "\"}")));
            iam.putRolePolicy(b -> b.roleName("clusters").policyName("all").policyDocument(ALL));
            StorageSettings byRole = at(
                    elsewhere,
                    new RootKey(made.accessKeyId(), made.secretAccessKey()),
                    Optional.of("arn:aws:iam::" + account + ":role/clusters"));
            try (RunningPlatform platform = new RunningPlatform(folder.resolve("by-role"), byRole)) {
                NodeRoles.Keys keys = platform.composition()
                        .aws()
                        .storageKeys(WorkspaceId.FIRST, "i-1")
                        .orElseThrow();
                checkReach(StorageClients.s3(elsewhere, keys), root);
            }
        }
    }

    private static final String ALL =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}";

    private static String platformAccount(RunningPlatform platform) {
        return platform.composition().aws().account().digits();
    }

    private static StorageSettings at(RunningPlatform elsewhere, RootKey key, Optional<String> role) {
        return new StorageSettings(
                OWN.dbfs(),
                OWN.catalog(),
                Optional.of(new Elsewhere(URI.create(elsewhere.url()), "us-east-1", key.id(), key.secret(), role)));
    }

    @Test
    void a_storage_that_cannot_be_used_stops_the_start_and_says_what_to_set() throws IOException {
        Path home = folder.resolve("there");
        try (RunningPlatform elsewhere = new RunningPlatform(home, StorageSettings.NONE)) {
            RootKey key = StorageClients.rootKey(elsewhere, home);
            notStarted(at(elsewhere, key, Optional.empty()), "404");
            StorageClients.s3(elsewhere, key).createBucket(b -> b.bucket("files"));
            notStarted(at(elsewhere, new RootKey(key.id(), "wrong"), Optional.empty()), "403");
            notStarted(at(elsewhere, key, Optional.of("arn:aws:iam::111122223333:role/none")), "storage.role");
        }
        URI nobody = URI.create("http://127.0.0.1:" + Ports.free());
        notStarted(
                new StorageSettings(
                        OWN.dbfs(),
                        Optional.empty(),
                        Optional.of(new Elsewhere(nobody, "us-east-1", "a", "b", Optional.empty()))),
                "storage.access.key");
    }

    private void notStarted(StorageSettings settings, String words) throws IOException {
        Path home = Files.createTempDirectory(folder, "home");
        assertThatThrownBy(() -> new RunningPlatform(home, settings))
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_STATE))
                .hasMessageContaining("dbfs.storage is s3://files/some, which cannot be used")
                .hasMessageContaining("Set dbfs.storage and storage.endpoint")
                .hasMessageContaining(words);
    }

    @Test
    void managed_places_of_this_account_may_be_emptied_and_no_others() throws IOException {
        Path home = folder.resolve("home");
        try (RunningPlatform platform = new RunningPlatform(home, StorageSettings.NONE);
                S3Client s3 = StorageClients.s3(platform, StorageClients.rootKey(platform, home))) {
            AwsSide aws = platform.composition().aws();
            s3.createBucket(b -> b.bucket("mine"));
            assertThat(aws.folder("s3a://mine/t"))
                    .hasValueSatisfying(found -> assertThat(found).hasToString("s3://mine/t"));
            for (String place : List.of("s3://none/t", "gs://mine/t", "slipway-store://mine/t")) {
                assertThat(aws.folder(place)).as(place).isEmpty();
            }
            platform.composition().iam().accounts().create("other").id();
            assertThat(aws.storage()).isEmpty();
            assertThat(aws.storageKeys(WorkspaceId.FIRST, "i-1")).isEmpty();
        }
    }
}
