package io.slipway.server;

import io.slipway.store.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A policy of AWS that lets whoever has it read and write some folders of buckets, and do nothing else. */
final class StoragePolicy {
    private StoragePolicy() {}

    static String of(StorageSettings.Place... places) {
        List<Map<String, Object>> statements = new ArrayList<>();
        for (StorageSettings.Place place : places) {
            String bucket = "arn:aws:s3:::" + place.bucket();
            // The folder itself too: whether there is an object of that name is asked before what is below.
            String folder = place.prefix().isEmpty()
                    ? ""
                    : place.prefix().substring(0, place.prefix().length() - 1);
            statements.add(Map.of(
                    "Effect",
                    "Allow",
                    "Action",
                    List.of(
                            "s3:GetObject",
                            "s3:PutObject",
                            "s3:DeleteObject",
                            "s3:AbortMultipartUpload",
                            "s3:ListMultipartUploadParts"),
                    "Resource",
                    folder.isEmpty()
                            ? List.of(bucket + "/*")
                            : List.of(bucket + "/" + folder, bucket + "/" + folder + "/*")));
            statements.add(Map.of(
                    "Effect",
                    "Allow",
                    "Action",
                    "s3:ListBucket",
                    "Resource",
                    bucket,
                    "Condition",
                    Map.of(
                            "StringLike",
                            Map.of("s3:prefix", folder.isEmpty() ? List.of("*") : List.of(folder, folder + "/*")))));
        }
        return Json.write(Map.of("Version", "2012-10-17", "Statement", statements));
    }
}
