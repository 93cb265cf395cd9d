package io.slipway.server;

import io.slipway.iam.AwsCaller;
import io.slipway.iam.IamArea;
import io.slipway.iam.Key;
import io.slipway.iam.WebTokens;
import io.slipway.iam.policy.AccountId;
import io.slipway.iam.policy.Arn;
import io.slipway.iam.policy.Context;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.secret.KeySealing;
import io.slipway.kit.WorkspaceId;
import io.slipway.nodes.agent.NodeRoles;
import io.slipway.object.ObjectArea;
import io.slipway.object.folder.BucketFolder;
import io.slipway.store.Base;
import io.slipway.wire.aws.AwsDoor;
import io.slipway.wire.aws.AwsHosts;
import io.slipway.wire.aws.AwsService;
import io.slipway.wire.aws.AwsServices;
import io.slipway.wire.aws.call.Callers;
import io.slipway.wire.aws.protocol.Protocol;
import io.slipway.wire.aws.s3.S3Door;
import io.slipway.wire.aws.signature.AccessKey;
import io.slipway.wire.aws.signature.Refusal;
import io.slipway.wire.aws.signature.Scope;
import io.slipway.wire.aws.signature.SignatureCheck;
import io.slipway.wire.ui.aws.AwsIdentities;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** What of AWS is here: accounts with IAM and STS, S3, their front door, and keys for nodes and people. */
final class AwsSide {
    private static final Set<String> SCHEMES = Set.of("s3", "s3a", "s3n");
    private static final Duration TRIED = Duration.ofMinutes(15);

    private final Base base;
    private final AwsSettings settings;
    private final String domain;
    private final IamArea iam;
    private final ObjectArea objects;
    private final Optional<PlatformStorage> storage;

    AwsSide(Base base, IdentityArea identity, WebTokens tokens, ServerConfig config) {
        this.base = base;
        this.settings = config.aws();
        this.domain = config.domain();
        this.iam = new IamArea(base, new KeysSealing(new KeySealing(identity.tokens(), base.ids())), tokens);
        iam.accounts().bootstrap();
        this.objects = new ObjectArea(base, config.objectsFolder());
        this.storage = config.storage().any()
                ? Optional.of(new PlatformStorage(config, storageSide(config)))
                : Optional.empty();
    }

    private StorageSide storageSide(ServerConfig config) {
        return config.storage()
                .elsewhere()
                .<StorageSide>map(place -> new ForeignStorage(place, base.clock()))
                .orElseGet(() -> new OwnStorage(
                        objects.platform(account()),
                        iam,
                        account(),
                        base.clock(),
                        settings,
                        config.exposure().localUrl()));
    }

    /** What is on buckets instead of on the disk; empty: nothing. */
    Optional<PlatformStorage> storage() {
        return storage;
    }

    /** The folder at a location of S3 where the platform may delete: on its own storage, or a bucket of {@link #account}. */
    Optional<BucketFolder> folder(String location) {
        URI uri = URI.create(location);
        if (uri.getScheme().equals(BucketFolder.SCHEME)) {
            return storage.flatMap(each -> each.folder(uri));
        }
        if (!SCHEMES.contains(uri.getScheme()) || uri.getHost() == null) {
            return Optional.empty();
        }
        S3Client s3 = objects.platform(account());
        try {
            var unused = s3.headBucket(
                    b -> b.bucket(uri.getHost()).expectedBucketOwner(account().digits()));
            return Optional.of(
                    new BucketFolder(s3, uri.getHost(), uri.getRawPath().replaceFirst("^/+", "")));
        } catch (S3Exception notOurs) {
            return Optional.empty();
        }
    }

    /** Keys for what the node of this name reads and writes on the platform's storage. */
    Optional<NodeRoles.Keys> storageKeys(WorkspaceId workspace, String node) {
        return storage.map(each -> each.keys(workspace, node));
    }

    IamArea iam() {
        return iam;
    }

