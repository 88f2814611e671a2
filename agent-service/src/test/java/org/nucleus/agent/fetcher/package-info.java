@NullMarked
package org.nucleus.agent.fetcher;

import org.jspecify.annotations.NullMarked;
