package io.slipway.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import io.slipway.kit.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which certificate is shown, and when another takes its place. */
class CertificatesTest {
    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock(System.currentTimeMillis());
    private final Set<String> names = new TreeSet<>(List.of("localhost", "*.localhost", "127.0.0.1"));

    private Authority authority(String name) {
        return new Authority(folder.resolve(name), () -> Set.copyOf(names), clock, Ids.system(clock));
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void an_authority_is_made_once_and_its_certificate_is_kept() throws Exception {
        Pair first = authority("tls").get();
        X509Certificate root = Authority.read(Authority.certificate(folder.resolve("tls")));
        first.certificate().verify(root.getPublicKey());
        assertThat(first.chain()).hasSize(2).endsWith(root);
        assertThat(root.getBasicConstraints()).isZero();
        assertThat(first.certificate().getBasicConstraints()).isEqualTo(-1);
        assertThat(first.names()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(authority("tls").get().chain()).isEqualTo(first.chain());
        assertThat(Authority.fingerprint(root)).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    }

    @Test
    void everybody_may_read_certificates_and_nobody_else_keys() throws Exception {
        Pair unused = authority("tls").get();
        Path tls = folder.resolve("tls");
        assertThat(mode(Authority.certificate(tls))).isEqualTo("rw-r--r--");
        assertThat(mode(Authority.serverCertificate(tls))).isEqualTo("rw-r--r--");
        assertThat(mode(Authority.key(tls))).isEqualTo("rw-------");
        assertThat(mode(tls.resolve("server.key"))).isEqualTo("rw-------");
    }

    @Test
    void a_certificate_is_made_anew_before_it_ends_and_when_there_are_more_names() throws Exception {
        Authority authority = authority("tls");
        Certificates certificates = new Certificates(authority);
        Pair first = certificates.pair();
        clock.advance(Duration.ofDays(360));
        certificates.look();
        assertThat(certificates.pair()).isEqualTo(first);
        clock.advance(Duration.ofDays(10));
        certificates.look();
        Pair second = certificates.pair();
        assertThat(second.certificate()).isNotEqualTo(first.certificate());
        assertThat(second.chain().get(1)).isEqualTo(first.chain().get(1));
        names.add("slipway.example.com");
        certificates.look();
        assertThat(certificates.pair().names()).contains("slipway.example.com");
        assertThat(certificates.keyPair("anything").certificateChain())
                .isEqualTo(certificates.pair().chain());
    }

    private GivenPair given(String of) throws IOException {
        Path from = folder.resolve(of);
        copy(Authority.serverCertificate(from), "cert.pem");
        copy(from.resolve("server.key"), "key.pem");
        return new GivenPair(folder.resolve("cert.pem"), folder.resolve("key.pem"), clock);
    }

    private void copy(Path from, String to) throws IOException {
        Files.copy(from, folder.resolve(to), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void given_files_are_read_again_and_a_broken_pair_keeps_the_one_of_before() throws Exception {
        Pair one = authority("one").get();
        Pair two = authority("two").get();
        Certificates certificates = new Certificates(given("one"));
        assertThat(certificates.pair().chain()).isEqualTo(one.chain());
        copy(Authority.serverCertificate(folder.resolve("two")), "cert.pem");
        certificates.look();
        assertThat(certificates.pair().chain()).isEqualTo(one.chain());
        Files.delete(folder.resolve("key.pem"));
        certificates.look();
        assertThat(certificates.pair().chain()).isEqualTo(one.chain());
        copy(folder.resolve("two").resolve("server.key"), "key.pem");
        certificates.look();
        assertThat(certificates.pair().chain()).isEqualTo(two.chain());
    }

    @Test
    void what_no_client_would_accept_is_refused_with_its_reason() throws Exception {
        Pair unused = authority("one").get();
        Pair unusedToo = authority("two").get();
        GivenPair given = given("one");
        copy(folder.resolve("two").resolve("server.key"), "key.pem");
        refused(given, "The key does not belong to the certificate in " + folder.resolve("cert.pem") + ".");
        Files.writeString(folder.resolve("key.pem"), "no key");
        refused(given, "There is no private key in " + folder.resolve("key.pem") + ".");
        copy(folder.resolve("one").resolve("server.key"), "key.pem");
        Files.writeString(folder.resolve("cert.pem"), "");
        refused(given, "There is no certificate in " + folder.resolve("cert.pem") + ".");
        Files.writeString(
                folder.resolve("cert.pem"),
                Files.readString(Authority.serverCertificate(folder.resolve("one")))
                                .split("(?=-----BEGIN)")[0]
                        + Files.readString(Authority.certificate(folder.resolve("two"))));
        assertThatThrownBy(given::get).hasMessageContaining("is not signed by the one after it");
        clock.advance(Duration.ofDays(400));
        GivenPair old = given("one");
        assertThatThrownBy(old::get).hasMessageContaining("has ended at");
        Files.delete(folder.resolve("cert.pem"));
        refused(old, folder.resolve("cert.pem") + " cannot be read: it is not there.");
    }

    private static void refused(GivenPair given, String why) {
        assertThatThrownBy(given::get).isInstanceOf(PlatformException.class).hasMessage(why);
    }
}
