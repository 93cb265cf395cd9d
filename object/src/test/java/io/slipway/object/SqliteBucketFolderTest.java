package io.slipway.object;

import io.slipway.object.folder.BucketFolderContract;
import io.slipway.store.TestDatabases;
import java.nio.file.Path;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

@NullUnmarked
class SqliteBucketFolderTest extends BucketFolderContract {
    @TempDir
    private Path folder;

    private OwnS3 own;

    @Override
    protected S3Client open() {
        own = new OwnS3(TestDatabases.sqlite(folder), folder);
        return own.root(OwnS3.HERE);
    }

    @Override
    protected String name() {
        return "bucket-" + own.base.ids().text(8);
    }

    @AfterEach
    void end() {
        own.close();
    }
}
