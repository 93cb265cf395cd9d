package io.slipway.server;

import io.slipway.object.folder.BucketFolderContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** As it is with any S3 that is not in this process. */
@NullUnmarked
class BucketFolderOverHttpTest extends BucketFolderContract {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    private static Path home;

    private static RunningPlatform platform;
    private static S3Client s3;

    @BeforeAll
    static void start() throws IOException {
        platform = new RunningPlatform(home, StorageSettings.NONE);
        s3 = StorageClients.s3(platform, StorageClients.rootKey(platform, home));
    }

    @AfterAll
    static void stop() {
        s3.close();
        platform.close();
    }

    @Override
    protected S3Client open() {
        return s3;
    }

    @Override
    protected String name() {
        return "bucket-" + NUMBER.incrementAndGet();
    }
}
