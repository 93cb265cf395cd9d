package io.slipway.wire.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.identity.BrowserSessions;
import io.slipway.identity.testing.People;
import io.slipway.kit.Kind;
import io.slipway.kit.WorkspaceId;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class EventTest {
    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void a_browser_hears_what_changes_in_its_workspace_and_nothing_of_secrets(@TempDir Path folder) throws Exception {
        try (UiServer server = new UiServer(folder)) {
            server.happens(Kind.CLUSTER);
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.origin() + "/ui-api/events"))
                    .header("Cookie", server.signIn())
                    .build();
            HttpResponse<InputStream> stream = server.http().send(request, HttpResponse.BodyHandlers.ofInputStream());
            assertThat(stream.headers().firstValue("content-type").orElse("")).startsWith("text/event-stream");
            BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
            // Whatever happens before the first look may be missed; from here on it looks.
            String first = "";
            while (first.isEmpty()) {
                server.happens(Kind.TOKEN);
                server.happens(Kind.CLUSTER, new WorkspaceId(2002));
                server.happens(Kind.RUN);
                String line = lines.readLine();
                first = line.startsWith("data:") ? line : "";
            }
            assertThat(first)
                    .contains("\"kind\":\"run\"")
                    .contains("\"id\":\"42\"")
                    .contains("\"change\":\"ended\"");
            stream.body().close();
        }
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void who_is_no_admin_hears_of_what_they_see_and_not_how_what_is_gone_was_called(@TempDir Path folder)
            throws Exception {
        try (UiServer server = new UiServer(folder)) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.origin() + "/ui-api/events"))
                    .header("Authorization", "Bearer " + server.tokenOf(People.ANN))
                    .build();
            HttpResponse<InputStream> stream = server.http().send(request, HttpResponse.BodyHandlers.ofInputStream());
            BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
            List<String> heard = new ArrayList<>();
            while (heard.size() < 4) {
                server.happens(Kind.CLUSTER);
                server.happens(Kind.TREE);
                server.happens(Kind.RUN);
                String line = lines.readLine();
                if (line.startsWith("data:")) {
                    heard.add(line);
                }
            }
            assertThat(heard)
                    .allMatch(line -> line.contains("\"kind\":\"run\"") || line.contains("\"kind\":\"tree\""))
                    .anyMatch(line -> line.contains("\"kind\":\"tree\""))
                    .noneMatch(line -> line.contains("path"));
            stream.body().close();
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void the_stream_ends_soon_after_its_session(@TempDir Path folder) throws Exception {
        try (UiServer server = new UiServer(folder)) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.origin() + "/ui-api/events"))
                    .header("Cookie", server.signIn())
                    .build();
            HttpResponse<InputStream> stream = server.http().send(request, HttpResponse.BodyHandlers.ofInputStream());
            server.later(BrowserSessions.IDLE.plusDays(1));
            assertThat(new String(stream.body().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith(": here");
        }
    }

    @Test
    void the_stream_is_for_callers_with_credentials(@TempDir Path folder) throws Exception {
        try (UiServer server = new UiServer(folder)) {
            assertThat(server.send("GET", "/ui-api/events", "").statusCode()).isEqualTo(401);
        }
    }
}
