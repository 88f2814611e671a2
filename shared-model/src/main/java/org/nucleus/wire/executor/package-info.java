/** What an executor and its agent say to each other: Call and Event. */
@NullMarked
package org.nucleus.wire.executor;

import org.jspecify.annotations.NullMarked;
