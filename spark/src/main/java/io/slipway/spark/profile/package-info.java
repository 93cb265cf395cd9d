/** Instance profiles of AWS that a workspace lets its clusters have, and who may give them to a cluster. */
@NullMarked
package io.slipway.spark.profile;

import org.jspecify.annotations.NullMarked;
