/** The rules of agents: how they register, come back, fall silent and are given up. */
@NullMarked
package org.nucleus.master.core.agent;

import org.jspecify.annotations.NullMarked;
