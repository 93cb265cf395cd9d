package io.slipway.wire.aws.s3;

import io.slipway.iam.AwsCaller;
import io.slipway.wire.aws.call.AwsRequest;
import io.slipway.wire.aws.protocol.Operation;
import io.slipway.wire.aws.protocol.Parameters;
import io.slipway.wire.aws.protocol.WireRequest;
import io.slipway.wire.aws.protocol.WireResponse;
import io.slipway.wire.aws.protocol.XmlWriter;
import io.slipway.wire.aws.signature.Encoding;
import io.slipway.wire.aws.signature.SentHeaders;
import io.slipway.wire.aws.signature.SignedForm;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingRequest;

/** Uploads from browsers by forms (S3, POST Object). How long a file is, is known at its end only; so it waits on the disk meanwhile. */
final class FormUpload {
    /** Fields that are not headers of the object. */
    private static final Set<String> NO_HEADERS = Set.of(
            "key",
            "tagging",
            "policy",
            "bucket",
            "success_action_redirect",
            "redirect",
            "success_action_status",
            "x-amz-algorithm",
            "x-amz-credential",
            "x-amz-date",
            "x-amz-signature",
            "x-amz-security-token",
            "awsaccesskeyid",
            "signature");

    private static final long LONGEST = 5L << 30;

    private final S3Door door;
    private final AwsRequest request;
    private final LazyBody body;

    FormUpload(S3Door door, AwsRequest request, LazyBody body) {
        this.door = door;
        this.request = request;
        this.body = body;
    }

    static boolean is(AwsRequest request, Address at) {
        return request.method().equals("POST")
                && at.level() == Address.Level.BUCKET
                && request.header("content-type")
                        .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data"))
                        .isPresent();
    }

