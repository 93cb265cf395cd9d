package io.slipway.driver.files;

import io.slipway.protocol.driver.DriverProtocol;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** How S3A finds the platform's bucket, whatever users say of theirs. */
public final class StoreSettings {
    public static final String SCHEME = DriverProtocol.STORE_SCHEME;
    public static final String ENDPOINT = "fs." + SCHEME + ".endpoint";
    public static final String REGION = "fs." + SCHEME + ".region";

    private static final List<String> OF_USERS = List.of(
            "fs.s3a.access.key",
            "fs.s3a.secret.key",
            "fs.s3a.session.token",
            "fs.s3a.security.credential.provider.path",
            "fs.s3a.delegation.token.binding",
            "fs.s3a.encryption.algorithm",
            "fs.s3a.encryption.key",
            "fs.s3a.server-side-encryption-algorithm",
            "fs.s3a.server-side-encryption.key",
            "fs.s3a.acl.default",
            "fs.s3a.requester.pays.enabled");

    private StoreSettings() {}

    static Configuration of(String bucket, Configuration given) {
        var conf = new Configuration(given);
        OF_USERS.forEach(conf::unset);
        String ofBucket = "fs.s3a.bucket." + bucket + ".";
        conf.getPropsWithPrefix(ofBucket).keySet().forEach(key -> conf.unset(ofBucket + key));
        String endpoint = given.get(ENDPOINT, "");
        conf.set("fs.s3a.endpoint", endpoint);
        conf.set("fs.s3a.endpoint.region", given.get(REGION, "us-east-1"));
        conf.setBoolean("fs.s3a.path.style.access", true);
        conf.setBoolean("fs.s3a.connection.ssl.enabled", endpoint.startsWith("https:"));
        conf.set("fs.s3a.aws.credentials.provider", StoreKeys.class.getName());
        return conf;
    }
}
