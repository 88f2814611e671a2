@NullMarked
package org.nucleus.agent.sandbox;

import org.jspecify.annotations.NullMarked;
