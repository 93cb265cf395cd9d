package io.slipway.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {
    @Test
    void mapping_the_items_keeps_the_tokens() {
        assertThat(new Page<>(List.of(1, 2), "n", "p").map(String::valueOf))
                .isEqualTo(new Page<>(List.of("1", "2"), "n", "p"));
    }

    @Test
    void a_whole_list_has_no_neighbours() {
        assertThat(Page.whole(List.of(1))).isEqualTo(new Page<>(List.of(1), "", ""));
    }

    @Test
    void a_page_does_not_change_with_the_list_it_was_made_of() {
        List<Integer> items = new ArrayList<>(List.of(1));
        Page<Integer> page = Page.whole(items);
        items.add(2);
        assertThat(page.items()).containsExactly(1);
    }
}
