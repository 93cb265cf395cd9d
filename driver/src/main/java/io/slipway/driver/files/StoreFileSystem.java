package io.slipway.driver.files;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.s3a.S3AFileSystem;

/**
 * The bucket on which the platform keeps DBFS and managed tables: a scheme of its own, so that it has the platform's keys, and a bucket
 * that somebody reads as {@code s3://} theirs, also if it is the same.
 */
public final class StoreFileSystem extends S3AFileSystem {
    @Override
    public void initialize(URI name, Configuration given) throws IOException {
        super.initialize(name, StoreSettings.of(name.getHost(), given));
    }

    @Override
    public String getScheme() {
        return StoreSettings.SCHEME;
    }
}
