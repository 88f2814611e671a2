@NullMarked
package org.nucleus.agent.api.operator;

import org.jspecify.annotations.NullMarked;
