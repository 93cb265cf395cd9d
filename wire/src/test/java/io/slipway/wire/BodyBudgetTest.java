package io.slipway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import org.junit.jupiter.api.Test;

/** A body takes six times its length; here the budget is for ten bytes. */
class BodyBudgetTest {
    private final BodyBudget budget = new BodyBudget(60);

    private static void refused(BodyBudget.Share share, long bytes) {
        assertThatThrownBy(() -> share.take(bytes))
                .asInstanceOf(type(PlatformException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED));
    }

    @Test
    void all_may_take_as_much_together_as_there_is_and_no_byte_more() {
        budget.share().take(4);
        budget.share().take(6);
        refused(budget.share(), 1);
    }

    @Test
    void what_one_gives_back_another_may_take() {
        BodyBudget.Share first = budget.share();
        first.take(10);
        first.close();
        budget.share().take(10);
    }

    @Test
    void who_is_refused_gives_back_all_of_theirs() {
        BodyBudget.Share patient = budget.share();
        patient.take(5);
        BodyBudget.Share greedy = budget.share();
        greedy.take(3);
        refused(greedy, 3);
        patient.take(5);
    }

    @Test
    void a_share_is_given_back_once_however_often_it_is_closed() {
        BodyBudget.Share share = budget.share();
        share.take(5);
        share.close();
        share.close();
        budget.share().take(10);
        refused(budget.share(), 1);
    }

    @Test
    void what_arrives_after_the_end_of_a_share_takes_nothing() {
        BodyBudget.Share over = budget.share();
        over.close();
        over.take(1000);
        budget.share().take(10);
    }

    @Test
    void whoever_is_alone_may_take_more_than_there_is_or_large_bodies_never_pass() {
        BodyBudget.Share alone = budget.share();
        alone.take(8);
        assertThatCode(() -> alone.take(8)).doesNotThrowAnyException();
        refused(budget.share(), 1);
    }

    @Test
    void strangers_use_up_only_their_own_budget() {
        BodyBudget strangers = budget.forStrangers();
        strangers.share().take(1);
        refused(strangers.share(), 1);
        budget.share().take(10);
    }
}
