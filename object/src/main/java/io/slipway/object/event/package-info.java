/** What happens to objects, and who wants to be told. */
@NullMarked
package io.slipway.object.event;

import org.jspecify.annotations.NullMarked;
