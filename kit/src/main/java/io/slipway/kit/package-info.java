/** Small tools that every module shares: time, ids, errors, paging, state machines and the control loop. */
@NullMarked
package io.slipway.kit;

import org.jspecify.annotations.NullMarked;
