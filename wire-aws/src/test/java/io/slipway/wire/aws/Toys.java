package io.slipway.wire.aws;

import io.slipway.iam.AwsCaller;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.Cluster;
import software.amazon.awssdk.services.emr.model.ClusterState;
import software.amazon.awssdk.services.emr.model.DescribeClusterRequest;
import software.amazon.awssdk.services.emr.model.DescribeClusterResponse;
import software.amazon.awssdk.services.emr.model.InvalidRequestException;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.RunJobFlowResponse;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** One or two operations of a service of each protocol. */
final class Toys {
    private final Map<String, Cluster> clusters = new ConcurrentHashMap<>();
    private final Map<String, Role> roles = new ConcurrentHashMap<>();

    private static AwsErrorDetails details(String code, String message) {
        return AwsErrorDetails.builder().errorCode(code).errorMessage(message).build();
    }

    EmrClient emr(AwsCaller caller) {
        return new EmrClient() {
            @Override
            public String serviceName() {
                return "emr";
            }

            @Override
            public void close() {}

            @Override
            public RunJobFlowResponse runJobFlow(RunJobFlowRequest request) {
                String id = "j-" + request.name();
                clusters.put(
                        id,
                        Cluster.builder()
                                .id(id)
                                .name(request.name())
                                .tags(request.tags())
                                .status(s -> s.state(ClusterState.STARTING)
                                        .timeline(t -> t.creationDateTime(Instant.ofEpochMilli(1_700_000_000_123L))))
                                .build());
                return RunJobFlowResponse.builder().jobFlowId(id).build();
            }

            @Override
            public DescribeClusterResponse describeCluster(DescribeClusterRequest request) {
                Cluster cluster = Optional.ofNullable(clusters.get(request.clusterId()))
                        .orElseThrow(() -> InvalidRequestException.builder()
                                .statusCode(400)
                                .awsErrorDetails(details(
                                        "InvalidRequestException",
                                        "Cluster id '" + request.clusterId() + "' is not valid."))
                                .build());
                return DescribeClusterResponse.builder().cluster(cluster).build();
            }
        };
    }

    KinesisClient kinesis(AwsCaller caller) {
        return new KinesisClient() {
            @Override
            public String serviceName() {
                return "kinesis";
            }

            @Override
            public void close() {}

            @Override
            public PutRecordResponse putRecord(PutRecordRequest request) {
                return PutRecordResponse.builder()
                        .shardId(request.partitionKey())
                        .sequenceNumber(request.data().asUtf8String())
                        .build();
            }
        };
    }

    LambdaClient lambda(AwsCaller caller) {
        return new LambdaClient() {
            @Override
            public String serviceName() {
                return "lambda";
            }

            @Override
            public void close() {}

            @Override
            public InvokeResponse invoke(InvokeRequest request) {
                if (request.functionName().equals("none")) {
                    throw ResourceNotFoundException.builder()
                            .type("User")
                            .statusCode(404)
                            .awsErrorDetails(details("ResourceNotFoundException", "Function not found: none"))
                            .build();
                }
                return InvokeResponse.builder()
                        .statusCode(200)
                        .executedVersion("$LATEST")
                        .payload(SdkBytes.fromUtf8String(
                                "{\"got\":" + request.payload().asUtf8String() + "}"))
                        .build();
            }
        };
    }

    IamClient iam(AwsCaller caller) {
        return new IamClient() {
            @Override
            public String serviceName() {
                return "iam";
            }

            @Override
            public void close() {}

            @Override
            public CreateRoleResponse createRole(CreateRoleRequest request) {
                Role role = Role.builder()
                        .roleName(request.roleName())
                        .path("/")
                        .roleId("AROA1")
                        .arn("arn:aws:iam::123456789012:role/" + request.roleName())
                        .createDate(Instant.parse("2026-01-02T03:04:05Z"))
                        .assumeRolePolicyDocument(request.assumeRolePolicyDocument())
                        .tags(request.tags())
                        .build();
                roles.put(request.roleName(), role);
                return CreateRoleResponse.builder().role(role).build();
            }

            @Override
            public GetRoleResponse getRole(GetRoleRequest request) {
                Role role = Optional.ofNullable(roles.get(request.roleName()))
                        .orElseThrow(() -> NoSuchEntityException.builder()
                                .statusCode(404)
                                .awsErrorDetails(details("NoSuchEntity", "The role cannot be found."))
                                .build());
                return GetRoleResponse.builder().role(role).build();
            }
        };
    }

    StsClient sts(AwsCaller caller) {
        return new StsClient() {
            @Override
            public String serviceName() {
                return "sts";
            }

            @Override
            public void close() {}

            @Override
            public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
                return GetCallerIdentityResponse.builder()
                        .arn(caller.requester().arn())
                        .account(caller.account().orElseThrow().digits())
                        .userId(caller.region())
                        .build();
            }

            @Override
            public AssumeRoleWithWebIdentityResponse assumeRoleWithWebIdentity(
                    AssumeRoleWithWebIdentityRequest request) {
                return AssumeRoleWithWebIdentityResponse.builder()
                        .audience(caller.requester().kind().name())
                        .build();
            }
        };
    }

    Ec2Client ec2(AwsCaller caller) {
        return new Ec2Client() {
            @Override
            public String serviceName() {
                return "ec2";
            }

            @Override
            public void close() {}

            @Override
            public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
                List<Tag> tags = request.filters().stream().map(Toys::tag).toList();
                Instance instance =
                        Instance.builder().instanceId("i-1").tags(tags).build();
                return DescribeInstancesResponse.builder()
                        .reservations(Reservation.builder()
                                .reservationId("r-1")
                                .instances(instance)
                                .build())
                        .build();
            }
        };
    }

    private static Tag tag(Filter filter) {
        return Tag.builder()
                .key(filter.name())
                .value(String.join("+", filter.values()))
                .build();
    }
}
