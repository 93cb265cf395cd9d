package io.slipway.identity.setting;

import io.slipway.identity.Permissions;
import io.slipway.kit.Ids;
import io.slipway.kit.testing.FakeClock;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.TestBase;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of this room begin with, in any database. */
@NullUnmarked
abstract class SettingContract {
    static final InetAddress HERE = address("127.0.0.1");
    static final InetAddress OFFICE = address("203.0.113.7");
    static final InetAddress ELSEWHERE = address("198.51.100.9");

    final FakeClock clock = new FakeClock(1_700_000_000_000L);
    Base base;
    SettingRoom room;

    private Database database;

    abstract Database open(Path folder);

    @BeforeEach
    void start(@TempDir Path folder) {
        database = open(folder);
        base = TestBase.of(database, clock, new Ids(clock, new Random(1)));
        room = new SettingRoom(base, new Permissions());
    }

    @AfterEach
    void close() {
        database.close();
    }

    static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    List<String> told() {
        return base.database().read(handle -> base.facts().after(handle, 0, 100)).stream()
                .map(event -> event.kind() + " " + event.subject())
                .toList();
    }
}
