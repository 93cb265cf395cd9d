package io.slipway.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.platform.identity.Caller;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One request as its credentials and then its route see it, on a thread that may block.
 *
 * @param caller nobody while the credentials look
 * @param http the request itself, for streamed uploads
 * @param body the whole body; empty for streamed uploads, and while the credentials look
 */
public record Request(Caller caller, ServiceRequestContext context, HttpRequest http, HttpData body) {
    /** Of which only the head is there. */
    public static Request head(ServiceRequestContext context, HttpRequest http) {
        return new Request(Caller.NOBODY, context, http, HttpData.empty());
    }

    Request by(Caller whom) {
        return new Request(whom, context, http, body);
    }

    Request with(HttpRequest other) {
        return new Request(caller, context, other, body);
    }

    Request with(HttpData whole) {
        return new Request(caller, context, http, whole);
    }

    public String method() {
        return http.method().name();
    }

    public RequestHeaders headers() {
        return http.headers();
    }

    /** The path as it was sent, percent-encoded and without its query. */
    public String rawPath() {
        return context.path();
    }

    /** The query string as it was sent. */
    public String rawQuery() {
        return Optional.ofNullable(context.query()).orElse("");
    }

    /** Whether the bytes travel encrypted. */
    public boolean tls() {
        return context.sessionProtocol().isTls();
    }

    /** A variable of the route's path, percent-decoded. */
    public String path(String name) {
        String value = context.pathParam(name);
        if (value == null) {
            throw new IllegalStateException("the route has no {" + name + "}");
        }
        return value;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers().get(name));
    }

    /** The media type without parameters; the legacy CLI sends {@code text/json}, so only uploads look at it. */
    public boolean multipart() {
        MediaType type = http.contentType();
        return type != null && type.is(MediaType.parse("multipart/*"));
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(context.queryParam(name));
    }

    public boolean queryFlag(String name) {
        return query(name).map(Boolean::parseBoolean).orElse(false);
    }

    /** The body as a record. Unknown fields are ignored, null is absent. An empty body is an empty object. */
    public <T> T body(Class<T> type) {
        return bind(tree(), type);
    }

    /** The body as a tree: for documents that are kept as they came. */
    public ObjectNode tree() {
        if (body.isEmpty()) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            JsonNode node = WireJson.mapper().readTree(body.array());
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw malformed("Invalid JSON given in the body of the request - failed to parse given JSON");
        }
        throw malformed("Invalid JSON given in the body of the request - expected a map");
    }

    /**
     * The query string as a record: repeated keys become lists, dots become nested objects. A GET with a JSON body and no query
     * string is read like one (old scripts do that).
     */
    public <T> T query(Class<T> type) {
        QueryParams params = context.queryParams();
        if (params.isEmpty() && !body.isEmpty()) {
            return body(type);
        }
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        for (String name : params.names()) {
            List<String> values = params.getAll(name);
            ObjectNode at = tree;
            List<String> steps = Arrays.asList(name.split("\\.", -1));
            for (String step : steps.subList(0, steps.size() - 1)) {
                JsonNode next = at.get(step);
                at = next instanceof ObjectNode object ? object : at.putObject(step);
            }
            String last = steps.get(steps.size() - 1);
            if (values.size() == 1) {
                at.put(last, values.get(0));
            } else {
                ArrayNode array = at.putArray(last);
                values.forEach(array::add);
            }
        }
        return bind(WireJson.queryMapper(), tree, type);
    }

    public static <T> T bind(ObjectNode tree, Class<T> type) {
        return bind(WireJson.mapper(), tree, type);
    }

    private static <T> T bind(ObjectMapper mapper, ObjectNode tree, Class<T> type) {
        try {
            return mapper.treeToValue(tree, type);
        } catch (InvalidFormatException e) {
            if (e.getTargetType() != null && e.getTargetType().isEnum()) {
                String allowed = Arrays.stream(e.getTargetType().getEnumConstants())
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "));
                throw PlatformException.invalid("Invalid value '" + e.getValue() + "' for field '" + field(e)
                        + "'. Allowed values: " + allowed);
            }
            throw malformed("Could not parse request object: invalid value '" + e.getValue() + "' for field '"
                    + field(e) + "'");
        } catch (JsonMappingException e) {
            Throwable cause = e.getCause();
            if (cause instanceof PlatformException refused) {
                throw refused;
            }
            throw malformed("Could not parse request object: wrong type for field '" + field(e) + "'");
        } catch (JsonProcessingException e) {
            throw malformed("Could not parse request object");
        }
    }

    private static String field(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static PlatformException malformed(String message) {
        return new PlatformException(ErrorCode.MALFORMED_REQUEST, message);
    }

    /** The value of a required field. */
    public static <T> T require(Optional<T> value, String field) {
        return value.orElseThrow(() -> PlatformException.invalid("Missing required field '" + field + "'"));
    }

    /** The answer {@code {}}. */
    public static Map<String, Object> nothing() {
        return Map.of();
    }
}
