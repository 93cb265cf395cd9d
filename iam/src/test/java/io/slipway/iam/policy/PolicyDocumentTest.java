package io.slipway.iam.policy;

import static io.slipway.iam.policy.Written.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.kit.PlatformException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which policies may be kept, and what IAM says of the others. */
class PolicyDocumentTest {
    private static final String GOOD = "{'Effect':'Allow','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'}";

    private static String version(String statements) {
        return quoted("{'Version':'2012-10-17','Statement':" + statements + "}");
    }

    private static PlatformException refused(PolicyKind kind, String text) {
        try {
            PolicyDocument.parse(kind, text);
        } catch (PlatformException e) {
            return e;
        }
        throw new AssertionError("was taken: " + text);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "other-forms.csv", delimiter = '|', quoteCharacter = '`', maxCharsPerColumn = 8192)
    void what_has_another_form_is_refused_in_one_sentence(String text) {
        PlatformException refusal = refused(PolicyKind.MANAGED, quoted(text));
        assertThat(refusal).hasMessage("Syntax errors in policy.");
        assertThat(refusal.details())
                .containsEntry("reason", "MalformedPolicyDocument")
                .containsKey("why");
    }

    @ParameterizedTest
    @CsvFileSource(resources = "wrong-words.csv", delimiter = '|', quoteCharacter = '`', maxCharsPerColumn = 8192)
    void what_says_something_wrong_is_refused_with_the_sentence_of_iam(String rest, String message) {
        assertThat(refused(PolicyKind.MANAGED, version("{'Effect':'Allow'," + rest + "}")))
                .hasMessage(message);
    }

    @Test
    void names_of_statements_are_unique() {
        String named = GOOD.replace("'Effect'", "'Sid':'a','Effect'");
        assertThat(refused(PolicyKind.MANAGED, version("[" + named + "," + named + "]")))
                .hasMessage("Statement IDs (SID) in a single policy must be unique.");
        String unnamed = GOOD.replace("'Effect'", "'Sid':'','Effect'");
        assertThat(PolicyDocument.parse(PolicyKind.MANAGED, version("[" + unnamed + "," + unnamed + "]"))
                        .statements())
                .hasSize(2);
    }

