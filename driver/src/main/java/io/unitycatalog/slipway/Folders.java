package io.unitycatalog.slipway;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folders of tables, in whatever file system they are. */
final class Folders {
    private static final Logger log = LoggerFactory.getLogger(Folders.class);

    private Folders() {}

    /** The same folder written in the same way. */
    static Path qualified(String location) throws IOException {
        var path = new Path(location);
        return path.getFileSystem(conf()).makeQualified(path);
    }

    /** The table is gone already: what cannot be deleted now is no reason to fail. */
    static void delete(String location) {
        if (location.isEmpty()) {
            return;
        }
        try {
            var path = new Path(location);
            path.getFileSystem(conf()).delete(path, true);
        } catch (IOException e) {
            log.warn("the files of a dropped table are left in {}", location, e);
        }
    }

    private static Configuration conf() {
        return SparkSession.active().sparkContext().hadoopConfiguration();
    }
}
