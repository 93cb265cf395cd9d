package io.slipway.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.slipway.server.Ports;
import io.slipway.server.ServerState;
import io.slipway.server.tls.Authority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server for a team: everything beyond this machine by TLS. Asked by curl, and from another network that the test makes. */
class TlsTest {
    private static final String ME = "/api/2.0/preview/scim/v2/Me";
    private static final String NAMESPACE = "slipway-tls";
    private static final String HERE = "10.213.7.1";
    private static final int NOT_TRUSTED = 60;

    @TempDir
    Path folder;

    private Platform platform;
    private int localPort;

    @BeforeEach
    void make() throws IOException {
        platform = new Platform(folder);
        localPort = Ports.free();
    }

    @AfterEach
    void end() throws Exception {
        platform.run("down");
    }

    private Platform.Said up(String... more) throws Exception {
        List<String> all =
                new ArrayList<>(List.of("up", "--plain-port", "0", "--port", String.valueOf(platform.port())));
        all.addAll(List.of("--local-port", String.valueOf(localPort)));
        all.addAll(List.of(more));
        return platform.run(all.toArray(String[]::new));
    }

    private Path tls() {
        return platform.home().resolve("tls");
    }

    private String authority() {
        return Authority.certificate(tls()).toString();
    }

    private String token() throws IOException {
        return Files.readString(platform.home().resolve("admin.token")).strip();
    }

    private record Answer(int status, String text) {}

