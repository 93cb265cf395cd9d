package io.slipway.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.slipway.identity.Caller;
import io.slipway.kit.PlatformException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One request as its credentials and then its route see it, on a thread that may block.
 *
 * @param caller nobody while the credentials look
 * @param http the request itself, for streamed uploads
 * @param body the whole body; empty for streamed uploads, and while the credentials look
 */
public record Request(Caller caller, ServiceRequestContext context, HttpRequest http, HttpData body) {
    private static final int DEEPEST_QUERY = 8;

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

    /** Tells the log of calls who this is, where no credentials stand before a route and its handler finds out. */
    public void foundToBe(Caller whom) {
        Witnessed.in(context).ifPresent(call -> call.by(whom));
    }

    /** Tells the log of calls what belongs to this one and is not in it: by which policy somebody came in. Never a secret. */
    public void found(String name, String value) {
        Witnessed.in(context).ifPresent(call -> call.found(name, value));
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

    /** From which whoever asks comes; what headers say of it is believed of trusted proxies only. */
    public InetAddress address() {
        return Arrival.of(context).address();
    }

    /** Whether the bytes travel encrypted, at least as far as the first trusted proxy. */
    public boolean tls() {
        return Arrival.of(context).tls();
    }

    /** A variable of the route's path, percent-decoded. */
    public String path(String name) {
        String value = context.pathParam(name);
        if (value == null) {
            throw new IllegalStateException("the route has no {" + name + "}");
        }
        WireJson.checkText(value);
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
        Optional<String> value = Optional.ofNullable(context.queryParam(name));
        value.ifPresent(WireJson::checkText);
        return value;
    }

    public boolean queryFlag(String name) {
        return query(name)
                .map(text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw PlatformException.invalid(name + " must be true or false.");
                })
                .orElse(false);
    }

    /** The body as a record. Unknown fields are ignored, null is absent. An empty body is an empty object. */
    public <T> T body(Class<T> type) {
        return bind(tree(), type);
    }

    /** The body as a tree: for documents that are kept as they came. */
    public ObjectNode tree() {
        return body.isEmpty() ? JsonNodeFactory.instance.objectNode() : WireJson.object(body.array());
    }

    /**
     * The query string as a record: repeated keys become lists, dots become nested objects. A GET with a JSON body and no query
     * string is read like one (old scripts do that).
     */
    public <T> T query(Class<T> type) {
        QueryParams params = context.queryParams();
        // Any request may name its workspace; that is no parameter of the route.
        Set<String> names = new LinkedHashSet<>(params.names());
        names.remove(Addressing.QUERY);
        if (names.isEmpty() && !body.isEmpty()) {
            return body(type);
        }
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        for (String name : names) {
            List<String> values = params.getAll(name);
            values.forEach(WireJson::checkText);
            ObjectNode at = tree;
            List<String> steps = Arrays.asList(name.split("\\.", -1));
            if (steps.size() > DEEPEST_QUERY) {
                throw WireJson.malformed("The parameter " + steps.get(0) + " of the query has too many dots.");
            }
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
        return WireJson.bindQuery(tree, type);
    }

    public static <T> T bind(ObjectNode tree, Class<T> type) {
        return WireJson.bind(tree, type);
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
