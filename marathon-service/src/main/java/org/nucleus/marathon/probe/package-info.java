/** Health checks that Marathon runs itself: one question to a task over the network, one input with the outcome. */
@NullMarked
package org.nucleus.marathon.probe;

import org.jspecify.annotations.NullMarked;
