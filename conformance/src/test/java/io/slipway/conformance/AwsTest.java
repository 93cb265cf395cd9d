package io.slipway.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.service.compute.AddInstanceProfile;
import com.databricks.sdk.service.compute.AwsAttributes;
import com.databricks.sdk.service.compute.Language;
import io.slipway.server.RootKey;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sts.StsClient;

/** S3, IAM and STS by the SDK for Java 2, and by Spark and boto3 on a cluster whose nodes have a role. */
@NullUnmarked
@ExtendWith({OneMoreCluster.class, SharedPlatform.class})
class AwsTest {
    private static final int PART = 5 << 20;
    /** So often each of two clusters appends to one table. */
    private static final int APPENDS = 8;

    private static final String MACHINES = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},
            "Action":"sts:AssumeRole"}]}""";
    /** Objects of one prefix, and no others. */
    private static final String BOOKS = """
            {"Version":"2012-10-17","Statement":[
            {"Effect":"Allow","Action":["s3:GetObject","s3:PutObject","s3:DeleteObject"],
             "Resource":["arn:aws:s3:::library/books","arn:aws:s3:::library/books/*"]},
            {"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::library"}]}""";

    private static RootKey key;
    private static S3Client s3;
    private static IamClient iam;

    @BeforeAll
    static void connect() throws IOException {
        key = RootKey.read(SharedPlatform.platform().home()).orElseThrow();
        s3 = client(S3Client.builder(), builder -> builder.forcePathStyle(true));
        iam = client(IamClient.builder(), builder -> {});
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
            B builder, Consumer<B> more) {
        more.accept(builder);
        return builder.endpointOverride(URI.create(SharedPlatform.platform().url()))
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    @Test
    void objects_are_put_listed_read_copied_and_deleted() {
        s3.createBucket(request -> request.bucket("shelf"));
        String name = "a b/ü+%2e/..//x";
        s3.putObject(
                request -> request.bucket("shelf").key(name).metadata(java.util.Map.of("by", "ann")),
                RequestBody.fromString("hello"));
        assertThat(s3.getObjectAsBytes(
                                request -> request.bucket("shelf").key(name).range("bytes=1-3"))
                        .asUtf8String())
                .isEqualTo("ell");
        assertThat(s3.headObject(request -> request.bucket("shelf").key(name)).metadata())
                .containsEntry("by", "ann");
        s3.copyObject(request -> request.sourceBucket("shelf")
                .sourceKey(name)
                .destinationBucket("shelf")
                .destinationKey("copy"));
        assertThat(s3.listObjectsV2(request -> request.bucket("shelf")).contents())
                .extracting(S3Object::key)
                .containsExactly(name, "copy");
        s3.deleteObject(request -> request.bucket("shelf").key(name));
        assertThatThrownBy(() ->
                        s3.getObjectAsBytes(request -> request.bucket("shelf").key(name)))
                .isInstanceOf(NoSuchKeyException.class);
    }

    @Test
    void a_large_object_comes_in_parts() {
        s3.createBucket(request -> request.bucket("parts"));
        byte[] first = new byte[PART];
        new Random(1).nextBytes(first);
        String upload = s3.createMultipartUpload(
                        request -> request.bucket("parts").key("large"))
                .uploadId();
        List<CompletedPart> parts = List.of(part(upload, 1, first), part(upload, 2, new byte[] {1, 2, 3}));
        s3.completeMultipartUpload(request ->
                request.bucket("parts").key("large").uploadId(upload).multipartUpload(whole -> whole.parts(parts)));
        byte[] back = s3.getObjectAsBytes(request -> request.bucket("parts").key("large"))
                .asByteArray();
        assertThat(back).hasSize(PART + 3).startsWith(first).endsWith(1, 2, 3);
    }

    private static CompletedPart part(String upload, int number, byte[] body) {
        String tag = s3.uploadPart(
                        request -> request.bucket("parts")
                                .key("large")
                                .uploadId(upload)
                                .partNumber(number),
                        RequestBody.fromBytes(body))
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    @Test
    void the_account_is_asked_and_what_is_not_there_is_told_by_type() {
        StsClient sts = client(StsClient.builder(), builder -> {});
        assertThat(sts.getCallerIdentity().arn()).endsWith(":root");
        assertThatThrownBy(() -> iam.getRole(request -> request.roleName("nobody")))
                .isInstanceOf(NoSuchEntityException.class)
                .hasMessageContaining("The role with name nobody cannot be found.");
    }

    /** A profile whose role may read and write {@code library/books/}. */
    private static String profile() {
        iam.createRole(request -> request.roleName("librarian").assumeRolePolicyDocument(MACHINES));
        iam.putRolePolicy(
                request -> request.roleName("librarian").policyName("books").policyDocument(BOOKS));
        String arn = iam.createInstanceProfile(request -> request.instanceProfileName("librarian"))
                .instanceProfile()
                .arn();
        iam.addRoleToInstanceProfile(
                request -> request.instanceProfileName("librarian").roleName("librarian"));
        return arn;
    }

    @Test
    void a_cluster_with_an_instance_profile_works_on_s3_as_its_role_may_and_no_further() throws Exception {
        s3.createBucket(request -> request.bucket("library"));
        for (String name : List.of("books/a.csv", "books/b.csv", "letters/c.csv")) {
            s3.putObject(request -> request.bucket("library").key(name), RequestBody.fromString("id\n1\n2\n"));
        }
        String arn = profile();
        WorkspaceClient client = SharedPlatform.client();
        client.instanceProfiles().add(new AddInstanceProfile().setInstanceProfileArn(arn));
        String cluster = SharedPlatform.platform()
                .cluster(SharedPlatform.singleNode("library")
                        .setAwsAttributes(new AwsAttributes().setInstanceProfileArn(arn)));
        try (Repl repl = new Repl(client, cluster)) {
            assertThat(repl.python("print(spark.read.option('header', True).csv('s3://library/books/').count())"))
                    .isEqualTo("4");
            assertThat(repl.python("print(spark.read.format('binaryFile').load('s3a://library/books/').count())"))
                    .isEqualTo("2");
            assertThat(repl.python("""
                    spark.range(10).write.format("delta").save("s3://library/books/table")
                    spark.range(5).write.format("delta").mode("append").save("s3://library/books/table")
                    print(spark.read.format("delta").load("s3://library/books/table").count())
                    """)).isEqualTo("15");
            assertThat(repl.python("""
                    dbutils.fs.mount("s3a://library/books", mount_point="/mnt/books")
                    spark.range(3).write.format("delta").mode("append").save("/mnt/books/table")
                    print([f.name for f in dbutils.fs.ls("/mnt/books")], dbutils.fs.head("/mnt/books/a.csv"))
                    print(spark.read.format("delta").load("dbfs:/mnt/books/table").count())
                    gone = dbutils.fs.rm("/mnt/books/b.csv")
                    """)).isEqualTo("['a.csv', 'b.csv', 'table/'] id\n1\n2\n\n18");
            assertThat(s3.listObjectsV2(request -> request.bucket("library").prefix("books/b"))
                            .contents())
                    .isEmpty();
            appendByBoth(repl);
            assertThat(repl.python("import boto3; print(boto3.client('sts').get_caller_identity()['Arn'])"))
                    .contains(":assumed-role/librarian/");
            assertThat(repl.run(Language.PYTHON, "spark.read.text('s3://library/letters/c.csv').count()")
                            .toString())
                    .contains("403");
        } finally {
            client.clusters().permanentDelete(cluster);
        }
    }

    /** Two clusters commit to one table at the same time; the second one comes with keys that it was told. */
    private static void appendByBoth(Repl one) throws Exception {
        try (Repl other = new Repl(SharedPlatform.client(), SharedPlatform.clusterId())) {
            CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> one.python(appends("")));
            String second = other.python(appends(".option('fs.s3a.access.key', '" + key.id()
                    + "').option('fs.s3a.secret.key', '" + key.secret() + "')"));
            assertThat(first.get()).isEqualTo("done");
            assertThat(second).isEqualTo("done");
        }
        assertThat(one.python("print(spark.read.format('delta').load('s3://library/books/both').count(),"
                        + " spark.sql('DESCRIBE HISTORY delta.`s3://library/books/both`').count())"))
                .isEqualTo(2 * APPENDS + " " + 2 * APPENDS);
    }

    private static String appends(String options) {
        return """
                for n in range(%d):
                    spark.range(n, n + 1).write.format("delta").mode("append")%s.save("s3://library/books/both")
                print("done")
                """.formatted(APPENDS, options);
    }

    @Test
    void a_cluster_without_one_is_refused_by_s3_itself() throws Exception {
        s3.createBucket(request -> request.bucket("closed"));
        try (Repl repl = new Repl(SharedPlatform.client(), SharedPlatform.clusterId())) {
            assertThat(repl.run(Language.PYTHON, "spark.read.csv('s3://closed/x.csv').count()")
                            .toString())
                    .contains("403");
        }
    }
}
