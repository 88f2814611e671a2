/** What a framework's scheduler and the master say to each other: Call and Event. */
@NullMarked
package org.nucleus.wire.scheduler;

import org.jspecify.annotations.NullMarked;
