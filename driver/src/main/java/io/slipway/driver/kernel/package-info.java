/** One kernel per language, all behind {@link io.slipway.driver.kernel.Kernel}. */
@NullMarked
package io.slipway.driver.kernel;

import org.jspecify.annotations.NullMarked;
