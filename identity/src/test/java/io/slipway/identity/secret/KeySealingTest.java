package io.slipway.identity.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.identity.IdentityArea;
import io.slipway.identity.SessionTokens;
import io.slipway.identity.testing.People;
import io.slipway.kit.Clock;
import io.slipway.kit.Ids;
import io.slipway.kit.testing.FakeClock;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.TestBase;
import io.slipway.store.TestDatabases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeySealingTest {
    private static final List<String> PLACE = List.of("1001", "7", "app", "key");

    private final Clock clock = new FakeClock(0);
    private final Sealing sealing = new KeySealing(new SessionTokens(new byte[32], clock), Ids.system(clock));

    private static byte[] value() {
        return "Tr0ub4dor&3".getBytes(StandardCharsets.UTF_8);
    }

    private byte[] open(byte[] sealed, List<String> place) {
        return sealing.open(sealing.keyVersion(), sealed, place);
    }

    @Test
    void a_value_is_opened_at_its_place_only() {
        byte[] sealed = sealing.seal(value(), PLACE);
        assertThat(open(sealed, PLACE)).isEqualTo(value());
        for (List<String> other : List.of(
                List.of("1002", "7", "app", "key"),
                List.of("1001", "8", "app", "key"),
                List.of("1001", "7", "ap", "pkey"),
                List.of("1001", "7", "app", "kez"),
                List.of("1001", "7", "appkey"))) {
            assertThatThrownBy(() -> open(sealed, other)).as(other.toString()).hasMessageContaining("cannot be opened");
        }
    }

    @Test
    void a_value_that_was_changed_or_cut_is_not_opened() {
        byte[] sealed = sealing.seal(value(), PLACE);
        for (int at = 0; at < sealed.length; at++) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> open(changed, PLACE)).hasMessageContaining("cannot be opened");
        }
        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> open(cut, PLACE)).hasMessageContaining("cannot be opened");
        }
        assertThatThrownBy(() -> sealing.open(2, sealed, PLACE)).hasMessageContaining("cannot be opened");
    }

    @Test
    void the_same_value_never_looks_the_same() {
        assertThat(sealing.seal(value(), PLACE)).isNotEqualTo(sealing.seal(value(), PLACE));
    }

    @Test
    void no_file_of_the_database_holds_a_value(@TempDir Path folder) throws IOException {
        try (Database database = TestDatabases.sqlite(folder)) {
            Base base = TestBase.of(database, clock);
            People.known(database);
            SecretRoom room = new SecretRoom(base, new IdentityArea(base, new byte[32]));
            room.scopes().create(People.ANN, "app", SecretScopes.ManagedBy.CREATOR);
            room.values().put(People.ANN, "app", "key", value());
            assertThat(files(folder)).contains("secret_scope.secret_put");
            for (String shape : List.of(
                    new String(value(), StandardCharsets.UTF_8),
                    Base64.getEncoder().encodeToString(value()))) {
                assertThat(files(folder)).doesNotContain(shape);
            }
        }
        assertThat(files(folder)).doesNotContain("Tr0ub4dor");
    }

    private static String files(Path folder) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
