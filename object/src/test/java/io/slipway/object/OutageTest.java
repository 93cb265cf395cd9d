package io.slipway.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.store.TestDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A disk that does not take bytes for a while. */
@NullUnmarked
class OutageTest {
    @TempDir
    private Path folder;

    @Test
    void a_disk_that_takes_nothing_is_told_as_a_fault_that_passes_and_leaves_nothing() throws IOException {
        try (OwnS3 own = new OwnS3(TestDatabases.sqlite(folder), folder)) {
            S3Client s3 = own.root(OwnS3.HERE);
            s3.createBucket(b -> b.bucket("bucket"));
            byte[] body = new byte[100_000];
            s3.putObject(b -> b.bucket("bucket").key("before"), RequestBody.fromBytes(body));
            Path incoming = folder.resolve("objects").resolve("incoming");
            Path away = folder.resolve("away");
            Files.move(incoming, away);
            var fault = S3Contract.refused(
                    503,
                    "ServiceUnavailable",
                    () -> s3.putObject(b -> b.bucket("bucket").key("k"), RequestBody.fromBytes(body)));
            assertThat(fault.awsErrorDetails().errorMessage()).startsWith("The bytes of objects cannot be written");
            Files.move(away, incoming);
            assertThat(s3.listObjectsV2(b -> b.bucket("bucket")).keyCount()).isEqualTo(1);
            s3.putObject(b -> b.bucket("bucket").key("k"), RequestBody.fromBytes(body));
            assertThat(s3.getObjectAsBytes(b -> b.bucket("bucket").key("k")).asByteArray())
                    .isEqualTo(body);
            try (Stream<Path> files = Files.walk(folder.resolve("objects"))) {
                assertThat(files.filter(Files::isRegularFile)).hasSize(2);
            }
        }
    }
}
