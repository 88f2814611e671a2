/**
 * Worlds of real cores under virtual time: one seed draws what frameworks ask for, what tasks do and what goes wrong,
 * and the same seed gives the same history again. Only cores and the wire are real; networks, stores, clocks,
 * containers and schedulers are simulated here. Nothing in this room waits for real time.
 */
@NullMarked
package org.nucleus.simulation;

import org.jspecify.annotations.NullMarked;
