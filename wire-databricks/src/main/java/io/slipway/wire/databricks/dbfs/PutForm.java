package io.slipway.wire.databricks.dbfs;

import com.linecorp.armeria.common.multipart.BodyPart;
import com.linecorp.armeria.common.multipart.Multipart;
import io.netty.util.concurrent.EventExecutor;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.platform.storage.Incoming;
import io.slipway.wire.Request;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * DBFS API 2.0, put as a multipart form: fields {@code path} and {@code overwrite}, and a part with the file's bytes. Parts are read
 * one after the other; the file goes to disk as it arrives.
 */
final class PutForm {
    private static final int LONGEST_FIELD = 8192;
    private static final int PIECE = 1 << 16;

    private final Map<String, String> fields = new ConcurrentHashMap<>();
    private final Incoming incoming;
    private final Executor executor;

    private final EventExecutor loop;

    private PutForm(Request request, Incoming incoming) {
        this.incoming = incoming;
        this.executor = request.context().blockingTaskExecutor();
        this.loop = request.context().eventLoop();
    }

    /** The form's fields; the file is in {@code incoming}. */
    static Map<String, String> read(Request request, Incoming incoming) {
        PutForm form = new PutForm(request, incoming);
        try {
            Multipart.from(request.http()).collect(form::take).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof PlatformException refused) {
                throw refused;
            }
            throw new PlatformException(ErrorCode.MALFORMED_REQUEST, "The multipart form cannot be read.", e);
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new PlatformException(ErrorCode.MALFORMED_REQUEST, "The multipart form cannot be read.", e);
        }
        return form.fields;
    }

    private CompletableFuture<Boolean> take(BodyPart part) {
        String name = String.valueOf(part.name());
        boolean file = part.filename() != null || name.equals("file") || name.equals("contents");
        InputStream content = part.content().toInputStream(data -> data, loop);
        return CompletableFuture.supplyAsync(
                () -> {
                    try (content) {
                        if (file) {
                            store(content);
                        } else {
                            fields.put(name, new String(content.readNBytes(LONGEST_FIELD), StandardCharsets.UTF_8));
                        }
                        return true;
                    } catch (IOException e) {
                        throw new PlatformException(ErrorCode.MALFORMED_REQUEST, "The upload was cut off.", e);
                    }
                },
                executor);
    }

    private void store(InputStream content) throws IOException {
        for (byte[] piece = content.readNBytes(PIECE); piece.length > 0; piece = content.readNBytes(PIECE)) {
            incoming.write(piece);
        }
    }
}
