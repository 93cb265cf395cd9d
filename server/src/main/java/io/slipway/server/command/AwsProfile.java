package io.slipway.server.command;

import io.slipway.server.RootKey;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The two files in which clients of AWS look for endpoints and keys. Only what is named {@code slipway}, or like {@code slipway-dev} for
 * another account, is ours: whoever uses AWS itself goes on as before.
 */
final class AwsProfile {
    static final String NAME = "slipway";

    private final ProfileFile config;
    private final ProfileFile credentials;

    AwsProfile(Path config, Path credentials) {
        this(new ProfileFile(config), new ProfileFile(credentials));
    }

    private AwsProfile(ProfileFile config, ProfileFile credentials) {
        this.config = config;
        this.credentials = credentials;
    }

    static AwsProfile ofUser() {
        return new AwsProfile(
                ProfileFile.ofUser("AWS_CONFIG_FILE", ".aws", "config"),
                ProfileFile.ofUser("AWS_SHARED_CREDENTIALS_FILE", ".aws", "credentials"));
    }

    Path file() {
        return config.path();
    }

    /**
     * Writes nothing if all of it is there already.
     *
     * @param name of the profile
     */
    void write(String name, String endpoint, String region, RootKey key) {
        Map<String, String> place = new LinkedHashMap<>();
        place.put("region", region);
        place.put("endpoint_url", endpoint);
        config.change(before -> before.with("profile " + name, place));
        Map<String, String> secrets = new LinkedHashMap<>();
        secrets.put("aws_access_key_id", key.id());
        secrets.put("aws_secret_access_key", key.secret());
        credentials.change(before -> before.with(name, secrets));
    }
}