    /** Before all else that answers at the port. */
    AwsDoor door() {
        AccessKey.Lookup keys = id -> iam.key(id).map(AwsSide::accessKey);
        SignatureCheck check = new SignatureCheck(keys, base.clock());
        Callers callers = new Callers(this::owner, base.clock(), settings.region());
        AwsServices services = new AwsServices()
                .add(
                        AwsService.query(
                                "iam",
                                Protocol.QUERY,
                                IamClient.class,
                                "https://iam.amazonaws.com/doc/2010-05-08/",
                                "2010-05-08"),
                        iam::iam)
                .add(
                        AwsService.query(
                                "sts",
                                Protocol.QUERY,
                                StsClient.class,
                                "https://sts.amazonaws.com/doc/2011-06-15/",
                                "2011-06-15",
                                "AssumeRoleWithWebIdentity"),
                        iam::sts);
        S3Door s3 = new S3Door(
                objects::s3, () -> objects.platform(iam.accounts().bootstrap().id()), check, callers);
        return new AwsDoor(services, s3, new AwsHosts(domain), keys, check, callers, base.ids());
    }

    private static AccessKey accessKey(Key key) {
        return new AccessKey(
                key.secret(), key.session().map(session -> new AccessKey.Session(session.token(), session.expires())));
    }

    private AwsCaller owner(Scope scope, Context context) {
        AwsCaller caller = iam.caller(scope.keyId(), context, scope.region())
                .orElseThrow(() -> Refusal.UNKNOWN_ACCESS_KEY.because(
                        "The AWS Access Key Id you provided does not exist in our records."));
        iam.used(scope.keyId(), scope.service(), scope.region());
        return caller;
    }

    /** Whether machines can have the role of an instance profile: one is tried. */
    boolean gives(String profileArn) {
        return credentials(profileArn, "validation", TRIED).isPresent();
    }

    /** Keys for the node of this name. */
    Optional<NodeRoles.Keys> keys(String profileArn, String node) {
        Instant now = base.clock().now().truncatedTo(ChronoUnit.SECONDS);
        return credentials(profileArn, node, settings.session())
                .flatMap(made -> role(profileArn)
                        .map(role -> new NodeRoles.Keys(
                                role,
                                profileArn,
                                made.accessKeyId(),
                                made.secretAccessKey(),
                                made.sessionToken(),
                                now.toString(),
                                made.expiration().toString())));
    }

    /** The account that is meant where nobody names one. */
    AccountId account() {
        return iam.accounts().bootstrap().id();
    }

    /** Keys for a person who acts as the root of {@link #account}. */
    AwsIdentities.Keys rootKeys(String session, Duration lasting) {
        AccountId account = account();
        return keys(
                iam.consoleCredentials(account, session, lasting),
                account.digits(),
                account.root().toString());
    }

    /** Keys for a person who acts as the role of an instance profile. */
    Optional<AwsIdentities.Keys> profileKeys(String profileArn, String session, Duration lasting) {
        return credentials(profileArn, session, lasting)
                .flatMap(made -> role(profileArn)
                        .flatMap(Arn::of)
                        .flatMap(role -> role.owner()
                                .map(account -> keys(
                                        made,
                                        account.digits(),
                                        IamArea.sessionArn(
                                                account,
                                                role.resource()
                                                        .substring(
                                                                role.resource().lastIndexOf('/') + 1),
                                                session)))));
    }

    private AwsIdentities.Keys keys(Credentials made, String account, String arn) {
        return new AwsIdentities.Keys(
                made.accessKeyId(),
                made.secretAccessKey(),
                made.sessionToken(),
                made.expiration().toString(),
                account,
                settings.region(),
                arn);
    }

    private Optional<Credentials> credentials(String profileArn, String session, Duration lasting) {
        return Arn.of(profileArn)
                .flatMap(Arn::owner)
                .flatMap(account -> iam.instanceCredentials(profileArn, account, session, lasting));
    }

    private Optional<String> role(String profileArn) {
        return Arn.of(profileArn)
                .flatMap(Arn::owner)
                .flatMap(account -> iam.profileRole(profileArn, account))
                .map(profile -> profile.roleArn());
    }
}
