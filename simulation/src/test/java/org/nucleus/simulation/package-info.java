/** Runs worlds: fixed seeds that found something once or stand for all, and fresh ones. */
@NullMarked
package org.nucleus.simulation;

import org.jspecify.annotations.NullMarked;
