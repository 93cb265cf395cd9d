/** Work in order and on time. {@link io.slipway.work.WorkArea} puts the rooms together. */
@NullMarked
package io.slipway.work;

import org.jspecify.annotations.NullMarked;
