package io.slipway.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.iam.IamArea;
import io.slipway.iam.Key;
import io.slipway.iam.policy.AccountId;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrivateFile;
import io.slipway.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access key with which whoever runs the platform comes to its services of AWS: that of the first account's root, in a file of the
 * home, as the admin's token is.
 */
public record RootKey(String id, String secret) {
    private static final Logger log = LoggerFactory.getLogger(RootKey.class);

    private static Path file(Path home) {
        return home.resolve("aws.key");
    }

    /** Empty: there is none. */
    public static Optional<RootKey> read(Path home) throws IOException {
        if (!Files.exists(file(home))) {
            return Optional.empty();
        }
        JsonNode json = Json.read(Files.readString(file(home)), JsonNode.class);
        return Optional.of(
                new RootKey(json.path("id").asText(), json.path("secret").asText()));
    }

    /**
     * Makes one unless that of the file is good. A root has two keys at most: whoever lost the file twice deletes one of them, and until
     * then the platform runs without it.
     */
    static void write(Path home, IamArea iam) throws IOException {
        boolean good = read(home)
                .flatMap(known -> iam.key(known.id()).filter(key -> key.secret().equals(known.secret())))
                .isPresent();
        if (!good) {
            AccountId account = iam.accounts().bootstrap().id();
            try {
                Key key = iam.accounts().createRootKey(account);
                PrivateFile.write(file(home), Json.write(Map.of("id", key.id(), "secret", key.secret())));
            } catch (PlatformException e) {
                log.warn("no key for clients of AWS: {}", e.message());
                Files.deleteIfExists(file(home));
            }
        }
    }

    @Override
    public String toString() {
        return "RootKey[" + id + "]";
    }
}
