/** Tells owners what is stored for them to be told, over the channels that the operator has set up. */
@NullMarked
package org.nucleus.chronos.notice;

import org.jspecify.annotations.NullMarked;
