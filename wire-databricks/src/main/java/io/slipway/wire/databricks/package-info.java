/**
 * The Databricks REST dialect: a table of routes, the call that a route is given, and the ways in which errors are told. Families
 * of endpoints live in packages below.
 */
@NullMarked
package io.slipway.wire.databricks;

import org.jspecify.annotations.NullMarked;
