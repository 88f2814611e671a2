/** Measurements of a real master with simulated agents and frameworks, each a program that prints its figures. */
@NullMarked
package org.nucleus.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
