package io.slipway.iam.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prints how much time of the processor decisions take; judges nothing but their outcome. */
@Tag("soak")
class EvaluatorSpeedTest {
    @ParameterizedTest
    @ValueSource(ints = {3, 10})
    void a_thousand_decisions_are_made(int policiesAndStatements) {
        List<Policies.Named> all = new ArrayList<>();
        for (int i = 0; i < policiesAndStatements; i++) {
            String[] statements = new String[policiesAndStatements];
            for (int j = 0; j < policiesAndStatements; j++) {
                statements[j] = Written.statement(
                        "Allow",
                        "'Action':['s3:Get*','s3:List*','ec2:Describe" + i + "'],'Resource':['arn:aws:s3:::bucket-" + i
                                + "-" + j
                                + "/*','arn:aws:s3:::${aws:username}/*'],'Condition':{'IpAddress':{'aws:SourceIp':'10.0.0.0/8'},"
                                + "'StringLike':{'aws:PrincipalTag/team':'a*'}}");
            }
            all.add(Written.policy(PolicyKind.ROLE_INLINE, "p" + i, statements));
        }
        Policies policies = Policies.of(all.toArray(Policies.Named[]::new))
                .withBoundary(Written.policy(PolicyKind.MANAGED, "b", Written.allow("s3:*", "*")))
                .withResource(Written.ofBucket(Written.allowFor("{'AWS':'111122223333'}")));
        // About as much as is known of a call that came over the network.
        Context context = Context.of(Map.of(
                "aws:SourceIp", List.of("10.1.2.3"),
                "aws:PrincipalTag/team", List.of("abc"),
                "aws:SecureTransport", List.of("true"),
                "aws:CurrentTime", List.of("2026-01-01T00:00:00Z"),
                "aws:EpochTime", List.of("1767225600"),
                "aws:UserAgent", List.of("aws-cli"),
                "aws:RequestedRegion", List.of("us-east-1"),
                "s3:authType", List.of("REST-HEADER"),
                "s3:signatureversion", List.of("AWS4-HMAC-SHA256"),
                "s3:signatureAge", List.of("100")));
        int allowed = 0;
        for (int round = 0; round < 50; round++) {
            long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (int i = 0; i < 1_000; i++) {
                Request request = Request.of(
                                Written.ANN,
                                "s3:GetObject",
                                "arn:aws:s3:::bucket-" + i % policiesAndStatements + "-" + i % 3 + "/folder/key-" + i)
                        .with(context);
                allowed += Evaluator.decide(request, policies).allowed() ? 1 : 0;
            }
            if (round % 10 == 9) {
                System.out.printf(
                        "1,000 decisions under %d statements: %.2f ms%n",
                        policiesAndStatements * policiesAndStatements + 2,
                        (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun) / 1e6);
            }
        }
        assertThat(allowed).isEqualTo(50_000);
    }
}
