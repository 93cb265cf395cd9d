/** Requests and answers of AWS services, in all protocols, read and written by what the SDK's records tell of themselves. Pure. */
@NullMarked
package io.slipway.wire.aws.protocol;

import org.jspecify.annotations.NullMarked;
