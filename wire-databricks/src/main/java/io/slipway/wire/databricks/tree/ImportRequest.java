package io.slipway.wire.databricks.tree;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.multipart.AggregatedBodyPart;
import com.linecorp.armeria.common.multipart.Multipart;
import io.slipway.content.tree.Format;
import io.slipway.content.tree.Language;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.wire.Request;
import io.slipway.wire.databricks.Base64Field;
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

    private static ImportRequest form(Request request) {
        HttpRequest whole = HttpRequest.of(request.headers(), request.body());
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        Optional<byte[]> content = Optional.empty();
        try {
            for (AggregatedBodyPart part :
                    Multipart.from(whole).aggregate().join().bodyParts()) {
                String name = String.valueOf(part.name());
                if (name.equals("content")) {
                    content = Optional.of(part.content().array());
                } else {
                    fields.put(name, part.contentUtf8());
                }
            }
        } catch (RuntimeException e) {
            throw new PlatformException(ErrorCode.MALFORMED_REQUEST, "The multipart form cannot be read.", e);
        }
        Json json = Request.bind(fields, Json.class);
        return new ImportRequest(json.path(), json.format(), json.language(), json.overwrite(), content);
    }
}
