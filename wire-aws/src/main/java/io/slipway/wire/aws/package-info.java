/** The front door for clients of AWS: which requests are theirs, for which service, by whom. */
@NullMarked
package io.slipway.wire.aws;

import org.jspecify.annotations.NullMarked;
