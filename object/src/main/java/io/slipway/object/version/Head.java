package io.slipway.object.version;

import java.util.Map;
import java.util.Optional;

/**
 * What is kept of an object besides its bytes, as it was sent.
 *
 * @param expires as the header says
 * @param metadata of the user; names in small letters
 * @param acl who was given something; empty: its owner only
 * @param parts of the upload that it comes from; 0: none
 */
public record Head(
        Optional<String> contentType,
        Optional<String> contentEncoding,
        Optional<String> contentDisposition,
        Optional<String> contentLanguage,
        Optional<String> cacheControl,
        Optional<String> expires,
        Optional<String> redirect,
        Map<String, String> metadata,
        Map<String, String> tags,
        String acl,
        int parts) {
    public Head {
        metadata = Map.copyOf(metadata);
    }

    public Head withTags(Map<String, String> other) {
        return new Head(
                contentType,
                contentEncoding,
                contentDisposition,
                contentLanguage,
                cacheControl,
                expires,
                redirect,
                metadata,
                other,
                acl,
                parts);
    }

    public Head withAcl(String other) {
        return new Head(
                contentType,
                contentEncoding,
                contentDisposition,
                contentLanguage,
                cacheControl,
                expires,
                redirect,
                metadata,
                tags,
                other,
                parts);
    }

    public Head withParts(int count) {
        return new Head(
                contentType,
                contentEncoding,
                contentDisposition,
                contentLanguage,
                cacheControl,
                expires,
                redirect,
                metadata,
                tags,
                acl,
                count);
    }

    public Head withRedirect(Optional<String> other) {
        return new Head(
                contentType,
                contentEncoding,
                contentDisposition,
                contentLanguage,
                cacheControl,
                expires,
                other,
                metadata,
                tags,
                acl,
                parts);
    }
}
