package io.slipway.wire.aws;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.slipway.iam.AwsCaller;
import io.slipway.iam.policy.AccountId;
import io.slipway.iam.policy.Policies;
import io.slipway.iam.policy.Requester;
import io.slipway.identity.Caller;
import io.slipway.kit.Clock;
import io.slipway.kit.Ids;
import io.slipway.wire.Call;
import io.slipway.wire.CallLog;
import io.slipway.wire.Engine;
import io.slipway.wire.Family;
import io.slipway.wire.PlainDialect;
import io.slipway.wire.Proxies;
import io.slipway.wire.RateLimit;
import io.slipway.wire.Routes;
import io.slipway.wire.aws.call.Callers;
import io.slipway.wire.aws.protocol.Protocol;
import io.slipway.wire.aws.s3.S3Door;
import io.slipway.wire.aws.signature.AccessKey;
import io.slipway.wire.aws.signature.SignatureCheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sts.StsClient;

/** A server with toys of some services, S3 in memory, and a route of something else. */
final class AwsServer implements AutoCloseable {
    static final String KEY = "AKIAIOSFODNN7EXAMPLE";
    static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    final MemoryS3 s3 = new MemoryS3();
    final Toys toys = new Toys();
    /** What the log of calls has heard, a line for each begin and end. */
    final List<String> heard = new CopyOnWriteArrayList<>();

    private final Server server;

    private final class Heard implements CallLog {
        @Override
        public Open begin(Call call) {
            heard.add("begin " + call.route());
            return ending -> heard.add("end " + call.route() + " " + ending.status() + " "
                    + ending.found().getOrDefault("principal", "nobody"));
        }

        @Override
        public void refused(Call call, Ending ending) {
            heard.add("refused " + ending.status());
        }
    }

    AwsServer() {
        this(0, builder -> builder.http(0));
    }

    AwsServer(int port, Consumer<ServerBuilder> ports) {
        Clock clock = Clock.system();
        Ids ids = Ids.system(clock);
        AccessKey.Lookup keys =
                id -> KEY.equals(id) ? Optional.of(new AccessKey(SECRET, Optional.empty())) : Optional.empty();
        SignatureCheck check = new SignatureCheck(keys, clock);
        Requester root = Requester.root(new AccountId("123456789012"));
        Callers callers = new Callers(
                (id, context, region) -> new AwsCaller(root, Policies.NONE, context, region, Optional.of(id)),
                clock,
                "us-east-1");
        AwsServices services = new AwsServices()
                .add(AwsService.json("elasticmapreduce", Protocol.AWS_JSON_1_1, EmrClient.class), toys::emr)
                .add(AwsService.json("kinesis", Protocol.AWS_JSON_1_1, KinesisClient.class), toys::kinesis)
                .add(AwsService.json("lambda", Protocol.REST_JSON, LambdaClient.class), toys::lambda)
                .add(
                        AwsService.query(
                                "iam",
                                Protocol.QUERY,
                                IamClient.class,
                                "https://iam.amazonaws.com/doc/2010-05-08/",
                                "2010-05-08"),
                        toys::iam)
                .add(
                        AwsService.query(
                                "sts",
                                Protocol.QUERY,
                                StsClient.class,
                                "https://sts.amazonaws.com/doc/2011-06-15/",
                                "2011-06-15",
                                "AssumeRoleWithWebIdentity"),
                        toys::sts)
                .add(
                        AwsService.query(
                                "ec2",
                                Protocol.EC2_QUERY,
                                Ec2Client.class,
                                "http://ec2.amazonaws.com/doc/2016-11-15/",
                                "2016-11-15"),
                        toys::ec2);
        Routes routes = new Routes();
        Family family = new Family(PlainDialect.PLAIN, request -> Caller.NOBODY, "/api/");
        routes.family(family).post("2.1/jobs/create", request -> Map.of("body", request.tree()));
        routes.ground(family);
        ServerBuilder builder =
                Server.builder().maxRequestLength(Engine.LONGEST_BODY).requestTimeout(Duration.ofMinutes(2));
        ports.accept(builder);
        new Proxies(List.of()).install(builder);
        Engine engine = new Engine(ids, new Heard(), RateLimit.none());
        new AwsDoor(
                        services,
                        new S3Door(s3::of, s3::platform, check, callers),
                        new AwsHosts("localhost"),
                        keys,
                        check,
                        callers,
                        ids)
                .install(builder, engine);
        engine.install(builder, routes);
        server = builder.build();
        server.start().join();
    }

    int port() {
        return server.activeLocalPort();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    public void close() {
        server.stop().join();
    }

    public static void main(String[] args) {
        int port = Integer.parseInt(args[0]);
        AwsServer server = new AwsServer(port, builder -> builder.http(port));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    }
}
