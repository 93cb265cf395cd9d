package io.slipway.object.bucket;

import io.slipway.object.fault.S3Fault;
import java.util.List;
import java.util.regex.Pattern;

/** How buckets may be called (S3 user guide, bucket naming rules). */
final class BucketName {
    private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9.-]{1,61})[a-z0-9]");
    private static final Pattern ADDRESS = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+");
    private static final List<String> NOT_BEFORE = List.of("xn--", "sthree-", "amzn-s3-demo-");
    private static final List<String> NOT_BEHIND = List.of("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3");

    private BucketName() {}

    static void check(String name) {
        boolean good = FORM.matcher(name).matches()
                && !ADDRESS.matcher(name).matches()
                && !name.contains("..")
                && NOT_BEFORE.stream().noneMatch(name::startsWith)
                && NOT_BEHIND.stream().noneMatch(name::endsWith);
        if (!good) {
            throw S3Fault.of(400, "InvalidBucketName", "The specified bucket is not valid.")
                    .with("BucketName", name)
                    .exception();
        }
    }
}