    WireResponse upload(String bucket) throws IOException {
        MultipartForm form = MultipartForm.read(
                new BufferedInputStream(body), request.header("content-type").orElse(""));
        Map<String, String> fields = folded(form.fieldsRead());
        // Policies are about the key that the object gets.
        fields.computeIfPresent(
                "key",
                (name, text) -> text.replace(
                        "${filename}", form.fileName().map(FormUpload::plain).orElse("")));
        Optional<SignedForm> signed = door.check().checkForm(fields, bucket);
        AwsCaller caller = signed.map(each -> door.callers().caller(request, each))
                .orElseGet(() -> door.callers().caller(request, Optional.empty()));
        String key = Optional.ofNullable(fields.get("key"))
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> S3Errors.invalidArgument(
                        "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of "
                                + "the fields."));
        try (Spool spool = Spool.of(
                form.file(), signed.map(each -> each.policy().longest()).orElse(LONGEST))) {
            signed.ifPresent(each -> each.policy().requireLength(spool.length()));
            Optional<String> tags = Optional.ofNullable(fields.get("tagging")).map(each -> tags(bucket, key, each));
            SentHeaders headers = headers(fields, tags, form, spool.length());
            PutObjectResponse told = put(door.client(caller), bucket, key, headers, spool);
            return answer(fields, bucket, key, told);
        }
    }

    /** Some browsers send the folders too. */
    private static String plain(String fileName) {
        return fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
    }

    private static Map<String, String> folded(Map<String, String> fields) {
        Map<String, String> folded = new HashMap<>();
        fields.forEach((name, value) -> folded.put(name.toLowerCase(Locale.ROOT), value));
        return folded;
    }

    /** Tags stand in a form as a document, in a header as a query. */
    private String tags(String bucket, String key, String document) {
        Operation operation = door.routes()
                .operations()
                .find("PutObjectTagging")
                .orElseThrow()
                .operation();
        WireRequest put = new WireRequest(
                "PUT",
                request.rawPath(),
                new Parameters(List.of()),
                new SentHeaders(List.of()),
                document.getBytes(StandardCharsets.UTF_8));
        PutObjectTaggingRequest read =
                (PutObjectTaggingRequest) door.codec().read(operation, Map.of("Bucket", bucket, "Key", key), put);
        if (read.tagging() == null
                || read.tagging().tagSet().stream().anyMatch(tag -> tag.key() == null || tag.value() == null)) {
            throw S3Errors.of(
                    400,
                    "MalformedXML",
                    "The XML you provided was not well-formed or did not validate against our published schema");
        }
        return read.tagging().tagSet().stream()
                .map(tag -> Encoding.encoded(tag.key(), true) + "=" + Encoding.encoded(tag.value(), true))
                .collect(Collectors.joining("&"));
    }

    private static SentHeaders headers(
            Map<String, String> fields, Optional<String> tags, MultipartForm form, long length) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        tags.ifPresent(text -> headers.add(Map.entry("x-amz-tagging", text)));
        fields.forEach((name, value) -> {
            if (!NO_HEADERS.contains(name) && !name.startsWith("x-ignore-")) {
                headers.add(Map.entry(name.equals("acl") ? "x-amz-acl" : name, value));
            }
        });
        if (!fields.containsKey("content-type")) {
            form.fileType().ifPresent(type -> headers.add(Map.entry("content-type", type)));
        }
        headers.add(Map.entry("content-length", String.valueOf(length)));
        return new SentHeaders(headers);
    }

    private PutObjectResponse put(S3Client client, String bucket, String key, SentHeaders headers, Spool spool)
            throws IOException {
        Operation operation =
                door.routes().operations().find("PutObject").orElseThrow().operation();
        WireRequest put = new WireRequest("PUT", request.rawPath(), new Parameters(List.of()), headers, new byte[0]);
        PutObjectRequest built =
                (PutObjectRequest) door.codec().read(operation, Map.of("Bucket", bucket, "Key", key), put);
        CheckedBody checked = new CheckedBody(
                spool.open(),
                spool.length(),
                Optional.empty(),
                headers,
                new BodyChecks(Optional.empty(), headers, true));
        return (PutObjectResponse) Upload.of(client, built, checked, spool.length());
    }

    private WireResponse answer(Map<String, String> fields, String bucket, String key, PutObjectResponse told) {
        String etag = Optional.ofNullable(told.eTag()).orElse("");
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        headers.add(Map.entry("etag", etag));
        Optional.ofNullable(told.versionId()).ifPresent(id -> headers.add(Map.entry("x-amz-version-id", id)));
        String where = "http" + (request.passage().head().tls() ? "s" : "") + "://"
                + request.header("host").orElse("") + request.rawPath().replaceFirst("/+$", "") + "/"
                + Encoding.encoded(key, false);
        Optional<String> redirect = Optional.ofNullable(fields.get("success_action_redirect"))
                .or(() -> Optional.ofNullable(fields.get("redirect")))
                .filter(text -> text.startsWith("http://") || text.startsWith("https://"));
        if (redirect.isPresent()) {
            String query = "bucket=" + Encoding.encoded(bucket, true) + "&key=" + Encoding.encoded(key, true) + "&etag="
                    + Encoding.encoded(etag, true);
            headers.add(Map.entry("location", redirect.get() + (redirect.get().contains("?") ? "&" : "?") + query));
            return new WireResponse(303, headers, new byte[0]);
        }
        headers.add(Map.entry("location", where));
        return switch (fields.getOrDefault("success_action_status", "")) {
            case "200" -> new WireResponse(200, headers, new byte[0]);
            case "201" -> {
                headers.add(Map.entry("content-type", "application/xml"));
                yield new WireResponse(201, headers, document(bucket, key, where, etag));
            }
            default -> new WireResponse(204, headers, new byte[0]);
        };
    }

    private static byte[] document(String bucket, String key, String where, String etag) {
        return new XmlWriter()
                .declaration()
                .open("PostResponse")
                .leaf("Location", where)
                .leaf("Bucket", bucket)
                .leaf("Key", key)
                .leaf("ETag", etag)
                .close("PostResponse")
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }
}
