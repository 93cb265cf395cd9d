package io.slipway.wire.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.Page;
import io.slipway.kit.PageWanted;
import io.slipway.kit.PlatformException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {
    private static final List<Integer> SEVEN = List.of(1, 2, 3, 4, 5, 6, 7);

    private static void invalid(ThrowingCallable call) {
        assertThatThrownBy(call)
                .asInstanceOf(type(PlatformException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 7, 8, 100})
    void following_the_tokens_shows_every_item_once_and_back_again(int size) {
        List<Integer> seen = new ArrayList<>();
        String token = "";
        Page<Integer> page;
        do {
            page = Paging.page(SEVEN, token, size);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(size).isNotEmpty();
            seen.addAll(page.items());
            token = page.next();
        } while (!token.isEmpty());
        assertThat(seen).isEqualTo(SEVEN);
        while (!page.previous().isEmpty()) {
            page = Paging.page(SEVEN, page.previous(), size);
        }
        assertThat(page.items().get(0)).isEqualTo(1);
    }

    @Test
    void a_page_behind_the_end_is_empty_and_has_only_a_way_back() {
        Page<Integer> page = Paging.page(SEVEN, 50, 3);
        assertThat(page.items()).isEmpty();
        assertThat(page.next()).isEmpty();
        assertThat(Paging.page(SEVEN, page.previous(), 3).items()).containsExactly(5, 6, 7);
    }

    @Test
    void nothing_is_one_empty_page() {
        Page<Integer> page = Paging.page(List.of(), "", 3);
        assertThat(page.items()).isEmpty();
        assertThat(page.next() + page.previous()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "!", " ", "at:3", "3", "null", "eyJhIjoxfQ", "\u00e4", "YXQ6Mw==YXQ6Mw==", "../../etc"})
    void a_token_that_we_did_not_give_is_refused(String token) {
        invalid(() -> Paging.page(SEVEN, token, 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at:-1",
                "at:-2147483648",
                "at:2147483648",
                "at:99999999999999999999",
                "at:",
                "at:x",
                "at: 1",
                "of:1",
                "at:1.5"
            })
    void a_token_that_somebody_has_made_up_is_refused(String text) {
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        invalid(() -> Paging.page(SEVEN, token, 3));
    }

    @Test
    void no_place_is_negative_and_the_greatest_does_no_harm() {
        invalid(() -> Paging.page(SEVEN, -1, 3));
        assertThat(Paging.page(SEVEN, Integer.MAX_VALUE, Integer.MAX_VALUE).items())
                .isEmpty();
        assertThat(Paging.page(SEVEN, 0, Integer.MAX_VALUE).items()).isEqualTo(SEVEN);
        assertThat(Paging.page(SEVEN, 3, Integer.MAX_VALUE).items()).containsExactly(4, 5, 6, 7);
    }

    @ParameterizedTest
    @CsvSource({"0, 20", "1, 1", "99, 99", "100, 100"})
    void a_size_in_its_range_is_taken_and_none_is_the_usual_one(int asked, int taken) {
        assertThat(Paging.size(asked, 20, 100, "limit")).isEqualTo(taken);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 101, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void a_size_out_of_its_range_is_refused_by_its_name(int asked) {
        assertThatThrownBy(() -> Paging.size(asked, 20, 100, "limit"))
                .hasMessageContaining("limit must be between 0 and 100, got " + asked);
    }

    @Test
    void a_token_counts_more_than_an_offset() {
        assertThat(Paging.wanted(Optional.empty(), Optional.of(4), 3)).isEqualTo(new PageWanted(3, "", 4));
        assertThat(Paging.wanted(Optional.of(""), Optional.empty(), 3)).isEqualTo(new PageWanted(3, "", 0));
        assertThat(Paging.wanted(Optional.of("token"), Optional.of(4), 3)).isEqualTo(new PageWanted(3, "token", 0));
        invalid(() -> Paging.wanted(Optional.empty(), Optional.of(-1), 3));
    }
}
