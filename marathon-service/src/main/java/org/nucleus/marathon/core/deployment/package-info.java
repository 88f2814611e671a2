/** How the cluster is led from one set of apps to another, step by step, and kept there. */
@NullMarked
package org.nucleus.marathon.core.deployment;

import org.jspecify.annotations.NullMarked;
