/** The rules of offers: what becomes of one that is accepted, declined, rescinded or left unanswered. */
@NullMarked
package org.nucleus.master.core.offer;

import org.jspecify.annotations.NullMarked;
