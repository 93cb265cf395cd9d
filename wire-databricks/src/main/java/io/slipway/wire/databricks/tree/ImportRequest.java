package io.slipway.wire.databricks.tree;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.ContentDisposition;
import io.slipway.content.tree.Format;
import io.slipway.content.tree.Language;
import io.slipway.wire.Request;
import io.slipway.wire.databricks.Base64Field;
import io.slipway.wire.databricks.FormParser;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Workspace API 2.0, import: as JSON with base64 contents, or as a multipart form of the same names whose {@code content} is the
 * bytes themselves (SDK uploads).
 */
record ImportRequest(
        Optional<String> path,
        Optional<Format> format,
        Optional<Language> language,
        Optional<Boolean> overwrite,
        Optional<byte[]> content) {
    static ImportRequest of(Request request) {
        return request.multipart() ? form(request) : json(request);
    }

    private record Json(
            Optional<String> path,
            Optional<Format> format,
            Optional<Language> language,
            Optional<Boolean> overwrite,
            Optional<String> content) {}

    private static ImportRequest json(Request request) {
        Json json = request.body(Json.class);
        return new ImportRequest(
                json.path(),
                json.format(),
                json.language(),
                json.overwrite(),
                json.content().map(content -> Base64Field.decoded(content, "content")));
    }

    /** A form's fields as JSON, so that they are looked at like those of JSON. */
    private static final class Fields implements FormParser.Parts {
        private final ObjectNode texts = JsonNodeFactory.instance.objectNode();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Optional<byte[]> content = Optional.empty();
        private String name = "";

        @Override
        public void begin(ContentDisposition disposition) {
            name = String.valueOf(disposition.name());
            bytes.reset();
        }

        @Override
        public void data(byte[] piece) {
            bytes.writeBytes(piece);
        }

        @Override
        public void end() {
            if (name.equals("content")) {
                content = Optional.of(bytes.toByteArray());
            } else {
                texts.put(name, bytes.toString(StandardCharsets.UTF_8));
            }
        }
    }

    private static ImportRequest form(Request request) {
        Fields fields = new Fields();
        FormParser parser = new FormParser(FormParser.boundary(request), fields);
        parser.take(request.body().array());
        parser.finish();
        Json json = Request.bind(fields.texts, Json.class);
        return new ImportRequest(json.path(), json.format(), json.language(), json.overwrite(), fields.content);
    }
}
