/** What people write and keep. {@link io.slipway.content.ContentArea} puts the rooms together. */
@NullMarked
package io.slipway.content;

import org.jspecify.annotations.NullMarked;
