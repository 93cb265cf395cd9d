package io.slipway.identity.oidc;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.identity.Attempts;
import io.slipway.identity.Entry;
import io.slipway.identity.ProvidedUsers;
import io.slipway.identity.Secrets;
import io.slipway.identity.SessionTokens;
import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lets people in by the company's provider: they are sent there and come back with a code, which becomes a session (OpenID Connect Core
 * 1.0, 3.1, with PKCE, state and nonce). The provider says who they are; the directory says whether they may come in.
 */
public final class ProviderSignIn {
    /** How long somebody may take to sign in there. */
    public static final Duration LIFE = SignInAttempts.LIFE;

    private static final String VERIFIED = "email_verified";
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    /** Where Microsoft Entra says that a claim is elsewhere, as it is too long (OpenID Connect Core 1.0, 5.6.2). */
    private static final String ELSEWHERE = "_claim_names";

    private final ProviderSettings settings;
    private final Issuers issuers;
    private final Database database;
    private final Clock clock;
    private final ProvidedUsers users;
    private final SignInAttempts attempts;
    private final Attempts failures;
    private final OidcStore store = new OidcStore();

    ProviderSignIn(Base base, ProviderSettings settings, Issuers issuers, SessionTokens tokens, ProvidedUsers users) {
        this.settings = settings;
        this.issuers = issuers;
        this.database = base.database();
        this.clock = base.clock();
        this.users = users;
        this.attempts = new SignInAttempts(tokens, base.clock(), base.ids());
        this.failures = new Attempts(base.clock());
    }

    /** As people call the provider. */
    public String name() {
        return settings.name();
    }

    /**
     * @param location where the browser goes
     * @param attempt what it keeps, for as long as {@link #LIFE}, and shows when it comes back
     */
    public record Begun(String location, String attempt) {}

    /** @param back the address to which the provider sends the browser; it must know it */
    public Begun begin(String back) {
        ProviderDocument provider = issuers.document(settings.issuer());
        SignInAttempts.Attempt attempt = attempts.begin();
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("response_type", "code");
        asked.put("client_id", settings.clientId());
        asked.put("redirect_uri", back);
        asked.put("scope", settings.scopes());
        asked.put("state", attempt.state());
        asked.put("nonce", attempt.nonce());
        asked.put("code_challenge", Secrets.challenge(attempt.verifier()));
        asked.put("code_challenge_method", "S256");
        String address = provider.authorizeRequired().toString();
        return new Begun(address + (address.contains("?") ? "&" : "?") + form(asked), attempt.value());
    }

    /**
     * With what the browser comes back from the provider.
     *
     * @param issuer who the provider says that it is (RFC 9207)
     * @param error why there is no code
     */
    public record Answer(
            Optional<String> state, Optional<String> code, Optional<String> issuer, Optional<String> error) {}

    /**
     * The secret of a new session of whom the provider has sent.
     *
     * @param attempt what the browser has kept
     * @param back the address to which it was sent
     * @param address from which it comes
     * @param named the workspace in which the session is to be; empty: the first that they are in
     * @throws PlatformException UNAUTHENTICATED or PERMISSION_DENIED with a sentence for people, UNAVAILABLE if the provider is
     */
    public String finish(
            Optional<String> attempt, Answer answer, String back, String address, Optional<WorkspaceId> named) {
        failures.require("", address);
        SignInAttempts.Attempt known = attempt.flatMap(
                        value -> attempts.answered(value, answer.state().orElse("")))
                .orElseThrow(() -> wrong(
                        address, "This sign-in is older than ten minutes, or began in another browser. Begin again."));
        if (!first(known)) {
            throw wrong(address, "This sign-in was used already. Begin again.");
        }
        return users.signIn(
                said(known, answer, back, address),
                new ProvidedUsers.Rules(settings.create(), settings.adminGroups()),
                address,
                named);
    }

    /** Who makes codes up has the provider asked about each of them, and so has to wait after many. */
    private PlatformException wrong(String address, String why) {
        failures.failed(settings.issuer(), address);
        return refused(why);
    }

    private boolean first(SignInAttempts.Attempt attempt) {
        return database.write(tx -> {
                    store.forget(tx.sql(), clock.millis());
                    return store.use(tx.sql(), attempt.hash(), attempt.expiresAt());
                })
                > 0;
    }

    /** Who the provider says that it is. */
    private ProvidedUsers.Said said(SignInAttempts.Attempt attempt, Answer answer, String back, String address) {
        if (answer.issuer().filter(other -> !other.equals(settings.issuer())).isPresent()) {
            throw refused("The answer is of another provider.");
        }
        answer.error().ifPresent(error -> {
            throw refused(
                    error.equals("access_denied")
                            ? settings.name() + " has refused the sign-in, or it was cancelled there."
                            : settings.name() + " refuses the sign-in: " + word(error) + ".");
        });
        String code = answer.code().orElseThrow(() -> refused(settings.name() + " has sent no code."));
        ProviderDocument provider = issuers.document(settings.issuer());
        JsonNode tokens = redeem(provider, attempt, code, back, address);
        Claims claims = identity(tokens.path("id_token").asText(), attempt.nonce());
        return said(more(provider, claims, tokens.path("access_token").asText()));
    }

