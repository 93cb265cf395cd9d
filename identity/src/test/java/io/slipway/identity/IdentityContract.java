package io.slipway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import io.slipway.kit.testing.FakeClock;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.TestBase;
import java.nio.file.Path;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An empty platform with its first admin, in any database. */
@NullUnmarked
abstract class IdentityContract {
    @TempDir
    private Path folder;

    final FakeClock clock = new FakeClock(1_700_000_000_000L);
    Base base;
    Database database;
    IdentityArea area;
    Identities identities;
    Caller admin;

    abstract Database open(Path folder);

    @BeforeEach
    void make() {
        database = open(folder);
        base = TestBase.of(database, clock, new Ids(clock, new Random(1)));
        area = new IdentityArea(base, new byte[32]);
        identities = area.identities();
        admin = identities.bootstrapAdmin("admin@example.com").orElseThrow();
    }

    @AfterEach
    void close() {
        database.close();
    }

    static void refused(ErrorCode code, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }
}
