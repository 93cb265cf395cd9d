package io.slipway.wire.audit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.RequestHeaders;
import io.slipway.identity.Caller;
import io.slipway.identity.Identities;
import io.slipway.identity.Secrets;
import io.slipway.identity.audit.AuditEntry;
import io.slipway.identity.audit.AuditTrail;
import io.slipway.kit.Clock;
import io.slipway.kit.PlatformException;
import io.slipway.kit.WorkspaceId;
import io.slipway.wire.Call;
import io.slipway.wire.CallLog;
import io.slipway.wire.Request;
import io.slipway.wire.ShownToken;
import io.slipway.wire.WireJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes every call into the audit log. What may change something is written down twice: before, or nothing is done, and after it. The
 * rest is done even if it cannot be written down.
 */
public final class AuditedCalls implements CallLog {
    private static final Logger log = LoggerFactory.getLogger(AuditedCalls.class);
    private static final int LONGEST_ANSWER = 4 << 10;
    private static final int SESSION_ID = 8;

    private final AuditTrail trail;
    private final Clock clock;
    private final Places places;
    private final ActionNames names = ActionNames.bundled();
    private final TokenLogins logins = new TokenLogins();

    /**
     * @param where in which workspace it was asked, by somebody who is in none
     * @param code whether the audit log of a workspace has the text of commands
     * @param session the secret of a browser's session
     * @param tokenId the id of a personal access token
     */
    public record Places(
            Function<Request, WorkspaceId> where,
            Predicate<WorkspaceId> code,
            Function<Request, Optional<String>> session,
            Function<String, Optional<String>> tokenId) {}

    public AuditedCalls(AuditTrail trail, Clock clock, Places places) {
        this.trail = trail;
        this.clock = clock;
        this.places = places;
    }

    @Override
    public Open begin(Call call) {
        long at = clock.millis();
        if (Chatter.is(call.route())) {
            return ending -> {
                if (ending.status() >= 400) {
                    end(call, at, parameters(call), ending);
                }
            };
        }
        if (!call.changing()) {
            return ending -> end(call, at, parameters(call), ending);
        }
        Parameters parameters = parameters(call);
        trail.write(entry(call, at, call.request().caller(), parameters));
        return ending -> end(call, at, parameters, ending);
    }

    @Override
    public void refused(Call call, Ending ending) {
        end(call, clock.millis(), parameters(call), ending);
    }

    private Parameters parameters(Call call) {
        return Parameters.of(
                call, () -> places.code().test(call.request().caller().workspace()));
    }

    private void end(Call call, long at, Parameters parameters, Ending ending) {
        try {
            Optional<String> error = ending.error().map(why -> parameters.cleaned(told(why)));
            AuditEntry.Response response = new AuditEntry.Response(
                    ending.status(), error, call.changing() ? made(ending.body()) : Optional.empty());
            ending.found().forEach(parameters::found);
            AuditEntry entry = entry(call, at, ending.caller(), parameters).ended(response);
            trail.write(entry);
            login(call, ending.caller(), entry);
        } catch (RuntimeException e) {
            log.error("the end of {} {} is missing in the audit log", call.route(), call.id(), e);
        }
    }

    /** That a personal access token has let somebody in. */
    private void login(Call call, Caller caller, AuditEntry entry) {
        if (caller.id().number() < 0) {
            return;
        }
        ShownToken.in(call.request().headers())
                .filter(Identities::looksLikeToken)
                .filter(token -> logins.first(Secrets.hash(token), entry.who().address(), entry.at()))
                .ifPresent(token -> {
                    Map<String, String> parameters = new LinkedHashMap<>();
                    parameters.put("user", caller.name());
                    places.tokenId().apply(token).ifPresent(id -> parameters.put("tokenId", id));
                    trail.write(new AuditEntry(
                            digest("login " + call.id()),
                            entry.at(),
                            entry.workspace(),
                            entry.who(),
                            new AuditEntry.What("accounts", "tokenLogin", call.route(), parameters),
                            Optional.of(new AuditEntry.Response(200, Optional.empty(), Optional.empty()))));
                });
    }

    private static String told(PlatformException why) {
        return why.code() + ": " + why.message();
    }

    private AuditEntry entry(Call call, long at, Caller caller, Parameters parameters) {
        Request request = call.request();
        ActionNames.Name name = names.of(call.route());
        boolean somebody = caller.id().number() >= 0;
        RequestHeaders headers = request.headers();
        Optional<String> session = headers.contains("authorization")
                ? Optional.empty()
                : places.session().apply(request);
        return new AuditEntry(
                call.id(),
                at,
                somebody ? caller.workspace() : places.where().apply(request),
                new AuditEntry.Who(
                        named(caller),
                        request.address().getHostAddress(),
                        Secrecy.without(headers.get("user-agent", "")),
                        session.map(AuditedCalls::digest),
                        session.isPresent() ? "session" : credentials(headers)),
                new AuditEntry.What(name.service(), name.action(), call.route(), parameters.all()),
                Optional.empty());
    }

    private static Optional<String> named(Caller caller) {
        return caller.equals(Caller.NOBODY) ? Optional.empty() : Optional.of(caller.name());
    }

    /** How somebody says who they are, never what they say. */
    private static String credentials(RequestHeaders headers) {
        String header = headers.get("authorization", "");
        if (header.isEmpty()) {
            return "none";
        }
        return ShownToken.in(headers)
                .map(token -> token.startsWith("eyJ") ? "oauth" : "token")
                .orElse(header.regionMatches(true, 0, "Basic ", 0, 6) ? "basic" : "other");
    }

    /** Tells sessions apart and opens none. */
    private static String digest(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, SESSION_ID);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The ids in the answer to a change: what it has made. Nothing else of an answer is told. */
    private static Optional<String> made(HttpData body) {
        if (body.isEmpty() || body.length() > LONGEST_ANSWER) {
            return Optional.empty();
        }
        StringBuilder made = new StringBuilder();
        try (JsonParser json = WireJson.mapper().getFactory().createParser(body.array())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                JsonToken value = json.nextToken();
                boolean id = name.equals("id") || name.endsWith("_id") || name.equals("full_name");
                if (value.isScalarValue() && id) {
                    made.append(made.isEmpty() ? "" : " ")
                            .append(name)
                            .append('=')
                            .append(json.getText());
                }
                json.skipChildren();
            }
        } catch (IOException notJson) {
            return Optional.empty();
        }
        return made.isEmpty() ? Optional.empty() : Optional.of(made.toString());
    }
}
