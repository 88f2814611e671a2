package org.nucleus.agent.containerizer;

/** How a container is told to end. */
public enum Signal {
    TERM(15),
    KILL(9);

    private final int number;

    Signal(int number) {
        this.number = number;
    }

    /** Its number, the same on every Linux. */
    public int number() {
        return number;
    }

    /** A signal's description as {@code strsignal(3)} gives it, as the original prints: 9 is {@code Killed}. */
    public static String nameOf(int number) {
        return switch (number) {
            case 1 -> "Hangup";
            case 2 -> "Interrupt";
            case 3 -> "Quit";
            case 4 -> "Illegal instruction";
            case 5 -> "Trace/breakpoint trap";
            case 6 -> "Aborted";
            case 7 -> "Bus error";
            case 8 -> "Floating point exception";
            case 9 -> "Killed";
            case 10 -> "User defined signal 1";
            case 11 -> "Segmentation fault";
            case 12 -> "User defined signal 2";
            case 13 -> "Broken pipe";
            case 14 -> "Alarm clock";
            case 15 -> "Terminated";
            default -> "Unknown signal " + number;
        };
    }
}
