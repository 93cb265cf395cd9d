package io.slipway.wire.databricks.secret;

import io.slipway.identity.secret.SecretAcl;
import io.slipway.identity.secret.SecretRight;
import io.slipway.identity.secret.SecretScopes;
import io.slipway.identity.secret.SecretValues;
import io.slipway.kit.PlatformException;
import io.slipway.wire.Request;
import io.slipway.wire.databricks.Base64Field;
import io.slipway.wire.databricks.DatabricksApi;
import io.slipway.wire.databricks.DatabricksDialect;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Secrets API 2.0. */
public final class SecretRoutes {
    private static final String BACKEND = "DATABRICKS";

    private final SecretScopes scopes;
    private final SecretValues values;

    public SecretRoutes(SecretScopes scopes, SecretValues values) {
        this.scopes = scopes;
        this.values = values;
    }

    public void add(DatabricksApi api) {
        api.family(DatabricksDialect.STANDARD, "/api/2.0/secrets")
                .post("/scopes/create", this::createScope)
                .get("/scopes/list", this::listScopes)
                .post("/scopes/delete", this::deleteScope)
                .post("/put", this::put)
                .get("/get", this::get)
                .get("/list", this::list)
                .post("/delete", this::delete)
                .post("/acls/put", this::putAcl)
                .get("/acls/get", this::getAcl)
                .get("/acls/list", this::listAcls)
                .post("/acls/delete", this::deleteAcl);
    }

    record CreateScope(
            Optional<String> scope,
            Optional<String> initialManagePrincipal,
            Optional<String> scopeBackendType,
            Optional<Map<String, Object>> backendAzureKeyvault) {}

    private Object createScope(Request request) {
        CreateScope asked = request.body(CreateScope.class);
        boolean elsewhere = asked.scopeBackendType()
                .filter(type -> !type.equalsIgnoreCase(BACKEND))
                .isPresent();
        if (elsewhere || asked.backendAzureKeyvault().isPresent()) {
            throw PlatformException.invalid(
                    "scope_backend_type must be DATABRICKS: this platform keeps secrets itself.");
        }
        asked.initialManagePrincipal().filter(first -> !first.equals("users")).ifPresent(first -> {
            throw PlatformException.invalid("initial_manage_principal must be users, or left out.");
        });
        scopes.create(
                request.caller(),
                Request.require(asked.scope(), "scope"),
                asked.initialManagePrincipal().isPresent()
                        ? SecretScopes.ManagedBy.USERS
                        : SecretScopes.ManagedBy.CREATOR);
        return Request.nothing();
    }

    record Scope(String name, String backendType) {}

    record Scopes(List<Scope> scopes) {}

    private Object listScopes(Request request) {
        return new Scopes(scopes.list(request.caller()).stream()
                .map(scope -> new Scope(scope.name(), BACKEND))
                .toList());
    }

    /** What names a scope, and in it a key or a principal. */
    record Named(Optional<String> scope, Optional<String> key, Optional<String> principal) {
        String theScope() {
            return Request.require(scope, "scope");
        }

        String theKey() {
            return Request.require(key, "key");
        }

        String thePrincipal() {
            return Request.require(principal, "principal");
        }
    }

    private Object deleteScope(Request request) {
        scopes.delete(request.caller(), request.body(Named.class).theScope());
        return Request.nothing();
    }

    record PutSecret(
            Optional<String> scope, Optional<String> key, Optional<String> stringValue, Optional<String> bytesValue) {}

    private Object put(Request request) {
        PutSecret asked = request.body(PutSecret.class);
        String scope = Request.require(asked.scope(), "scope");
        String key = Request.require(asked.key(), "key");
        if (asked.stringValue().isPresent() == asked.bytesValue().isPresent()) {
            throw PlatformException.invalid("Exactly one of string_value and bytes_value must be given.");
        }
        byte[] value = asked.stringValue()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .or(() -> asked.bytesValue().map(bytes -> Base64Field.decoded(bytes, "bytes_value")))
                .orElseThrow();
        values.put(request.caller(), scope, key, value);
        return Request.nothing();
    }

    record Secret(String key, String value) {}

    private Object get(Request request) {
        Named asked = request.query(Named.class);
        byte[] value = values.get(request.caller(), asked.theScope(), asked.theKey());
        return new Secret(asked.theKey(), Base64.getEncoder().encodeToString(value));
    }

    record Key(String key, long lastUpdatedTimestamp) {}

    record Keys(List<Key> secrets) {}

    private Object list(Request request) {
        return new Keys(values.list(request.caller(), request.query(Named.class).theScope()).stream()
                .map(key -> new Key(key.name(), key.changedAt()))
                .toList());
    }

    private Object delete(Request request) {
        Named asked = request.body(Named.class);
        values.delete(request.caller(), asked.theScope(), asked.theKey());
        return Request.nothing();
    }

    record PutAcl(Optional<String> scope, Optional<String> principal, Optional<String> permission) {}

    private Object putAcl(Request request) {
        PutAcl asked = request.body(PutAcl.class);
        String permission = Request.require(asked.permission(), "permission");
        SecretRight right = Arrays.stream(SecretRight.values())
                .filter(each -> each.name().equals(permission))
                .findFirst()
                .orElseThrow(() -> PlatformException.invalid("permission must be READ, WRITE or MANAGE."));
        scopes.putAcl(
                request.caller(),
                Request.require(asked.scope(), "scope"),
                Request.require(asked.principal(), "principal"),
                right);
        return Request.nothing();
    }

    record Acl(String principal, String permission) {
        static Acl of(SecretAcl acl) {
            return new Acl(acl.principal().name(), acl.permission().name());
        }
    }

    private Object getAcl(Request request) {
        Named asked = request.query(Named.class);
        return Acl.of(scopes.acl(request.caller(), asked.theScope(), asked.thePrincipal()));
    }

    record Acls(List<Acl> items) {}

    private Object listAcls(Request request) {
        return new Acls(scopes.acls(request.caller(), request.query(Named.class).theScope()).stream()
                .map(Acl::of)
                .toList());
    }

    private Object deleteAcl(Request request) {
        Named asked = request.body(Named.class);
        scopes.deleteAcl(request.caller(), asked.theScope(), asked.thePrincipal());
        return Request.nothing();
    }
}
