package io.slipway.wire.databricks.identity;

import io.slipway.identity.oauth.ProgramSecret;
import io.slipway.identity.oauth.ProgramSecrets;
import io.slipway.kit.PlatformException;
import io.slipway.kit.PrincipalId;
import io.slipway.wire.Request;
import io.slipway.wire.Routes;
import io.slipway.wire.databricks.DatabricksApi;
import io.slipway.wire.databricks.DatabricksDialect;
import io.slipway.wire.databricks.account.AccountApi;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Secrets of service principals: as a workspace shows them and as the account does. */
public final class ProgramSecretRoutes {
    private static final Pattern SECONDS = Pattern.compile("([0-9]{1,12})s");

    private final ProgramSecrets secrets;

    public ProgramSecretRoutes(ProgramSecrets secrets) {
        this.secrets = secrets;
    }

    public void add(DatabricksApi api, AccountApi account) {
        String path = "/servicePrincipals/{id}/credentials/secrets";
        add(api.family(DatabricksDialect.STANDARD, "/api/2.0/accounts" + path));
        add(account.family(DatabricksDialect.STANDARD, path));
    }

    private void add(Routes.Lines lines) {
        lines.post("", this::create).get("", this::list).delete("/{secret}", this::delete);
    }

    private PrincipalId program(Request request) {
        String id = request.path("id");
        if (!id.matches("[0-9]{1,18}")) {
            throw PlatformException.notFound("Service principal " + id + " does not exist.");
        }
        return new PrincipalId(Long.parseLong(id));
    }

    record Create(Optional<String> lifetime) {
        /** A duration as JSON writes it: seconds with an s. */
        Duration life() {
            return lifetime.map(text -> {
                        var seconds = SECONDS.matcher(text);
                        if (!seconds.matches()) {
                            throw PlatformException.invalid("lifetime must be seconds, like 3600s.");
                        }
                        return Duration.ofSeconds(Long.parseLong(seconds.group(1)));
                    })
                    .orElse(ProgramSecrets.LONGEST_LIFE);
        }
    }

    record Shown(
            String id,
            Optional<String> secret,
            String secretHash,
            String createTime,
            String updateTime,
            String expireTime,
            String status) {}

    private Shown shown(ProgramSecret secret, Optional<String> value) {
        String created = Instant.ofEpochMilli(secret.createdAt()).toString();
        return new Shown(
                secret.id(),
                value,
                secret.hash(),
                created,
                created,
                Instant.ofEpochMilli(secret.expiresAt()).toString(),
                secrets.active(secret) ? "ACTIVE" : "EXPIRED");
    }

    private Object create(Request request) {
        ProgramSecret.Made made = secrets.create(
                request.caller(), program(request), request.body(Create.class).life());
        return shown(made.secret(), Optional.of(made.value()));
    }

    record Listed(List<Shown> secrets) {}

    private Object list(Request request) {
        return new Listed(secrets.list(request.caller(), program(request)).stream()
                .map(secret -> shown(secret, Optional.empty()))
                .toList());
    }

    private Object delete(Request request) {
        secrets.delete(request.caller(), program(request), request.path("secret"));
        return Request.nothing();
    }
}
