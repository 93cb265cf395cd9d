package io.slipway.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Routes that belong together.
 *
 * @param dialect tells their errors
 * @param credentials finds who calls, but for open routes
 * @param headers sent with every answer
 * @param prefixes under each of which the family's routes exist
 */
public record Family(Dialect dialect, Credentials credentials, Map<String, String> headers, List<String> prefixes) {
    public Family {
        headers = Map.copyOf(headers);
        prefixes = List.copyOf(prefixes);
    }

    public Family(Dialect dialect, Credentials credentials, String... prefixes) {
        this(dialect, credentials, Map.of(), Arrays.asList(prefixes));
    }
}
