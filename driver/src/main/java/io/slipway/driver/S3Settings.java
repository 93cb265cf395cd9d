package io.slipway.driver;

import io.slipway.driver.files.S3LogStore;
import java.util.Map;

/**
 * How Spark finds S3: {@code s3://}, {@code s3n://} and {@code s3a://} are one. Where it is and whose keys count is in the environment,
 * where boto3 and the command line look too; what users set for S3A wins.
 */
final class S3Settings {
    private static final String SYSTEM = "org.apache.hadoop.fs.s3a.S3AFileSystem";

    private S3Settings() {}

    static void put(Map<String, String> environment, Map<String, String> conf) {
        for (String scheme : new String[] {"s3", "s3n", "s3a"}) {
            conf.put("spark.hadoop.fs." + scheme + ".impl", SYSTEM);
            conf.put("spark.delta.logStore." + scheme + ".impl", S3LogStore.class.getName());
        }
        String endpoint =
                environment.getOrDefault("AWS_ENDPOINT_URL_S3", environment.getOrDefault("AWS_ENDPOINT_URL", ""));
        if (endpoint.isEmpty()) {
            return;
        }
        conf.put("spark.hadoop.fs.s3a.endpoint", endpoint);
        conf.put("spark.hadoop.fs.s3a.endpoint.region", environment.getOrDefault("AWS_REGION", "us-east-1"));
        conf.put("spark.hadoop.fs.s3a.path.style.access", "true");
        conf.put("spark.hadoop.fs.s3a.connection.ssl.enabled", String.valueOf(endpoint.startsWith("https:")));
        // Without keys S3 is asked by nobody, as by any other client, so that it is S3 who refuses.
        conf.put(
                "spark.hadoop.fs.s3a.aws.credentials.provider",
                String.join(
                        ",",
                        "org.apache.hadoop.fs.s3a.TemporaryAWSCredentialsProvider",
                        "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider",
                        "software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider",
                        "org.apache.hadoop.fs.s3a.auth.IAMInstanceCredentialsProvider",
                        "org.apache.hadoop.fs.s3a.AnonymousAWSCredentialsProvider"));
    }
}