    private ProvidedUsers.Said said(Claims claims) {
        String claim = settings.userClaim();
        String user = claims.text(claim)
                .orElseThrow(() -> refused(settings.name() + " does not say who you are: the claim " + claim
                        + " is missing. An admin can set oidc.user and oidc.scopes."));
        // Where people write their own address, an unverified one would let them in as whoever has it here.
        if (claim.equals(ProviderSettings.EMAIL) && !claims.affirms(VERIFIED)) {
            throw refused(settings.name() + " does not say that it has verified the e-mail address " + user
                    + ". An admin can have it say so (" + VERIFIED + "), or set oidc.user to a claim that nobody writes"
                    + " for themselves.");
        }
        List<Entry.Email> emails = new ArrayList<>();
        claims.text(ProviderSettings.EMAIL)
                .ifPresent(email -> emails.add(new Entry.Email(email, Optional.of("work"), true)));
        return new ProvidedUsers.Said(
                settings.issuer(),
                claims.text("sub").orElseThrow(() -> refused("The token has no subject.")),
                user,
                new Entry.Profile(
                        claims.text("name").orElse(user),
                        claims.text("given_name").orElse(""),
                        claims.text("family_name").orElse(""),
                        emails),
                settings.groupsClaim().map(groups -> groups(claims, groups)));
    }

    /** Who is in no group may have no claim of them. */
    private Set<String> groups(Claims claims, String claim) {
        if (claims.all().get(ELSEWHERE) instanceof Map<?, ?> elsewhere && elsewhere.containsKey(claim)) {
            throw refused(settings.name() + " names too many groups to send them. Let it send those only that this"
                    + " application is given.");
        }
        return claims.words(claim).orElse(Set.of());
    }

    private JsonNode redeem(
            ProviderDocument provider, SignInAttempts.Attempt attempt, String code, String back, String from) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", back);
        form.put("code_verifier", attempt.verifier());
        Map<String, String> headers = new LinkedHashMap<>();
        Optional<String> secret = settings.secret().map(ProviderSignIn::secret);
        if (secret.isEmpty() || provider.secretInForm()) {
            form.put("client_id", settings.clientId());
            secret.ifPresent(value -> form.put("client_secret", value));
        } else {
            // Both are encoded before they are joined (RFC 6749, 2.3.1).
            String pair = encoded(settings.clientId()) + ":" + encoded(secret.get());
            headers.put(
                    "authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        URI address = provider.tokenRequired();
        ForeignHttp.Answer answer = issuers.http().post(address, form(form), headers);
        if (answer.status() == 200 && answer.body().path("id_token").isTextual()) {
            return answer.body();
        }
        String error = word(answer.body().path("error").asText());
        if (error.equals("invalid_client") || error.equals("unauthorized_client")) {
            throw new PlatformException(
                    ErrorCode.UNAVAILABLE,
                    settings.name() + " does not take this server as its client (" + error
                            + "). An admin must look at oidc.client.id and oidc.client.secret.file.");
        }
        if (answer.status() >= 500 || answer.status() == 200) {
            throw ForeignHttp.unreachable(
                    address, answer.status() == 200 ? "it sends no id_token" : "it answers " + answer.status());
        }
        throw wrong(
                from,
                settings.name() + " does not take its own code back: "
                        + (error.isEmpty() ? "it answers " + answer.status() : error) + ".");
    }

    private Claims identity(String idToken, String nonce) {
        ForeignToken token = issuers.checked(
                idToken, settings.issuer(), Set.of(settings.clientId()), new KeySource.OfIssuer(settings.issuer()));
        Claims claims = token.claims();
        if (claims.text("nonce").filter(nonce::equals).isEmpty()) {
            throw refused("The token is of another sign-in.");
        }
        // OpenID Connect Core 1.0, 3.1.3.7: who else may use it must not be somebody else alone.
        Optional<String> party = claims.text("azp");
        if (party.filter(other -> !other.equals(settings.clientId())).isPresent()
                || (party.isEmpty() && token.audience().size() > 1)) {
            throw refused("The token is for another application.");
        }
        return claims;
    }

    /** Some providers tell the rest only to those who ask (OpenID Connect Core 1.0, 5.3 and 5.4). */
    private Claims more(ProviderDocument provider, Claims claims, String accessToken) {
        boolean enough = claims.has(settings.userClaim())
                && (!settings.userClaim().equals(ProviderSettings.EMAIL) || claims.has(VERIFIED))
                && settings.groupsClaim().filter(groups -> !claims.has(groups)).isEmpty();
        if (enough || provider.userInfo().isEmpty() || accessToken.isEmpty()) {
            return claims;
        }
        JsonNode told = issuers.http().get(provider.userInfo().get(), Map.of("authorization", "Bearer " + accessToken));
        Claims others = new Claims(Json.mapper().convertValue(told, OBJECT));
        if (!others.text("sub").equals(claims.text("sub"))) {
            throw refused("What the provider tells is of somebody else.");
        }
        return claims.and(others);
    }

    /** Read each time: it may be a new one. */
    private static String secret(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new PlatformException(
                    ErrorCode.UNAVAILABLE, "The file of oidc.client.secret.file cannot be read.", e);
        }
    }

    private static String form(Map<String, String> params) {
        StringBuilder form = new StringBuilder();
        params.forEach((name, value) ->
                form.append(form.isEmpty() ? "" : "&").append(name).append('=').append(encoded(value)));
        return form.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A word of the protocol, and nothing that somebody could say with it. */
    private static String word(String text) {
        return text.matches("[a-z_]{1,60}") ? text : text.isEmpty() ? "" : "unknown error";
    }

    private static PlatformException refused(String why) {
        return new PlatformException(ErrorCode.UNAUTHENTICATED, why);
    }
}
