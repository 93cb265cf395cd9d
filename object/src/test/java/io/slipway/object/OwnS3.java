package io.slipway.object;

import io.slipway.iam.AwsCaller;
import io.slipway.iam.policy.AccountId;
import io.slipway.iam.policy.Context;
import io.slipway.iam.policy.Policies;
import io.slipway.iam.policy.PolicyDocument;
import io.slipway.iam.policy.PolicyKind;
import io.slipway.iam.policy.Requester;
import io.slipway.kit.Ids;
import io.slipway.kit.testing.FakeClock;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.TestBase;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/** Our own S3 on a database of its own, and people who ask it. */
final class OwnS3 implements AutoCloseable {
    static final AccountId HERE = new AccountId("111122223333");
    static final AccountId THERE = new AccountId("444455556666");

    final FakeClock clock = new FakeClock(1_700_000_000_000L);
    final Base base;
    final ObjectArea area;
    private final Database database;

    OwnS3(Database database, Path folder) {
        this.database = database;
        this.base = TestBase.of(database, clock, new Ids(clock, new Random(1)));
        this.area = new ObjectArea(base, folder.resolve("objects"));
    }

    /** The account itself. */
    S3Client root(AccountId account) {
        return as(Requester.root(account), "us-east-1");
    }

    S3Client as(Requester requester, String region, String... statements) {
        Policies.Named[] mine = Stream.of(statements)
                .map(each -> new Policies.Named("mine", policy(PolicyKind.ROLE_INLINE, each)))
                .toArray(Policies.Named[]::new);
        return area.s3(new AwsCaller(requester, Policies.of(mine), Context.EMPTY, region, Optional.empty()));
    }

    /** A user of an account, who may do what these statements say; single quotes stand for double ones. */
    S3Client user(AccountId account, String... statements) {
        return as(
                Requester.user(account, "arn:aws:iam::" + account + ":user/ann", "AIDAANNANNANNANNANN1"),
                "us-east-1",
                statements);
    }

    S3Client nobody() {
        return as(Requester.ANONYMOUS, "us-east-1");
    }

    private static PolicyDocument policy(PolicyKind kind, String statement) {
        return PolicyDocument.parse(kind, written(statement));
    }

    static String written(String statement) {
        return ("{'Version':'2012-10-17','Statement':[" + statement + "]}").replace('\'', '"');
    }

    @Override
    public void close() {
        database.close();
    }
}