    private static Answer run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Answer(process.exitValue(), text);
    }

    private Answer curl(List<String> before, String... more) throws Exception {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of("curl", "-sS", "-i", "--noproxy", "*", "--max-time", "20"));
        command.addAll(List.of("-H", "Authorization: Bearer " + token()));
        command.addAll(List.of(more));
        return run(command);
    }

    private String at(String scheme, String host) {
        return scheme + "://" + host + ":" + platform.port() + ME;
    }

    @Test
    void a_team_is_let_in_by_tls_and_by_nothing_else() throws Exception {
        Platform.Said said = up("--host", "0.0.0.0", "--tls");
        assertThat(said.status()).as(said.out() + said.err()).isZero();
        assertThat(said.out())
                .contains("Slipway runs at https://")
                .contains("In a browser, once and within ten minutes: https://")
                .contains(Authority.fingerprint(Authority.read(Authority.certificate(tls()))))
                .contains("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "--cacert", "keytool", "browsers");
        assertThat(Files.readString(platform.profileFile())).contains("host = http://127.0.0.1:" + localPort);

        Answer second = curl(List.of(), "--http2", "--cacert", authority(), at("https", "localhost"));
        assertThat(second.text()).startsWith("HTTP/2 200").contains("strict-transport-security: max-age=31536000");
        assertThat(curl(List.of(), "--http1.1", "--cacert", authority(), at("https", "127.0.0.1"))
                        .text())
                .startsWith("HTTP/1.1 200");
        assertThat(curl(List.of(), at("https", "localhost")).status()).isEqualTo(NOT_TRUSTED);
        assertThat(curl(List.of(), at("http", "localhost")).status()).isNotZero();
        assertThat(curl(List.of(), "--cacert", authority(), "--tls-max", "1.1", at("https", "localhost"))
                        .status())
                .isEqualTo(35);
        assertThat(curl(List.of(), "http://127.0.0.1:" + localPort + ME).text()).startsWith("HTTP/1.1 200");

        Platform.Said doctor = platform.run("doctor");
        assertThat(doctor.out())
                .contains("0.0.0.0:" + platform.port() + " by TLS, for every machine that reaches this one")
                .contains("127.0.0.1:" + localPort + " by plain HTTP, for processes of this machine only")
                .contains("no proxy is trusted")
                .contains("each principal may ask 500 times a second")
                .doesNotContain("FAIL  exposure");
        Files.setPosixFilePermissions(Authority.key(tls()), PosixFilePermissions.fromString("rw-r--r--"));
        Platform.Said worried = platform.run("doctor");
        assertThat(worried.status()).isEqualTo(1);
        assertThat(worried.out()).contains("FAIL  exposure  others than its owner can use " + Authority.key(tls()));
    }

    @Test
    void a_kill_changes_neither_authority_nor_certificate() throws Exception {
        assertThat(up("--tls").status()).isZero();
        byte[] root = Files.readAllBytes(Authority.certificate(tls()));
        byte[] shown = Files.readAllBytes(Authority.serverCertificate(tls()));
        ServerState before = ServerState.living(platform.home()).orElseThrow();
        before.process().orElseThrow().destroyForcibly();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> ServerState.living(platform.home())
                        .filter(state -> state.pid() != before.pid())
                        .isPresent());
        assertThat(curl(List.of(), "--cacert", authority(), at("https", "127.0.0.1"))
                        .text())
                .startsWith("HTTP/2 200");
        assertThat(Files.readAllBytes(Authority.certificate(tls()))).isEqualTo(root);
        assertThat(Files.readAllBytes(Authority.serverCertificate(tls()))).isEqualTo(shown);
    }

    @Test
    void plain_http_is_never_offered_to_other_machines() throws Exception {
        Platform.Said said = up("--host", "0.0.0.0");
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.err()).contains("plain HTTP is never offered to them. Add --tls");
    }

    @Test
    void a_certificate_that_is_given_is_shown_and_a_new_one_is_taken_while_the_server_runs() throws Exception {
        Path certificate = folder.resolve("cert.pem");
        Path key = folder.resolve("key.pem");
        openssl("one", certificate, key);
        Platform.Said said = up("--tls-certificate", certificate.toString(), "--tls-key", key.toString());
        assertThat(said.status()).as(said.err()).isZero();
        assertThat(said.out()).doesNotContain("platform's own authority");
        assertThat(curl(List.of(), "-v", "--cacert", certificate.toString(), at("https", "localhost"))
                        .text())
                .contains("CN=one");
        openssl("two", certificate, key);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(
                                curl(List.of(), "-v", "--cacert", certificate.toString(), at("https", "localhost"))
                                        .text())
                        .contains("CN=two"));
        assertThat(platform.run("doctor").out()).contains("the certificate in " + certificate + " is for CN=two until");
    }

    private static void openssl(String name, Path certificate, Path key) throws Exception {
        Answer made = run(List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "30",
                "-subj",
                "/CN=" + name,
                "-addext",
                "subjectAltName=DNS:localhost",
                "-out",
                certificate.toString(),
                "-keyout",
                key.toString()));
        assertThat(made.status()).as(made.text()).isZero();
    }

    private static int ip(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        return run(command).status();
    }

    /** Another network, with this machine at {@link #HERE}; only root may make one. */
    private static boolean otherNetwork() throws InterruptedException {
        try {
            return ip("netns", "add", NAMESPACE) == 0
                    && ip("link", "add", "sw-here", "type", "veth", "peer", "name", "sw-there", "netns", NAMESPACE) == 0
                    && ip("addr", "add", HERE + "/30", "dev", "sw-here") == 0
                    && ip("link", "set", "sw-here", "up") == 0
                    && ip("-n", NAMESPACE, "addr", "add", "10.213.7.2/30", "dev", "sw-there") == 0
                    && ip("-n", NAMESPACE, "link", "set", "sw-there", "up") == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void another_machine_reaches_tls_and_no_plain_port() throws Exception {
        try {
            assumeThat(otherNetwork()).as("this user can make another network").isTrue();
            assertThat(up("--host", "0.0.0.0", "--tls").status()).isZero();
            List<String> there = List.of("ip", "netns", "exec", NAMESPACE);
            assertThat(curl(there, "--cacert", authority(), at("https", HERE)).text())
                    .startsWith("HTTP/2 200");
            assertThat(curl(there, at("https", HERE)).status()).isEqualTo(NOT_TRUSTED);
            assertThat(curl(there, at("http", HERE)).status()).isNotZero();
            assertThat(curl(there, "http://" + HERE + ":" + localPort + ME).status())
                    .isEqualTo(7);
            assertThat(platform.run("doctor").out()).doesNotContain("FAIL  exposure");
        } finally {
            int unused = ip("netns", "del", NAMESPACE);
        }
    }
}
