package io.slipway.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdsTest {
    private final Ids ids = new Ids(() -> 1_700_000_000_000L, new Random(7));

    @Test
    void a_cluster_id_has_the_form_that_clients_expect() {
        assertThat(ids.cluster()).matches("1114-221320-[a-z0-9]{8}");
    }

    @Test
    void numbers_are_exact_in_every_json_reader() {
        for (int i = 0; i < 1000; i++) {
            assertThat(ids.number()).isBetween(100_000_000_000_000L, 1L << 53);
        }
    }

    @Test
    void a_uuid_is_of_version_four() {
        UUID uuid = UUID.fromString(ids.uuid());
        assertThat(uuid.version()).isEqualTo(4);
        assertThat(uuid.variant()).isEqualTo(2);
    }
}
