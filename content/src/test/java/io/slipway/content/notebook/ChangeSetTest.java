package io.slipway.content.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.store.Json;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChangeSetTest {
    private static final String LETTERS = "ab\n\uD83D\uDE00\uD83D\uDE01\uD83C\uDF89";

    private static String text(Random random) {
        StringBuilder out = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            out.appendCodePoint(LETTERS.codePoints().toArray()[random.nextInt(6)]);
        }
        return out.toString();
    }

    @Test
    void the_difference_of_any_two_texts_makes_one_of_the_other_and_survives_the_wire() {
        Random random = new Random(7);
        for (int i = 0; i < 3_000; i++) {
            String before = text(random);
            String after = text(random);
            ChangeSet change = ChangeSet.between(before, after);
            assertThat(change.apply(before)).isEqualTo(after);
            ChangeSet read =
                    ChangeSet.of(Json.read(change.json().toString(), com.fasterxml.jackson.databind.JsonNode.class));
            assertThat(read.apply(before)).isEqualTo(after);
            assertThat(change.empty()).isEqualTo(before.equals(after));
        }
    }

    @Test
    void a_difference_does_not_cut_a_character_in_two() {
        assertThat(ChangeSet.between("\uD83D\uDE00", "\uD83D\uDE01").json()).hasToString("[[2,\"\uD83D\uDE01\"]]");
        assertThat(ChangeSet.between("\uD83D\uDE00", "\uD83C\uDE00").json()).hasToString("[[2,\"\uD83C\uDE00\"]]");
    }

    @Test
    void what_cannot_be_stored_is_replaced_in_texts_from_files() {
        assertThat(ChangeSet.stored("a\0b\uD83Dc")).isEqualTo("a\uFFFDb\uFFFDc");
        assertThat(ChangeSet.stored("\uD83D\uDE00")).isEqualTo("\uD83D\uDE00");
    }
}