    @Test
    void the_first_edition_is_for_policies_that_are_not_managed() {
        for (String text :
                new String[] {"{'Statement':" + GOOD + "}", "{'Version':'2008-10-17','Statement':" + GOOD + "}"}) {
            assertThat(refused(PolicyKind.MANAGED, quoted(text)))
                    .hasMessage("Policy document must be version 2012-10-17 or greater.");
            assertThat(PolicyDocument.parse(PolicyKind.ROLE_INLINE, quoted(text))
                            .language())
                    .isEqualTo(Language.FIRST);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'*'",
                "{'AWS':'*'}",
                "{'AWS':'111122223333'}",
                "{'AWS':['111122223333','arn:aws:iam::111122223333:root']}",
                "{'AWS':'arn:aws:iam::111122223333:user/team/a+b=c,d.e@f-g'}",
                "{'AWS':'arn:aws-cn:iam::111122223333:role/x'}",
                "{'AWS':'arn:aws:sts::111122223333:assumed-role/x/session'}",
                "{'AWS':'arn:aws:sts::111122223333:federated-user/ab'}",
                "{'AWS':'AROAIIIIIIIIIIIIIIIII'}",
                "{'Service':['ec2.amazonaws.com','elasticmapreduce.amazonaws.com.cn']}",
                "{'Federated':'arn:aws:iam::111122223333:oidc-provider/host:8443/realm'}",
                "{'Federated':'accounts.google.com','AWS':'111122223333'}"
            })
    void principals_may_be_written_in_all_forms(String principal) {
        PolicyDocument.parse(
                PolicyKind.TRUST,
                version("{'Effect':'Allow','Principal':" + principal + ",'Action':'sts:AssumeRole'}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'111122223333'",
                "{}",
                "[]",
                "{'AWS':[]}",
                "{'AWS':''}",
                "{'AWS':'1111'}",
                "{'AWS':'arn:aws:iam::111122223333:user/*'}",
                "{'AWS':'arn:aws:iam::111122223333:role/a?'}",
                "{'AWS':'arn:aws:iam::*:root'}",
                "{'AWS':'arn:aws:s3:::b'}",
                "{'Service':'*'}",
                "{'Service':'ec2'}",
                "{'CanonicalUser':'x'}",
                "{'Somebody':'x'}"
            })
    void principals_that_cannot_be_are_refused(String principal) {
        assertThat(refused(
                        PolicyKind.TRUST,
                        version("{'Effect':'Allow','Principal':" + principal + ",'Action':'sts:AssumeRole'}")))
                .hasMessageStartingWith("Invalid principal in policy");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    'Principal':'*','Action':'sts:AssumeRole','Resource':'*' | Has prohibited field Resource
                    'Action':'sts:AssumeRole'                                | AssumeRole policy must contain principals.
                    'Principal':'*','Action':'s3:GetObject'                  | AssumeRole policy may only specify STS AssumeRole actions.
                    'Principal':'*','NotAction':'sts:AssumeRole'             | AssumeRole policy may only specify STS AssumeRole actions.
                    """)
    void trust_policies_have_rules_of_their_own(String rest, String message) {
        assertThat(refused(PolicyKind.TRUST, version("{'Effect':'Allow'," + rest + "}")))
                .hasMessage(message);
    }

    @Test
    void the_policy_of_a_bucket_names_principals() {
        assertThat(refused(PolicyKind.RESOURCE, version(GOOD))).hasMessage("Missing required field Principal");
    }

    @ParameterizedTest
    @EnumSource(PolicyKind.class)
    void a_policy_is_as_long_as_its_kind_may_be(PolicyKind kind) {
        String principal = kind.namesPrincipals() ? "'Principal':'*'," : "";
        String resource = kind.namesResources() ? ",'Resource':'*'" : "";
        String text =
                version("{'Effect':'Allow'," + principal + "'Action':'sts:AssumeRole'" + resource + ",'Sid':'%s'}");
        int room = kind.limit() - text.length() + "%s".length();
        assertThat(PolicyDocument.parse(kind, text.formatted("s".repeat(room))).size())
                .isEqualTo(kind.limit());
        PlatformException refusal = refused(kind, text.formatted("s".repeat(room + 1)));
        assertThat(refusal.details().get("reason")).isIn("LimitExceeded", "MalformedPolicy", "PackedPolicyTooLarge");
        if (kind != PolicyKind.RESOURCE) {
            assertThat(PolicyDocument.parse(kind, text.formatted("s".repeat(room)) + " \n\t".repeat(1_000))
                            .size())
                    .isEqualTo(kind.limit());
        }
    }

    @Test
    void it_knows_what_it_asks_about() {
        PolicyDocument document = PolicyDocument.parse(
                PolicyKind.ROLE_INLINE,
                version(
                        "{'Effect':'Allow','Action':'*','Resource':'arn:aws:s3:::${aws:username}/*','Condition':"
                                + "{'StringLike':{'aws:PrincipalTag/Team':'${aws:SourceVpc}'},'Bool':{'aws:SecureTransport':true}}}"));
        assertThat(document.contextKeys())
                .containsExactlyInAnyOrder(
                        "aws:username", "aws:principaltag/team", "aws:sourcevpc", "aws:securetransport");
        assertThat(document.resources()).containsExactly("arn:aws:s3:::${aws:username}/*");
    }

    @Test
    void nothing_makes_it_stumble() {
        for (String text : new String[] {
            "[".repeat(100_000),
            "{\"Statement\":".repeat(10_000),
            "\"" + "a".repeat(1_000_000) + "\"",
            version(GOOD) + " ".repeat(1_000_000),
            version("{'Effect':'Allow','Action':'*','Resource':'*','Condition':{'StringLike':{'k':'"
                    + "${a}".repeat(20_000) + "'}}}"),
            "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
            "\uFEFF{}",
            "\u0000",
            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"\uD800\"}}"
        }) {
            assertThatThrownBy(() -> PolicyDocument.parse(PolicyKind.MANAGED, text))
                    .isInstanceOf(PlatformException.class);
        }
    }

    @Test
    void characters_of_every_plane_stay_what_they_are() {
        for (int plane = 0; plane <= 16; plane++) {
            String one = Character.toString((plane << 16) + 0x1234);
            PolicyDocument document = PolicyDocument.parse(
                    PolicyKind.ROLE_INLINE,
                    version("{'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:::b/" + one + "?'}"));
            Policies policies = Policies.of(new Policies.Named("p", document));
            assertThat(Evaluator.decide(Request.of(Written.ANN, "s3:Get", "arn:aws:s3:::b/" + one + one), policies)
                            .allowed())
                    .isTrue();
            assertThat(Evaluator.decide(Request.of(Written.ANN, "s3:Get", "arn:aws:s3:::b/" + one), policies)
                            .allowed())
                    .isFalse();
        }
    }

    /** Each is refused in words of ours, or it is a policy. */
    @Test
    void a_policy_with_a_few_bytes_changed_is_read_or_refused() {
        String good = version("[" + GOOD + ",{'Effect':'Deny','NotAction':['iam:*'],'NotResource':'*','Condition':"
                + "{'ForAnyValue:StringLikeIfExists':{'aws:TagKeys':['a','${aws:username}']}}}]");
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder changed = new StringBuilder(good);
            for (int j = random.nextInt(3); j >= 0; j--) {
                changed.setCharAt(random.nextInt(changed.length()), (char) random.nextInt(i % 2 == 0 ? 128 : 0x10000));
            }
            try {
                PolicyDocument.parse(PolicyKind.MANAGED, changed.toString());
            } catch (PlatformException e) {
                assertThat(e.details()).containsKey("reason");
            }
        }
    }
}
