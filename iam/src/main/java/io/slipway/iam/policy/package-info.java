/** Policies: how they are written, and what they decide. Pure: nothing here knows a database or a wire. */
@NullMarked
package io.slipway.iam.policy;

import org.jspecify.annotations.NullMarked;
