/** Folders of this machine that paths of users lead into, and never out of. */
@NullMarked
package io.slipway.content.disk;

import org.jspecify.annotations.NullMarked;
