/**
 * Folders, notebooks and files that people see in the workspace. {@link io.slipway.content.tree.Tree} is the door;
 * notebooks are read and written by one codec per file format.
 */
@NullMarked
package io.slipway.content.tree;

import org.jspecify.annotations.NullMarked;
