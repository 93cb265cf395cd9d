/** Who has signed a request, and whether its bytes are what was signed: AWS Signature Version 4 in all its forms. Pure. */
@NullMarked
package io.slipway.wire.aws.signature;

import org.jspecify.annotations.NullMarked;
