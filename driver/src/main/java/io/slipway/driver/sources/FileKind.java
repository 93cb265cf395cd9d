package io.slipway.driver.sources;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** Finds out which format files have: by how their names end, else by how they begin. */
final class FileKind {
    private static final Map<String, String> ENDINGS = Map.ofEntries(
            Map.entry("json", "json"),
            Map.entry("jsonl", "json"),
            Map.entry("ndjson", "json"),
            Map.entry("csv", "csv"),
            Map.entry("xml", "xml"),
            Map.entry("parquet", "parquet"),
            Map.entry("avro", "avro"),
            Map.entry("orc", "orc"),
            Map.entry("txt", "text"),
            Map.entry("text", "text"));

    private FileKind() {}

    static Optional<String> of(List<FileEntry> files, Configuration conf) throws IOException {
        for (FileEntry file : files) {
            if (file.size() > 0) {
                var path = new Path(file.path());
                Optional<String> named = byName(path.getName());
                return named.isPresent() ? named : byContent(path, conf);
            }
        }
        return Optional.empty();
    }

    /** How a file is compressed stands behind its format. */
    private static Optional<String> byName(String name) {
        String[] parts = name.toLowerCase(Locale.ROOT).split("\\.", -1);
        for (int i = parts.length - 1; i > Math.max(0, parts.length - 3); i--) {
            String format = ENDINGS.get(parts[i]);
            if (format != null) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> byContent(Path path, Configuration conf) throws IOException {
        CompressionCodec codec = new CompressionCodecFactory(conf).getCodec(path);
        try (InputStream raw = path.getFileSystem(conf).open(path);
                InputStream in = codec == null ? raw : codec.createInputStream(raw)) {
            String begin = new String(in.readNBytes(512), StandardCharsets.ISO_8859_1);
            if (begin.startsWith("PAR1")) {
                return Optional.of("parquet");
            }
            if (begin.startsWith("Obj\u0001")) {
                return Optional.of("avro");
            }
            if (begin.startsWith("ORC")) {
                return Optional.of("orc");
            }
            String text = begin.strip();
            if (text.startsWith("{") || text.startsWith("[")) {
                return Optional.of("json");
            }
            return text.startsWith("<") ? Optional.of("xml") : Optional.empty();
        }
    }
}
