package io.slipway.driver.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a driver believes the platform's server by. */
class ServerClientTest {
    @TempDir
    Path folder;

    private TestAuthority ours;
    private HttpsServer server;

    private TestAuthority authority(String name) throws Exception {
        return new TestAuthority(Files.createDirectories(folder.resolve(name)));
    }

    @BeforeEach
    void start() throws Exception {
        ours = authority("ours");
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(ours.server()));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private int ask(Optional<Path> authority) throws Exception {
        URI uri = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
        return ServerClient.builder(authority)
                .build()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void a_server_is_believed_by_the_authority_that_was_given_and_by_no_other() throws Exception {
        assertThat(ask(Optional.of(ours.certificate()))).isEqualTo(204);
        Path other = authority("other").certificate();
        assertThatThrownBy(() -> ask(Optional.of(other))).isInstanceOf(SSLHandshakeException.class);
        assertThatThrownBy(() -> ask(Optional.empty())).isInstanceOf(SSLHandshakeException.class);
    }
}
