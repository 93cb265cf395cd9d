package io.slipway.iam;

import io.slipway.iam.managed.ManagedPolicies;
import io.slipway.iam.policy.AccountId;
import io.slipway.iam.policy.Arn;
import io.slipway.iam.policy.Context;
import io.slipway.iam.policy.PolicyDocument;
import io.slipway.iam.policy.PolicyKind;
import io.slipway.store.Base;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** AWS accounts, who is in them and who may do what, put together. */
public final class IamArea {
    private static final String EC2 = "ec2.amazonaws.com";
    /** So many sessions are forgotten at a time. */
    private static final int PIECE = 500;
    /** What is over stays for a while, so that whoever comes with it is told so. */
    private static final Duration KEPT_AFTER_END = Duration.ofDays(1);

    private final IamRecords records;
    private final Accounts accounts;
    private final Callers callers;
    private final Sessions sessions;
    private final RoleSessions roles;
    private final WebIdentities web;
    private final PassRole passRole;

    /**
     * @param sealing closes secrets of keys
     * @param tokens finds out whether a token is of an issuer
     */
    public IamArea(Base base, Sealing sealing, WebTokens tokens) {
        KeyStore keyStore = new KeyStore();
        EntityStore entities = new EntityStore();
        PolicyStore policies = new PolicyStore();
        LinkStore links = new LinkStore();
        ManagedPolicies managed = ManagedPolicies.read();
        records = new IamRecords(
                base.database(),
                base.clock(),
                new AccountStore(),
                entities,
                policies,
                links,
                keyStore,
                new Keys(base.ids(), sealing, keyStore),
                managed,
                new Loader(entities, policies, links, managed));
        accounts = new Accounts(records, base.ids());
        callers = new Callers(records);
        sessions = new Sessions(records);
        roles = new RoleSessions(records, sessions);
        web = new WebIdentities(records, tokens);
        passRole = new PassRole(records);
    }

    public Accounts accounts() {
        return accounts;
    }

    /** IAM for one caller. */
    public IamClient iam(AwsCaller caller) {
        return new Iam(new IamCall(records, caller, callers.ofConsole(caller)));
    }

    /** STS for one caller. */
    public StsClient sts(AwsCaller caller) {
        return new Sts(records, sessions, roles, web, caller);
    }

    /** Secret and token of a key, to check a signature by. Empty: there is none, or it is inactive. One that is over is told. */
    public Optional<Key> key(String keyId) {
        return records.database().read(handle -> records.keys().find(handle, keyId));
    }

    /** Whose a key is, with all that says what they may do. Empty: nobody's, inactive or over. */
    public Optional<AwsCaller> caller(String keyId, Context context, String region) {
        return callers.caller(keyId, context, region);
    }

    /** Notes that a call with a right signature has come; at most once a minute for each key. */
    public void used(String keyId, String service, String region) {
        callers.used(keyId, service, region);
    }

    /** Whether somebody may give a role to a service; empty: yes, else why not. */
    public Optional<String> passRole(AwsCaller caller, String roleArn, String service) {
        return passRole.refusal(caller, roleArn, service);
    }

    /**
     * Keys of a role for a service that it trusts; empty: there is no such role, or it does not trust the service.
     *
     * @param service {@code lambda.amazonaws.com}
     */
    public Optional<Credentials> serviceCredentials(
            String roleArn, String service, String sessionName, Duration lasting) {
        return roles.assumeAsService(roleArn, service, sessionName, Math.toIntExact(lasting.toSeconds()))
                .map(RoleSessions.Made::credentials);
    }

    /**
     * Keys for a machine with an instance profile. Nobody needs a right for it, but the role must trust EC2.
     *
     * @param profile its name, or its name as a resource
     */
    public Optional<Credentials> instanceCredentials(
            String profile, AccountId account, String sessionName, Duration lasting) {
        return profileRole(profile, account)
                .flatMap(each -> serviceCredentials(each.roleArn(), EC2, sessionName, lasting));
    }

    /**
     * Keys with which somebody acts as the account itself, as who has signed in to the console as its root does. Whoever calls has
     * decided that they may.
     *
     * @param sessionName names who uses the keys
     */
    public Credentials consoleCredentials(AccountId account, String sessionName, Duration lasting) {
        return records.database()
                .write(tx -> sessions.make(
                        tx.sql(),
                        account,
                        Optional.empty(),
                        SessionDetail.plain(
                                SessionDetail.Kind.CONSOLE,
                                sessionName,
                                records.clock().millis()),
                        Math.toIntExact(lasting.toSeconds())));
    }

    /**
     * Keys that may do in an account what a policy says and nothing else, as the account's root gives them to somebody who is no user of
     * it. Whoever calls has decided that they may.
     *
     * @param sessionName names who uses the keys
     */
    public Credentials narrowCredentials(AccountId account, String sessionName, String policy, Duration lasting) {
        PolicyDocument unused = PolicyDocument.parse(PolicyKind.SESSION, policy);
        SessionDetail detail = new SessionDetail(
                SessionDetail.Kind.FEDERATED,
                sessionName,
                records.clock().millis(),
                Optional.of(new SessionDetail.Narrowing(Optional.of(policy), List.of())),
                Map.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
        return records.database()
                .write(tx -> sessions.make(
                        tx.sql(), account, Optional.empty(), detail, Math.toIntExact(lasting.toSeconds())));
    }

    /**
     * What an instance profile of an account says; empty: it is not there, or has no role.
     *
     * @param profile its name, or its name as a resource
     */
    public Optional<ProfileRole> profileRole(String profile, AccountId account) {
        boolean asResource = Arn.of(profile).isPresent();
        return records.database()
                .read(handle -> records.entities()
                        .named(handle, account, EntityKind.INSTANCE_PROFILE, Attachments.name(profile))
                        .filter(each -> !asResource || each.arn().equals(profile))
                        .flatMap(each -> records.links()
                                .role(handle, each.id())
                                .map(role -> new ProfileRole(each.arn(), role.arn()))));
    }

    /** By which whoever has taken a role is known. */
    public static String sessionArn(AccountId account, String role, String sessionName) {
        return Callers.sessionArn(account, "assumed-role/" + role + "/" + sessionName);
    }

    /** Forgets some sessions that are over; true if there may be more. */
    public boolean forgetSessions() {
        long before = records.clock().millis() - KEPT_AFTER_END.toMillis();
        return records.database().write(tx -> records.keyStore().forgetSessions(tx.sql(), before, PIECE)) == PIECE;
    }
}
