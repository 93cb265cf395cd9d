package io.slipway.server;

import io.slipway.kit.Ids;
import io.slipway.kit.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.UUID;

/** The platform's folder: secrets and what tells this installation from others. */
public final class Home {
    private static final int KEY_BYTES = 32;

    private final byte[] key;

    /** Makes the folder and the platform's key at the first start, and takes both from everybody but their owner at each. */
    public Home(Path folder, Ids ids) {
        try {
            PrivateFile.folder(folder);
            PrivateFile.folder(folder.resolve("data"));
            PrivateFile.folder(folder.resolve("logs"));
            Path file = folder.resolve("secret.key");
            if (!Files.exists(file)) {
                PrivateFile.write(file, HexFormat.of().formatHex(ids.secret(KEY_BYTES)));
            }
            key = HexFormat.of().parseHex(Files.readString(file).trim());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the folder " + folder, e);
        }
    }

    byte[] key() {
        return key.clone();
    }

    /** Always the same for this installation. */
    String accountId() {
        return UUID.nameUUIDFromBytes(
                        HexFormat.of().formatHex(key).substring(0, 8).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
