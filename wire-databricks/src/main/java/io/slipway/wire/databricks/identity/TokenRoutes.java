package io.slipway.wire.databricks.identity;

import io.slipway.identity.Identities;
import io.slipway.identity.Token;
import io.slipway.identity.WorkspaceTokens;
import io.slipway.identity.setting.SettingRoom;
import io.slipway.kit.PlatformException;
import io.slipway.wire.Request;
import io.slipway.wire.databricks.DatabricksApi;
import io.slipway.wire.databricks.DatabricksDialect;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Token API 2.0, for everybody's own tokens, and Token management API 2.0, for admins and the tokens of all. */
public final class TokenRoutes {
    private static final Duration LONGEST_LIFE = Duration.ofDays(100 * 365);

    private final Identities identities;
    private final WorkspaceTokens all;
    private final SettingRoom settings;

    public TokenRoutes(Identities identities, WorkspaceTokens all, SettingRoom settings) {
        this.identities = identities;
        this.all = all;
        this.settings = settings;
    }

    public void add(DatabricksApi api) {
        api.family(DatabricksDialect.STANDARD, "/api/2.0/token")
                .post("/create", this::create)
                .get("/list", this::list)
                .post("/delete", this::delete)
                .patch("/{id}", this::comment);
        api.family(DatabricksDialect.STANDARD, "/api/2.0/token-management")
                .get("/tokens", this::listAll)
                .get("/tokens/{id}", this::get)
                .patch("/tokens/{id}", this::commentAny)
                .delete("/tokens/{id}", this::deleteAny)
                .post("/on-behalf-of/tokens", this::createFor);
    }

    record Created(String tokenValue, Object tokenInfo) {}

    record CreateToken(Optional<Long> lifetimeSeconds, Optional<String> comment, Optional<String> applicationId) {
        String text() {
            return comment.orElse("");
        }
    }

    record TokenInfo(String tokenId, long creationTime, long expiryTime, String comment) {
        static TokenInfo of(Token token) {
            return new TokenInfo(
                    token.id(), token.createdAt(), token.expiresAt().orElse(-1L), token.comment());
        }
    }

    private Optional<Duration> lifetime(Request request, CreateToken asked) {
        asked.lifetimeSeconds().filter(life -> life > LONGEST_LIFE.toSeconds()).ifPresent(life -> {
            throw PlatformException.invalid("lifetime_seconds must be at most " + LONGEST_LIFE.toSeconds() + ".");
        });
        return settings.conf()
                .tokenLifetime(request.caller(), asked.lifetimeSeconds().map(Duration::ofSeconds));
    }

    private Object create(Request request) {
        CreateToken asked = request.body(CreateToken.class);
        Token.Created created = identities.createToken(request.caller(), asked.text(), lifetime(request, asked));
        return new Created(created.value(), TokenInfo.of(created.token()));
    }

    record TokenList(List<?> tokenInfos) {}

    private Object list(Request request) {
        return new TokenList(
                identities.tokens(request.caller()).stream().map(TokenInfo::of).toList());
    }

    record DeleteToken(Optional<String> tokenId) {}

    private Object delete(Request request) {
        identities.deleteToken(
                request.caller(),
                Request.require(request.body(DeleteToken.class).tokenId(), "token_id"));
        return Request.nothing();
    }

    record Commented(Optional<String> comment) {}

    record UpdateToken(Optional<Commented> token, Optional<String> updateMask) {
        String comment() {
            updateMask
                    .filter(mask -> !mask.equals("comment") && !mask.equals("*"))
                    .ifPresent(mask -> {
                        throw PlatformException.invalid(
                                "Only the comment of a token can be changed, not " + mask + ".");
                    });
            return token.flatMap(Commented::comment).orElse("");
        }
    }

    private Object comment(Request request) {
        all.commentOwn(
                request.caller(),
                request.path("id"),
                request.body(UpdateToken.class).comment());
        return Request.nothing();
    }

    /** As admins see it. */
    record HeldInfo(
            String tokenId,
            long creationTime,
            long expiryTime,
            String comment,
            long createdById,
            String createdByUsername,
            long ownerId,
            Optional<Long> lastUsedDay,
            long workspaceId) {
        static HeldInfo of(WorkspaceTokens.Held held) {
            Token token = held.token();
            return new HeldInfo(
                    token.id(),
                    token.createdAt(),
                    token.expiresAt().orElse(-1L),
                    token.comment(),
                    held.createdBy().id().number(),
                    held.createdBy().name(),
                    held.owner().id().number(),
                    held.usedOn(),
                    token.workspace().number());
        }
    }

    record ListAll(Optional<Long> createdById, Optional<String> createdByUsername) {
        boolean shows(WorkspaceTokens.Held held) {
            return createdById.map(id -> id == held.createdBy().id().number()).orElse(true)
                    && createdByUsername
                            .map(name -> name.equalsIgnoreCase(held.createdBy().name()))
                            .orElse(true);
        }
    }

    private Object listAll(Request request) {
        ListAll asked = request.query(ListAll.class);
        return new TokenList(all.list(request.caller()).stream()
                .filter(asked::shows)
                .map(HeldInfo::of)
                .toList());
    }

    record Shown(HeldInfo tokenInfo) {}

    private Object get(Request request) {
        return new Shown(HeldInfo.of(all.get(request.caller(), request.path("id"))));
    }

    private Object commentAny(Request request) {
        all.comment(
                request.caller(),
                request.path("id"),
                request.body(UpdateToken.class).comment());
        return Request.nothing();
    }

    private Object deleteAny(Request request) {
        all.delete(request.caller(), request.path("id"));
        return Request.nothing();
    }

    private Object createFor(Request request) {
        CreateToken asked = request.body(CreateToken.class);
        Token.Created created = all.createFor(
                request.caller(),
                Request.require(asked.applicationId(), "application_id"),
                asked.text(),
                lifetime(request, asked));
        return new Created(
                created.value(),
                HeldInfo.of(all.get(request.caller(), created.token().id())));
    }
}
