package io.slipway.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {
    private final List<String> closed = new ArrayList<>();
    private final Closing closing = new Closing();

    @Test
    void parts_are_closed_in_reverse_even_if_one_fails() {
        closing.add(() -> closed.add("first"));
        closing.add(() -> {
            throw new IllegalStateException("stuck");
        });
        closing.add(() -> closed.add("last"));
        closing.close();
        assertThat(closed).containsExactly("last", "first");
    }

    @Test
    void closing_twice_closes_once() {
        closing.add(() -> closed.add("part"));
        closing.close();
        closing.close();
        assertThat(closed).containsExactly("part");
    }
}
