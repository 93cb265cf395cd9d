/**
 * The HTTP engine of all front doors: a table of routes in families, the request that a route is given, and what a family decides:
 * who may come in, and how errors are told. What is said to whom is the matter of the modules above.
 */
@NullMarked
package io.slipway.wire;

import org.jspecify.annotations.NullMarked;
