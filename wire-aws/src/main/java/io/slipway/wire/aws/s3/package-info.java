/** S3 over HTTP: buckets and objects by path and by host, objects as streams in both directions. */
@NullMarked
package io.slipway.wire.aws.s3;

import org.jspecify.annotations.NullMarked;
