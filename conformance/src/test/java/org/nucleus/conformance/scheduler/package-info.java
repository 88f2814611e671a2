/** The scheduler API: its connection, its calls, and what the master does with offers and tasks. */
@NullMarked
package org.nucleus.conformance.scheduler;

import org.jspecify.annotations.NullMarked;
