package io.slipway.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.iam.Account;
import io.slipway.iam.IamArea;
import io.slipway.iam.Key;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrivateFile;
import io.slipway.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access key with which whoever runs the platform comes to its services of AWS: that of the first account's root, in a file of the
 * home, as the admin's token is. Other accounts have files of their own.
 */
public record RootKey(String id, String secret) {
    private static final Logger log = LoggerFactory.getLogger(RootKey.class);

    /** Where the key of the first account's root is. */
    public static Path file(Path home) {
        return home.resolve("aws.key");
    }

    /** Where that of another account is. */
    public static Path file(Path home, String account) {
        return home.resolve("aws-" + account + ".key");
    }

    /** That of the first account's root; empty: there is none. */
    public static Optional<RootKey> read(Path home) throws IOException {
        return readFrom(file(home));
    }

    /** That of another account's root; empty: there is none. */
    public static Optional<RootKey> read(Path home, String account) throws IOException {
        return readFrom(file(home, account));
    }

    private static Optional<RootKey> readFrom(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        JsonNode json = Json.read(Files.readString(file), JsonNode.class);
        return Optional.of(
                new RootKey(json.path("id").asText(), json.path("secret").asText()));
    }

    /** One for each account: the first, and those of the settings, which are made if they are not there. */
    static void writeAll(Path home, List<String> others, IamArea iam) throws IOException {
        write(file(home), iam.accounts().bootstrap(), iam);
        for (String name : others) {
            write(file(home, name), iam.accounts().named(name), iam);
        }
    }

    /**
     * Makes one unless that of the file is good. A root has two keys at most: whoever lost the file twice deletes one of them, and until
     * then the platform runs without it.
     */
    private static void write(Path file, Account account, IamArea iam) throws IOException {
        boolean good = readFrom(file)
                .flatMap(known -> iam.key(known.id()).filter(key -> key.secret().equals(known.secret())))
                .isPresent();
        if (!good) {
            try {
                Key key = iam.accounts().createRootKey(account.id());
                PrivateFile.write(file, Json.write(Map.of("id", key.id(), "secret", key.secret())));
            } catch (PlatformException e) {
                log.warn("no key for clients of AWS: {}", e.message());
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public String toString() {
        return "RootKey[" + id + "]";
    }
}
