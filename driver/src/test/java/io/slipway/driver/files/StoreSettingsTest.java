package io.slipway.driver.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

@NullUnmarked
class StoreSettingsTest {
    private static final Instant START = Instant.parse("2026-11-28T10:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final AtomicReference<String> answer = new AtomicReference<>("");
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private HttpServer agent;
    private StoreKeys keys;

    @BeforeEach
    void serve() throws IOException {
        agent = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        agent.createContext("/storage", exchange -> {
            tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            byte[] body = answer.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(body.length == 0 ? 503 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        agent.start();
        String address = "http://127.0.0.1:" + agent.getAddress().getPort() + "/storage";
        keys = new StoreKeys(Map.of(StoreKeys.ADDRESS, address, StoreKeys.TOKEN, "the-token"), now::get);
    }

    @AfterEach
    void stop() {
        agent.stop(0);
    }

    private void give(String id, String token) {
        answer.set("{\"AccessKeyId\":\"" + id + "\",\"SecretAccessKey\":\"s\",\"Token\":\"" + token
                + "\",\"Expiration\":\"2026-11-28T11:00:00Z\"}");
    }

    @Test
    void keys_are_asked_for_with_the_nodes_token_and_again_when_half_of_their_life_is_over() {
        give("A1", "t");
        assertThat(keys.resolveCredentials()).isEqualTo(AwsSessionCredentials.create("A1", "s", "t"));
        give("A2", "");
        now.set(START.plusSeconds(1799));
        assertThat(keys.resolveCredentials().accessKeyId()).isEqualTo("A1");
        now.set(START.plusSeconds(1800));
        assertThat(keys.resolveCredentials()).isEqualTo(AwsBasicCredentials.create("A2", "s"));
        assertThat(tokens).containsExactly("the-token", "the-token");
    }

    @Test
    void while_nobody_gives_keys_those_that_are_known_serve_as_long_as_they_are_good() {
        give("A1", "t");
        assertThat(keys.resolveCredentials().accessKeyId()).isEqualTo("A1");
        answer.set("");
        now.set(START.plusSeconds(3599));
        assertThat(keys.resolveCredentials().accessKeyId()).isEqualTo("A1");
        now.set(START.plusSeconds(3600));
        assertThatThrownBy(keys::resolveCredentials)
                .isInstanceOf(SdkClientException.class)
                .hasMessageContaining("503");
    }

    @Test
    void what_users_say_of_their_buckets_is_not_about_the_platforms() {
        var users = new Configuration(false);
        users.set("fs.s3a.access.key", "theirs");
        users.set("fs.s3a.endpoint", "http://elsewhere");
        users.set("fs.s3a.bucket.ours.aws.credentials.provider", "org.example.Keys");
        users.set("fs.s3a.bucket.ours.endpoint", "http://elsewhere");
        users.set("fs.s3a.bucket.theirs.endpoint", "http://theirs");
        users.set("fs.s3a.connection.maximum", "7");
        users.set(StoreSettings.ENDPOINT, "http://here");
        users.set(StoreSettings.REGION, "eu-west-1");
        Configuration settings = StoreSettings.of("ours", users);
        assertThat(settings.get("fs.s3a.access.key")).isNull();
        assertThat(settings.get("fs.s3a.endpoint")).isEqualTo("http://here");
        assertThat(settings.get("fs.s3a.endpoint.region")).isEqualTo("eu-west-1");
        assertThat(settings.get("fs.s3a.aws.credentials.provider")).isEqualTo(StoreKeys.class.getName());
        assertThat(settings.getPropsWithPrefix("fs.s3a.bucket.ours.")).isEmpty();
        assertThat(settings.get("fs.s3a.connection.maximum")).isEqualTo("7");
        assertThat(users.get("fs.s3a.endpoint")).isEqualTo("http://elsewhere");
    }
}
