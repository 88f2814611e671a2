package org.nucleus.master.core.state;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.MachineId;
import org.nucleus.wire.Unavailability;
import org.nucleus.wire.master.Window;

/** Which machine an agent is on, as maintenance schedules name machines: by host name, by address, or by both. */
public final class Machines {
    private Machines() {}

    /** The same machine, with its host name in the letters that host names are compared in. */
    public static MachineId normal(MachineId machine) {
        String hostname = machine.hostname();
        return new MachineId(
                hostname == null || hostname.isEmpty() ? null : hostname.toLowerCase(Locale.ROOT),
                machine.ip() == null || machine.ip().isEmpty() ? null : machine.ip());
    }

    /** Whether what is called {@code name} is the machine with that host name and address. */
    public static boolean is(MachineId name, String hostname, @Nullable String address) {
        boolean sameHost = name.hostname() == null || name.hostname().equalsIgnoreCase(hostname);
        return sameHost && (name.ip() == null || Objects.equals(name.ip(), address));
    }

    public static boolean is(MachineId name, Agent agent) {
        return is(name, agent.hostname(), agent.address());
    }

    /** When the agent's machine is to be unavailable; absent if it isn't in the schedule. */
    public static @Nullable Unavailability unavailability(Agent agent, Policy policy) {
        for (Window window : policy.schedule().windows()) {
            for (MachineId machine : window.machineIds()) {
                if (is(machine, agent)) {
                    return window.unavailability();
                }
            }
        }
        return null;
    }

    /** As people write it: {@code hostname (address)}. */
    public static String text(MachineId machine) {
        String hostname = machine.hostname();
        String ip = machine.ip();
        return hostname == null ? String.valueOf(ip) : ip == null ? hostname : hostname + " (" + ip + ")";
    }
}
