package io.slipway.iam.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextPatternTest {
    private static final Context CONTEXT = Context.of(Map.of(
            "aws:username", List.of("ann"),
            "aws:PrincipalTag/team", List.of("a*b"),
            "many", List.of("1", "2")));

    private static Match match(String pattern, String text) {
        return TextPattern.withVariables(pattern, TextPattern.Style.WILD).matches(text, CONTEXT);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "patterns.csv", delimiter = '|', quoteCharacter = '`', maxCharsPerColumn = 8192)
    void texts_are_compared(String pattern, String text, Match expected) {
        assertThat(match(pattern, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${", "${aws:username", "a${}", "${ }", "${a b;c}", "${a, d}", "${a, 'd}", "${a,'d' x}"})
    void what_is_no_variable_is_refused(String pattern) {
        assertThatThrownBy(() -> TextPattern.withVariables(pattern, TextPattern.Style.WILD))
                .hasMessage("Syntax errors in policy.");
    }

    @Test
    void the_first_edition_knows_no_variables() {
        TextPattern pattern = Language.FIRST.pattern("${aws:username}", TextPattern.Style.WILD);
        assertThat(pattern.matches("${aws:username}", CONTEXT)).isEqualTo(Match.YES);
        assertThat(pattern.matches("ann", CONTEXT)).isEqualTo(Match.NO);
    }

    @Test
    void a_question_mark_is_one_character_of_any_plane() {
        for (int plane = 0; plane <= 16; plane++) {
            String one = Character.toString((plane << 16) + 0x1234);
            assertThat(match("a?c", "a" + one + "c")).isEqualTo(Match.YES);
            assertThat(match("a??c", "a" + one + "c")).isEqualTo(Match.NO);
            assertThat(match("*??", one)).isEqualTo(Match.NO);
            assertThat(match("*" + one + "*", "x" + one + "y")).isEqualTo(Match.YES);
        }
        assertThat(match("?", "\uD800")).isEqualTo(Match.YES);
    }

    @Test
    void patterns_that_ruin_others_are_compared_in_no_time() {
        String text = "a".repeat(1_000_000);
        Assertions.assertTimeout(Duration.ofSeconds(30), () -> {
            assertThat(match("*a".repeat(200) + "*b", text)).isEqualTo(Match.NO);
            assertThat(match("*a?".repeat(200) + "b", text)).isEqualTo(Match.NO);
            assertThat(match("*".repeat(2_000) + "b", text)).isEqualTo(Match.NO);
        });
    }

    /** By the definition: slow, and plain. */
    private static boolean slow(String pattern, String text) {
        if (pattern.isEmpty()) {
            return text.isEmpty();
        }
        char first = pattern.charAt(0);
        if (first == '*') {
            return slow(pattern.substring(1), text) || (!text.isEmpty() && slow(pattern, text.substring(1)));
        }
        return !text.isEmpty()
                && (first == '?' || first == text.charAt(0))
                && slow(pattern.substring(1), text.substring(1));
    }

    private static String random(Random random, String letters, int most) {
        StringBuilder out = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            out.append(letters.charAt(random.nextInt(letters.length())));
        }
        return out.toString();
    }

    @Test
    void it_compares_as_the_definition_says() {
        Random random = new Random(7);
        for (int i = 0; i < 50_000; i++) {
            String pattern = random(random, "ab*?", 8);
            String text = random(random, "ab", 9);
            assertThat(match(pattern, text).yes()).as(pattern + " " + text).isEqualTo(slow(pattern, text));
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    *,                                  anything,                              YES
                    arn:aws:s3:::b/*,                   arn:aws:s3:::b/k,                      YES
                    arn:aws:s3:::b/*,                   arn:aws:s3:::b/k:with:colons,          YES
                    arn:aws:s3:::b,                     arn:aws:s3:::B,                        NO
                    arn:aws:s3:::*,                     *,                                     NO
                    arn:aws:s3:*:b,                     arn:aws:s3:::b,                        NO
                    arn:aws:sqs:*:111122223333:q,       arn:aws:sqs:eu-west-1:111122223333:q,  YES
                    arn:aws:sqs:*:q,                    arn:aws:sqs:eu-west-1:111122223333:q,  NO
                    arn:aws:sqs:*,                      arn:aws:sqs:eu-west-1:111122223333:q,  YES
                    arn:*:iam::?11122223333:role/a*,    arn:aws:iam::111122223333:role/abc,    YES
                    arn:aws:s3:::${aws:username}/*,     arn:aws:s3:::ann/k,                    YES
                    arn:aws:s3:::${no:name}/*,          arn:aws:s3:::ann/k,                    UNKNOWN
                    arn:aws:sqs:::${no:name}/*,         arn:aws:s3:::ann/k,                    NO
                    arn:aws:s3:::b,                     arn:aws:s3,                            NO
                    """)
    void names_of_things_are_compared_part_by_part(String pattern, String text, Match expected) {
        assertThat(ArnPattern.of(pattern, Language.NEWEST).matches(text, CONTEXT))
                .isEqualTo(expected);
    }
}
