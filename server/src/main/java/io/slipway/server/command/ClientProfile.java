package io.slipway.server.command;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file in which Databricks clients look for hosts and tokens. Only profile {@code [slipway]} is ours; {@code [DEFAULT]} is written
 * where there is none, and kept up to date as long as it says what ours said. Every other line stays as it is.
 */
public final class ClientProfile {
    static final String NAME = "slipway";
    private static final String DEFAULT = "DEFAULT";

    private final Path file;

    ClientProfile(Path file) {
        this.file = file;
    }

    /** {@code DATABRICKS_CONFIG_FILE} if it is set, as clients have it, else {@code ~/.databrickscfg}. */
    public static ClientProfile ofUser() {
        Map<String, String> environment = System.getenv();
        String userHome = environment.getOrDefault("HOME", System.getProperty("user.home", ""));
        return new ClientProfile(Path.of(environment.getOrDefault(
                "DATABRICKS_CONFIG_FILE", Path.of(userHome, ".databrickscfg").toString())));
    }

    Path file() {
        return file;
    }

    /** Writes host and token. Writes nothing if they are there already. */
    public void write(String host, String token) {
        try {
            List<String> before = lines();
            boolean followDefault = profile(before, DEFAULT).isEmpty()
                    || profile(before, DEFAULT).equals(profile(before, NAME));
            List<String> after = with(before, NAME, host, token);
            if (followDefault) {
                after = with(after, DEFAULT, host, token);
            }
            if (!after.equals(before)) {
                // A link, as from a folder of dot files, stays one.
                Path target = Files.exists(file) ? file.toRealPath() : file;
                PrivateFile.write(target, String.join("\n", after) + "\n");
            }
        } catch (IOException e) {
            throw new PlatformException(
                    ErrorCode.UNAVAILABLE, "The profile in " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Host and token of our profile. */
    Optional<Login> read() throws IOException {
        return profile(lines(), NAME);
    }

    record Login(String host, String token) {
        @Override
        public String toString() {
            return "Login[" + host + "]";
        }
    }

    private List<String> lines() throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static Optional<Login> profile(List<String> lines, String name) {
        Optional<Integer> header = header(lines, name);
        if (header.isEmpty()) {
            return Optional.empty();
        }
        List<String> body = lines.subList(header.get() + 1, end(lines, header.get()));
        return Optional.of(new Login(value(body, "host"), value(body, "token")));
    }

    private static String value(List<String> body, String key) {
        return body.stream()
                .filter(line -> isKey(line, key))
                .map(line -> line.substring(line.indexOf('=') + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static boolean isKey(String line, String key) {
        int equals = line.indexOf('=');
        return equals > 0 && line.substring(0, equals).strip().equals(key);
    }

    private static Optional<Integer> header(List<String> lines, String name) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().equals("[" + name + "]")) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static int end(List<String> lines, int header) {
        for (int i = header + 1; i < lines.size(); i++) {
            if (lines.get(i).strip().startsWith("[")) {
                return i;
            }
        }
        return lines.size();
    }

    private static List<String> with(List<String> lines, String name, String host, String token) {
        List<String> own = List.of("host = " + host, "token = " + token);
        List<String> result = new ArrayList<>(lines);
        Optional<Integer> header = header(lines, name);
        if (header.isEmpty()) {
            if (!result.isEmpty() && !result.get(result.size() - 1).isBlank()) {
                result.add("");
            }
            result.add("[" + name + "]");
            result.addAll(own);
            return result;
        }
        List<String> body = result.subList(header.get() + 1, end(lines, header.get()));
        body.removeIf(line -> isKey(line, "host") || isKey(line, "token"));
        body.addAll(0, own);
        return result;
    }
}
