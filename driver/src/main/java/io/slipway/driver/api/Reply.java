package io.slipway.driver.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;

/** What a call is answered with. */
sealed interface Reply {
    /** One JSON value. */
    record Data(JsonNode body) implements Reply {}

    /** Text of any length, written as it is made. */
    record Text(String contentType, Writing writing) implements Reply {}

    /** Writes a text; one that fails leaves the answer visibly unfinished. */
    interface Writing {
        void to(OutputStream out) throws IOException;
    }
}
