package io.slipway.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.kit.PlatformException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proxies and authorities of the environment are those of pip. */
class WayToTheIndexTest {
    private static final String NOWHERE = "index.invalid";

    @TempDir
    Path folder;

    @Test
    void a_proxy_with_a_password_leads_to_an_index_that_has_no_address_here() throws IOException {
        try (FakeIndex index = new FakeIndex();
                FakeProxy proxy = new FakeProxy("ann:p@ss", index.url().getPort())) {
            FakeLine fake = new FakeLine(folder.resolve("scratch"), index);
            RuntimeInstaller installer = fake.installer(
                    folder,
                    Map.of(
                            "PIP_INDEX_URL", "http://" + NOWHERE + "/simple",
                            "http_proxy", "http://ann:p%40ss@127.0.0.1:" + proxy.port()));

            assertThat(installer.install(fake.line(), Progress.none()).jars()).isNotEmptyDirectory();
            assertThat(proxy.passed).contains("GET http://" + NOWHERE + "/simple/pyspark/ HTTP/1.1");
        }
    }

    @Test
    void an_authority_of_ones_own_is_believed_through_a_tunnel_and_nobody_else() throws Exception {
        SSLContext tls = ownAuthority();
        try (FakeIndex index = new FakeIndex(tls);
                FakeProxy proxy = new FakeProxy("ann:pass", index.url().getPort())) {
            FakeLine fake = new FakeLine(folder.resolve("scratch"), index);
            Map<String, String> environment = Map.of(
                    "PIP_INDEX_URL", "https://" + NOWHERE + "/simple",
                    "HTTPS_PROXY", "ann:pass@127.0.0.1:" + proxy.port());

            assertThatThrownBy(() -> fake.installer(folder, environment).install(fake.line(), Progress.none()))
                    .isInstanceOf(PlatformException.class)
                    .hasMessageContaining("PKIX");

            Map<String, String> believing = new HashMap<>(environment);
            believing.put("SSL_CERT_FILE", folder.resolve("authority.pem").toString());
            InstalledRuntime runtime = fake.installer(folder, believing).install(fake.line(), Progress.none());
            assertThat(runtime.jars()).isNotEmptyDirectory();
            assertThat(proxy.passed).contains("CONNECT " + NOWHERE + ":443 HTTP/1.1");
        }
    }

    /** A certificate for the index that only {@code authority.pem} vouches for. */
    private SSLContext ownAuthority() throws IOException, InterruptedException, GeneralSecurityException {
        Path keys = folder.resolve("keys.p12");
        char[] password = "changeit".toCharArray();
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=index",
                        "-ext",
                        "san=dns:" + NOWHERE,
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        new String(password))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, password);
        }
        Files.writeString(
                folder.resolve("authority.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(store.getCertificate("mykey").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(factory.getKeyManagers(), null, null);
        return tls;
    }

    @Test
    void hosts_that_the_environment_excepts_are_reached_directly() throws IOException {
        try (FakeIndex index = new FakeIndex()) {
            int port = index.url().getPort();
            URL byNumber = index.url().toURL();
            URL byName = URI.create("http://localhost:" + port + "/simple").toURL();
            for (String direct : List.of("127.0.0.1", "x, 127.0.0.1:" + port, "127.0.0.0/8", "0.0.0.0/0", "*")) {
                open(direct, byNumber);
            }
            open(".Localhost", byName);
            for (String other : List.of("", "0.0.1", "0.0.0.1", "127.0.0.1:1", "128.0.0.0/8", "localhost")) {
                assertThatThrownBy(() -> open(other, byNumber)).as(other).isInstanceOf(ConnectException.class);
            }
            assertThatThrownBy(() -> open("host", byName)).isInstanceOf(ConnectException.class);
        }
    }

    private static void open(String noProxy, URL address) throws IOException {
        new Proxies(Map.of("ALL_PROXY", "http://127.0.0.1:" + closedPort(), "NO_PROXY", noProxy), "")
                .open(address)
                .connect();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void pips_own_proxy_comes_before_all_others_and_has_no_exceptions() throws IOException {
        try (FakeIndex index = new FakeIndex()) {
            Proxies proxies = new Proxies(
                    Map.of("NO_PROXY", "*", "HTTP_PROXY", "http://127.0.0.1:" + closedPort()),
                    "127.0.0.1:" + index.url().getPort());

            assertThat(proxies.open(URI.create("http://" + NOWHERE + "/simple/x/")
                                    .toURL())
                            .getResponseCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_proxy_that_java_cannot_use_is_refused_without_telling_its_password() {
        assertThatThrownBy(() -> new Proxies(Map.of(), "socks5://ann:secret@127.0.0.1:1")
                        .open(URI.create("http://" + NOWHERE).toURL()))
                .isInstanceOf(PlatformException.class)
                .hasMessageNotContaining("secret");
    }
}
