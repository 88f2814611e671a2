/** What the four services share around Spring: they know nothing of masters, agents, apps or jobs. */
@NullMarked
package org.nucleus.service;

import org.jspecify.annotations.NullMarked;
