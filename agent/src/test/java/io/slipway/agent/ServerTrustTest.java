package io.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent believes a server by. */
class ServerTrustTest {
    @TempDir
    Path folder;

    private AgentConfig config(URI server, String authority) throws IOException, Refused {
        JsonObject config = new JsonObject();
        config.put("nodeId", "node-1");
        config.put("serverUrl", server.toString());
        config.put("serverCa", authority);
        config.put("bootstrapToken", FakeServer.BOOTSTRAP);
        config.put("directory", folder.toString());
        Path file = folder.resolve("agent.json");
        Files.writeString(file, JsonWriter.string(config));
        return AgentConfig.read(file);
    }

    private static int register(AgentConfig config) throws IOException, Refused {
        Files.createDirectories(config.ownFolder());
        ServerLink link = new ServerLink(
                config.serverUrl(),
                config.nodeId(),
                config.serverCa().isPresent()
                        ? Optional.of(ServerTrust.of(config.serverCa().get()))
                        : Optional.empty());
        return new NodeKey(config, link).register();
    }

    private TestAuthority authority(String name) throws Exception {
        return new TestAuthority(Files.createDirectories(folder.resolve(name)));
    }

    @Test
    void an_agent_registers_by_tls_with_a_server_whose_authority_it_was_given() throws Exception {
        TestAuthority authority = authority("ours");
        try (FakeServer server = new FakeServer(Optional.of(authority.server()))) {
            String beside = folder.relativize(authority.certificate()).toString();
            assertThat(register(config(server.url(), beside))).isEqualTo(200);
            assertThat(server.registrations()).isEqualTo(1);
        }
    }

    @Test
    void a_server_of_another_authority_hears_nothing() throws Exception {
        try (FakeServer server = new FakeServer(Optional.of(authority("ours").server()))) {
            Path other = authority("other").certificate();
            assertThatThrownBy(() -> register(config(server.url(), other.toString())))
                    .isInstanceOf(SSLHandshakeException.class);
            assertThatThrownBy(() -> register(config(server.url(), ""))).isInstanceOf(SSLHandshakeException.class);
            assertThat(server.registrations()).isZero();
        }
    }

    @Test
    void keys_are_sent_to_other_machines_by_https_only() throws Exception {
        assertThatThrownBy(() -> config(URI.create("http://192.0.2.1:8585"), ""))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("by https only");
        assertThat(config(URI.create("https://192.0.2.1:8585"), "").serverCa()).isEmpty();
        assertThat(config(URI.create("http://127.9.9.9:8585"), "").serverUrl().getPort())
                .isEqualTo(8585);
    }
}
