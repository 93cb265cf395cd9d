package io.slipway.iam;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How roles of services are called. */
final class ServiceRoles {
    static final String PATH = "/aws-service-role/";

    private static final Pattern SERVICE = Pattern.compile("[a-z0-9.-]{1,100}\\.amazonaws\\.com");
    private static final Pattern SUFFIX = Pattern.compile("[\\w+=,.@-]{1,64}");

    /** Names that do not follow from those of the services (user guides of these services). */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("autoscaling.amazonaws.com", "AutoScaling"),
            Map.entry("batch.amazonaws.com", "Batch"),
            Map.entry("ecs.amazonaws.com", "ECS"),
            Map.entry("ecs.application-autoscaling.amazonaws.com", "ApplicationAutoScaling_ECSService"),
            Map.entry("dynamodb.application-autoscaling.amazonaws.com", "ApplicationAutoScaling_DynamoDBTable"),
            Map.entry("ec2.application-autoscaling.amazonaws.com", "ApplicationAutoScaling_EC2SpotFleetRequest"),
            Map.entry("eks.amazonaws.com", "AmazonEKS"),
            Map.entry("eks-nodegroup.amazonaws.com", "AmazonEKSNodegroup"),
            Map.entry("elasticmapreduce.amazonaws.com", "EMRCleanup"),
            Map.entry("emr-containers.amazonaws.com", "AmazonEMRContainers"),
            Map.entry("ops.emr-serverless.amazonaws.com", "AmazonEMRServerless"),
            Map.entry("emrwal.amazonaws.com", "EMRWAL"),
            Map.entry("elasticloadbalancing.amazonaws.com", "ElasticLoadBalancing"),
            Map.entry("lakeformation.amazonaws.com", "LakeFormationDataAccess"),
            Map.entry("ops.apigateway.amazonaws.com", "APIGateway"),
            Map.entry("opensearchservice.amazonaws.com", "AmazonOpenSearchService"),
            Map.entry("rds.amazonaws.com", "RDS"),
            Map.entry("redshift.amazonaws.com", "Redshift"),
            Map.entry("replication.ecr.amazonaws.com", "ECRReplication"),
            Map.entry("spot.amazonaws.com", "EC2Spot"),
            Map.entry("spotfleet.amazonaws.com", "EC2SpotFleet"),
            Map.entry("ssm.amazonaws.com", "AmazonSSM"),
            Map.entry("support.amazonaws.com", "Support"));

    private ServiceRoles() {}

    static String name(String service, Optional<String> suffix) {
        if (!SERVICE.matcher(service).matches()) {
            throw IamFault.input("Service-linked roles are for services of AWS: " + service + " is none.");
        }
        suffix.ifPresent(each -> {
            if (!service.equals("autoscaling.amazonaws.com")) {
                throw IamFault.input("Custom suffix is not allowed for " + service);
            }
            if (!SUFFIX.matcher(each).matches()) {
                throw Checks.unsatisfied(
                        "customSuffix", "Member must satisfy regular expression pattern: [\\w+=,.@-]+");
            }
        });
        return "AWSServiceRoleFor" + NAMES.getOrDefault(service, spelled(service))
                + suffix.map(each -> "_" + each).orElse("");
    }

    private static String spelled(String service) {
        String own = service.substring(0, service.length() - ".amazonaws.com".length());
        return Stream.of(own.split("[.-]"))
                .filter(each -> !each.isEmpty())
                .map(each -> each.substring(0, 1).toUpperCase(Locale.ROOT) + each.substring(1))
                .collect(Collectors.joining());
    }

    static String path(String service) {
        return PATH + service + "/";
    }

    static String trust(String service) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\""
                + service + "\"},\"Action\":\"sts:AssumeRole\"}]}";
    }

    /** Only its service changes such a role. */
    static void refuse(Entity entity) {
        if (entity.kind() == EntityKind.ROLE && entity.role().service().isPresent()) {
            throw IamFault.unmodifiable("Cannot perform the operation on the protected role '" + entity.name()
                    + "' - this role is only modifiable by AWS");
        }
    }
}
