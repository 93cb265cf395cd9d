package io.slipway.driver.files;

import io.delta.storage.HadoopFileSystemLogStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Delta commits on S3, safe between clusters: a commit is put only if its version is not there, and S3 decides who was first. Delta's own
 * store asks before it puts, so that two clusters can both win.
 */
public final class S3LogStore extends HadoopFileSystemLogStore {
    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;
    private static final int MOST_CONFLICTS = 10;

    public S3LogStore(Configuration conf) {
        super(conf);
    }

    @Override
    public void write(Path path, Iterator<String> actions, Boolean overwrite, Configuration conf) throws IOException {
        var text = new CommitText(path);
        var bytes = new ByteArrayOutputStream();
        try (var writer = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
            text.write(actions, writer);
        }
        put(path, bytes.toByteArray(), overwrite, conf);
        text.committed();
    }

    private static void put(Path path, byte[] body, boolean overwrite, Configuration conf) throws IOException {
        FileSystem system = path.getFileSystem(conf);
        S3Client s3 = ((S3AFileSystem) system).getS3AInternals().getAmazonS3Client("commit of Delta");
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(path.toUri().getHost())
                .key(path.toUri().getPath().substring(1));
        if (!overwrite) {
            request.ifNoneMatch("*");
        }
        for (int conflicts = 0; ; conflicts++) {
            try {
                s3.putObject(request.build(), RequestBody.fromBytes(body));
                return;
            } catch (S3Exception e) {
                if (e.statusCode() == PRECONDITION_FAILED) {
                    if (isThere(system, path, body)) {
                        return;
                    }
                    throw new FileAlreadyExistsException(path.toString());
                }
                // Somebody else puts it at this moment; who was first is known when it is asked again.
                if (e.statusCode() != CONFLICT || conflicts == MOST_CONFLICTS) {
                    throw new IOException("cannot commit " + path + ": " + e.getMessage(), e);
                }
            } catch (SdkException e) {
                throw new IOException("cannot commit " + path + ": " + e.getMessage(), e);
            }
        }
    }

    /** Whether it was us after all: an answer that was lost is asked for again by the client. Each commit has a number of its own in it. */
    private static boolean isThere(FileSystem system, Path path, byte[] body) throws IOException {
        if (system.getFileStatus(path).getLen() != body.length) {
            return false;
        }
        try (var in = system.open(path)) {
            return Arrays.equals(in.readAllBytes(), body);
        }
    }

    @Override
    public Boolean isPartialWriteVisible(Path path, Configuration conf) {
        return false;
    }
}
