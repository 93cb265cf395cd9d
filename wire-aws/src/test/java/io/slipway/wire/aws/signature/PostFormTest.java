package io.slipway.wire.aws.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.kit.PlatformException;
import io.slipway.kit.testing.FakeClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Forms by which browsers upload. */
class PostFormTest {
    private static final String CREDENTIAL = "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request";
    private static final String OURS = "['eq','$x-amz-credential','" + CREDENTIAL
            + "'],{'x-amz-algorithm':'AWS4-HMAC-SHA256'},{'x-amz-date':'20151229T000000Z'},";

    private final FakeClock clock =
            new FakeClock(Instant.parse("2015-12-29T00:00:00Z").toEpochMilli());
    private final SignatureCheck check =
            new SignatureCheck(id -> Optional.of(new AccessKey(SdkSigner.SECRET, Optional.empty())), clock);

    private static String refused(ThrowingCallable call) {
        try {
            call.call();
        } catch (PlatformException e) {
            return e.details().get("reason") + ": " + e.message();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        return "taken";
    }

    private static Map<String, String> signed(String policy, String... more) {
        String base64 =
                Base64.getEncoder().encodeToString(policy.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        Map<String, String> form = new LinkedHashMap<>();
        form.put("Policy", base64);
        form.put("X-Amz-Credential", CREDENTIAL);
        form.put("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
        form.put("X-Amz-Date", "20151229T000000Z");
        byte[] key = Signing.key(SdkSigner.SECRET, Scope.of(CREDENTIAL).orElseThrow());
        form.put("X-Amz-Signature", Signing.sign(key, base64));
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return form;
    }

    private static String policy(String conditions) {
        return "{'expiration':'2015-12-30T12:00:00.000Z','conditions':[" + OURS + conditions + "]}";
    }

    /** S3 API reference, browser-based upload example. */
    @Test
    void the_published_example_is_believed() {
        String policy = String.join(
                "\r\n",
                "{ 'expiration': '2015-12-30T12:00:00.000Z',",
                "  'conditions': [",
                "    {'bucket': 'sigv4examplebucket'},",
                "    ['starts-with', '$key', 'user/user1/'],",
                "    {'acl': 'public-read'},",
                "    {'success_action_redirect': 'http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html'},",
                "    ['starts-with', '$Content-Type', 'image/'],",
                "    {'x-amz-meta-uuid': '14365123651274'},",
                "    {'x-amz-server-side-encryption': 'AES256'},",
                "    ['starts-with', '$x-amz-meta-tag', ''],",
                "",
                "    {'x-amz-credential': 'AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request'},",
                "    {'x-amz-algorithm': 'AWS4-HMAC-SHA256'},",
                "    {'x-amz-date': '20151229T000000Z' }",
                "  ]",
                "}");
        Map<String, String> form = signed(
                policy,
                "key",
                "user/user1/${filename}",
                "acl",
                "public-read",
                "success_action_redirect",
                "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html",
                "Content-Type",
                "image/jpeg",
                "x-amz-meta-uuid",
                "14365123651274",
                "x-amz-server-side-encryption",
                "AES256",
                "x-amz-meta-tag",
                "");
        form.put("X-Amz-Signature", "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e");
        SignedForm believed = check.checkForm(form, "sigv4examplebucket").orElseThrow();
        assertThat(believed.scope().keyId()).isEqualTo("AKIAIOSFODNN7EXAMPLE");
    }

    /** The signature is botocore's for this policy. */
    @Test
    void a_form_signed_by_version_2_is_believed_for_its_policy_only() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("key", "k");
        form.put("AWSAccessKeyId", "AKIAIOSFODNN7EXAMPLE");
        form.put(
                "policy",
                "eyJleHBpcmF0aW9uIjogIjIwMTUtMTItMzBUMTI6MDA6MDBaIiwgImNvbmRpdGlvbnMiOiBbeyJidWNrZXQiOiAiYiJ9LCB7Imt"
                        + "leSI6ICJrIn1dfQ==");
        form.put("signature", "EZ01wu2lK2PmuMTTl9+BXGSUv9E=");
        assertThat(check.checkForm(form, "b").orElseThrow().scope().keyId()).isEqualTo("AKIAIOSFODNN7EXAMPLE");
        assertThat(refused(() -> check.checkForm(form, "c"))).startsWith("AccessDenied: ");
        form.put("signature", "FZ01wu2lK2PmuMTTl9+BXGSUv9E=");
        assertThat(refused(() -> check.checkForm(form, "b"))).startsWith("SignatureDoesNotMatch: ");
        form.remove("signature");
        assertThat(refused(() -> check.checkForm(form, "b"))).startsWith("InvalidArgument: ");
    }

    @Test
    void a_form_without_a_policy_is_nobodys() {
        assertThat(check.checkForm(Map.of("key", "a"), "b")).isEmpty();
    }

    @ParameterizedTest
    @CsvFileSource(resources = "form-conditions.csv", delimiter = '|', quoteCharacter = '`', maxCharsPerColumn = 8192)
    void conditions_hold_or_the_form_is_refused(String conditions, String key, String expected) {
        Map<String, String> form = signed(policy(conditions), "key", key, "x-ignore-this", "1");
        assertThat(refused(() -> check.checkForm(form, "b"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "no-policies.csv", delimiter = '|', quoteCharacter = '`', maxCharsPerColumn = 8192)
    void what_is_no_policy_is_refused(String policy) {
        assertThat(refused(() -> check.checkForm(signed(policy), "b")))
                .startsWith("InvalidPolicyDocument: Invalid Policy: ");
    }

    @Test
    void a_policy_ends() {
        Map<String, String> form = signed(policy("{'key':'k'}"), "key", "k");
        clock.jump(java.time.Duration.ofHours(36).minusMillis(1));
        assertThat(refused(() -> check.checkForm(form, "b"))).isEqualTo("taken");
        clock.jump(java.time.Duration.ofMillis(1));
        assertThat(refused(() -> check.checkForm(form, "b")))
                .isEqualTo("AccessDenied: Invalid according to Policy: Policy expired.");
    }

    @Test
    void a_file_is_as_long_as_the_policy_says() {
        PostForm form = check.checkForm(signed(policy("{'key':'k'},['content-length-range',2,'4']"), "key", "k"), "b")
                .orElseThrow()
                .policy();
        assertThat(refused(() -> form.requireLength(1))).startsWith("EntityTooSmall");
        assertThat(refused(() -> form.requireLength(2))).isEqualTo("taken");
        assertThat(refused(() -> form.requireLength(4))).isEqualTo("taken");
        assertThat(refused(() -> form.requireLength(5))).startsWith("EntityTooLarge");
    }

    @Test
    void the_signature_covers_every_bit_of_the_policy_and_the_scope() {
        Map<String, String> form = signed(policy("{'key':'k'}"), "key", "k");
        for (String field :
                new String[] {"Policy", "X-Amz-Signature", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Algorithm"}) {
            String value = Optional.ofNullable(form.get(field)).orElseThrow();
            for (int at = 0; at < value.length(); at++) {
                for (int bit = 0; bit < 7; bit++) {
                    char[] changed = value.toCharArray();
                    changed[at] ^= (char) (1 << bit);
                    Map<String, String> other = new LinkedHashMap<>(form);
                    other.put(field, new String(changed));
                    assertThat(refused(() -> check.checkForm(other, "b")))
                            .as(field + " " + new String(changed))
                            .isNotEqualTo("taken");
                }
            }
            Map<String, String> less = new LinkedHashMap<>(form);
            less.remove(field);
            if (!field.equals("Policy")) {
                assertThat(refused(() -> check.checkForm(less, "b"))).startsWith("InvalidArgument");
            }
        }
    }
}
