package org.nucleus.service.flags;

/**
 * Ends the service it belongs to: leadership was lost, or going on would be wrong. The default closes the application
 * and ends the process, so that a supervisor starts it afresh; a host of several services replaces it to restart only
 * that one. May be called from any thread, more than once, and returns at once.
 */
@FunctionalInterface
public interface Exit {
    void exit(int code, String reason);
}
