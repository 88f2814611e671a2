/** Chronos' core in virtual time, with a master that may lose everything and a store that may fail. */
@NullMarked
package org.nucleus.chronos.simulation;

import org.jspecify.annotations.NullMarked;
