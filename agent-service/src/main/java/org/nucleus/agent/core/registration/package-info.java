/** Rules for the link to the leading master: subscribe, stay subscribed, refuse masters of an earlier term. */
@NullMarked
package org.nucleus.agent.core.registration;

import org.jspecify.annotations.NullMarked;
