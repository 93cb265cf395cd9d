package io.slipway.iam;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.slipway.store.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.iam.model.Position;

/** Where a statement stands in the text of its policy; lines and columns count from 1. */
record StatementPlace(Position start, Position end) {
    /** Of all statements, in their order. */
    static List<StatementPlace> of(String policy) {
        List<StatementPlace> places = new ArrayList<>();
        try (JsonParser parser = Json.mapper().createParser(policy)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean statements = parser.currentName().equals("Statement");
                JsonToken value = parser.nextToken();
                if (!statements) {
                    parser.skipChildren();
                } else if (value == JsonToken.START_ARRAY) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        places.add(place(parser));
                    }
                } else {
                    places.add(place(parser));
                }
            }
            return places;
        } catch (IOException e) {
            throw new UncheckedIOException("a policy that was read before", e);
        }
    }

    private static StatementPlace place(JsonParser parser) throws IOException {
        Position start = position(parser.currentTokenLocation());
        parser.skipChildren();
        return new StatementPlace(start, position(parser.currentLocation()));
    }

    private static Position position(JsonLocation location) {
        return Position.builder()
                .line(location.getLineNr())
                .column(location.getColumnNr())
                .build();
    }
}
