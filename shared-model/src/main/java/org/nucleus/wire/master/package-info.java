/** What an operator and the master say to each other: Call, Response, and the Events of those who watch the cluster. */
@NullMarked
package org.nucleus.wire.master;

import org.jspecify.annotations.NullMarked;
