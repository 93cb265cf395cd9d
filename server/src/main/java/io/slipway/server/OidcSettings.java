package io.slipway.server;

import io.slipway.identity.oidc.Authorities;
import io.slipway.identity.oidc.ForeignAddress;
import io.slipway.identity.oidc.OidcRoom;
import io.slipway.identity.oidc.ProviderSettings;
import io.slipway.kit.ConfigReader;
import io.slipway.kit.PlatformException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** The settings that say by which provider people sign in. */
final class OidcSettings {
    private static final String ISSUER = "oidc.issuer";
    private static final String CLIENT = "oidc.client.id";
    private static final String SECRET = "oidc.client.secret.file";
    private static final String AUTHORITIES = "oidc.authorities";
    private static final String SCOPES = "oidc.scopes";

    static final List<ConfigReader.Key> KEYS = List.of(
            key(
                    ISSUER,
                    "",
                    "The OpenID Connect provider by which people sign in, as https://login.example.com/realm, exactly as it"
                            + " calls itself; empty: by passwords and tokens only. Let it send people back to /sign-in of"
                            + " each address at which they open this server."),
            key(CLIENT, "", "By which the provider knows this server."),
            key(SECRET, "", "The file with the secret that the provider has given to it; empty: a public client."),
            key("oidc.name", "", "What people call the provider, for the button; empty: the host of its address."),
            key(SCOPES, "openid profile email", "What the provider is asked for."),
            key(
                    "oidc.user",
                    ProviderSettings.EMAIL,
                    "The claim that is the name of the user here. It counts at the first sign-in; from then on the provider's"
                            + " own number of the person does. An email is taken only with email_verified."),
            key(
                    "oidc.groups",
                    "",
                    "The claim with the groups of the user, by name or external id. What the provider has given is replaced"
                            + " at each sign-in, what was given by hand stays; empty: groups are left alone."),
            key(
                    "oidc.groups.admins",
                    "",
                    "Groups, with commas between, that the provider may fill although whoever is in them administers a"
                            + " workspace or the account; of no other such group it decides who is in it."),
            key(
                    "oidc.create",
                    "false",
                    "true: who is not in the directory yet becomes a user of the first workspace when they first sign in;"
                            + " false: they are refused."),
            key(
                    AUTHORITIES,
                    "",
                    "A file with certificates, in PEM, of authorities that are trusted besides those that Java knows when the"
                            + " server asks providers and other issuers of tokens."));

    private OidcSettings() {}

    private static ConfigReader.Key key(String name, String standard, String meaning) {
        return new ConfigReader.Key(name, standard, meaning, false);
    }

    static OidcRoom.Settings read(ConfigReader.Values values) {
        Optional<Path> authorities = given(values, AUTHORITIES).map(text -> file(AUTHORITIES, text));
        authorities.ifPresent(OidcSettings::checkAuthorities);
        return new OidcRoom.Settings(provider(values), authorities);
    }

    private static void checkAuthorities(Path file) {
        SSLContext unused = Authorities.with(file);
    }

    private static Optional<ProviderSettings> provider(ConfigReader.Values values) {
        String issuer = values.text(ISSUER);
        if (issuer.isEmpty()) {
            if (!values.text(CLIENT).isEmpty()) {
                throw PlatformException.invalid(CLIENT + " is set, and " + ISSUER + " is not.");
            }
            return Optional.empty();
        }
        String host = ForeignAddress.issuer(ISSUER, issuer).getHost();
        if (values.text(CLIENT).isEmpty()) {
            throw PlatformException.invalid(CLIENT + " must be set, as " + ISSUER + " is.");
        }
        if (!List.of(values.text(SCOPES).split("\\s+")).contains("openid")) {
            throw PlatformException.invalid(SCOPES + " must have openid among its words.");
        }
        if (values.text("oidc.user").isEmpty()) {
            throw PlatformException.invalid("oidc.user must not be empty.");
        }
        return Optional.of(new ProviderSettings(
                issuer,
                values.text(CLIENT),
                given(values, SECRET).map(text -> file(SECRET, text)),
                given(values, "oidc.name").orElse(host),
                values.text(SCOPES),
                values.text("oidc.user"),
                given(values, "oidc.groups"),
                words(values.text("oidc.groups.admins")),
                values.truth("oidc.create")));
    }

    private static Optional<String> given(ConfigReader.Values values, String name) {
        return Optional.of(values.text(name)).filter(text -> !text.isEmpty());
    }

    private static Path file(String name, String text) {
        Path file = Path.of(text).toAbsolutePath().normalize();
        if (!Files.isReadable(file)) {
            throw PlatformException.invalid(name + ": " + file + " is not there, or cannot be read.");
        }
        return file;
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }
}
