package io.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.iam.Account;
import io.slipway.iam.IamArea;
import io.slipway.iam.policy.Context;
import io.slipway.identity.IdentityArea;
import io.slipway.identity.secret.KeySealing;
import io.slipway.kit.testing.FakeClock;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.TestBase;
import io.slipway.store.TestDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class RootKeyTest {
    @TempDir
    private Path home;

    private Database database;
    private IamArea iam;

    @BeforeEach
    void make() {
        database = TestDatabases.sqlite(home);
        Base base = TestBase.of(database, new FakeClock(1_700_000_000_000L));
        IdentityArea identity = new IdentityArea(base, new byte[32]);
        iam = new IamArea(
                base,
                new KeysSealing(new KeySealing(identity.tokens(), base.ids())),
                (issuer, token) -> Optional.empty());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Path file() {
        return RootKey.file(home);
    }

    @Test
    void a_good_key_stays_and_is_its_owners_alone() throws IOException {
        RootKey.writeAll(home, List.of(), iam);
        RootKey first = RootKey.read(home).orElseThrow();
        assertThat(iam.key(first.id()).orElseThrow().secret()).isEqualTo(first.secret());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        RootKey.writeAll(home, List.of(), iam);
        assertThat(RootKey.read(home)).contains(first);
    }

    @Test
    void a_lost_key_is_replaced_as_often_as_a_root_may_have_keys_and_then_the_platform_runs_without()
            throws IOException {
        RootKey.writeAll(home, List.of(), iam);
        RootKey first = RootKey.read(home).orElseThrow();
        Files.delete(file());
        RootKey.writeAll(home, List.of(), iam);
        assertThat(RootKey.read(home).orElseThrow().id()).isNotEqualTo(first.id());
        Files.delete(file());
        RootKey.writeAll(home, List.of(), iam);
        assertThat(RootKey.read(home)).isEmpty();
    }

    @Test
    void every_account_of_the_settings_is_made_once_with_a_key_of_its_own_root() throws IOException {
        RootKey.writeAll(home, List.of("dev"), iam);
        RootKey dev = RootKey.read(home, "dev").orElseThrow();
        RootKey.writeAll(home, List.of("dev", "prod"), iam);
        assertThat(RootKey.read(home, "dev")).contains(dev);
        RootKey prod = RootKey.read(home, "prod").orElseThrow();
        RootKey first = RootKey.read(home).orElseThrow();
        assertThat(iam.accounts().list()).extracting(Account::name).containsExactlyInAnyOrder("main", "dev", "prod");
        assertThat(Stream.of(first, dev, prod).map(this::arn))
                .allMatch(arn -> arn.endsWith(":root"))
                .doesNotHaveDuplicates();
    }

    private String arn(RootKey key) {
        return iam.caller(key.id(), Context.EMPTY, "us-east-1")
                .orElseThrow()
                .requester()
                .arn();
    }
}
