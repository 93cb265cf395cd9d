/** How S3 refuses: codes, sentences, and what it tells besides. */
@NullMarked
package io.slipway.object.fault;

import org.jspecify.annotations.NullMarked;
