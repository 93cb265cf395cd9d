package io.slipway.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operating system's processes. On Linux from {@code /proc} (proc(5)); elsewhere only parents and children are known, from
 * {@link ProcessHandle}, and marks cannot be read.
 */
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");
    private static final boolean LINUX = Files.isReadable(PROC.resolve("self/stat"));

    /** Linux tells times to programs in hundredths of a second (time(7), USER_HZ). */
    private static final long TICK_MILLIS = 10;

    private static final Pattern LOCK_LIMIT = Pattern.compile("^Max file locks +(\\d{1,18}) ", Pattern.MULTILINE);

    private ProcessTable() {}

    /**
     * A living process; zombies are not listed.
     *
     * @param birth start time, comparable on one boot of one machine only
     */
    record Entry(long pid, long parent, long session, String birth) {}

    /**
     * What a process has used.
     *
     * @param birth as in {@link Entry}
     * @param cpuMillis since it began
     * @param memoryBytes resident now; pages that it shares are counted for each that has them
     */
    record Usage(String birth, long cpuMillis, long memoryBytes) {}

    /** Empty for a process that is gone, and where the system does not tell. */
    static Optional<Usage> usage(long pid) {
        if (!LINUX) {
            return Optional.empty();
        }
        try {
            String stat = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            long resident = 0;
            for (String line : Files.readAllLines(PROC.resolve(pid + "/status"), StandardCharsets.ISO_8859_1)) {
                if (line.startsWith("VmRSS:")) {
                    resident = Long.parseLong(line.replaceAll("\\D", "")) << 10;
                }
            }
            return usage(stat, resident);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Optional<Usage> usage(String stat, long resident) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        if (fields.length < 20) {
            return Optional.empty();
        }
        long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        return Optional.of(new Usage(fields[19], ticks * TICK_MILLIS, resident));
    }

    static Optional<Entry> find(long pid) {
        if (!LINUX) {
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).map(ProcessTable::foreign);
        }
        try {
            return parse(Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static List<Entry> all() {
        if (!LINUX) {
            return ProcessHandle.allProcesses().map(ProcessTable::foreign).toList();
        }
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path folder : folders) {
                find(Long.parseLong(folder.getFileName().toString())).ifPresent(entries::add);
            }
        } catch (DirectoryIteratorException | IOException e) {
            throw new UncheckedIOException(new IOException("/proc cannot be read", e));
        }
        return entries;
    }

    /** What the process was started with; empty for other users' processes and where the system does not tell. */
    static Map<String, String> environment(long pid) {
        if (!LINUX) {
            return Map.of();
        }
        try {
            byte[] bytes = Files.readAllBytes(PROC.resolve(pid + "/environ"));
            Map<String, String> environment = new HashMap<>();
            for (String variable : new String(bytes, StandardCharsets.UTF_8).split("\0")) {
                int equals = variable.indexOf('=');
                if (equals > 0) {
                    environment.putIfAbsent(variable.substring(0, equals), variable.substring(equals + 1));
                }
            }
            return environment;
        } catch (IOException e) {
            return Map.of();
        }
    }

    /** The soft limit of file locks; empty if there is none, and where the system does not tell. */
    static OptionalLong lockLimit(long pid) {
        if (!LINUX) {
            return OptionalLong.empty();
        }
        try {
            return lockLimit(Files.readString(PROC.resolve(pid + "/limits"), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    static OptionalLong lockLimit(String limits) {
        Matcher limit = LOCK_LIMIT.matcher(limits);
        return limit.find() ? OptionalLong.of(Long.parseLong(limit.group(1))) : OptionalLong.empty();
    }

    /**
     * Takes a line of {@code /proc/<pid>/stat} apart. The program's name, in brackets, may hold anything, so fields are counted from
     * the last bracket.
     */
    static Optional<Entry> parse(String stat) {
        int bracket = stat.lastIndexOf(')');
        if (bracket < 0) {
            return Optional.empty();
        }
        String[] fields = stat.substring(bracket + 2).strip().split(" ");
        if (fields.length < 20 || fields[0].equals("Z") || fields[0].equals("X")) {
            return Optional.empty();
        }
        long pid = Long.parseLong(stat.substring(0, stat.indexOf(' ')));
        return Optional.of(new Entry(pid, Long.parseLong(fields[1]), Long.parseLong(fields[3]), fields[19]));
    }

    private static Entry foreign(ProcessHandle process) {
        String birth = process.info().startInstant().map(Object::toString).orElse("");
        return new Entry(process.pid(), process.parent().map(ProcessHandle::pid).orElse(0L), 0, birth);
    }
}
