@NullMarked
package org.nucleus.agent.containerizer.process;

import org.jspecify.annotations.NullMarked;
