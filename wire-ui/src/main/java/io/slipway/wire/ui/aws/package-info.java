/** Keys of AWS for the pages of a person: with them the web application is a client of AWS's own APIs. */
@NullMarked
package io.slipway.wire.ui.aws;

import org.jspecify.annotations.NullMarked;
