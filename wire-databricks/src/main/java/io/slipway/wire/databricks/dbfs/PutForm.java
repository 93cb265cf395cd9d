package io.slipway.wire.databricks.dbfs;

import com.linecorp.armeria.common.multipart.BodyPart;
import com.linecorp.armeria.common.multipart.Multipart;
import io.slipway.content.dbfs.Incoming;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.wire.Request;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * DBFS API 2.0, put as a multipart form: fields {@code path} and {@code overwrite}, and a part with the file's bytes. Parts are read
 * one after the other; the file goes to disk as it arrives. A thread is taken for each write only: while a client stalls, none waits.
 */
final class PutForm {
    private static final int LONGEST_FIELD = 8192;

    private final Map<String, String> fields = new ConcurrentHashMap<>();
    private final Incoming incoming;
    private final Executor blocking;

    private PutForm(Request request, Incoming incoming) {
        this.incoming = incoming;
        this.blocking = request.context().blockingTaskExecutor();
    }

    /** The form's fields; the file is in {@code incoming}. */
    static CompletableFuture<Map<String, String>> read(Request request, Incoming incoming) {
        PutForm form = new PutForm(request, incoming);
        CompletableFuture<?> taken;
        try {
            taken = Multipart.from(request.http()).collect(form::take);
        } catch (IllegalStateException | IllegalArgumentException noForm) {
            taken = CompletableFuture.failedFuture(noForm);
        }
        return taken.handle((parts, failure) -> {
            if (failure != null) {
                throw refused(cause(failure));
            }
            return form.fields;
        });
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause(cause) : failure;
    }

    private static RuntimeException refused(Throwable cause) {
        boolean unreadable = cause instanceof IllegalStateException || cause instanceof IllegalArgumentException;
        if (cause instanceof RuntimeException told && !unreadable) {
            return told;
        }
        return new PlatformException(ErrorCode.MALFORMED_REQUEST, "The multipart form cannot be read.", cause);
    }

    private CompletableFuture<Boolean> take(BodyPart part) {
        String name = String.valueOf(part.name());
        boolean file = part.filename() != null || name.equals("file") || name.equals("contents");
        if (file) {
            return PartReader.read(part, blocking, incoming::write);
        }
        StringBuilder text = new StringBuilder();
        return PartReader.read(part, blocking, piece -> {
                    if (text.length() + piece.length > LONGEST_FIELD) {
                        throw PlatformException.invalid("The field " + name + " of the form is too long.");
                    }
                    text.append(new String(piece, StandardCharsets.ISO_8859_1));
                })
                .thenApply(whole -> {
                    byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
                    fields.put(name, new String(bytes, StandardCharsets.UTF_8));
                    return true;
                });
    }
}
