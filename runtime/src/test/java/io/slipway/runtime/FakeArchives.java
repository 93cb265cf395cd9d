package io.slipway.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Makes small wheels and source archives. A name that ends with {@code *} is executable. */
final class FakeArchives {
    private FakeArchives() {}

    static byte[] wheel(Path scratch, Map<String, String> files) throws IOException {
        Path zip = Files.createTempFile(scratch, "wheel", ".zip");
        Files.delete(zip);
        try (FileSystem fs =
                FileSystems.newFileSystem(zip, Map.of("create", "true", "enablePosixFileAttributes", "true"))) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                boolean executable = file.getKey().endsWith("*");
                Path entry = fs.getPath("/" + file.getKey().replace("*", ""));
                Files.createDirectories(entry.getParent());
                Files.writeString(entry, file.getValue());
                Files.setPosixFilePermissions(
                        entry, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
        return Files.readAllBytes(zip);
    }

    static byte[] tarGz(Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                boolean executable = file.getKey().endsWith("*");
                String name = file.getKey().replace("*", "");
                if (name.length() >= 100) {
                    String record = " path=" + name + "\n";
                    int length = record.length() + 3;
                    entry(out, "pax", 'x', (length + record).getBytes(StandardCharsets.UTF_8), 0644);
                    name = name.substring(0, 90);
                }
                entry(out, name, '0', file.getValue().getBytes(StandardCharsets.UTF_8), executable ? 0755 : 0644);
            }
            out.write(new byte[1024]);
        }
        return bytes.toByteArray();
    }

    private static void entry(GZIPOutputStream out, String name, char type, byte[] content, int mode)
            throws IOException {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, String.format("%07o", mode));
        put(header, 124, String.format("%011o", content.length));
        header[156] = (byte) type;
        put(header, 257, "ustar");
        out.write(header);
        out.write(content);
        out.write(new byte[(512 - content.length % 512) % 512]);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
