package io.slipway.server.command;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A file in which clients keep what they need of several servers, a section for each. Every line that nobody changes stays as it is. */
record ProfileFile(Path path) {
    /** Of the user who runs this, where the variable does not name another one, as clients have it. */
    static ProfileFile ofUser(String variable, String... belowHome) {
        Map<String, String> environment = System.getenv();
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", ""));
        return new ProfileFile(Path.of(Optional.ofNullable(environment.get(variable))
                .filter(text -> !text.isEmpty())
                .orElseGet(() -> Path.of(home, belowHome).toString())));
    }

    Lines read() throws IOException {
        return new Lines(Files.exists(path) ? Files.readAllLines(path) : List.of());
    }

    /** Only its owner can read it then. Writes nothing where nothing changes. */
    void change(UnaryOperator<Lines> how) {
        try {
            Lines before = read();
            Lines after = how.apply(before);
            if (!after.equals(before)) {
                Files.createDirectories(path.toAbsolutePath().getParent());
                // A link, as from a folder of dot files, stays one.
                Path target = Files.exists(path) ? path.toRealPath() : path;
                PrivateFile.write(target, String.join("\n", after.all()) + "\n");
            }
        } catch (IOException e) {
            throw new PlatformException(
                    ErrorCode.UNAVAILABLE, "The profile in " + path + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** What is in the file. */
    record Lines(List<String> all) {
        Lines {
            all = List.copyOf(all);
        }

        /** The keys of a section; empty: it is not there. */
        Optional<Map<String, String>> section(String name) {
            return header(name).map(header -> {
                Map<String, String> values = new LinkedHashMap<>();
                for (String line : all.subList(header + 1, end(header))) {
                    key(line)
                            .ifPresent(key -> values.putIfAbsent(
                                    key, line.substring(line.indexOf('=') + 1).strip()));
                }
                return values;
            });
        }

        /** With these keys in the section, in front of its others; a new one comes last. */
        Lines with(String name, Map<String, String> values) {
            List<String> own = values.entrySet().stream()
                    .map(entry -> entry.getKey() + " = " + entry.getValue())
                    .toList();
            List<String> result = new ArrayList<>(all);
            Optional<Integer> header = header(name);
            if (header.isEmpty()) {
                if (!result.isEmpty() && !result.get(result.size() - 1).isBlank()) {
                    result.add("");
                }
                result.add("[" + name + "]");
                result.addAll(own);
            } else {
                List<String> body = result.subList(header.get() + 1, end(header.get()));
                body.removeIf(line -> key(line).filter(values::containsKey).isPresent());
                body.addAll(0, own);
            }
            return new Lines(result);
        }

        private Optional<Integer> header(String name) {
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i).strip().equals("[" + name + "]")) {
                    return Optional.of(i);
                }
            }
            return Optional.empty();
        }

        private int end(int header) {
            for (int i = header + 1; i < all.size(); i++) {
                if (all.get(i).strip().startsWith("[")) {
                    return i;
                }
            }
            return all.size();
        }

        /** Indented lines belong to the key above them. */
        private static Optional<String> key(String line) {
            int equals = line.indexOf('=');
            return equals > 0 && !Character.isWhitespace(line.charAt(0))
                    ? Optional.of(line.substring(0, equals).strip())
                    : Optional.empty();
        }
    }
}
