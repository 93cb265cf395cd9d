package io.slipway.wire;

import io.slipway.identity.Caller;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Routes that belong together.
 *
 * @param dialect tells their errors
 * @param credentials finds who calls, but for open routes
 * @param headers sent with every answer to a caller; nobody is one too
 * @param prefixes under each of which the family's routes exist
 */
public record Family(
        Dialect dialect,
        Credentials credentials,
        Function<Caller, Map<String, String>> headers,
        List<String> prefixes) {
    public Family {
        prefixes = List.copyOf(prefixes);
    }

    public Family(Dialect dialect, Credentials credentials, String... prefixes) {
        this(dialect, credentials, caller -> Map.of(), Arrays.asList(prefixes));
    }
}
