/** Buckets and objects, as S3 has them: the bytes of everybody, and of the platform itself. */
@NullMarked
package io.slipway.object;

import org.jspecify.annotations.NullMarked;
