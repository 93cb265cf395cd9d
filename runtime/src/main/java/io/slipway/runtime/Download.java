package io.slipway.runtime;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * One file on its way into the store. What has arrived stays in {@code <blob>.part} over cut connections and killed processes, and
 * the next attempt asks only for the rest. The blob gets its name after its hash was checked.
 */
final class Download {
    /** Ends the name of a blob that is not whole. */
    static final String PART = ".part";

    /** Failures in a row without a single new byte in between. */
    private static final int ATTEMPTS = 6;

    private final PackageIndex index;
    private final Artefact artefact;
    private final Path blob;
    private final Path part;
    private final ByteCount count;
    private final Backoff backoff;

    Download(PackageIndex index, Artefact artefact, Path blob, ByteCount count, Backoff backoff) {
        this.index = index;
        this.artefact = artefact;
        this.blob = blob;
        this.part = blob.resolveSibling(blob.getFileName() + PART);
        this.count = count;
        this.backoff = backoff;
    }

    /**
     * Brings the file.
     *
     * @throws NotAsPinned if the index offers something else under this name
     */
    void run() throws IOException, InterruptedException {
        count.add(have());
        int failures = 0;
        boolean damagedBefore = false;
        while (true) {
            long before = have();
            try {
                if (before < artefact.size()) {
                    transfer(before);
                }
                accept();
                return;
            } catch (NotAsPinned e) {
                // A resumed file may have been damaged before; a fresh one that is wrong is wrong for good.
                if (damagedBefore || before == 0) {
                    throw e;
                }
                damagedBefore = true;
            } catch (FileNotFoundException e) {
                throw e;
            } catch (IOException e) {
                if (e instanceof HttpFailure failure && !failure.passing()) {
                    throw e;
                }
                failures = have() > before ? 1 : failures + 1;
                if (failures >= ATTEMPTS) {
                    throw e;
                }
                backoff.pause(failures);
            }
        }
    }

    private long have() throws IOException {
        return Files.exists(part) ? Files.size(part) : 0;
    }

    private void transfer(long offset) throws IOException {
        HttpURLConnection connection = index.open(index.locate(artefact));
        if (offset > 0) {
            connection.setRequestProperty("Range", "bytes=" + offset + "-");
        }
        int status = connection.getResponseCode();
        boolean resumed = status == HttpURLConnection.HTTP_PARTIAL
                && String.valueOf(connection.getHeaderField("Content-Range")).startsWith("bytes " + offset + "-");
        if (status != HttpURLConnection.HTTP_OK && !resumed) {
            connection.disconnect();
            if (offset > 0 && (status == 416 || status == HttpURLConnection.HTTP_PARTIAL)) {
                discard();
            }
            throw new HttpFailure(
                    status == 416 ? 503 : status,
                    "answer " + status + " for " + artefact.file() + " from byte " + offset);
        }
        if (!resumed) {
            discard();
        }
        long length = connection.getContentLengthLong();
        long whole = length + (resumed ? offset : 0);
        if (length >= 0 && whole != artefact.size()) {
            connection.disconnect();
            throw new NotAsPinned(artefact.file(), "length", whole, artefact.size());
        }
        try (InputStream in = connection.getInputStream();
                FileChannel out = FileChannel.open(
                        part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            copy(in, out, resumed ? offset : 0);
        } finally {
            connection.disconnect();
        }
    }

    private void copy(InputStream in, FileChannel out, long from) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long at = from;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
            while (bytes.hasRemaining()) {
                out.write(bytes); // an interrupt closes the channel and ends the download here
            }
            at += n;
            count.add(n);
            if (at > artefact.size()) {
                return; // longer than pinned: the hash check will refuse it
            }
        }
        if (at < artefact.size()) {
            throw new IOException(artefact.file() + " was cut after " + at + " of " + artefact.size() + " bytes");
        }
    }

    private void accept() throws IOException {
        String found = Sha256.of(part);
        if (!found.equals(artefact.sha256())) {
            discard();
            throw new NotAsPinned(artefact.file(), "SHA-256", found, artefact.sha256());
        }
        Files.move(part, blob, StandardCopyOption.ATOMIC_MOVE);
    }

    private void discard() throws IOException {
        count.add(-have());
        Files.deleteIfExists(part);
    }
}
