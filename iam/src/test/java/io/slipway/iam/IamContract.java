package io.slipway.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.iam.policy.AccountId;
import io.slipway.iam.policy.Context;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.TestBase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Two accounts on a database, and callers who have signed with keys of theirs. */
@NullUnmarked
abstract class IamContract {
    static final String EC2_TRUST = trust("{'Service':'ec2.amazonaws.com'}", "sts:AssumeRole");

    final AtomicLong now = new AtomicLong(1_700_000_000_000L);
    /** Tokens that issuers have signed, and what these say. */
    final Map<String, Map<String, List<String>>> signedTokens = new HashMap<>();

    Database database;
    IamArea area;
    AccountId here;
    AccountId there;
    Key root;
    IamClient iam;

    @TempDir
    private Path folder;

    abstract Database open(Path folder);

    @BeforeEach
    void start() {
        database = open(folder);
        Base base = TestBase.of(database, now::get);
        area = new IamArea(
                base, new Turned(), (issuer, token) -> Optional.ofNullable(signedTokens.get(issuer + " " + token)));
        here = area.accounts().bootstrap().id();
        there = area.accounts().create("there").id();
        root = area.accounts().createRootKey(here);
        iam = iam(root.id());
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** Closes nothing, but shows that what comes back was handed to it for the same place. */
    private static final class Turned implements Sealing {
        @Override
        public int keyVersion() {
            return 7;
        }

        @Override
        public byte[] seal(byte[] value, List<String> place) {
            return (place + "|" + new String(value, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] open(int keyVersion, byte[] closed, List<String> place) {
            String text = new String(closed, StandardCharsets.UTF_8);
            assertThat(keyVersion).isEqualTo(7);
            assertThat(text).startsWith(place + "|");
            return text.substring(text.indexOf('|') + 1).getBytes(StandardCharsets.UTF_8);
        }
    }

    AwsCaller caller(String keyId) {
        return area.caller(keyId, Context.EMPTY, "us-east-1").orElseThrow();
    }

    IamClient iam(String keyId) {
        return area.iam(caller(keyId));
    }

    StsClient sts(String keyId) {
        return area.sts(caller(keyId));
    }

    StsClient sts(Credentials credentials) {
        return sts(credentials.accessKeyId());
    }

    /** A user with a key; documents are policies of theirs. */
    String user(String name, String... policies) {
        iam.createUser(r -> r.userName(name));
        for (int i = 0; i < policies.length; i++) {
            String policyName = "p" + i;
            String document = policies[i];
            iam.putUserPolicy(r -> r.userName(name).policyName(policyName).policyDocument(document));
        }
        AccessKey key = iam.createAccessKey(r -> r.userName(name)).accessKey();
        return key.accessKeyId();
    }

    String policy(String name, String document) {
        return iam.createPolicy(r -> r.policyName(name).policyDocument(document))
                .policy()
                .arn();
    }

    void role(String name, String trust) {
        iam.createRole(r -> r.roleName(name).assumeRolePolicyDocument(trust));
    }

    String arn(String resource) {
        return "arn:aws:iam::" + here + ":" + resource;
    }

    /** Single quotes stand for double ones. */
    static String document(String... statements) {
        return ("{'Version':'2012-10-17','Statement':[" + String.join(",", statements) + "]}").replace('\'', '"');
    }

    static String allow(String action, String resource) {
        return document("{'Effect':'Allow','Action':'" + action + "','Resource':'" + resource + "'}");
    }

    static String trust(String principal, String action) {
        return document("{'Effect':'Allow','Principal':" + principal + ",'Action':['" + action + "']}");
    }

    static String trust(String principal, String action, String condition) {
        return document("{'Effect':'Allow','Principal':" + principal + ",'Action':'" + action + "','Condition':"
                + condition + "}");
    }

    static void refused(String code, String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AwsServiceException.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(e.awsErrorDetails().errorMessage()).contains(message);
            assertThat(e.statusCode())
                    .isEqualTo(
                            switch (code) {
                                case "NoSuchEntity" -> 404;
                                case "EntityAlreadyExists", "DeleteConflict", "LimitExceeded" -> 409;
                                case "AccessDenied", "MissingAuthenticationToken" -> 403;
                                default -> 400;
                            });
        });
    }
}
