package io.slipway.iam;

import io.slipway.iam.policy.AccountId;
import io.slipway.iam.policy.Context;
import io.slipway.iam.policy.Request;
import io.slipway.iam.policy.Requester;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.DecodeAuthorizationMessageRequest;
import software.amazon.awssdk.services.sts.model.DecodeAuthorizationMessageResponse;
import software.amazon.awssdk.services.sts.model.FederatedUser;
import software.amazon.awssdk.services.sts.model.GetAccessKeyInfoRequest;
import software.amazon.awssdk.services.sts.model.GetAccessKeyInfoResponse;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.GetFederationTokenRequest;
import software.amazon.awssdk.services.sts.model.GetFederationTokenResponse;
import software.amazon.awssdk.services.sts.model.GetSessionTokenRequest;
import software.amazon.awssdk.services.sts.model.GetSessionTokenResponse;

/** STS for one caller. */
record Sts(IamRecords records, Sessions sessions, RoleSessions roles, WebIdentities web, AwsCaller caller)
        implements StsClient {
    private static final int HALF_DAY = 43_200;
    private static final int DAY_AND_A_HALF = 129_600;
    private static final int HOUR = 3_600;
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");
    private static final Pattern ROLE_ARN = Pattern.compile("arn:[\\w-]+:[\\w-]+:[^:]*:[^:]*:.+");

    @Override
    public String serviceName() {
        return StsClient.SERVICE_NAME;
    }

    @Override
    public void close() {}

    @Override
    public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
        Requester who = signed();
        return GetCallerIdentityResponse.builder()
                .arn(who.arn())
                .account(account().digits())
                .userId(userId(who))
                .build();
    }

    private String userId(Requester who) {
        String last = who.arn().substring(who.arn().lastIndexOf('/') + 1);
        return switch (who.kind()) {
            case ROLE_SESSION -> who.uniqueId().orElse("") + ":" + last;
            case FEDERATED_USER -> account() + ":" + last;
            default -> who.uniqueId().orElse(account().digits());
        };
    }

    private Requester signed() {
        if (caller.account().isEmpty()) {
            throw StsFault.unsigned();
        }
        return caller.requester();
    }

    private AccountId account() {
        return caller.account().orElseThrow(StsFault::unsigned);
    }

    @Override
    public AssumeRoleResponse assumeRole(AssumeRoleRequest request) {
        String role = roleArn(request.roleArn());
        String name = Wishes.name(request.roleSessionName(), "roleSessionName", 2, 64);
        Wishes.noDevice(request.serialNumber(), request.tokenCode());
        if (!request.providedContexts().isEmpty()) {
            throw StsFault.validation("ProvidedContexts is not supported.");
        }
        int seconds = Wishes.seconds(request.durationSeconds(), HOUR, HALF_DAY);
        Optional<SessionDetail.Narrowing> narrowing = Wishes.narrowing(request.policy(), request.policyArns());
        Map<String, String> tags = Wishes.tags(request.tags());
        List<String> transitive = transitive(tags, request.transitiveTagKeys());
        int packed = Wishes.packed(narrowing, tags);
        Requester who = signed();
        if (who.kind() == Requester.Kind.ROOT) {
            throw StsFault.denied("Roles may not be assumed by root accounts.");
        }
        if (who.kind() == Requester.Kind.FEDERATED_USER) {
            throw refused(RoleSessions.ASSUME, role);
        }
        RoleSessions.Made made = roles.assume(
                caller,
                new RoleSessions.Wish(
                        role,
                        name,
                        Optional.of(seconds),
                        narrowing,
                        tags,
                        transitive,
                        Optional.ofNullable(request.sourceIdentity())
                                .map(each -> Wishes.name(each, "sourceIdentity", 2, 64)),
                        Optional.empty(),
                        externalId(request.externalId())));
        AssumeRoleResponse.Builder answer =
                AssumeRoleResponse.builder().credentials(made.credentials()).assumedRoleUser(user(made));
        made.detail().sourceIdentity().ifPresent(answer::sourceIdentity);
        return narrowing.isPresent() || !tags.isEmpty()
                ? answer.packedPolicySize(packed).build()
                : answer.build();
    }

    private static AssumedRoleUser user(RoleSessions.Made made) {
        return AssumedRoleUser.builder()
                .arn(made.arn())
                .assumedRoleId(made.role().id() + ":" + made.detail().name())
                .build();
    }

    private static String roleArn(@Nullable String value) {
        if (value == null) {
            throw StsFault.absent("roleArn");
        }
        if (!ROLE_ARN.matcher(value).matches()) {
            throw StsFault.validation(value + " is invalid");
        }
        return value;
    }

    private static Context externalId(@Nullable String value) {
        if (value == null) {
            return Context.EMPTY;
        }
        if (!EXTERNAL_ID.matcher(value).matches()) {
            throw StsFault.unsatisfied(
                    "externalId", value, "Member must satisfy regular expression pattern: [\\w+=,.@:\\/-]*");
        }
        return Context.EMPTY.with("sts:ExternalId", value);
    }

    private static List<String> transitive(Map<String, String> tags, List<String> keys) {
        List<String> folded = tags.keySet().stream()
                .map(each -> each.toLowerCase(Locale.ROOT))
                .toList();
        if (!folded.containsAll(
                keys.stream().map(each -> each.toLowerCase(Locale.ROOT)).toList())) {
            throw StsFault.invalid("The specified transitive tag key must be included in the requested tags.");
        }
        return keys;
    }

    @Override
    public AssumeRoleWithWebIdentityResponse assumeRoleWithWebIdentity(AssumeRoleWithWebIdentityRequest request) {
        String role = roleArn(request.roleArn());
        String name = Wishes.name(request.roleSessionName(), "roleSessionName", 2, 64);
        int seconds = Wishes.seconds(request.durationSeconds(), HOUR, HALF_DAY);
        Optional<SessionDetail.Narrowing> narrowing = Wishes.narrowing(request.policy(), request.policyArns());
        int packed = Wishes.packed(narrowing, Map.of());
        if (request.providerId() != null) {
            throw StsFault.validation("ProviderId is for access tokens of OAuth 2.0, which are not supported.");
        }
        if (request.webIdentityToken() == null) {
            throw StsFault.absent("webIdentityToken");
        }
        WebIdentities.Found found = web.check(role, request.webIdentityToken());
        RoleSessions.Made made = roles.assumeWithWebIdentity(
                found.provider(),
                caller.region(),
                new RoleSessions.Wish(
                        role,
                        name,
                        Optional.of(seconds),
                        narrowing,
                        Map.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.of(found.provider()),
                        found.known()));
        AssumeRoleWithWebIdentityResponse.Builder answer = AssumeRoleWithWebIdentityResponse.builder()
                .credentials(made.credentials())
                .assumedRoleUser(user(made))
                .subjectFromWebIdentityToken(found.subject())
                .audience(found.audience())
                .provider(found.provider());
        return narrowing.isPresent() ? answer.packedPolicySize(packed).build() : answer.build();
    }

    /** Needs no right, but keys that last. */
    @Override
    public GetSessionTokenResponse getSessionToken(GetSessionTokenRequest request) {
        Wishes.noDevice(request.serialNumber(), request.tokenCode());
        Requester who = lasting("GetSessionToken");
        int most = who.kind() == Requester.Kind.ROOT ? HOUR : HALF_DAY;
        int seconds = Math.min(
                Wishes.seconds(request.durationSeconds(), most, DAY_AND_A_HALF),
                who.kind() == Requester.Kind.ROOT ? HOUR : DAY_AND_A_HALF);
        Credentials credentials = records.database()
                .write(tx -> sessions.make(
                        tx.sql(),
                        account(),
                        entity(tx.sql(), who),
                        SessionDetail.plain(
                                SessionDetail.Kind.USER, "", records.clock().millis()),
                        seconds));
        return GetSessionTokenResponse.builder().credentials(credentials).build();
    }

    private Requester lasting(String action) {
        Requester who = signed();
        boolean temporary = who.kind() == Requester.Kind.ROLE_SESSION
                || who.kind() == Requester.Kind.FEDERATED_USER
                || caller.keyId().filter(id -> id.startsWith(Keys.TEMPORARY)).isPresent();
        if (temporary) {
            throw StsFault.denied("Cannot call " + action + " with session credentials");
        }
        return who;
    }

    /** The user; empty: the account itself. */
    private Optional<Entity> entity(Handle handle, Requester who) {
        return who.kind() == Requester.Kind.USER
                ? who.uniqueId().flatMap(id -> records.entities().find(handle, id))
                : Optional.empty();
    }

    @Override
    public GetFederationTokenResponse getFederationToken(GetFederationTokenRequest request) {
        String name = Wishes.name(request.name(), "name", 2, 32);
        Optional<SessionDetail.Narrowing> narrowing = Wishes.narrowing(request.policy(), request.policyArns());
        Map<String, String> tags = Wishes.tags(request.tags());
        int packed = Wishes.packed(narrowing, tags);
        Requester who = lasting("GetFederationToken");
        boolean root = who.kind() == Requester.Kind.ROOT;
        int seconds = Math.min(
                Wishes.seconds(request.durationSeconds(), root ? HOUR : HALF_DAY, DAY_AND_A_HALF),
                root ? HOUR : DAY_AND_A_HALF);
        String arn = Callers.sessionArn(account(), "federated-user/" + name);
        allow("sts:GetFederationToken", arn, tags);
        if (!tags.isEmpty()) {
            allow("sts:TagSession", arn, tags);
        }
        SessionDetail detail = new SessionDetail(
                SessionDetail.Kind.FEDERATED,
                name,
                records.clock().millis(),
                // Without policies they may do nothing but what things themselves let them.
                narrowing.or(() -> Optional.of(new SessionDetail.Narrowing(Optional.empty(), List.of()))),
                tags,
                List.of(),
                Optional.empty(),
                Optional.empty());
        Credentials credentials = records.database().write(tx -> {
            narrowing.ifPresent(each -> each.named().forEach(policy -> {
                if (NamedPolicy.find(records, tx.sql(), account(), policy).isEmpty()) {
                    throw StsFault.validation("Policy " + policy + " does not exist or is not attachable.");
                }
            }));
            return sessions.make(tx.sql(), account(), entity(tx.sql(), who), detail, seconds);
        });
        return GetFederationTokenResponse.builder()
                .credentials(credentials)
                .federatedUser(FederatedUser.builder()
                        .arn(arn)
                        .federatedUserId(account() + ":" + name)
                        .build())
                .packedPolicySize(packed)
                .build();
    }

    private void allow(String action, String resource, Map<String, String> tags) {
        Request request = caller.request(action, resource).with(IamCall.wantedTags(tags));
        if (!caller.decide(request, Optional.empty()).allowed()) {
            throw refused(action, resource);
        }
    }

    private RuntimeException refused(String action, String resource) {
        return StsFault.denied("User: " + caller.requester().arn() + " is not authorized to perform: " + action
                + " on resource: " + resource);
    }

    /** Needs no right: an id tells nothing that is secret. */
    @Override
    public GetAccessKeyInfoResponse getAccessKeyInfo(GetAccessKeyInfoRequest request) {
        String id = Optional.ofNullable(request.accessKeyId()).orElseThrow(() -> StsFault.absent("accessKeyId"));
        signed();
        Optional<AccountId> account = records.database()
                .read(handle -> id.startsWith(Keys.TEMPORARY)
                        ? records.keyStore().session(handle, id).map(KeyStore.TemporaryKey::account)
                        : records.keyStore().key(handle, id).map(KeyStore.LastingKey::account));
        return GetAccessKeyInfoResponse.builder()
                .account(account.orElseThrow(() -> StsFault.validation("Access key id " + id + " is not known."))
                        .digits())
                .build();
    }

    /** Refusals are told in plain words here, so that no message was ever encoded. */
    @Override
    public DecodeAuthorizationMessageResponse decodeAuthorizationMessage(DecodeAuthorizationMessageRequest request) {
        signed();
        throw StsFault.message();
    }
}
