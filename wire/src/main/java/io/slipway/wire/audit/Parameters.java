package io.slipway.wire.audit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import io.slipway.wire.Call;
import io.slipway.wire.Request;
import io.slipway.wire.WireJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The parameters of one call without its secrets: variables of the path, the query, and the fields of a body of JSON or of a form. It
 * remembers what it has struck, so that the words of an error do not tell it after all.
 */
final class Parameters {
    private static final int LONGEST = 1_000;

    /** In longer bodies, which carry content, only fields that are no objects are looked at. */
    private static final int LONGEST_PARSED = 64 << 10;

    /** Shorter ones are words that errors have anyway. */
    private static final int SHORTEST_STRUCK = 6;

    private static final int MOST_STRUCK = 100;

    private final String route;
    private final boolean signIn;
    private final BooleanSupplier code;
    private final Map<String, String> all = new LinkedHashMap<>();
    private final List<String> struck = new ArrayList<>();

    private Parameters(String route, BooleanSupplier code) {
        this.route = route;
        this.code = code;
        this.signIn = Secrecy.signIn(route);
    }

    /** @param code whether the text of commands is told */
    static Parameters of(Call call, BooleanSupplier code) {
        Parameters parameters = new Parameters(call.route(), code);
        Request request = call.request();
        if (call.route().isEmpty()) {
            parameters.put("method", request.method());
            parameters.put("path", request.rawPath());
        }
        request.context().pathParams().forEach((name, value) -> {
            if (name.equals("ticket")) {
                parameters.strike(name, value);
            } else {
                parameters.put(name, value);
            }
        });
        parameters.form(request.context().queryParams());
        if (!request.body().isEmpty() && !Secrecy.content(call.route())) {
            parameters.body(request);
        }
        return parameters;
    }

    Map<String, String> all() {
        return all;
    }

    /** A sentence about this call without what was struck from it. */
    String cleaned(String sentence) {
        String clean = Secrecy.without(sentence.length() > LONGEST * 2 ? sentence.substring(0, LONGEST * 2) : sentence);
        for (String secret : struck) {
            clean = clean.replace(secret, Secrecy.STRUCK);
        }
        return clean;
    }

    /** What the call did not say itself. */
    void found(String name, String value) {
        put(name, value);
    }

    private void put(String name, String value) {
        String most = value.length() > LONGEST * 2 ? value.substring(0, LONGEST * 2) : value;
        all.put(Secrecy.without(name), Secrecy.without(most));
    }

    private void strike(String name, String value) {
        all.put(name, Secrecy.STRUCK);
        remember(value);
    }

    private void remember(String value) {
        if (value.length() >= SHORTEST_STRUCK && struck.size() < MOST_STRUCK) {
            struck.add(value);
        }
    }

    private boolean secret(String name) {
        if (name.equals("command") && code.getAsBoolean()) {
            return false;
        }
        return signIn ? !Secrecy.told(name) : Secrecy.secret(name);
    }

    private void form(QueryParams params) {
        for (String name : params.names()) {
            String value = String.join(",", params.getAll(name));
            if (secret(name)) {
                strike(name, value);
            } else {
                put(name, value);
            }
        }
    }

    private void body(Request request) {
        byte[] body = request.body().array();
        MediaType type = request.http().contentType();
        if (type != null && type.is(MediaType.FORM_DATA)) {
            form(QueryParams.fromQueryString(new String(body, StandardCharsets.UTF_8)));
            return;
        }
        try (JsonParser json = WireJson.mapper().getFactory().createParser(body)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                fields(json, body.length <= LONGEST_PARSED);
            }
        } catch (IOException unreadable) {
            all.put("body", "not JSON");
        }
    }

    private void fields(JsonParser json, boolean whole) throws IOException {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            boolean nested = value.isStructStart();
            if (secret(name)) {
                if (nested) {
                    all.put(name, Secrecy.STRUCK);
                    json.skipChildren();
                } else {
                    strike(name, json.getTextLength() <= LONGEST ? json.getText() : "");
                }
            } else if (!nested) {
                put(name, json.getText());
            } else if (whole) {
                JsonNode tree = WireJson.mapper().readTree(json);
                put(name, clean(name, tree).toString());
            } else {
                all.put(name, "... omitted");
                json.skipChildren();
            }
        }
    }

    private JsonNode clean(String name, JsonNode node) {
        if (node instanceof ObjectNode object) {
            clean(object, Secrecy.environment(name));
        } else if (node instanceof ArrayNode array) {
            clean(array);
        }
        return node;
    }

    private void clean(ObjectNode object, boolean environment) {
        // SCIM names the field of a value beside it.
        boolean secretValue = Secrecy.secret(object.path("path").asText())
                || Secrecy.secret(object.path("name").asText());
        for (Map.Entry<String, JsonNode> field : Set.copyOf(object.properties())) {
            String name = field.getKey();
            boolean value = name.equals("value");
            if (environment || (value ? secretValue : Secrecy.secret(name) && !harmless(field.getValue()))) {
                remember(field.getValue().asText());
                object.put(name, Secrecy.STRUCK);
            } else {
                clean(name, field.getValue());
            }
        }
    }

    /** Numbers and truth values are no secrets. */
    private static boolean harmless(JsonNode value) {
        return value.isNumber() || value.isBoolean() || value.isNull();
    }

    /** Arguments of programs too: {@code --password x} and {@code --password=x}. */
    private void clean(ArrayNode array) {
        boolean next = false;
        for (int i = 0; i < array.size(); i++) {
            JsonNode each = array.get(i);
            if (!each.isTextual()) {
                clean("", each);
                next = false;
                continue;
            }
            String text = each.asText();
            int equals = text.indexOf('=');
            if (next) {
                remember(text);
                array.set(i, TextNode.valueOf(Secrecy.STRUCK));
            } else if (equals > 0 && Secrecy.secret(text.substring(0, equals))) {
                remember(text.substring(equals + 1));
                array.set(i, TextNode.valueOf(text.substring(0, equals + 1) + Secrecy.STRUCK));
            }
            next = equals < 0 && text.startsWith("-") && Secrecy.secret(text);
        }
    }

    @Override
    public String toString() {
        return route + " " + all;
    }
}
