/** Isolation on real processes and real cgroups. */
@NullMarked
package org.nucleus.agent.containerizer.isolator;

import org.jspecify.annotations.NullMarked;
