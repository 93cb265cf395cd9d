package io.slipway.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TransitionsTest {
    private enum Light {
        RED,
        GREEN,
        BROKEN
    }

    private final Transitions<Light> transitions = Transitions.of(Light.class)
            .from(Light.RED, Light.GREEN, Light.BROKEN)
            .from(Light.GREEN, Light.RED)
            .build();

    @Test
    void a_move_in_the_table_is_made() {
        assertThat(transitions.move(Light.RED, Light.GREEN)).isEqualTo(Light.GREEN);
        assertThat(transitions.allows(Light.RED, Light.BROKEN)).isTrue();
    }

    @Test
    void a_move_that_is_not_in_the_table_is_a_defect() {
        assertThatThrownBy(() -> transitions.move(Light.GREEN, Light.BROKEN))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no move from GREEN to BROKEN");
        assertThatThrownBy(() -> transitions.move(Light.RED, Light.RED)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_state_that_nothing_follows_is_terminal() {
        assertThat(transitions.terminal(Light.BROKEN)).isTrue();
        assertThat(transitions.terminal(Light.RED)).isFalse();
    }

    @Test
    void the_diagram_shows_every_move() {
        assertThat(transitions.diagram()).isEqualTo("""
                stateDiagram-v2
                    RED --> GREEN
                    RED --> BROKEN
                    GREEN --> RED
                """);
    }
}
