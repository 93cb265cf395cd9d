package io.slipway.identity.audit;

import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the audit log: {@code 2026-11-28.jsonl}, and when that is large {@code 2026-11-28.2.jsonl} and so on, by the days of UTC.
 * A line that {@link #append} has taken is the operating system's: the end of this process loses none, the loss of power about a second.
 */
final class AuditFiles implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AuditFiles.class);
    static final long LARGEST = 256L << 20;

    private static final Pattern NAME = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(?:\\.(\\d{1,9}))?\\.jsonl");

    private final Path folder;
    private final Clock clock;
    private final long largest;
    private Optional<Current> current = Optional.empty();
    private boolean unsynced;
    private boolean closed;

    /** @param number counts the files of one day, from 1 */
    private record Name(LocalDate day, int number) implements Comparable<Name> {
        private static final Comparator<Name> ORDER =
                Comparator.comparing(Name::day).thenComparing(Name::number);

        static Optional<Name> of(String text) {
            Matcher matcher = NAME.matcher(text);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            return Optional.of(new Name(
                    LocalDate.parse(matcher.group(1)),
                    matcher.group(2) == null ? 1 : Integer.parseInt(matcher.group(2))));
        }

        @Override
        public int compareTo(Name other) {
            return ORDER.compare(this, other);
        }

        @Override
        public String toString() {
            return day + (number == 1 ? "" : "." + number) + ".jsonl";
        }
    }

    /** Where a reader is: behind so many bytes of a file. The empty name is before the first one. */
    record Position(String file, long bytes) {
        static final Position START = new Position("", 0);
    }

    /** @param lines whole ones, without the new line */
    record Piece(List<String> lines, Position next) {}

    /** The file that grows. */
    private static final class Current {
        final Name name;
        final FileChannel channel;
        long size;

        Current(Name name, FileChannel channel) throws IOException {
            this.name = name;
            this.channel = channel;
            size = channel.size();
        }
    }

    AuditFiles(Path folder, Clock clock, long largest) {
        this.folder = folder;
        this.clock = clock;
        this.largest = largest;
        try {
            PrivateFile.folder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the folder " + folder, e);
        }
    }

    /**
     * Adds a line; it is there whole or not at all.
     *
     * @param line with the new line at its end
     * @throws PlatformException UNAVAILABLE if it cannot be written
     */
    synchronized void append(byte[] line) {
        try {
            Current file = open();
            try {
                ByteBuffer left = ByteBuffer.wrap(line);
                while (left.hasRemaining()) {
                    int unused = file.channel.write(left);
                }
                file.size += line.length;
                unsynced = true;
            } catch (IOException e) {
                takeBack(file);
                throw e;
            }
        } catch (IOException e) {
            throw new PlatformException(
                    ErrorCode.UNAVAILABLE,
                    "The audit log cannot be written: " + e.getMessage()
                            + ". Nothing is changed while nobody can see who did it.",
                    e);
        }
    }

    /** Half a line is no line. What cannot even be taken back is closed, and the next file begins with a look at its end. */
    private void takeBack(Current file) throws IOException {
        try {
            FileChannel unused = file.channel.truncate(file.size);
        } catch (IOException e) {
            current = Optional.empty();
            file.channel.close();
        }
    }

    private Current open() throws IOException {
        if (closed) {
            throw new IOException("the server is ending");
        }
        LocalDate today = LocalDate.ofInstant(Instant.ofEpochMilli(clock.millis()), ZoneOffset.UTC);
        if (current.isPresent()) {
            Current file = current.get();
            // A clock that was set back writes into the file that there is.
            boolean full = file.size >= largest;
            if (!full && !today.isAfter(file.name.day())) {
                return file;
            }
            put();
            LocalDate day = today.isAfter(file.name.day()) ? today : file.name.day();
            return opened(
                    full && day.equals(file.name.day()) ? new Name(day, file.name.number() + 1) : new Name(day, 1));
        }
        List<Name> all = names();
        Name last = all.isEmpty() ? new Name(today, 1) : all.get(all.size() - 1);
        return opened(today.isAfter(last.day()) ? new Name(today, 1) : last);
    }

    private Current opened(Name name) throws IOException {
        Path path = folder.resolve(name.toString());
        PrivateFile.touch(path);
        FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        Current file = new Current(name, channel);
        if (file.size > 0 && lastByte(path, file.size) != '\n') {
            // A server that was killed has left half a line: what comes must not stand behind it.
            file.size += channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
        }
        current = Optional.of(file);
        return file;
    }

    private static int lastByte(Path path, long size) throws IOException {
        try (FileChannel reading = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            return reading.read(one, size - 1) == 1 ? one.get(0) : -1;
        }
    }

    /** What was taken survives the loss of power from now on. */
    void sync() throws IOException {
        Optional<Current> file = dirty();
        if (file.isPresent()) {
            // Not within the lock: lines go on being taken while the disk works.
            file.get().channel.force(false);
        }
    }

    private synchronized Optional<Current> dirty() {
        Optional<Current> file = unsynced ? current : Optional.empty();
        unsynced = false;
        return file;
    }

    /** Whole lines from here on, of about so many bytes; none if there are no more. */
    Piece read(Position from, int most) throws IOException {
        Optional<Name> at = Name.of(from.file());
        for (Name name : names()) {
            int order = at.map(name::compareTo).orElse(1);
            if (order < 0) {
                continue;
            }
            long start = order == 0 ? from.bytes() : 0;
            Piece piece = read(name, start, most);
            if (!piece.lines().isEmpty() || piece.next().bytes() != start) {
                return piece;
            }
        }
        return new Piece(List.of(), from);
    }

    private Piece read(Name name, long start, int most) throws IOException {
        byte[] bytes;
        try (FileChannel channel = FileChannel.open(folder.resolve(name.toString()), StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(0, Math.min(most, channel.size() - start)));
            int count = 0;
            while (buffer.hasRemaining() && count >= 0) {
                count = channel.read(buffer, start + buffer.position());
            }
            bytes = Arrays.copyOf(buffer.array(), buffer.position());
        }
        List<String> lines = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                lines.add(new String(bytes, begin, i - begin, StandardCharsets.UTF_8));
                begin = i + 1;
            }
        }
        return new Piece(lines, new Position(name.toString(), start + begin));
    }

    /** In their order. */
    private List<Name> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.flatMap(file -> Name.of(String.valueOf(file.getFileName())).stream())
                    .sorted()
                    .toList();
        }
    }

    /** Deletes the files of days before this moment that a reader at {@code read} has behind them. */
    void forget(long before, Position read) throws IOException {
        LocalDate first = LocalDate.ofInstant(Instant.ofEpochMilli(before), ZoneOffset.UTC);
        Optional<Name> at = Name.of(read.file());
        for (Name name : names()) {
            if (name.day().isBefore(first)
                    && at.filter(here -> name.compareTo(here) < 0).isPresent()) {
                Files.delete(folder.resolve(name.toString()));
                log.info("deleted {}: it is older than the audit log is kept", name);
            }
        }
    }

    /** Nothing is taken any more. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        put();
    }

    /** Closes the file that grows; another one is next. */
    private void put() throws IOException {
        if (current.isPresent()) {
            FileChannel channel = current.get().channel;
            current = Optional.empty();
            channel.force(false);
            channel.close();
        }
    }
}
