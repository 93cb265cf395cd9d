package io.slipway.driver.files;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.driver.json.Json;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The platform's keys for its bucket, which the node's agent gives (docs/protocols/agent.md); asked again when half of their life is over. */
public final class StoreKeys implements AwsCredentialsProvider {
    static final String ADDRESS = "SLIPWAY_STORE_KEYS_URI";
    static final String TOKEN = "SLIPWAY_STORE_KEYS_TOKEN";

    private static final int PATIENCE_MILLIS = 10_000;
    private static final int OK = 200;

    private final Map<String, String> environment;
    private final Supplier<Instant> clock;

    private @Nullable Known known;

    private record Known(AwsCredentials keys, Instant renewal, Instant end) {}

    /** As S3A makes it. */
    public StoreKeys() {
        this(System.getenv(), Instant::now);
    }

    StoreKeys(Map<String, String> environment, Supplier<Instant> clock) {
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public synchronized AwsCredentials resolveCredentials() {
        Instant now = clock.get();
        Known before = known;
        if (before != null && now.isBefore(before.renewal())) {
            return before.keys();
        }
        try {
            Known asked = ask(now);
            known = asked;
            return asked.keys();
        } catch (IOException | DateTimeException e) {
            if (before != null && now.isBefore(before.end())) {
                return before.keys();
            }
            throw SdkClientException.create("The platform's keys for its storage cannot be had: " + e.getMessage(), e);
        }
    }

    private Known ask(Instant now) throws IOException {
        String address = environment.getOrDefault(ADDRESS, "");
        if (address.isEmpty()) {
            throw new IOException(ADDRESS + " is not set");
        }
        var connection = (HttpURLConnection) URI.create(address).toURL().openConnection();
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        connection.setRequestProperty("Authorization", environment.getOrDefault(TOKEN, ""));
        try {
            int status = connection.getResponseCode();
            if (status != OK) {
                throw new IOException("the node's agent answered " + status);
            }
            try (var in = connection.getInputStream()) {
                return read(Json.mapper().readTree(in), now);
            }
        } finally {
            connection.disconnect();
        }
    }

    private static Known read(JsonNode json, Instant now) {
        String id = json.path("AccessKeyId").asText();
        String secret = json.path("SecretAccessKey").asText();
        String token = json.path("Token").asText();
        Instant end = Instant.parse(json.path("Expiration").asText());
        AwsCredentials keys = token.isEmpty()
                ? AwsBasicCredentials.create(id, secret)
                : AwsSessionCredentials.create(id, secret, token);
        return new Known(keys, now.plus(Duration.between(now, end).dividedBy(2)), end);
    }
}
