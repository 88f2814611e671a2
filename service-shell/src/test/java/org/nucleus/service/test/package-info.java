/** Databases and ZooKeepers for tests of every service. */
@NullMarked
package org.nucleus.service.test;

import org.jspecify.annotations.NullMarked;
