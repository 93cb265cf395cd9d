package io.slipway.server.tls;

import io.slipway.kit.Clock;
import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The platform's own certificate authority, for teams that have none. It is made once and lives in a folder of its own: who trusts
 * {@code ca.pem} trusts every certificate that the server will ever show. The server's certificate is made anew before it ends, and when
 * the machine gets a name or an address that it does not have.
 */
public final class Authority implements Supplier<Pair> {
    private static final Duration LIFE = Duration.ofDays(3650);

    /** Browsers refuse what lives longer than 398 days. */
    private static final Duration SERVER_LIFE = Duration.ofDays(397);

    private static final Duration RENEWED = Duration.ofDays(30);

    /** Clocks differ. */
    private static final Duration SLACK = Duration.ofHours(1);

    private static final int SERIAL_BYTES = 16;

    private final Path folder;
    private final Supplier<Set<String>> names;
    private final Clock clock;
    private final Ids ids;

    /** @param names that clients may use for this server, addresses among them */
    public Authority(Path folder, Supplier<Set<String>> names, Clock clock, Ids ids) {
        this.folder = folder;
        this.names = names;
        this.clock = clock;
        this.ids = ids;
    }

    /** What clients have to trust. */
    public static Path certificate(Path folder) {
        return folder.resolve("ca.pem");
    }

    /** Nobody but the server may read it. */
    public static Path key(Path folder) {
        return folder.resolve("ca.key");
    }

    /** The certificate that the server shows. */
    public static Path serverCertificate(Path folder) {
        return folder.resolve("server.pem");
    }

    /** The certificate in a file, as everybody can see it. */
    public static X509Certificate read(Path file) {
        return Pem.certificates(file).get(0);
    }

    /** By which people tell whether they have the right file. */
    public static String fingerprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /** The server's certificate: the one that is there, or a new one. */
    @Override
    public synchronized Pair get() {
        Set<String> wanted = names.get();
        return kept(wanted).orElseGet(() -> {
            Pair own = own();
            Pair issued = issued(own, wanted);
            save(serverCertificate(folder), folder.resolve("server.key"), issued);
            return issued;
        });
    }

    private Optional<Pair> kept(Set<String> wanted) {
        Path file = serverCertificate(folder);
        Path key = folder.resolve("server.key");
        if (!Files.exists(file) || !Files.exists(key) || !Files.exists(certificate(folder))) {
            return Optional.empty();
        }
        try {
            Pair pair = new Pair(Pem.key(key), Pem.certificates(file)).require(file.toString(), clock.now());
            pair.certificate().verify(read(certificate(folder)).getPublicKey());
            boolean lasts = pair.end().isAfter(clock.now().plus(RENEWED));
            boolean complete = new HashSet<>(pair.names()).containsAll(wanted);
            return lasts && complete ? Optional.of(pair) : Optional.empty();
        } catch (PlatformException | GeneralSecurityException broken) {
            return Optional.empty(); // half of it from a full disk, or of an authority of before
        }
    }

    private Pair own() {
        Path file = certificate(folder);
        if (Files.exists(file) && Files.exists(key(folder))) {
            return new Pair(Pem.key(key(folder)), Pem.certificates(file)).require(file.toString(), clock.now());
        }
        KeyPair keys = keys();
        Names subject = new Names("Slipway CA of " + MachineNames.hostName());
        Pair own = signed(subject, subject, keys.getPublic(), new Pair(keys.getPrivate(), List.of()), LIFE, Set.of());
        save(file, key(folder), own);
        return own;
    }

    private Pair issued(Pair own, Set<String> wanted) {
        KeyPair keys = keys();
        Pair signed = signed(
                new Names("Slipway on " + MachineNames.hostName()),
                new Names(own.certificate()),
                keys.getPublic(),
                own,
                SERVER_LIFE,
                wanted);
        return new Pair(keys.getPrivate(), List.of(signed.certificate(), own.certificate()));
    }

    /** A subject, as text for the library. */
    private record Names(org.bouncycastle.asn1.x500.X500Name name) {
        Names(String common) {
            this(new X500NameBuilder(BCStyle.INSTANCE)
                    .addRDN(BCStyle.O, "Slipway")
                    .addRDN(BCStyle.CN, common)
                    .build());
        }

        Names(X509Certificate certificate) {
            this(org.bouncycastle.asn1.x500.X500Name.getInstance(
                    certificate.getSubjectX500Principal().getEncoded()));
        }
    }

    /** Who has no certificate yet signs their own. */
    private Pair signed(Names subject, Names issuer, PublicKey key, Pair signer, Duration life, Set<String> altNames) {
        boolean authority = altNames.isEmpty();
        Instant now = clock.now();
        Instant end = now.plus(life);
        if (!authority && end.isAfter(signer.end())) {
            end = signer.end();
        }
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer.name(),
                new BigInteger(1, ids.secret(SERIAL_BYTES)),
                Date.from(now.minus(SLACK)),
                Date.from(end),
                subject.name(),
                key);
        try {
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(key));
            if (authority) {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
                builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            } else {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
                builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
                builder.addExtension(
                        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
                builder.addExtension(
                        Extension.authorityKeyIdentifier,
                        false,
                        extensions.createAuthorityKeyIdentifier(signer.certificate()));
                builder.addExtension(Extension.subjectAlternativeName, false, alternatives(altNames));
            }
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.key())));
            return new Pair(signer.key(), List.of(certificate));
        } catch (OperatorCreationException | CertIOException | GeneralSecurityException e) {
            throw new IllegalStateException("no certificate can be made", e);
        }
    }

    private static GeneralNames alternatives(Set<String> names) {
        return new GeneralNames(names.stream()
                .sorted()
                .map(name -> new GeneralName(
                        MachineNames.isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName,
                        name.toLowerCase(Locale.ROOT)))
                .toArray(GeneralName[]::new));
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java makes no keys of elliptic curves", e);
        }
    }

    private void save(Path certificate, Path key, Pair pair) {
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            PrivateFile.write(key, Pem.text(pair.key()));
            StringBuilder chain = new StringBuilder();
            pair.chain().forEach(each -> chain.append(Pem.text(each)));
            Path temporary = certificate.resolveSibling(certificate.getFileName() + ".tmp");
            Files.writeString(temporary, chain);
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(temporary, certificate, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("The certificates in " + folder + " cannot be written", e);
        }
    }
}
