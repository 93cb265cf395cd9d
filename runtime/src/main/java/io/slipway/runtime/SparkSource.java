package io.slipway.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The source archive of pyspark, which is a whole Spark: {@code deps/jars}, {@code deps/bin} and the Python package. Nothing of it is
 * built or run.
 */
final class SparkSource {
    private final Path file;

    SparkSource(Path file) {
        this.file = file;
    }

    /** Unpacks into {@code jars/}, {@code bin/} and {@code site/} of the runtime; {@code count} hears the unpacked bytes. */
    void unpack(Path runtime, ByteCount count) throws IOException {
        try (TarGz archive = new TarGz(file)) {
            for (Optional<TarGz.Entry> next = archive.next(); next.isPresent(); next = archive.next()) {
                TarGz.Entry entry = next.get();
                Optional<String> place = place(entry.name());
                if (place.isPresent()) {
                    ArchiveEntry.write(archive.content(), runtime, place.get(), entry.executable());
                    count.add(entry.size());
                }
            }
        }
    }

    /** Where {@code pyspark-4.2.1/…} goes; empty for examples, licences and build files. */
    private static Optional<String> place(String name) {
        int slash = name.indexOf('/');
        String root = name.substring(0, Math.max(slash, 0));
        String path = name.substring(slash + 1);
        if (path.startsWith("deps/jars/")) {
            return Optional.of(path.substring("deps/".length()));
        }
        if (path.startsWith("deps/bin/")) {
            return Optional.of(path.substring("deps/".length()));
        }
        if (path.startsWith("pyspark/")) {
            return Optional.of("site/" + path);
        }
        // Tells pip that pyspark is there, so that a library that needs it does not bring a second one.
        return path.equals("pyspark.egg-info/PKG-INFO")
                ? Optional.of("site/" + root + ".dist-info/METADATA")
                : Optional.empty();
    }
}
