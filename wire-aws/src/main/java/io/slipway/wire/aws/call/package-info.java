/** What calls of all services of AWS have in common: heads of requests, who calls, what conditions know of a call, errors. */
@NullMarked
package io.slipway.wire.aws.call;

import org.jspecify.annotations.NullMarked;
