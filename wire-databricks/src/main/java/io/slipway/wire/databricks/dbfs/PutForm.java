package io.slipway.wire.databricks.dbfs;

import com.linecorp.armeria.common.ContentDisposition;
import io.slipway.content.dbfs.Incoming;
import io.slipway.kit.PlatformException;
import io.slipway.wire.Request;
import io.slipway.wire.databricks.FormParser;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * DBFS API 2.0, put as a multipart form: fields {@code path} and {@code overwrite}, and a part with the file's bytes. Parts are read
 * one after the other; the file goes to disk as it arrives. A thread is taken for each write only: while a client stalls, none waits.
 */
final class PutForm implements FormParser.Parts {
    private static final int LONGEST_FIELD = 8192;

    private final Map<String, String> fields = new HashMap<>();
    private final ByteArrayOutputStream field = new ByteArrayOutputStream();
    private final Incoming incoming;
    private String name = "";
    private boolean file;

    private PutForm(Incoming incoming) {
        this.incoming = incoming;
    }

    /** The form's fields; the file is in {@code incoming}. */
    static CompletableFuture<Map<String, String>> read(Request request, String boundary, Incoming incoming) {
        PutForm form = new PutForm(incoming);
        FormParser parser = new FormParser(boundary, form);
        return PieceReader.read(request.http(), request.context().blockingTaskExecutor(), parser::take)
                .thenApply(whole -> {
                    parser.finish();
                    return form.fields;
                });
    }

    @Override
    public void begin(ContentDisposition disposition) {
        name = String.valueOf(disposition.name());
        file = disposition.filename() != null || name.equals("file") || name.equals("contents");
        field.reset();
    }

    @Override
    public void data(byte[] piece) {
        if (file) {
            incoming.write(piece);
            return;
        }
        if (field.size() + piece.length > LONGEST_FIELD) {
            throw PlatformException.invalid("The field " + name + " of the form is too long.");
        }
        field.writeBytes(piece);
    }

    @Override
    public void end() {
        if (!file) {
            fields.put(name, field.toString(StandardCharsets.UTF_8));
        }
    }
}
