/** Writes calls into the audit log: what they are called there, which are left out, and what of them is no secret. */
@NullMarked
package io.slipway.wire.audit;

import org.jspecify.annotations.NullMarked;
