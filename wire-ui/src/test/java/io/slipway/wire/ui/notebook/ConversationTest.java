package io.slipway.wire.ui.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.content.tree.Format;
import io.slipway.content.tree.Language;
import io.slipway.content.tree.ObjectType;
import io.slipway.identity.Level;
import io.slipway.identity.testing.People;
import io.slipway.wire.WireJson;
import io.slipway.wire.ui.NoLogs;
import io.slipway.wire.ui.UiPlatform;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a tab may say to an open notebook, and what it hears; by a real socket. */
@NullUnmarked
@Timeout(60)
class ConversationTest {
    private static UiPlatform platform;
    private static int notebooks;

    @BeforeAll
    static void start(@TempDir Path folder) {
        platform = new UiPlatform(folder, NoLogs.LOGS);
        platform.content.tree().mkdirs(People.ANN, "/Users/ann@example.com");
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static long notebook(String text) {
        notebooks++;
        return notebook("/Shared/n" + notebooks, text);
    }

    private static long notebook(String path, String text) {
        return platform.content
                .tree()
                .importContent(
                        People.ANN,
                        path,
                        Format.SOURCE,
                        Optional.of(Language.PYTHON),
                        text.getBytes(StandardCharsets.UTF_8),
                        true)
                .id();
    }

    private static final class Ears implements WebSocket.Listener, AutoCloseable {
        private final StringBuilder partial = new StringBuilder();
        private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
        private final WebSocket socket;

        Ears(String who, long id) {
            socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .header("Authorization", who)
                    .buildAsync(
                            URI.create("ws://127.0.0.1:" + platform.port() + "/ui-api/notebooks/" + id + "/ws"), this)
                    .join();
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                try {
                    heard.add(WireJson.mapper().readTree(partial.toString()));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
                partial.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        Ears say(String frame) {
            socket.sendText(frame.replace('\'', '"'), true).join();
            return this;
        }

        JsonNode until(String type) throws InterruptedException {
            List<JsonNode> others = new ArrayList<>();
            while (true) {
                JsonNode frame = heard.poll(20, TimeUnit.SECONDS);
                assertThat(frame).as("%s after %s", type, others).isNotNull();
                if (frame.path("type").asText().equals(type)) {
                    return frame;
                }
                others.add(frame);
            }
        }

        @Override
        public void close() {
            socket.abort();
        }
    }

    private static String cell(Ears tab) throws InterruptedException {
        return tab.say("{'type':'hello'}")
                .until("snapshot")
                .path("cells")
                .path(0)
                .path("id")
                .asText();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{|MALFORMED_REQUEST",
                "nothing|MALFORMED_REQUEST",
                "[]|INVALID_PARAMETER_VALUE",
                "7|INVALID_PARAMETER_VALUE",
                "{'type':7}|INVALID_PARAMETER_VALUE",
                "{'type':'dance','re':1}|INVALID_PARAMETER_VALUE",
                "{'type':'op','op':'burn'}|INVALID_PARAMETER_VALUE",
                "{'type':'op','op':'delete','cell':'none'}|NOT_FOUND",
                "{'type':'op','op':'move','cell':'none','after':''}|NOT_FOUND",
                "{'type':'op','op':'title','cell':'none','title':'x'}|NOT_FOUND",
                "{'type':'op','op':'language','cell':'@'}|INVALID_PARAMETER_VALUE",
                "{'type':'op','op':'language','cell':'@','language':'cobol'}|INVALID_PARAMETER_VALUE",
                "{'type':'op','op':'notebookLanguage','language':'cobol'}|INVALID_PARAMETER_VALUE",
                "{'type':'op','op':'insert','cell':'not a name!','after':'','text':''}|INVALID_PARAMETER_VALUE",
                "{'type':'op','op':'view','cell':'@','views':[]}|INVALID_PARAMETER_VALUE",
                "{'type':'push'}|INVALID_PARAMETER_VALUE",
                "{'type':'push','cell':'@','version':0,'changes':[]}|INVALID_PARAMETER_VALUE",
                "{'type':'push','cell':'@','version':0.5,'changes':[[1]]}|INVALID_PARAMETER_VALUE",
                "{'type':'push','cell':'@','version':0,'changes':[[99]]}|INVALID_PARAMETER_VALUE",
                "{'type':'push','cell':'@','version':0,'changes':['x']}|INVALID_PARAMETER_VALUE",
                "{'type':'push','version':0,'changes':[[1]]}|INVALID_PARAMETER_VALUE",
                "{'type':'attach'}|INVALID_PARAMETER_VALUE",
                "{'type':'attach','cluster':7}|INVALID_PARAMETER_VALUE",
                "{'type':'attach','cluster':'none'}|NOT_FOUND",
                "{'type':'run','all':true}|INVALID_STATE",
                "{'type':'widget','name':'a'}|INVALID_PARAMETER_VALUE",
                "{'type':'onWidgetChange','run':'never'}|INVALID_PARAMETER_VALUE",
                "{'type':'restore','revision':9}|NOT_FOUND",
                "{'type':'complete','cell':'none','pos':1}|NOT_FOUND",
                "{'type':'complete','pos':1}|INVALID_PARAMETER_VALUE",
                "{'type':'op','op':'title','cell':'@','title':'\\ud800'}|MALFORMED_REQUEST"
            })
    void a_frame_that_makes_no_sense_is_refused_and_changes_nothing(String frame, String code) throws Exception {
        long id = notebook("print(1)");
        try (Ears tab = new Ears("ann", id)) {
            String cell = cell(tab);
            JsonNode error = tab.say(frame.replace("@", cell)).until("error");
            assertThat(error.path("code").asText()).as(error.toString()).isEqualTo(code);
            assertThat(error.path("message").asText()).isNotEmpty();
            assertThat(tab.say("{'type':'ping','re':'still'}")
                            .until("pong")
                            .path("re")
                            .asText())
                    .isEqualTo("still");
            JsonNode after = tab.say("{'type':'hello'}").until("snapshot");
            assertThat(after.path("cells")).hasSize(1);
            assertThat(after.path("cells").path(0).path("text").asText()).isEqualTo("print(1)");
        }
    }

    @Test
    void an_answer_repeats_what_it_answers_and_without_that_only_failures_are_answered() throws Exception {
        try (Ears tab = new Ears("ann", notebook("a"))) {
            String cell = cell(tab);
            String title = "'type':'op','op':'title','cell':'" + cell + "','title':'Rows'";
            assertThat(tab.say("{" + title + ",'re':7}")
                            .until("done")
                            .path("re")
                            .asInt())
                    .isEqualTo(7);
            tab.say("{" + title + "}").say("{'type':'ping','re':8}");
            List<String> types = new ArrayList<>();
            for (JsonNode frame = tab.heard.take();
                    !frame.path("type").asText().equals("pong");
                    frame = tab.heard.take()) {
                types.add(frame.path("type").asText());
            }
            assertThat(types).doesNotContain("done", "error");
        }
    }

    @Test
    void cells_come_change_and_go_and_others_hear_of_it_in_that_order() throws Exception {
        long id = notebook("a");
        try (Ears one = new Ears("ann", id);
                Ears other = new Ears("bob", id)) {
            String first = cell(one);
            cell(other);
            one.say("{'type':'op','op':'insert','cell':'c-new','after':'" + first + "','text':'b'}")
                    .say("{'type':'op','op':'title','cell':'c-new','title':'Rows','shown':true}")
                    .say("{'type':'op','op':'move','cell':'c-new','after':''}")
                    .say("{'type':'op','op':'collapse','cell':'c-new','code':true,'result':false}")
                    .say("{'type':'op','op':'delete','cell':'" + first + "'}");
            List<String> heard = new ArrayList<>();
            long number = 0;
            for (int i = 0; i < 5; i++) {
                JsonNode op = other.until("op");
                assertThat(op.path("n").asLong()).isGreaterThan(number);
                assertThat(op.path("by").asText()).isEqualTo("ann@example.com");
                number = op.path("n").asLong();
                heard.add(op.path("op").asText());
            }
            assertThat(heard).containsExactly("insert", "title", "move", "collapse", "delete");
            JsonNode left = other.say("{'type':'hello'}").until("snapshot").path("cells");
            assertThat(left).hasSize(1);
            assertThat(left.path(0).path("title").asText()).isEqualTo("Rows");
            assertThat(left.path(0).path("codeHidden").asBoolean()).isTrue();
        }
    }

    @Test
    void a_push_against_an_older_version_is_told_what_it_missed() throws Exception {
        long id = notebook("a");
        try (Ears one = new Ears("ann", id);
                Ears other = new Ears("bob", id)) {
            String cell = cell(one);
            cell(other);
            String push =
                    "{'type':'push','re':1,'cell':'" + cell + "','version':0,'client':'%s','changes':[[1,[0,'%s']]]}";
            JsonNode accepted = one.say(push.formatted("first", "b")).until("accepted");
            assertThat(accepted.path("version").asLong()).isEqualTo(1);
            JsonNode rejected = other.say(push.formatted("second", "c")).until("rejected");
            assertThat(rejected.path("version").asLong()).isEqualTo(1);
            assertThat(rejected.path("missed").path(0).path("client").asText()).isEqualTo("first");
            assertThat(rejected.path("missed").path(0).path("changes").toString())
                    .isEqualTo("[[1,[0,\"b\"]]]");
        }
    }

    @Test
    void who_may_only_look_is_told_so_and_changes_nothing() throws Exception {
        long id = notebook("/Users/ann@example.com/own", "mine");
        assertThatThrownBy(() -> new Ears("bob", id)).hasMessageContaining("WebSocketHandshake");
        platform.give(platform.content.tree().guarded(People.ANN, id, ObjectType.NOTEBOOK), Level.CAN_READ);
        try (Ears bob = new Ears("bob", id)) {
            JsonNode welcome = bob.until("welcome");
            assertThat(welcome.path("runnable").asBoolean()).isFalse();
            assertThat(welcome.path("editable").asBoolean()).isFalse();
            String cell = cell(bob);
            for (String frame : List.of(
                    "{'type':'op','op':'delete','cell':'" + cell + "'}",
                    "{'type':'push','cell':'" + cell + "','version':0,'changes':[[4,[0,'x']]]}",
                    "{'type':'save'}",
                    "{'type':'onWidgetChange','run':'nothing'}")) {
                assertThat(bob.say(frame).until("error").path("code").asText())
                        .as(frame)
                        .isEqualTo("PERMISSION_DENIED");
            }
        }
    }

    @Test
    void earlier_texts_are_kept_looked_at_and_brought_back() throws Exception {
        long id = notebook("one");
        String base = "/ui-api/notebooks/" + id + "/revisions";
        assertThat(platform.send("ann", "POST", base, "{\"comment\":\"first\"}").body())
                .isEqualTo("{\"number\":1}");
        assertThat(platform.send("ann", "POST", base, "{}").body()).isEqualTo("{\"number\":0}");
        try (Ears tab = new Ears("ann", id)) {
            String cell = cell(tab);
            tab.say("{'type':'push','re':1,'cell':'" + cell + "','version':0,'changes':[[[3,'two']]]}")
                    .until("accepted");
            assertThat(platform.send("ann", "POST", base + "/1/restore", "{}").statusCode())
                    .isEqualTo(200);
            assertThat(tab.say("{'type':'hello'}")
                            .until("snapshot")
                            .path("cells")
                            .path(0)
                            .path("text")
                            .asText())
                    .isEqualTo("one");
        }
        HttpResponse<String> listed = platform.get("bob", base);
        assertThat(WireJson.mapper().readTree(listed.body()).path("revisions").findValuesAsText("comment"))
                .contains("first");
    }

    @ParameterizedTest
    @CsvSource({
        "ann, /revisions/x, 400",
        "ann, /revisions/9, 404",
        "ann, /results/none, 404",
        "ann, /results/none/pdf, 400",
        "ann, /results/none/csv, 404",
        "far, /revisions, 404",
        "far, /results/none, 404",
        "'', /revisions, 401"
    })
    void what_is_not_there_or_not_theirs_is_refused(String who, String what, int status) throws Exception {
        HttpResponse<String> refused = platform.get(who, "/ui-api/notebooks/" + notebook("a") + what);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
        assertThat(refused.body()).contains("error_code");
    }
}
