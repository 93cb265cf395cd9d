package io.slipway.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.Page;
import io.slipway.kit.PlatformException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageRequestTest {
    /** What a store answers: rows after the place, up to the limit. */
    private static Page<String> page(List<String> all, Optional<Integer> most, Optional<String> token) {
        PageRequest wanted = new PageRequest(most, token);
        List<String> rows = all.stream()
                .filter(name -> name.compareTo(wanted.after()) > 0)
                .limit(wanted.limit())
                .toList();
        return wanted.page(rows, Function.identity());
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.format("n%05d", i))
                .toList();
    }

    @Test
    void pages_follow_each_other_without_a_gap_and_the_last_one_says_so() {
        List<String> all = names(7);
        List<String> seen = new ArrayList<>();
        Optional<String> token = Optional.empty();
        int pages = 0;
        do {
            Page<String> page = page(all, Optional.of(3), token);
            seen.addAll(page.items());
            token = Optional.of(page.next()).filter(text -> !text.isEmpty());
            pages++;
        } while (token.isPresent());
        assertThat(seen).isEqualTo(all);
        assertThat(pages).isEqualTo(3);
        assertThat(page(names(6), Optional.of(6), Optional.empty()).next())
                .as("it fits")
                .isEmpty();
    }

    @Test
    void who_asks_for_no_number_gets_all_and_who_asks_for_zero_gets_what_is_usual() {
        List<String> all = names(1_500);
        assertThat(page(all, Optional.empty(), Optional.empty()).items()).hasSize(1_500);
        assertThat(page(all, Optional.of(0), Optional.empty()).items()).hasSize(100);
        assertThat(page(all, Optional.of(5_000), Optional.empty()).items()).hasSize(1_000);
        assertThat(page(all, Optional.of(1), Optional.of("")).items()).containsExactly("n00000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "YXQ6LTU=", "e30="})
    void a_token_that_no_list_gave_is_refused(String token) {
        assertThatThrownBy(() -> new PageRequest(Optional.of(1), Optional.of(token)).after())
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE));
    }

    @Test
    void less_than_nothing_is_refused() {
        assertThatThrownBy(() -> new PageRequest(Optional.of(-1), Optional.empty()))
                .hasMessage("maxResults must be greater than or equal to 0");
    }
}
