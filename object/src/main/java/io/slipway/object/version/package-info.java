/** Objects and their versions: put, read, copied, listed, deleted. */
@NullMarked
package io.slipway.object.version;

import org.jspecify.annotations.NullMarked;
