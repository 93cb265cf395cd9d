package io.slipway.object.bucket;

import io.slipway.object.fault.S3Fault;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.s3.model.CORSConfiguration;
import software.amazon.awssdk.services.s3.model.CORSRule;

/** Rules by which pages of other sites may ask for what is in a bucket: what can be set. The wire goes by them. */
final class Cors {
    private static final Set<String> METHODS = Set.of("GET", "PUT", "POST", "DELETE", "HEAD");
    private static final int MOST = 100;
    private static final int LONGEST_ID = 255;

    private Cors() {}

    static void check(CORSConfiguration configuration) {
        if (configuration == null
                || configuration.corsRules().isEmpty()
                || configuration.corsRules().size() > MOST) {
            throw S3Fault.malformed();
        }
        for (CORSRule rule : configuration.corsRules()) {
            boolean whole =
                    !rule.allowedMethods().isEmpty() && !rule.allowedOrigins().isEmpty();
            if (!whole || (rule.id() != null && rule.id().length() > LONGEST_ID)) {
                throw S3Fault.malformed();
            }
            rule.allowedMethods().stream()
                    .filter(each -> !METHODS.contains(each))
                    .findFirst()
                    .ifPresent(each -> {
                        throw S3Fault.invalidRequest(
                                "Found unsupported HTTP method in CORS config. Unsupported method is " + each);
                    });
            checkWildcards("AllowedOrigin", rule.allowedOrigins());
            checkWildcards("AllowedHeader", rule.allowedHeaders());
            rule.exposeHeaders().stream()
                    .filter(each -> each.contains("*"))
                    .findFirst()
                    .ifPresent(each -> {
                        throw S3Fault.invalidRequest("ExposeHeader \"" + each
                                + "\" contains wildcard. We currently do not support wildcard for ExposeHeader.");
                    });
        }
    }

    private static void checkWildcards(String element, List<String> texts) {
        texts.stream()
                .filter(each -> each.indexOf('*') != each.lastIndexOf('*'))
                .findFirst()
                .ifPresent(each -> {
                    throw S3Fault.invalidRequest(element + " \"" + each + "\" can not have more than one wildcard.");
                });
    }
}
