package io.slipway.iam.policy;

import static io.slipway.iam.policy.Written.ANN;
import static io.slipway.iam.policy.Written.mine;
import static io.slipway.iam.policy.Written.statement;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Conditions, operator by operator: what the policy wants, what the request says, whether it holds. */
class ConditionTest {
    /** Values of the key {@code k}, with commas between; {@code -} if it is missing, {@code []} if it has none. */
    private static Context context(String values) {
        Map<String, List<String>> all = new HashMap<>(Map.of("aws:SourceAccount", List.of("ann")));
        if (!values.equals("-")) {
            all.put("k", values.equals("[]") ? List.of() : Arrays.asList(values.split(",", -1)));
        }
        return Context.of(all);
    }

    private static boolean holds(String effect, String condition, Context context) {
        PolicyDocument document = mine(statement(effect, "'Action':'*','Resource':'*','Condition':" + condition))
                .document();
        Request request = new Request(ANN, "a:b", "*", java.util.Optional.empty(), context);
        return document.statements().get(0).about(request, request.foldedAction());
    }

    @ParameterizedTest
    @CsvFileSource(resources = "conditions.csv", delimiter = '|', quoteCharacter = '`', maxCharsPerColumn = 8192)
    void holds_or_does_not(String operator, String wanted, String values, boolean expected) {
        String condition = "{'" + operator + "':{'K':" + wanted.replace("'ann'}", "\\u0027ann\\u0027}") + "}}";
        assertThat(holds("Allow", condition, context(values))).isEqualTo(expected);
    }

    @Test
    void all_operators_and_all_keys_must_hold() {
        String both = "{'StringEquals':{'k':'a','aws:username':'ann'},'Null':{'x':'true'}}";
        assertThat(holds("Allow", both, context("a"))).isTrue();
        assertThat(holds("Allow", both, context("b"))).isFalse();
        assertThat(holds("Allow", both, context("a").with("x", "1"))).isFalse();
    }

    /** Otherwise a tag that is missing would open what it was meant to close. */
    @Test
    void a_variable_without_a_value_opens_nothing_and_lifts_no_denial() {
        String not = "{'StringNotEquals':{'k':'${aws:PrincipalTag/x}'}}";
        assertThat(holds("Allow", not, context("a"))).isFalse();
        assertThat(holds("Deny", not, context("a"))).isTrue();
        String like = "{'StringLike':{'k':'${aws:PrincipalTag/x}'}}";
        assertThat(holds("Allow", like, context("a"))).isFalse();
        assertThat(holds("Allow", not, context("a").with("aws:PrincipalTag/x", "b")))
                .isTrue();
    }

    @Test
    void a_resource_that_is_excluded_by_a_variable_without_a_value_stays_excluded() {
        for (String effect : List.of("Allow", "Deny")) {
            Statement statement = mine(statement(
                            effect, "'Action':'*','NotResource':'arn:aws:s3:::b/${aws:PrincipalTag/x}'"))
                    .document()
                    .statements()
                    .get(0);
            Request request = Request.of(ANN, "s3:GetObject", "arn:aws:s3:::b/k");
            assertThat(statement.about(request, request.foldedAction())).isEqualTo(effect.equals("Deny"));
        }
    }
}
