package io.slipway.server.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The file in which Databricks clients look for hosts and tokens. Only profile {@code [slipway]} is ours; {@code [DEFAULT]} is written
 * where there is none, and kept up to date as long as it says what ours said.
 */
public final class ClientProfile {
    static final String NAME = "slipway";
    private static final String DEFAULT = "DEFAULT";

    private final ProfileFile file;

    ClientProfile(Path file) {
        this(new ProfileFile(file));
    }

    private ClientProfile(ProfileFile file) {
        this.file = file;
    }

    public static ClientProfile ofUser() {
        return new ClientProfile(ProfileFile.ofUser("DATABRICKS_CONFIG_FILE", ".databrickscfg"));
    }

    Path file() {
        return file.path();
    }

    /** Writes host and token. Writes nothing if they are there already. */
    public void write(String host, String token) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("host", host);
        values.put("token", token);
        file.change(before -> {
            Optional<Login> login = login(before, DEFAULT);
            boolean followDefault = login.isEmpty() || login.equals(login(before, NAME));
            ProfileFile.Lines after = before.with(NAME, values);
            return followDefault ? after.with(DEFAULT, values) : after;
        });
    }

    /** Host and token of our profile. */
    Optional<Login> read() throws IOException {
        return login(file.read(), NAME);
    }

    record Login(String host, String token) {
        @Override
        public String toString() {
            return "Login[" + host + "]";
        }
    }

    private static Optional<Login> login(ProfileFile.Lines lines, String name) {
        return lines.section(name)
                .map(values -> new Login(values.getOrDefault("host", ""), values.getOrDefault("token", "")));
    }
}
