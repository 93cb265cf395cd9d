package io.slipway.driver.sources;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.Scanner;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** The first line of a CSV file that says something. */
final class CsvHeader {
    private CsvHeader() {}

    static String of(String file, Options options, Configuration conf) throws IOException {
        var path = new Path(file);
        CompressionCodec codec = new CompressionCodecFactory(conf).getCodec(path);
        Charset charset = Charset.forName(
                options.get("encoding").or(() -> options.get("charset")).orElse("UTF-8"));
        Optional<String> comment = options.get("comment");
        try (InputStream raw = path.getFileSystem(conf).open(path);
                var lines = new Scanner(codec == null ? raw : codec.createInputStream(raw), charset)) {
            lines.useDelimiter(options.get("lineSep").map(Pattern::quote).orElse("\r\n|\n|\r"));
            while (lines.hasNext()) {
                String line = withoutMark(lines.next());
                if (!isNothing(line, comment)) {
                    return line;
                }
            }
            return "";
        }
    }

    static boolean isNothing(String line, Optional<String> comment) {
        return line.isBlank() || (comment.isPresent() && line.stripLeading().startsWith(comment.get()));
    }

    static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
