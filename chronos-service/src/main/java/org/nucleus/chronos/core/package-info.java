/**
 * The deterministic core of Chronos: one switch from inputs to the rules in the rooms below. No I/O, clock or
 * thread.
 */
@NullMarked
package org.nucleus.chronos.core;

import org.jspecify.annotations.NullMarked;
