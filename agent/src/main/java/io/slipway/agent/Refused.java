package io.slipway.agent;

import com.grack.nanojson.JsonObject;

/** Something that the server asked for is not done; {@code code} is one of those in docs/protocols/agent.md. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;

    Refused(String code, String message) {
        super(message);
        this.code = code;
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.put("code", code);
        json.put("message", String.valueOf(getMessage()));
        return json;
    }
}
