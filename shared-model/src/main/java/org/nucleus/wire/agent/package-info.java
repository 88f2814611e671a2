/** What an operator and an agent say to each other: Call, Response, and ProcessIo for those who attach to a container. */
@NullMarked
package org.nucleus.wire.agent;

import org.jspecify.annotations.NullMarked;
