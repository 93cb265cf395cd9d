package io.slipway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.slipway.kit.Clock;
import io.slipway.kit.Ids;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DetourTest {
    private static final String WAITING = "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n";
    private static final String SECRET = "nobody-knows";
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Server server;

    /** Answers with where a request went, if it was led here. */
    DetourTest(@TempDir Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        Detour detour = new Detour(SECRET, "/.led", head -> head.header("x-led").isPresent());
        ServerBuilder builder = Server.builder()
                .http(0)
                .https(0)
                .tls(keys(folder.resolve("keys")))
                .service("/plain", (context, request) -> HttpResponse.of("plain"));
        detour.install(builder);
        Engine engine = new Engine(Ids.system(Clock.system()));
        engine.install(
                builder,
                "/.led",
                passage -> HttpResponse.of(
                        HttpStatus.OK,
                        MediaType.PLAIN_TEXT_UTF_8,
                        detour.sent(passage.http().headers())
                                .map(sent -> sent.target() + " " + sent.expects())
                                .orElse("by itself")),
                () -> HttpResponse.of(503));
        engine.install(builder, new Routes());
        server = builder.build();
        server.start().join();
    }

    @AfterAll
    void stop() {
        server.stop().join();
    }

    private static String get(HttpClient http, String address, boolean led) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        if (led) {
            request.header("x-led", "1");
        }
        return http.send(request.build(), java.net.http.HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static void check(HttpClient http, String base) throws IOException, InterruptedException {
        for (String target : new String[] {"/a/../b", "/..", "//a//b/", "/a;b=c/%2e%2e/%2F?x=..&y", "/plain"}) {
            assertThat(get(http, base + target, true)).isEqualTo(target + " false");
        }
        assertThat(get(http, base + "/plain", false)).isEqualTo("plain");
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void requests_are_led_as_they_were_sent(HttpClient.Version version) throws IOException, InterruptedException {
        check(
                HttpClient.newBuilder().version(version).build(),
                "http://127.0.0.1:" + server.activeLocalPort(SessionProtocol.HTTP));
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void requests_by_tls_are_led_as_they_were_sent(HttpClient.Version version)
            throws IOException, InterruptedException, GeneralSecurityException {
        check(
                HttpClient.newBuilder()
                        .version(version)
                        .sslContext(trustingAll())
                        .build(),
                "https://localhost:" + server.activeLocalPort(SessionProtocol.HTTPS));
    }

    private static KeyManagerFactory keys(Path file)
            throws IOException, InterruptedException, GeneralSecurityException {
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process made = new ProcessBuilder(
                        tool,
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        assertThat(made.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        return keys;
    }

    private static SSLContext trustingAll() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                null,
                new TrustManager[] {
                    new X509TrustManager() {
                        @Override
                        public void checkClientTrusted(X509Certificate[] chain, String type) {}

                        @Override
                        public void checkServerTrusted(X509Certificate[] chain, String type) {}

                        @Override
                        public X509Certificate[] getAcceptedIssuers() {
                            return new X509Certificate[0];
                        }
                    }
                },
                null);
        return context;
    }

    @Test
    void nobody_gets_there_by_a_path_or_a_header_of_their_own() throws IOException {
        for (String secret : new String[] {"guessed", ""}) {
            assertThat(raw("GET /.led HTTP/1.1\r\nHost: h\r\nx-slipway-target: " + secret + " /a\r\n\r\n"))
                    .endsWith("by itself");
        }
    }

    @Test
    void whoever_waits_for_a_word_is_not_given_it_by_the_library() throws IOException {
        assertThat(raw("PUT http://h/a/../b HTTP/1.1\r\nHost: h\r\nx-led: 1\r\n" + WAITING))
                .startsWith("HTTP/1.1 200")
                .endsWith("/a/../b true");
    }

    private String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.activeLocalPort(SessionProtocol.HTTP))) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            InputStream in = socket.getInputStream();
            int length = Integer.MAX_VALUE;
            for (int each = in.read(); each >= 0; each = in.read()) {
                answer.append((char) each);
                int end = answer.indexOf("\r\n\r\n");
                if (end >= 0 && length == Integer.MAX_VALUE) {
                    length = end
                            + 4
                            + Integer.parseInt(answer.toString().replaceAll("(?is).*content-length: (\\d+).*", "$1"));
                }
                if (answer.length() >= length) {
                    break;
                }
            }
            return answer.toString();
        }
    }
}
