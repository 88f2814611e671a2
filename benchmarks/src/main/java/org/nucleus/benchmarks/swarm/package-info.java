/** Thousands of simulated agents and frameworks in one JVM, speaking to a real master over real connections. */
@NullMarked
package org.nucleus.benchmarks.swarm;

import org.jspecify.annotations.NullMarked;
